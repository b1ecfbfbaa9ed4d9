"""A part of the map, or all of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map, topic_standings
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Module, Track
from llmpath.errors import NotFound
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


def roadmap(w: Workspace, name: str | None = None) -> MapPage:
    """Return the map, or the track or module of it called *name*; raises NotFound."""
    point = learner_map(w)
    tracks, modules = reading.tracks(w.connection), reading.modules(w.connection)
    wanted = _wanted(tracks, modules, name) if name else modules
    shown = {module.track for module in wanted}
    return MapPage(
        tracks=[track for track in tracks if track.id in shown],
        modules=wanted,
        roadmap=point.roadmap,
        standings=topic_standings(w, point),
        goals=frozenset(topics_of(point.goals)),
    )


def _wanted(tracks: Sequence[Track], modules: Sequence[Module], name: str) -> list[Module]:
    """Return the modules of the track called *name*, else those called so."""
    from llmpath.actions.naming import called  # 0.4 ms, and most ask for all of it

    titles = [(track.id, track.title) for track in tracks]
    titles += [(module.id, module.title) for module in modules]
    ids = called(titles, name)
    whole = [module for module in modules if module.track in ids]
    chosen = whole or [module for module in modules if module.id in ids]
    if not chosen:
        raise NotFound(
            f"No track or module {name!r}.",
            f"Tracks: {', '.join(track.id for track in tracks)}. Modules: llmpath roadmap --all",
        )
    return chosen
