"""A workspace of one command line: what an action works with, and where its outcome is shown."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer

from llmpath.actions.workspace import SESSION, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    from llmpath.errors import Ambiguous
    from llmpath.render.layout import Line
    from llmpath.settings import Settings

    class Page(Protocol):
        """A module of `render/pages` that shows one value."""

        def lines(self, value: Any, width: int, /) -> Sequence[Line]:
            """Return the value as lines of at most *width* columns."""

        def data(self, value: Any, /) -> dict[str, Any]:
            """Return the value for other programs."""


class Session(Workspace):
    """A workspace with stdout and stderr, and, on a terminal, somebody to ask.

    With *yes*, what changes much is done without asking; with `--json` nothing is asked at all.
    """

    def __init__(self, ctx: typer.Context, yes: bool = False) -> None:
        given = ctx.find_root().obj or {}
        trial = given.get("dry_run", False)
        super().__init__(given.get("user"), self.remark, trial=trial, terminal=terminal())
        self.yes = yes
        self._plain = bool(given.get("plain"))
        self.json = bool(ctx.params.get("json"))

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; the days that pages show begin when the learner's do."""
        from llmpath.render import dates

        found = super().settings
        dates.begin(found.value("day.start"))
        return found

    @property
    def color(self) -> str:
        """When to use colour: auto, always or never."""
        return str(self.settings.value("color"))

    @cached_property
    def width(self) -> int:
        """The columns to lay out for."""
        if self.plain:
            from llmpath.render import plainly

            return plainly.WIDTH
        from llmpath.render import terminal

        return terminal.width()

    @property
    def plain(self) -> bool:
        """Whether words are to stand for signs."""
        return self._plain or self.settings.value("plain") == "yes"

    @property
    def draws(self) -> bool:
        """Whether stdout is looked at, so that columns may stand beside each other."""
        from llmpath.render import terminal

        return not self.plain and terminal.is_drawn(sys.stdout, self.color)

    def show(self, lines: Iterable[Line]) -> None:
        """Write *lines* to stdout."""
        from llmpath.render import terminal

        links = self.settings.value("links") == "auto"
        terminal.show(lines, self.color, links=links, plain=self.plain)

    def write(self, text: str) -> None:
        """Write *text* to stdout as it stands, less what a terminal would obey."""
        from llmpath.render import terminal

        terminal.put(text)

    def present(
        self,
        page: Page,
        value: Any,
        json: bool,
        numbered: Sequence[str] | None = None,
        lettered: Sequence[str] | None = None,
    ) -> None:
        """Show *value* as *page* does, as *json* or in lines.

        In lines the resources *numbered* on it are the last list from now on, if it has any, and
        those *lettered* go by letters.
        """
        if json:
            self.data(page.data(value))
            return
        if numbered is not None:
            self.number(numbered)
        if lettered is not None:
            self.letter(lettered)
        self.show(page.lines(value, self.width))

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody at a terminal, who did not ask for JSON."""
        from llmpath.cli import asking  # only where there is something to ask

        return not self.json and asking.can_ask()

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask who has not said yes to all, and means it."""
        return not (self.yes or self.trial) and self.can_ask

    def pick(self, unclear: Ambiguous) -> int | None:
        """Ask which of several things is meant."""
        if not self.can_ask:
            return None
        from llmpath.cli import asking

        self.remark(unclear.message)
        more = len(unclear.choices) - len(unclear.titles)
        return asking.chosen("Which one?", unclear.titles, more)

    def agrees(self, question: str, titles: Sequence[str]) -> bool:
        """Show *titles* and return the answer to *question*."""
        from llmpath.cli import asking

        for title in titles:
            self.remark(title, "  ")
        return asking.confirmed(question)

    def asked(self, prompt: str) -> str:
        """Return what is typed in answer to *prompt*, '' for nothing."""
        from llmpath.cli import asking

        return asking.answer(prompt) or ""

    def remark(self, text: str, start: str = "") -> None:
        """Tell the learner something that is not what they asked for, on stderr, behind *start*."""
        from llmpath.render import terminal

        terminal.remark(text, start)

    def data(self, value: dict[str, Any]) -> None:
        """Write *value* to stdout as JSON."""
        from llmpath.render import json

        sys.stdout.write(json.text({**value, "dry_run": True} if self.trial else value))

    def close(self, well: bool = True) -> None:
        """Be done with the database; say that nothing was kept of a trial."""
        super().close(well)
        if self.trial and well:
            self.remark("Dry run: nothing was changed.")


def terminal() -> str:
    """Return what tells this terminal from others: its name, else that of the session of processes.

    '' where a system knows neither.
    """
    for number in (0, 1, 2):
        try:
            return os.ttyname(number)
        except (OSError, AttributeError):
            continue
    try:
        return f"{SESSION}{os.getsid(0)}"
    except (OSError, AttributeError):
        return ""


def session(ctx: typer.Context, yes: bool = False) -> Session:
    """Return the session of this command; it is closed when the command ends.

    With *yes*, nothing is asked before much is changed.
    """
    made = Session(ctx, yes)
    ctx.call_on_close(lambda: made.close(sys.exc_info()[0] in (None, typer.Exit)))
    return made
