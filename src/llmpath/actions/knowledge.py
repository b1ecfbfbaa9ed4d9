"""What a learner knows and where they want to get: know, forget, shaky, goal."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.model import Learned
from llmpath.phrases import listed
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import Journal
from llmpath.study import knowledge
from llmpath.study.graph import PASSED, Roadmap
from llmpath.vocab import Mark

TITLES_LOGGED = 8  # of the topics a command is about, in its line of the log


class Shaken(NamedTuple):
    """What marking topics as shaky did, and the topics among them that are not passed yet."""

    outcome: Outcome
    shaken: Sequence[Named]
    others: Sequence[Named]


class GoalRow(NamedTuple):
    """A goal: its topic and title, since when (UTC, ISO 8601), topics of its path, those passed."""

    id: str
    title: str
    set_at: str
    topics: int
    passed: int


class Goals(NamedTuple):
    """The learner's goals, and what the command that shows them did."""

    rows: Sequence[GoalRow]
    outcome: Outcome


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
        write(journal, choose(before.roadmap, before.learned, [topic.id for topic in topics]))
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
    return Goals(_rows(w, learner_map(w)), Outcome("goal"))


def add_goals(w: Workspace, names: Sequence[str]) -> Goals:
    """Make the topics called *names* goals, besides those there are."""
    topics = find_all(w, names, "topic")
    return _set(w, ", ".join(topic.title for topic in topics), topics)


def drop_goals(w: Workspace, names: Sequence[str]) -> Goals:
    """Make the topics called *names* goals no longer."""
    topics = find_all(w, names, "topic")
    return _set(w, "drop " + ", ".join(topic.title for topic in topics), (), topics)


def clear_goals(w: Workspace) -> Goals:
    """Drop all goals."""
    return _set(w, "clear", (), None)


def _set(
    w: Workspace, summary: str, added: Sequence[Named], dropped: Sequence[Named] | None = ()
) -> Goals:
    """Add and drop goals; None drops all that are set when the write lock is held."""
    with w.writing("goal", summary) as journal:
        if dropped is None:
            drop = [goal.topic for goal in learning.goals(w.connection, w.learner.id)]
        else:
            drop = [topic.id for topic in dropped]
        writing.set_goals(journal, [topic.id for topic in added], drop)
    done = outcome(w, "goal", [*added, *(dropped or ())], journal)
    return Goals(_rows(w, learner_map(w)), done)


def _rows(w: Workspace, point: LearnerMap) -> list[GoalRow]:
    rows = []
    for goal in learning.goals(w.connection, w.learner.id):
        route = point.roadmap.toward([goal.topic], point.states)
        passed = sum(point.states[id_] in PASSED for id_ in route)
        rows.append(GoalRow(goal.topic, point.title(goal.topic), goal.set_at, len(route), passed))
    return rows


def _titles(topics: Sequence[Named]) -> str:
    return listed([topic.title for topic in topics], TITLES_LOGGED)
