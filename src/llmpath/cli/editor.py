"""The text of a note: given, through a pipe, or written in an editor, as a draft until stored."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from llmpath import times
from llmpath.actions import notes
from llmpath.actions.notes import Task, Writer, Written
from llmpath.errors import Declined, LlmpathError, UsageError

if TYPE_CHECKING:
    from llmpath.cli.session import Session
    from llmpath.store.learner.drafts import Draft, Waiting


def writer(s: Session, given: str) -> Writer:
    """Return what gives the text of a note: *given*, or '' or '-' for the pipe or the editor."""

    def write(task: Task) -> Written:
        if given and given != "-":
            _tell_of_drafts(s, task)
            return Written(given)
        if given == "-" or not is_terminal():
            _tell_of_drafts(s, task)
            return _piped(s, task)
        return _edited(s, task)

    return write


def is_terminal() -> bool:
    """Say whether what is read comes from a terminal, and not from a pipe or a file."""
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:
        return False


def _tell_of_drafts(s: Session, task: Task) -> None:
    for one in notes.unsaved(s, task)[:1]:
        s.remark(f"There is {_described(s, one)}; continue it with: {task.command}")


def _described(s: Session, one: Waiting) -> str:
    saved = datetime.fromtimestamp(one.saved, UTC)
    today = times.local_date(saved, s.settings.value("day.start")) == s.today
    when = times.local(saved).strftime("%H:%M" if today else "%Y-%m-%d %H:%M")
    count = len(one.text.strip().splitlines())
    return f"an unsaved draft of {when} ({count} {'line' if count == 1 else 'lines'})"


def _piped(s: Session, task: Task) -> Written:
    """Return what comes through the pipe, kept as a draft."""
    from llmpath import texts

    data = _read(s, task)
    text = texts.decoded(data, "stdin")
    draft = None
    if text.strip() and not s.trial:
        try:
            draft = notes.draft(s, task, text)
        except LlmpathError:
            draft = None  # nor can the note be stored, most likely, which is what will be told
    s.pause()
    return Written(text, draft)


def _read(s: Session, task: Task) -> bytes:
    """Return all of the input, a note's worth at most; raises UsageError where there is more."""
    from llmpath.store.learner import drafts

    if sys.stdin is None:
        raise UsageError("There is no input to read a note from.")
    typed = is_terminal()
    if typed:
        s.remark("Type the note, and end it with Ctrl-D on a line of its own.")
    s.pause()
    buffer: Any = sys.stdin.buffer
    parts: list[bytes] = []
    size = 0
    try:
        while size <= drafts.MOST_BYTES and (part := buffer.read1(65536)):
            parts.append(part)
            size += len(part)
    except KeyboardInterrupt:
        so_far = b"".join(parts).decode("utf-8", "replace")
        if typed and so_far.strip() and not s.trial:
            with notes.kept_until_stored(task, notes.draft(s, task, so_far)):
                raise
        raise
    data = b"".join(parts)
    drafts.refuse_excess(data)
    return data


def _edited(s: Session, task: Task) -> Written:
    """Return what the learner writes in their editor, which works on the draft itself."""
    from llmpath.cli import editors
    from llmpath.store.learner import drafts

    if s.trial:
        raise UsageError(
            "A dry run opens no editor: what you write would be lost.",
            f'Pass the text: {task.command} "..." --dry-run',
        )
    words = editors.command(s.environ)
    draft = _continued(s, task) or notes.draft(s, task)
    with notes.kept_until_stored(task, draft):
        seen = drafts.before(draft) if task.note else None
        opened = drafts.raw(draft)
        s.pause()
        ended = editors.run(words, draft.path)
        editors.check(ended)
        at_once = "" if drafts.raw(draft) != opened else editors.advice(words, ended)
        if not at_once or (drafts.is_new(draft) and not editors.has_window(words)):
            if at_once:
                s.remark(at_once)
            return Written(drafts.text(draft), draft, seen)
    drafts.release(draft)  # not dropped: it may be open in a window
    if drafts.is_new(draft):
        hint = f"To store it as it is: {task.command} < {_quoted(draft)}"
        raise UsageError(at_once, hint)
    s.remark(at_once)
    return Written(task.body, None, seen)


def _quoted(draft: Draft) -> str:
    from shlex import quote

    return quote(str(draft.path))


def _continued(s: Session, task: Task) -> Draft | None:
    """Return the draft of *task* that is there and that the learner wants to go on with."""
    from llmpath.cli import asking
    from llmpath.store.learner import drafts

    for one in notes.unsaved(s, task)[:1]:
        overtaken = bool(task.note) and drafts.before(one.draft) != task.body
        question = f"There is {_described(s, one)}."
        if overtaken:
            question += f" Note {task.number} was changed since; storing this replaces it."
        question += " Continue it? [Y/n, or d to delete it]"
        if not s.can_ask:
            _tell_of_drafts(s, task)
            return None
        said = asking.letter(question, "ynd", "y")
        if said is None:
            raise Declined("Nothing was changed.")
        if said == "d":
            drafts.drop(one.draft)
        if said != "y" or not drafts.hold(one.draft):
            return None
        if overtaken:
            drafts.rebase(one.draft, task.body)
        return one.draft
    return None
