"""What a learner knows: know, forget, shaky."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.model import Learned
from llmpath.phrases import listed
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import writing
from llmpath.store.learner.journal import Journal
from llmpath.study import knowledge
from llmpath.study.graph import Roadmap
from llmpath.vocab import Mark

TITLES_LOGGED = 8  # of the topics a command is about, in its line of the log


class Shaken(NamedTuple):
    """What marking topics as shaky did, and the topics among them that are not passed yet."""

    outcome: Outcome
    shaken: Sequence[Named]
    others: Sequence[Named]


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


def _titles(topics: Sequence[Named]) -> str:
    return listed([topic.title for topic in topics], TITLES_LOGGED)
