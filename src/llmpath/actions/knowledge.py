"""What a learner knows: know, forget, shaky."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.agreement import agreed_on
from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.naming import find_all, topics_of
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.model import Learned
from llmpath.phrases import listed
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import writing
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
    things = find_all(w, names, "topics")
    done, _ = _marked(w, "know", things, knowledge.to_mark, Mark.KNOWN)
    return done


def forget(w: Workspace, names: Sequence[str]) -> Outcome:
    """Unmark the topics called *names* as known."""
    things = find_all(w, names, "topics")
    done, _ = _marked(w, "forget", things, knowledge.to_unmark, None)
    return done


def shake(w: Workspace, names: Sequence[str]) -> Shaken:
    """Mark those of the topics called *names* that are passed as shaky."""
    topics = topics_of(w, find_all(w, names, "topics"))
    done, marked = _marked(w, "shaky", topics, knowledge.to_shake, Mark.SHAKY)
    shaken = sorted(
        (topic for topic in topics if topic.id in marked), key=lambda topic: marked.index(topic.id)
    )
    return Shaken(done, shaken, [topic for topic in topics if topic not in shaken])


def _marked(
    w: Workspace,
    action: str,
    things: Sequence[Named],
    choose: Callable[[Roadmap, Learned, Sequence[str]], Sequence[str]],
    mark: Mark | None,
) -> tuple[Outcome, Sequence[str]]:
    """Let the topics of *things* be marked, or no longer for None; *choose* says which of them.

    What was agreed to beforehand is marked, and nothing that has come to be concerned since.
    """
    ids = [topic.id for topic in topics_of(w, things)]

    def chosen(point: LearnerMap) -> Sequence[str]:
        return choose(point.toward(ids).roadmap, point.learned, ids)

    agreed = agreed_on(w, action, chosen(learner_map(w))) if w.asks else None
    with w.writing(action) as journal:
        before = learner_map(w)
        marked = [id_ for id_ in chosen(before) if agreed is None or id_ in agreed]
        if mark:
            writing.mark_topics(journal, marked, mark)
        else:
            writing.unmark_topics(journal, marked)
        concerned = [
            thing for thing in things if any(one.id in marked for one in topics_of(w, [thing]))
        ]
        journal.summary = _titles(concerned or things)
    return outcome(w, action, things, journal, before), marked


def _titles(topics: Sequence[Named]) -> str:
    return listed([topic.title for topic in topics], TITLES_LOGGED)
