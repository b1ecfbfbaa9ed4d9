"""The fewest topics from what a learner knows to a goal."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, goals_of, learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.plans import Depth
from llmpath.store.catalog import reading, resources
from llmpath.study import path as paths
from llmpath.study.path import Route


class PathPage(NamedTuple):
    """A route with what it is drawn from; `because` gives the reason of (topic, prerequisite)."""

    route: Route
    map: LearnerMap
    because: Mapping[tuple[str, str], str]
    ignored: Sequence[tuple[str, str]]

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [work.id for step in self.route.steps for work in step.works]


def path(w: Workspace, names: Sequence[str], depth: Depth) -> PathPage:
    """Return the route to the topics called *names*, else to the learner's goals."""
    point = learner_map(w)
    route = route_to(w, point, topics_wanted(w, names, "path"), depth)
    on_it = [step.topic for step in route.steps]
    because = reading.because(w.connection, on_it)
    return PathPage(route, point, because, [pair for pair in point.ignored if pair[0] in on_it])


def topics_wanted(w: Workspace, names: Sequence[str], command: str) -> list[str]:
    """Return the topics called *names*, or the learner's goals when there are no names.

    Raises UsageError where there is neither; *command* is for its hint.
    """
    if names:
        return [named.id for named in find_all(w, names, "topic")]
    goals = goals_of(w)
    if not goals:
        raise UsageError(
            "A path to what? You have no goal yet.",
            f"Name a topic (llmpath {command} rag) or set a goal first: llmpath goal rag",
        )
    return goals


def route_to(w: Workspace, point: LearnerMap, goals: Sequence[str], depth: Depth) -> Route:
    """Return the route from *point* to *goals*, with the resources it needs read."""
    topics = paths.topics_to(point.roadmap, point.states, goals)
    read = paths.reading(point.roadmap, point.learned, topics, depth)
    works = resources.by_id(w.connection, [id_ for ids, _ in read.values() for id_ in ids])
    return paths.route(point.roadmap, point.states, point.learned, goals, depth, works)
