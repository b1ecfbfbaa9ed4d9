"""Texts that a learner writes: in their editor, or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from llmpath.errors import UsageError


def note_text(given: str, present: str, environ: Mapping[str, str]) -> str:
    """Return a text: as *given*, from the pipe, or written in an editor, starting from *present*.

    *environ* names the editor. Raises UsageError where there is none, or no input.
    """
    if given and given != "-":
        return given
    if given == "-" or not _is_terminal():
        if sys.stdin is None:
            raise UsageError("There is no input to read a note from.")
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    return _written(present, environ)


def _is_terminal() -> bool:
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:
        return False


def _written(present: str, environ: Mapping[str, str]) -> str:
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = environ.get("VISUAL") or environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.md"
        path.write_text(present, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
        except (OSError, ValueError):
            raise UsageError(
                f"The editor {editor!r} cannot be started.", "Set EDITOR, or pass the text."
            ) from None
        if code:
            raise UsageError(f"The editor exited with code {code}; nothing was written.")
        return path.read_text(encoding="utf-8", errors="replace")
