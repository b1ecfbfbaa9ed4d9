"""A part of the map, or all of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map, topic_standings
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Module, Track
from llmpath.model import TopicStanding
from llmpath.store.catalog import reading
from llmpath.study.aims import topics_of
from llmpath.study.graph import Roadmap


class MapPage(NamedTuple):
    """A part of the roadmap for one learner."""

    tracks: Sequence[Track]
    modules: Sequence[Module]
    roadmap: Roadmap
    standings: Mapping[str, TopicStanding]
    goals: frozenset[str]

    @property
    def lettered(self) -> list[str]:
        """The resources in the order they go by letters: it has none."""
        return []


def roadmap(w: Workspace, name: str | None = None) -> MapPage:
    """Return the map, or the track or module of it called *name*; raises NotFound."""
    if not name:
        return part_page(w, "")
    from llmpath.actions.naming import find  # 0.4 ms, and most ask for all of it

    return part_page(w, find(w, name, "part").id)


def part_page(w: Workspace, part: str) -> MapPage:
    """Return the track or module with the id *part*, all of the map for ''."""
    point = learner_map(w)
    tracks, modules = reading.tracks(w.connection), reading.modules(w.connection)
    wanted = [module for module in modules if part in ("", module.track, module.id)]
    shown = {module.track for module in wanted}
    return MapPage(
        tracks=[track for track in tracks if track.id in shown],
        modules=wanted,
        roadmap=point.roadmap,
        standings=topic_standings(w, point),
        goals=frozenset(topics_of(point.goals)),
    )
