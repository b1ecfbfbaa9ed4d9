"""Ask a short question on a terminal: yes or no, or which of several."""

from __future__ import annotations

import sys
from collections.abc import Sequence

LONGEST_ANSWER = 10_000  # bytes


def can_ask() -> bool:
    """Say whether there is somebody to answer: on a terminal that questions and answers reach."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def answer(prompt: str) -> str | None:
    """Return what is typed in answer to *prompt*; None at the end of the input."""
    from llmpath.render.layout import harmless
    from llmpath.render.terminal import speakable

    sys.stdout.flush()
    sys.stderr.write(speakable(harmless(prompt), sys.stderr))
    sys.stderr.flush()
    text = ""
    try:
        text = typed()
    finally:
        if not text:  # what is told next begins a line, also after Ctrl-C
            sys.stderr.write("\n")
    return text.strip() if text else None


def typed() -> str:
    """Return the next line of the input, '' at its end; bytes in it that are no text are replaced.

    A line of endless length is cut: no answer is that long.
    """
    if sys.stdin is None:
        return ""
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:  # a text that stands in for it
        return sys.stdin.readline(LONGEST_ANSWER)
    line: bytes = buffer.readline(LONGEST_ANSWER)
    return line.decode(sys.stdin.encoding or "utf-8", "replace")


def letter(question: str, letters: str, usual: str) -> str | None:
    """Return the one of *letters* that *question* is answered with; None at the end of the input.

    Nothing typed means the *usual* one.
    """
    while True:
        said = answer(f"{question} ")
        if said is None:
            return None
        first = said[:1].casefold() or usual
        if first in letters:
            return first
        sys.stderr.write(_row(f"Type {', '.join(letters[:-1])} or {letters[-1]}."))


def confirmed(question: str) -> bool:
    """Return whether the answer to *question* is yes; nothing typed means no."""
    said = answer(f"{question} [y/N] ")
    return said is not None and said.casefold() in ("y", "yes")


def chosen(question: str, options: Sequence[str], more: int = 0) -> int | None:
    """Return the place in *options* of the one chosen by its number; None for none of them.

    So many *more* there are that cannot be chosen here.
    """
    for number, option in enumerate(options, 1):
        sys.stderr.write(_row(f"{number:>3}  {option}"))
    if more:
        sys.stderr.write(_row(f"     ... and {more} more: use more words of the name"))
    while True:
        said = answer(f"{question} [1-{len(options)}, Enter for none] ")
        if not said:
            return None
        if said.isdecimal() and 0 < int(said) <= len(options):
            return int(said) - 1
        sys.stderr.write(_row(f"Type a number from 1 to {len(options)}."))


def _row(text: str) -> str:
    from llmpath.render.layout import cut, harmless
    from llmpath.render.terminal import speakable, width

    return speakable(cut(harmless(text), width()), sys.stderr) + "\n"
