"""The fewest topics from what a learner knows to a goal."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, goals_of, learner_map, set_aim, taste_of
from llmpath.actions.naming import find_all
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.model import Goal, Resource
from llmpath.plans import Brief, Depth
from llmpath.store.catalog import reading, resources
from llmpath.store.catalog.roadmap import as_goals
from llmpath.study import path as paths
from llmpath.study.path import Lever, Route
from llmpath.vocab import Aim


class Otherwise(NamedTuple):
    """The route to the same goals with another aim: its topics and minutes."""

    aim: Aim
    topics: int
    minutes: int


class PathPage(NamedTuple):
    """A route with what it is drawn from; `because` gives the reason of (topic, prerequisite).

    `aim` is that of its goals, None where they differ; `otherwise` the route with the other aim,
    None where it is the same; `levers` are the prerequisites that cost most.
    """

    route: Route
    map: LearnerMap
    because: Mapping[tuple[str, str], str]
    ignored: Sequence[tuple[str, str]]
    named: Sequence[str] = ()
    aim: Aim | None = None
    otherwise: Otherwise | None = None
    levers: Sequence[Lever] = ()

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [work.id for step in self.route.steps for work in step.works]


def path(w: Workspace, names: Sequence[str], depth: Depth, aim: Aim | None = None) -> PathPage:
    """Return the route to what is called *names*, else to the learner's goals.

    Every goal has the *aim* where one is given.
    """
    goals = goals_wanted(w, names, "path", aim)
    point = learner_map(w, goals=goals)
    route = route_to(w, point, goals, depth)
    on_it = [step.topic for step in route.steps]
    aims = {goal.aim for goal in goals}
    same = Aim(aims.pop()) if len(aims) == 1 else None
    return PathPage(
        route=route,
        map=point,
        because=reading.because(w.connection, on_it),
        ignored=[pair for pair in point.ignored if pair[0] in on_it],
        named=[goal.id for goal in goals] if names else (),
        aim=same,
        otherwise=otherwise(w, route, _other(same)) if same else None,
        levers=_levers(w, point, route),
    )


def _other(aim: Aim) -> Aim:
    return Aim.UNDERSTAND if aim is Aim.USE else Aim.USE


def otherwise(w: Workspace, route: Route, aim: Aim) -> Otherwise | None:
    """Return the route to the goals of *route* with another *aim*; None where it is the same."""
    goals = [goal._replace(aim=aim) for goal in route.goals]
    found = route_to(w, learner_map(w, goals=goals), goals, route.depth)
    if len(found.steps) == len(route.steps):
        return None
    return Otherwise(aim, len(found.steps), found.minutes)


def _levers(w: Workspace, point: LearnerMap, route: Route) -> list[Lever]:
    """Return the prerequisites to understand, not to use, that cost the route most."""
    optional = reading.to_understand(w.connection, [step.topic for step in route.steps])
    works, taste = _works(w, point, [step.topic for step in route.steps]), taste_of(w)
    return paths.levers(point.roadmap, optional, point.states, point.learned, route, works, taste)


def goals_wanted(
    w: Workspace, names: Sequence[str], command: str, aim: str | None = None
) -> list[Goal]:
    """Return the goals called *names*, or the learner's when there are no names.

    Raises UsageError where there is neither; *command* is for its hint.
    """
    goals = goals_of(w)
    if names:
        goals = goals_called(w, [named.id for named in find_all(w, names, "goal")])
    elif not goals:
        raise UsageError(
            "A path to what? You have no goal yet.",
            f"Name a topic (llmpath {command} rag) or set a goal first: llmpath goal rag",
        )
    return [goal._replace(aim=aim) for goal in goals] if aim else goals


def goals_called(w: Workspace, ids: Sequence[str]) -> list[Goal]:
    """Return what has one of *ids* as goals; one that the learner has set keeps its aim.

    What the catalog has lost is left out.
    """
    own = {goal.id: goal for goal in goals_of(w)}
    found = as_goals(w.connection, ids, set_aim(w))
    return [own.get(goal.id, goal) for goal in found]


def goals_planned(w: Workspace, brief: Brief) -> list[Goal]:
    """Return what *brief* names as goals, or else the learner's, with its aim if it has one.

    What the catalog has lost is planned for no more.
    """
    goals = goals_called(w, brief.topics) or goals_of(w)
    return [goal._replace(aim=brief.aim) for goal in goals] if brief.aim else goals


def route_to(w: Workspace, point: LearnerMap, goals: Sequence[Goal], depth: Depth) -> Route:
    """Return the route from *point* to *goals*, with the resources it needs read."""
    topics = paths.topics_toward(point.roadmap, point.states, goals)
    works = _works(w, point, topics)
    taste = taste_of(w)
    return paths.route(point.roadmap, point.states, point.learned, goals, depth, works, taste)


def _works(w: Workspace, point: LearnerMap, topics: Sequence[str]) -> Mapping[str, Resource]:
    """Return what there is to study for *topics*, by id."""
    nodes = [point.roadmap.nodes[topic] for topic in topics]
    ids = dict.fromkeys(id_ for node in nodes for id_ in (*node.core, *node.further))
    return resources.by_id(w.connection, list(ids))
