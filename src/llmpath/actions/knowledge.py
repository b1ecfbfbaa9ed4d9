"""What a learner knows and where they want to get: know, forget, shaky, goal."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.agreement import agreed_on
from llmpath.actions.learner_map import LearnerMap, learner_map, set_aim
from llmpath.actions.naming import find_all, topics_of
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

    things = find_all(w, names, "topics")
    done, _ = _marked(w, "know", things, knowledge.to_mark, mark)
    return done


def forget(w: Workspace, names: Sequence[str]) -> Outcome:
    """Unmark the topics called *names* as known."""
    things = find_all(w, names, "topics")
    done, _ = _marked(w, "forget", things, knowledge.to_unmark, writing.unmark_topics)
    return done


def shake(w: Workspace, names: Sequence[str]) -> Shaken:
    """Mark those of the topics called *names* that are passed as shaky."""

    def mark(journal: Journal, topics: Sequence[str]) -> None:
        writing.mark_topics(journal, topics, Mark.SHAKY)

    topics = topics_of(w, find_all(w, names, "topics"))
    done, marked = _marked(w, "shaky", topics, knowledge.to_shake, mark)
    shaken = sorted(
        (topic for topic in topics if topic.id in marked), key=lambda topic: marked.index(topic.id)
    )
    return Shaken(done, shaken, [topic for topic in topics if topic not in shaken])


def _marked(
    w: Workspace,
    action: str,
    things: Sequence[Named],
    choose: Callable[[Roadmap, Learned, Sequence[str]], Sequence[str]],
    write: Callable[[Journal, Sequence[str]], None],
) -> tuple[Outcome, Sequence[str]]:
    """Let the topics of *things* be marked: which of them *choose* says, how *write* does.

    What was agreed to beforehand is marked, and nothing that has come to be concerned since.
    """
    ids = [topic.id for topic in topics_of(w, things)]

    def chosen(point: LearnerMap) -> Sequence[str]:
        return choose(point.toward(ids).roadmap, point.learned, ids)

    agreed = agreed_on(w, action, chosen(learner_map(w))) if w.asks else None
    with w.writing(action) as journal:
        before = learner_map(w)
        marked = [id_ for id_ in chosen(before) if agreed is None or id_ in agreed]
        write(journal, marked)
        told = [one for one in things if one.id in marked] if action == "shaky" else things
        journal.summary = _titles(told)
    return outcome(w, action, things, journal, before), marked


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
