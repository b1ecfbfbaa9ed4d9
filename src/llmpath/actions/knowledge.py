"""What a learner knows and where they want to get: know, forget, shaky, goal."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map, set_aim
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.paths import route_to
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Destination
from llmpath.model import Learned
from llmpath.phrases import listed
from llmpath.plans import Depth
from llmpath.store.catalog import reading
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import Journal
from llmpath.study import knowledge
from llmpath.study.graph import PASSED, Roadmap
from llmpath.vocab import Aim, Mark

TITLES_LOGGED = 8  # of the topics a command is about, in its line of the log


class Shaken(NamedTuple):
    """What marking topics as shaky did, and the topics among them that are not passed yet."""

    outcome: Outcome
    shaken: Sequence[Named]
    others: Sequence[Named]


class GoalRow(NamedTuple):
    """A goal: its id and title, since when (UTC, ISO 8601), topics of its path, those passed.

    `aim` is what it is for, `minutes` are those left to study.
    """

    id: str
    title: str
    set_at: str
    topics: int
    passed: int
    aim: str
    minutes: int


class Goals(NamedTuple):
    """The learner's goals, what the command that shows them did, and other goals to choose from."""

    rows: Sequence[GoalRow]
    outcome: Outcome
    offers: Sequence[Destination] = ()


def know(w: Workspace, names: Sequence[str]) -> Outcome:
    """Mark the topics called *names* as known, with what they build on."""

    def mark(journal: Journal, topics: Sequence[str]) -> None:
        writing.mark_topics(journal, topics, Mark.KNOWN)

    return _marked(w, "know", names, knowledge.to_mark, mark)


def forget(w: Workspace, names: Sequence[str]) -> Outcome:
    """Unmark the topics called *names* as known."""
    return _marked(w, "forget", names, knowledge.to_unmark, writing.unmark_topics)


def _marked(
    w: Workspace,
    action: str,
    names: Sequence[str],
    choose: Callable[[Roadmap, Learned, Sequence[str]], Sequence[str]],
    write: Callable[[Journal, Sequence[str]], None],
) -> Outcome:
    """Let the topics called *names* be marked: which of them *choose* says, how *write* does."""
    topics = find_all(w, names, "topic")
    with w.writing(action, _titles(topics)) as journal:
        before = learner_map(w)
        ids = [topic.id for topic in topics]
        write(journal, choose(before.toward(ids).roadmap, before.learned, ids))
    return outcome(w, action, topics, journal, before)


def shake(w: Workspace, names: Sequence[str]) -> Shaken:
    """Mark those of the topics called *names* that are passed as shaky."""
    topics = find_all(w, names, "topic")
    with w.writing("shaky") as journal:
        before = learner_map(w)
        ids = [topic.id for topic in topics]
        marks = knowledge.to_shake(before.roadmap, before.learned, ids)
        writing.mark_topics(journal, marks, Mark.SHAKY)
        shaken = sorted(
            (topic for topic in topics if topic.id in marks),
            key=lambda topic: marks.index(topic.id),
        )
        journal.summary = _titles(shaken)
    others = [topic for topic in topics if topic not in shaken]
    return Shaken(outcome(w, "shaky", topics, journal, before), shaken, others)


def goals(w: Workspace) -> Goals:
    """Return the learner's goals."""
    return _goals(w, Outcome("goal"))


def add_goals(w: Workspace, names: Sequence[str], aim: Aim | None = None) -> Goals:
    """Make what is called *names* goals, besides those there are, with an *aim* if given."""
    topics = find_all(w, names, "goal")
    summary = ", ".join(topic.title for topic in topics)
    return _set(w, f"{summary}, to {aim}" if aim else summary, topics, aim=aim)


def drop_goals(w: Workspace, names: Sequence[str]) -> Goals:
    """Make what is called *names* goals no longer."""
    topics = find_all(w, names, "goal")
    return _set(w, "drop " + ", ".join(topic.title for topic in topics), (), topics)


def clear_goals(w: Workspace) -> Goals:
    """Drop all goals."""
    return _set(w, "clear", (), None)


def _set(
    w: Workspace,
    summary: str,
    added: Sequence[Named],
    dropped: Sequence[Named] | None = (),
    aim: Aim | None = None,
) -> Goals:
    """Add and drop goals; None drops all that are set when the write lock is held."""
    with w.writing("goal", summary) as journal:
        if dropped is None:
            drop = [one.goal.id for one in learning.goals(w.connection, w.learner.id)]
        else:
            drop = [topic.id for topic in dropped]
        writing.set_goals(journal, [topic.id for topic in added], drop, aim)
    return _goals(w, outcome(w, "goal", [*added, *(dropped or ())], journal))


def _goals(w: Workspace, done: Outcome) -> Goals:
    """Return the learner's goals, each seen by itself: what the others add is not on its way."""
    rows = []
    for goal, set_at, _ in learning.goals(w.connection, w.learner.id, set_aim(w)):
        point = learner_map(w, goals=[goal])
        route = point.roadmap.toward(goal.topics, point.states)
        passed = sum(point.states[id_] in PASSED for id_ in route)
        minutes = route_to(w, point, [goal], Depth.ENOUGH).minutes
        rows.append(GoalRow(goal.id, goal.title, set_at, len(route), passed, goal.aim, minutes))
    own = {row.id for row in rows}
    offers = [one for one in reading.destinations(w.connection) if one.id not in own]
    return Goals(rows, done, offers)


def _titles(topics: Sequence[Named]) -> str:
    return listed([topic.title for topic in topics], TITLES_LOGGED)
