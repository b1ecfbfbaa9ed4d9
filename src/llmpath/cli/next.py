"""What to study next: `next`."""

from typing import Annotated

import typer

from llmpath.cli import options, queries
from llmpath.cli.session import Session, session
from llmpath.cli.situation import picks, standpoint
from llmpath.store import learning
from llmpath.store.selection import Selection


def next_(
    ctx: typer.Context,
    words: queries.Words = None,
    count: Annotated[
        int | None,
        typer.Option("--count", "-n", metavar="N", min=1, max=50, help="How many choices."),
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
      llmpath next -kind:paper minutes:..45
    """
    from llmpath.render import choices

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        track=_track(s, track),
        minutes=minutes,
    )
    selection = queries.having(s, selection, queries.read(s, words))
    point = standpoint(s.connection, s.learner.id)
    offered = picks(s, point, selection, count or s.settings.value("next.count"))
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


def _track(s: Session, name: str | None) -> str:
    if not name:
        return ""
    from llmpath.cli.names import part

    return part(s, "track", name)
