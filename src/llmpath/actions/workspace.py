"""What an action works with: the settings, the database, the learner and the time.

Any face of the program makes one: it knows nothing of a command line, a terminal or a page.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from llmpath import kept, times
from llmpath import settings as configuration
from llmpath.catalog import locate
from llmpath.errors import Ambiguous, LlmpathError, NotFound, UsageError, quoted, shortened
from llmpath.identity import Learner, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from llmpath.store.database.connection import Database
    from llmpath.store.learner.journal import Journal


SESSION = "session-"  # what a terminal without a name is called, with the number of the session


def _quiet(text: str) -> None:
    """Tell nobody."""


class Workspace:
    """The surroundings of one action or of several, each part made when first asked for.

    Its time is that of its first use, and it looks once for changes of the catalog and for the
    backup of the day: a face that lives long makes one for each thing it is asked to do.

    *wanted* is the name of the learner, if one was asked for; *tell* gets sentences that are not
    what was asked for but that the learner should see, such as that a backup failed. On a *trial*
    everything is done and told as ever, but nothing is kept. Lists belong to a *terminal*.
    """

    def __init__(
        self,
        wanted: str | None = None,
        tell: Callable[[str], None] = _quiet,
        environ: Mapping[str, str] | None = None,
        trial: bool = False,
        terminal: str = "",
    ) -> None:
        self.wanted = wanted
        self.trial = trial
        self.terminal = terminal
        self.tell = tell
        self.environ = configuration.environment() if environ is None else environ
        self._put_off: list[str] = []  # to be told once the command has succeeded

    @cached_property
    def settings(self) -> configuration.Settings:
        """The settings in force; what is wrong in the config file is told, and left out.

        Raises InvalidFile where nothing can be told from it.
        """
        found = configuration.load(self.environ)
        if found.grave:
            raise found.grave
        for fault in found.faults.values():
            self.tell(f"{fault.message} It is ignored. {fault.hint}")
        return found

    @cached_property
    def files(self) -> locate.Files:
        """The catalog's files in use."""
        return locate.files(self.settings.value("catalog"))

    @cached_property
    def now(self) -> datetime:
        """The time, UTC; LLMPATH_NOW sets it, for tests and for looking at another day."""
        given = self.environ.get("LLMPATH_NOW")
        if not given:
            return times.checked_clock(datetime.now(UTC))
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            moment = datetime.min
        if moment.tzinfo is None:
            raise UsageError(
                f"LLMPATH_NOW is not a time: {quoted(given)}.",
                "Write it as 2026-11-20T09:00:00+00:00.",
            )
        return times.checked_clock(moment)

    @property
    def today(self) -> str:
        """The learner's own date, YYYY-MM-DD."""
        return times.local_date(self.now, self.settings.value("day.start"))

    @property
    def stamp(self) -> str:
        """The learner's time for the name of a file: 2026-11-20-183000."""
        return times.local(self.now).strftime("%Y-%m-%d-%H%M%S")

    @cached_property
    def moment(self) -> Moment:
        """The time as the journal wants it."""
        return Moment(self.now.isoformat(timespec="seconds"), self.today)

    @cached_property
    def connection(self) -> Database:
        """The database, created and brought up to date if need be."""
        from llmpath.store.opening import open_database

        with kept.upkeep():
            opened = open_database(self.settings.database, self.files)
            for message in opened.messages:
                self.tell(message)
            if opened.replaced:
                from llmpath.actions.settling import settle  # once after an update

                for message in settle(opened.connection, self.moment):
                    self.tell(message)
        opened.connection.before_writing = self._back_up
        opened.connection.trying = self.trial
        return opened.connection

    def _back_up(self) -> None:
        """Make today's backup unless there is one: a look at one name, but once a day."""
        daily = self.settings.value("backup.daily")
        folder = self.settings.database.parent / "backups"
        if not daily or os.path.exists(folder / f"llmpath-{self.today}.db"):
            return
        if not self.connection.execute("SELECT 1 FROM command LIMIT 1").fetchone():
            from llmpath.files import sweep

            sweep(folder.parent)  # the command that made the database may have been killed
            return  # nothing has happened yet
        from llmpath.store.database import backups

        keep = (daily, self.settings.value("backup.weekly"))
        try:
            backups.daily(self.connection, self.settings.database, self.today, keep)
        except LlmpathError as error:
            self._put_off.append(f"Today's backup could not be made: {error.message}")

    @cached_property
    def learner(self) -> Learner:
        """The learner the command is for."""
        from llmpath.store.learner import learners

        wanted = self.wanted or self.environ.get("LLMPATH_USER")
        with kept.upkeep():
            return learners.present(
                self.connection, wanted, learners.login_name(self.environ), self.moment.at
            )

    def writing(
        self, action: str, summary: str = "", day: str = ""
    ) -> AbstractContextManager[Journal]:
        """Return the write lock as a block that is one command of the learner, of today or a *day*.

        What the block decides on must be read inside it: nobody else writes meanwhile.
        """
        from llmpath.store.learner.journal import command

        when = self.moment._replace(local_date=day) if day else self.moment
        return command(self.connection, self.learner.id, when, action, summary)

    def shown(self, sign: str) -> str:
        """Return the id of what had the number or letter *sign* when it was last shown here.

        Raises NotFound where nothing had it, or that is too long ago.
        """
        from llmpath.store.learner import numbering

        lettered = not sign.isdecimal()
        what = f"{'letter' if lettered else 'number'} {shortened(sign)}"
        again = "llmpath show TOPIC" if lettered else "llmpath next"
        path = self._listing(lettered)
        if self.terminal.startswith(SESSION):
            path = numbering.left_behind(path)
        try:
            ids = numbering.recall(path, self.now.timestamp())
        except numbering.Outdated:
            raise NotFound(
                f"The last list in this terminal is over 12 hours old, too old to take {what}"
                " from.",
                f"Show a new one: {again}",
            ) from None
        if ids is None:
            raise NotFound(f"No list in this terminal yet to take {what} from.", f"Run: {again}")
        place = numbering.place_of(sign)
        if not 0 <= place < len(ids):
            count = f"{len(ids)} {'entry' if len(ids) == 1 else 'entries'}"
            raise NotFound(
                f"The last list has {count if ids else 'no entries'}; there is no {what}.",
                f"Show another: {again}",
            )
        return ids[place]

    def number(self, ids: Sequence[str]) -> None:
        """Let *ids* be the last list: `1` names the first from now on."""
        self._remember(ids, lettered=False)

    def letter(self, ids: Sequence[str]) -> None:
        """Let *ids* go by letters, beside the last list: `a` names the first from now on."""
        self._remember(ids, lettered=True)

    def _remember(self, ids: Sequence[str], lettered: bool) -> None:
        from llmpath.store.learner import numbering

        numbering.remember(self._listing(lettered), ids, self.now.timestamp())

    def _listing(self, lettered: bool) -> Path:
        from llmpath.store.learner import numbering

        return numbering.listing(self.settings.data, self.learner.id, self.terminal, lettered)

    def pick(self, unclear: Ambiguous) -> int | None:
        """Return the place of the choice that is meant, None where there is nobody to ask."""
        return None

    def unasked(self) -> Workspace:
        """Return the same surroundings with nobody to ask, for a look at what a name would mean."""
        found = Workspace(self.wanted)
        vars(found).update(vars(self), connection=self.connection)
        return found

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask, who wants to be."""
        return False

    def agrees(self, question: str, titles: Sequence[str]) -> bool:
        """Show *titles* and return the answer to *question*."""
        return True

    def asked(self, prompt: str) -> str:
        """Return what is typed in answer to *prompt*, '' for nothing."""
        return ""

    def pause(self) -> None:
        """Let go of the database and the time while somebody writes for as long as they like.

        Both are had again when asked for: what follows happens then, on what is there then. A
        trial keeps its database, where alone it has what it wrote.
        """
        if "connection" in self.__dict__ and not self.trial:
            self.__dict__.pop("connection").close()
        for name in ("now", "moment"):
            self.__dict__.pop(name, None)

    def close(self, well: bool = True) -> None:
        """Be done with the database; what was put off is told where all went *well*."""
        if well:  # a failure is told in one line, its own
            for message in self._put_off:
                self.tell(message)
        if "connection" in self.__dict__:  # made only when first asked for
            self.connection.close()
