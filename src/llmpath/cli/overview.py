"""The map and the way: `llmpath`, `next` and `roadmap`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from llmpath.cli import complete, options
from llmpath.cli.session import Session, session
from llmpath.cli.situation import Standpoint, part, picks, standpoint
from llmpath.errors import NotFound
from llmpath.store import catalog, learning
from llmpath.store.selection import Selection
from llmpath.study import stats
from llmpath.study.graph import PASSED, standings
from llmpath.vocab import Status

AT_A_GLANCE = 3


def dashboard(ctx: typer.Context, json: bool) -> None:
    """The day at a glance."""
    from llmpath.render import glance

    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    begun = sum(status is Status.DOING for status in point.learned.statuses.values())
    offered = picks(s, point, Selection(), begun + AT_A_GLANCE)
    standing = standings(point.roadmap, point.states, point.learned, catalog.minutes(s.connection))
    today = glance.Glance(
        learner=s.learner.name,
        doing=[pick for pick in offered if pick.status is Status.DOING],
        next=[pick for pick in offered if pick.status is not Status.DOING][:AT_A_GLANCE],
        goals=_goals(s, point),
        tracks=[
            (track, share)
            for track, share in zip(
                catalog.tracks(s.connection),
                stats.by_track(point.roadmap, standing).values(),
                strict=False,
            )
        ],
        all=stats.share(standing, point.roadmap.nodes),
        done=sum(status is Status.DONE for status in point.learned.statuses.values()),
        streak=stats.streak(learning.active_dates(s.connection, s.learner.id), s.today),
    )
    if json:
        s.data(glance.data(today))
        return
    s.number([pick.resource.id for pick in [*today.doing, *today.next]])
    s.show(glance.lines(today, s.width))


def _goals(s: Session, point: Standpoint) -> list[tuple[str, int]]:
    """Return each goal's title with how many topics are still before it."""
    rows = []
    for goal in learning.goals(s.connection, s.learner.id):
        way = point.roadmap.on_the_way([goal.topic])
        left = sum(point.states[id_] not in PASSED for id_ in way)
        rows.append((point.roadmap.nodes[goal.topic].title, left))
    return rows


def next_(
    ctx: typer.Context,
    count: Annotated[
        int | None, typer.Option("--count", "-n", min=1, max=50, help="How many choices.")
    ] = None,
    track: options.Track = None,
    kind: options.Kinds = None,
    level: options.Levels = None,
    minutes: options.Minutes = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each choice's score adds up.")
    ] = False,
    json: options.Json = False,
) -> None:
    """What to study next, with reasons.

    Offers what you are ready for: topics whose prerequisites you have all passed. With goals set,
    only what lies on the way to them. What you have started comes first.

    \b
    Examples:
      llmpath next
      llmpath next -n 3 --minutes 30 --kind video
      llmpath next --track engineer --explain
    """
    from llmpath.render import choices

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        track=part(s, "track", track),
        minutes=minutes,
    )
    point = standpoint(s.connection, s.learner.id)
    offered = picks(s, point, selection, count or s.settings["next.count"])
    goals = learning.goals(s.connection, s.learner.id)
    titles = {id_: node.title for id_, node in point.roadmap.nodes.items()}
    if json:
        s.data(choices.data(offered, [goal.topic for goal in goals]))
        return
    s.number([pick.resource.id for pick in offered])
    if not offered:
        loosen = "Ask for less: leave out an option." if selection else "You have finished the map."
        s.show(choices.nothing(loosen))
        return
    s.show(choices.lines(offered, titles, [titles[goal.topic] for goal in goals], s.width, explain))


def roadmap(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[TRACK or MODULE]", help="Only this part.", autocompletion=complete.parts
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
    from llmpath.render import tree

    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    standing = standings(point.roadmap, point.states, point.learned, catalog.minutes(s.connection))
    tracks, modules = catalog.tracks(s.connection), catalog.modules(s.connection)
    wanted = _modules(tracks, modules, name)
    map_ = tree.Map(
        tracks=[track for track in tracks if any(one.track == track.id for one in wanted)],
        modules=wanted,
        roadmap=point.roadmap,
        standings=standing,
        goals=frozenset(goal.topic for goal in learning.goals(s.connection, s.learner.id)),
    )
    if json:
        s.data(tree.data(map_))
        return
    shown = tree.Shown.READY if ready else tree.Shown.ALL if name or everything else tree.Shown.OPEN
    s.show(tree.lines(map_, shown, s.width))


def _modules(tracks: list[Any], modules: list[Any], name: str | None) -> list[Any]:
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
