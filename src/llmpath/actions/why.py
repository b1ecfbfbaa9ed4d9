"""Why something is or is not recommended now."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.choosing import ranking, seated
from llmpath.actions.learner_map import LearnerMap, learner_map, situation_of
from llmpath.actions.naming import find
from llmpath.actions.workspace import Workspace
from llmpath.model import Resource
from llmpath.store.catalog import reading, resources
from llmpath.store.learner import learning
from llmpath.study import why as reasons
from llmpath.study.choices import varied
from llmpath.study.recommend import Pick, Situation, open_topics
from llmpath.study.why import Verdict
from llmpath.vocab import Status

EVERY_CHOICE = 1_000_000  # more than there can be


class WhyPage(NamedTuple):
    """A verdict with what it is told from; `since` is when what decides was said or done.

    What its topic waits for is told by the `map` as it is with the topic as a goal.
    """

    title: str
    id: str
    work: Resource | None
    verdict: Verdict
    situation: Situation
    since: str
    ahead: Sequence[Pick]
    shown: int
    map: LearnerMap
    because: Mapping[tuple[str, str], str]
    ignored: Sequence[tuple[str, str]]

    def topic_title(self, topic: str) -> str:
        """Return the title of a topic, its id where the catalog has lost it."""
        node = self.situation.roadmap.nodes.get(topic)
        return node.title if node else topic


def why(w: Workspace, name: str) -> WhyPage:
    """Return why the resource or topic called *name* is or is not recommended."""
    named = find(w, name)
    point = learner_map(w)
    situation = situation_of(w, point)
    work: Resource | None = None
    if named.what == "resource":
        work = resources.by_id(w.connection, [named.id])[named.id]
    ranks = ranking(w, situation) if _could_be_offered(situation, named.id, work) else []
    choices = seated(w, varied(ranks, EVERY_CHOICE))
    if work is None:
        verdict = reasons.judge_topic(situation, named.id, choices)
    else:
        verdict = reasons.judge_resource(situation, work, choices)
    drawn = point.toward([verdict.topic])
    if verdict.waits:
        waits = drawn.roadmap.still_to_pass([verdict.topic], drawn.states) - {verdict.topic}
        verdict = verdict._replace(waits=tuple(drawn.roadmap.in_study_order(waits)))
    return WhyPage(
        title=named.title,
        id=named.id,
        work=work,
        verdict=verdict,
        situation=situation,
        since=_since(w, situation, verdict.topic, work),
        ahead=choices[: max(verdict.place - 1, 0)],
        map=drawn,
        shown=len(varied(ranks, w.settings.value("next.count"))),
        because=reading.because(w.connection, [verdict.topic, *verdict.waits]),
        ignored=[pair for pair in point.ignored if pair[0] == verdict.topic],
    )


def _could_be_offered(situation: Situation, id_: str, work: Resource | None) -> bool:
    """Say whether it is worth ranking all choices to find out where this one stands."""
    if work is None:
        return id_ in open_topics(situation)
    begun = situation.learned.statuses.get(work.id) is Status.DOING
    return begun or not set(work.topics).isdisjoint(open_topics(situation))


def _since(w: Workspace, situation: Situation, topic: str, work: Resource | None) -> str:
    """Return when what decides was said or done, UTC; '' where nothing was."""
    if work is not None:
        progress = learning.progress_of(w.connection, w.learner.id, work.id)
        if progress.status is not Status.TODO:
            return progress.finished_at or progress.started_at or ""
    marked = learning.marked_at(w.connection, w.learner.id, topic)
    if marked:
        return marked
    dates = [
        learning.progress_of(w.connection, w.learner.id, id_).finished_at or ""
        for id_ in situation.roadmap.nodes[topic].core
    ]
    return max(dates, default="")
