"""A sitting: time spent on a resource, which need not be all that it takes."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.progress import day_of, said_day, tell_day, time_on
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.model import Spent
from llmpath.phrases import exactly
from llmpath.store.catalog import resources
from llmpath.store.learner import learning, writing
from llmpath.study import progress, sittings
from llmpath.vocab import Status

LONGEST = 24 * 60  # minutes of one sitting


class Tally(NamedTuple):
    """What was spent on a resource so far: `spent` in sittings, `total` minutes in all.

    `length` are the minutes it was thought to take, None where nobody knows.
    """

    id: str
    title: str
    status: Status
    length: int | None
    spent: Spent
    total: int

    @property
    def is_reached(self) -> bool:
        """Whether it is in progress, and as much was spent as it was thought to take."""
        return self.status is Status.DOING and bool(
            self.length and self.spent.minutes >= self.length
        )


class Logged(NamedTuple):
    """A sitting of `minutes` on a `day` (YYYY-MM-DD), and what each resource comes to since."""

    outcome: Outcome
    minutes: int
    day: str
    tallies: Sequence[Tally]


def spend(
    w: Workspace,
    minutes: int,
    names: Sequence[str],
    on: str | None = None,
    note: str | None = None,
) -> Logged:
    """Log a sitting of *minutes* with each of the resources called *names*, with a *note*.

    It was today, or *on* a day that is over. What was not begun is in progress by that; what is
    done stays done. Raises UsageError for what is no length of a sitting, or no such day.
    """
    if not 0 < minutes <= LONGEST:
        raise UsageError(
            f"A sitting takes between 1 minute and {LONGEST // 60} h.",
            "Log the time of several days one by one: llmpath spent 2h ID --on yesterday",
        )
    day = day_of(w, on)
    at = time_on(w, day)
    things = find_all(w, names, "resource")
    titles = ", ".join(thing.title for thing in things)
    summary = f"{exactly(minutes)} on {titles}{said_day(w, day)}"
    with w.writing("spent", summary, day) as journal:
        before = learner_map(w)
        for thing in things:
            present = learning.progress_of(w.connection, w.learner.id, thing.id)
            writing.save_progress(journal, progress.spend(present, at, minutes))
            writing.add_sitting(journal, thing.id, day, minutes)
            if note:
                writing.add_note(journal, thing.id, note)
    done = outcome(w, "spent", things, journal, before)
    tell_day(w, day)
    return Logged(done, minutes, day, [_tally(w, thing.id) for thing in things])


def _tally(w: Workspace, id_: str) -> Tally:
    work = resources.by_id(w.connection, [id_])[id_]
    spent = learning.spent(w.connection, w.learner.id)[id_]
    stands = learning.progress_of(w.connection, w.learner.id, id_)
    total = sittings.total(stands, spent) or 0
    return Tally(id_, work.title, stands.status, work.minutes, spent, total)
