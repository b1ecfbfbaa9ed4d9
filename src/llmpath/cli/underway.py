"""What a command is about where nothing is named: what is in progress."""

from __future__ import annotations

from llmpath.actions.progress import in_progress, the_one_of
from llmpath.cli import asking
from llmpath.cli.session import Session


def the_one(s: Session, command: str) -> str:
    """Return the id of what is in progress; on a terminal, ask which of several.

    *command* is what it is for. Raises UsageError where nothing is in progress, NotSaid where one
    of several has not been chosen.
    """
    found = in_progress(s)
    if len(found) > 1 and s.can_ask:
        place = asking.chosen("Which one?", [thing.title for thing in found])
        found = found if place is None else [found[place]]
    return the_one_of(found, command).id
