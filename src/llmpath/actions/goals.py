"""Where a learner wants to get, in which order and by when: goal."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from llmpath import times
from llmpath.actions.learner_map import learner_map, set_aim
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.paths import route_to
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Destination
from llmpath.errors import UsageError
from llmpath.plans import Depth
from llmpath.store.catalog import reading
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import learning, writing
from llmpath.study.graph import PASSED


class GoalRow(NamedTuple):
    """A goal: its id and title, since when (UTC, ISO 8601), topics of its path, those passed.

    `aim` is what it is for, `minutes` are those left to study, `until` the day to reach it by and
    `days` those left until then, fewer than none when it is past; None where there is no such day.
    """

    id: str
    title: str
    set_at: str
    topics: int
    passed: int
    aim: str
    minutes: int
    until: str | None
    days: int | None


class Goals(NamedTuple):
    """The learner's goals in order, what the command that shows them did, and others to choose.

    `strangers` are what was to be dropped and is no goal.
    """

    rows: Sequence[GoalRow]
    outcome: Outcome
    offers: Sequence[Destination] = ()
    strangers: Sequence[Named] = ()


def goals(w: Workspace) -> Goals:
    """Return the learner's goals."""
    return _goals(w, Outcome("goal"))


def add_goals(
    w: Workspace,
    names: Sequence[str],
    aim: str | None = None,
    by: str | None = None,
    first: bool = False,
) -> Goals:
    """Make what is called *names* goals, besides those there are.

    With an *aim* if given, 'default' for none of their own; to be reached *by* a day, 'none' for
    no day; and with *first* before all others. Raises UsageError for a day that is past.
    """
    return add_named(w, find_all(w, names, "goal"), aim, by, first)


def add_named(
    w: Workspace,
    named: Sequence[Named],
    aim: str | None = None,
    by: str | None = None,
    first: bool = False,
) -> Goals:
    """Make *named* goals, as `add_goals` does."""
    ids = [one.id for one in named]
    until = _until(by, w.today)
    said = [", ".join(one.title for one in named)]
    said += ["with its usual aim" if aim == "default" else f"to {aim}"] if aim else []
    said += [f"by {until}" if until else "by no day"] if until is not None else []
    said += ["first"] if first else []
    with w.writing("goal", ", ".join(said)) as journal:
        given = "" if aim == "default" else aim
        writing.set_goals(journal, ids, [], given, until, first)
    return _goals(w, outcome(w, "goal", named, journal))


def _until(by: str | None, today: str) -> str | None:
    """Return the day of *by*, '' for no day, None where nothing is said of it."""
    if by is None or by.casefold() == "none":
        return by and ""
    until = times.day(by, today)
    if until < today:
        raise UsageError(
            f"{until} is in the past.", "Choose a later day, or none: llmpath goal rag --by none"
        )
    return until


def drop_goals(w: Workspace, names: Sequence[str]) -> Goals:
    """Make what is called *names* goals no longer."""
    named = find_all(w, names, "goal")
    with w.writing("goal", "drop " + ", ".join(one.title for one in named)) as journal:
        present = {one.goal.id for one in learning.goals(w.connection, w.learner.id)}
        writing.set_goals(journal, [], [one.id for one in named])
    strangers = [one for one in named if one.id not in present]
    return _goals(w, outcome(w, "goal", named, journal))._replace(strangers=strangers)


def clear_goals(w: Workspace) -> Goals:
    """Drop all goals."""
    with w.writing("goal", "clear") as journal:
        present = [one.goal.id for one in learning.goals(w.connection, w.learner.id)]
        writing.set_goals(journal, [], present)
    return _goals(w, outcome(w, "goal", (), journal))


def _goals(w: Workspace, done: Outcome) -> Goals:
    """Return the learner's goals, each seen by itself: what the others add is not on its way."""
    rows = []
    for goal, set_at, _ in learning.goals(w.connection, w.learner.id, set_aim(w)):
        point = learner_map(w, goals=[goal])
        route = point.roadmap.toward(goal.topics, point.states)
        passed = sum(point.states[id_] in PASSED for id_ in route)
        minutes = route_to(w, point, [goal], Depth.ENOUGH).minutes
        days = _days(w.today, goal.until) if goal.until else None
        figures = (len(route), passed, goal.aim, minutes, goal.until or None, days)
        rows.append(GoalRow(goal.id, goal.title, set_at, *figures))
    own = {row.id for row in rows}
    offers = [one for one in reading.destinations(w.connection) if one.id not in own]
    return Goals(rows, done, offers)


def _days(today: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(today)).days
