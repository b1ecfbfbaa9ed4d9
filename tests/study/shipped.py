"""The shipped roadmap with its core resources, as the study sees them; and learners on it."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from llmpath.catalog import locate
from llmpath.catalog.load import load
from llmpath.model import Learned, Resource
from llmpath.settings import SETTINGS, WEIGHTS
from llmpath.study.aims import counting
from llmpath.study.choices import recommend
from llmpath.study.graph import Roadmap, states
from llmpath.study.recommend import Pick, Situation, candidates, open_topics
from llmpath.vocab import Status
from tests.study.conftest import as_goals

DEFAULTS = {name: float(SETTINGS[name].default) for name in WEIGHTS}


@cache
def roadmap() -> Roadmap:
    """The shipped roadmap, in map order, each topic with the aim of its track."""
    return Roadmap(counting(load(locate.files()).nodes(), ()))


@cache
def works() -> dict[str, Resource]:
    """The shipped resources by id."""
    return {work.id: work for work in load(locate.files()).resources}


@st.composite
def learners(draw: st.DrawFn) -> Learned:
    """Somebody who has done, skipped and known some of the shipped map."""
    nodes = roadmap().nodes
    core = sorted({id_ for node in nodes.values() for id_ in node.core})
    statuses = draw(st.dictionaries(st.sampled_from(core), st.sampled_from(Status), max_size=12))
    tips = draw(st.sets(st.sampled_from(list(nodes)), max_size=5))
    known = roadmap().on_the_way(tips) if draw(st.booleans()) else tips
    return Learned(statuses, frozenset(known))


def situation(learned: Learned, *goals: str) -> Situation:
    """Where *learned* stands on the shipped map, with the default weights."""
    ends = as_goals(roadmap(), goals)
    return Situation(roadmap(), states(roadmap(), learned), learned, ends, DEFAULTS)


def offer(where: Situation, count: int = 5, locked: bool = False) -> list[Pick]:
    """What `next` offers from the core resources."""
    found = {
        topic: [works()[id_] for id_ in candidates(where, topic)]
        for topic in open_topics(where, locked)
    }
    return recommend(where, found, count)


def follow(learned: Learned, goal: str) -> tuple[list[str], Learned]:
    """Do what `next` offers first until *goal* is passed; return the topics in turn."""
    topics: list[str] = []
    while True:
        picks = offer(situation(learned, goal))
        if situation(learned, goal).states[goal] in ("known", "learned"):
            return list(dict.fromkeys(topics)), learned
        topics.append(picks[0].topic)
        learned = learned._replace(statuses={**learned.statuses, picks[0].resource.id: Status.DONE})


def shared(topic: str) -> set[str]:
    """Return the core resources of *topic* that are in the core of another topic too."""
    nodes = roadmap().nodes
    others = {id_ for node in nodes.values() if node.id != topic for id_ in node.core}
    return set(nodes[topic].core) & others
