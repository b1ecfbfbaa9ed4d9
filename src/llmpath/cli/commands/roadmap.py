"""The map of topics: `roadmap`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.cli.standpoint import standpoint
from llmpath.curriculum import Module, Track
from llmpath.errors import NotFound
from llmpath.store.catalog import reading, resources
from llmpath.store.learner import learning
from llmpath.study.graph import standings


def roadmap(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[TRACK or MODULE]",
            help="Only this part.",
            autocompletion=options.completed("parts"),
        ),
    ] = None,
    ready: Annotated[bool, typer.Option("--ready", help="Only topics you are ready for.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every topic of every track.")] = False,
    json: options.Json = False,
) -> None:
    """The map of topics: what is passed, ready and locked.

    Without a part, the tracks and modules with the topics that are open to you now.

    \b
    Examples:
      llmpath roadmap
      llmpath roadmap engineer
      llmpath roadmap --ready
    """
    from llmpath.render.pages import roadmap

    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    standing = standings(
        point.roadmap, point.states, point.learned, resources.minutes(s.connection)
    )
    tracks, modules = reading.tracks(s.connection), reading.modules(s.connection)
    wanted = _modules(tracks, modules, name)
    map_ = roadmap.Map(
        tracks=[track for track in tracks if any(one.track == track.id for one in wanted)],
        modules=wanted,
        roadmap=point.roadmap,
        standings=standing,
        goals=frozenset(goal.topic for goal in learning.goals(s.connection, s.learner.id)),
    )
    if json:
        s.data(roadmap.data(map_))
        return
    shown = (
        roadmap.Shown.READY
        if ready
        else roadmap.Shown.ALL
        if name or everything
        else roadmap.Shown.OPEN
    )
    s.show(roadmap.lines(map_, shown, s.width))


def _modules(tracks: list[Track], modules: list[Module], name: str | None) -> list[Module]:
    """Return the modules of the track or module called *name*; all without a name."""
    if not name:
        return modules
    wanted = name.casefold()
    for same in (
        lambda part: wanted in (part.id, part.title.casefold()),
        lambda part: part.id.startswith(wanted),
        lambda part: wanted in part.title.casefold(),
    ):
        found = [track.id for track in tracks if same(track)]
        chosen = [one for one in modules if one.track in found] or [
            one for one in modules if same(one)
        ]
        if chosen:
            return chosen
    raise NotFound(
        f"No track or module {name!r}.",
        "Tracks: " + ", ".join(track.id for track in tracks) + ". Modules: llmpath roadmap --all",
    )
