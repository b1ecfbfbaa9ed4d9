"""What a command works with: the settings, the database, the learner and the time."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer

from llmpath import settings as configuration
from llmpath.catalog import locate
from llmpath.errors import LlmpathError, UsageError
from llmpath.model import Learner, Moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from llmpath.render.layout import Line


class Session:
    """One command's surroundings, each part made when first asked for."""

    def __init__(self, ctx: typer.Context) -> None:
        self.wanted: str | None = (ctx.find_root().obj or {}).get("user")
        self.environ = configuration.environment()
        self._put_off: list[str] = []  # to be told once the command has succeeded

    @cached_property
    def settings(self) -> configuration.Settings:
        """The settings in force."""
        return configuration.load(self.environ)

    @cached_property
    def files(self) -> locate.Files:
        """The catalog's files in use."""
        return locate.files(self.settings.value("catalog"))

    @cached_property
    def now(self) -> datetime:
        """The time, UTC; LLMPATH_NOW sets it, for tests and for looking at another day."""
        given = self.environ.get("LLMPATH_NOW")
        if not given:
            return datetime.now(UTC)
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            moment = datetime.min
        if moment.tzinfo is None:
            raise UsageError(
                f"LLMPATH_NOW is not a time: {given!r}.", "Write it as 2026-11-20T09:00:00+00:00."
            )
        return moment.astimezone(UTC)

    @property
    def today(self) -> str:
        """The learner's own date, YYYY-MM-DD."""
        return self.now.astimezone().date().isoformat()

    @property
    def stamp(self) -> str:
        """The learner's time for the name of a file: 2026-11-20-183000."""
        return self.now.astimezone().strftime("%Y-%m-%d-%H%M%S")

    @cached_property
    def moment(self) -> Moment:
        """The time as the journal wants it."""
        return Moment(self.now.isoformat(timespec="seconds"), self.today)

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """The database, created and brought up to date if need be."""
        from llmpath.store.opening import open_database

        opened = open_database(self.settings.database, self.files)
        for message in opened.messages:
            self.remark(message)
        opened.connection.before_writing = self._back_up
        return opened.connection

    def _back_up(self) -> None:
        """Make today's backup unless there is one: a look at one name, but once a day."""
        daily = self.settings.value("backup.daily")
        folder = self.settings.database.parent / "backups"
        if not daily or os.path.exists(folder / f"llmpath-{self.today}.db"):
            return
        if not self.connection.execute("SELECT 1 FROM command LIMIT 1").fetchone():
            return  # nothing has happened yet
        from llmpath.store.database import backups

        keep = (daily, self.settings.value("backup.weekly"))
        try:
            backups.daily(self.connection, self.settings.database, self.today, keep)
        except LlmpathError as error:
            self._put_off.append(f"There is no backup of today: {error.message}")

    @cached_property
    def learner(self) -> Learner:
        """The learner the command is for."""
        from llmpath.store.learner import learners

        wanted = self.wanted or self.environ.get("LLMPATH_USER")
        return learners.present(
            self.connection, wanted, learners.login_name(self.environ), self.moment.at
        )

    @property
    def color(self) -> str:
        """When to use colour: auto, always or never."""
        return str(self.settings.value("color"))

    @cached_property
    def width(self) -> int:
        """The columns to lay out for."""
        from llmpath.render import terminal

        return terminal.width()

    def show(self, lines: Iterable[Line]) -> None:
        """Write *lines* to stdout."""
        from llmpath.render import terminal

        terminal.show(lines, self.color)

    def remark(self, text: str) -> None:
        """Tell the learner something that is not what they asked for, on stderr."""
        from llmpath.render.layout import harmless
        from llmpath.render.terminal import speakable

        sys.stderr.write(speakable(harmless(text), sys.stderr) + "\n")

    def data(self, value: dict[str, Any]) -> None:
        """Write *value* to stdout as JSON."""
        from llmpath.render import json

        sys.stdout.write(json.text(value))

    @cached_property
    def numbered(self) -> list[str]:
        """The ids of the last list."""
        from llmpath.store.learner import numbering

        return numbering.recall(self.settings.data, self.learner.id)

    def number(self, ids: list[str]) -> None:
        """Let *ids* be the last list: `1` names the first from now on."""
        from llmpath.store.learner import numbering

        numbering.remember(self.settings.data, self.learner.id, ids)

    def close(self) -> None:
        """Be done with the database."""
        if sys.exc_info()[0] is None:  # a failure is told in one line, its own
            for message in self._put_off:
                self.remark(message)
        if "connection" in self.__dict__:
            self.connection.close()


def session(ctx: typer.Context) -> Session:
    """Return the session of this command; it is closed when the command ends."""
    made = Session(ctx)
    ctx.call_on_close(made.close)
    return made
