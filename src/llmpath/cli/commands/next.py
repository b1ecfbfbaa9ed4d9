"""What to study next: `next`."""

from typing import Annotated

import typer

from llmpath.cli import options, queries
from llmpath.cli.session import Session, session
from llmpath.cli.situation import picks
from llmpath.cli.standpoint import Standpoint, standpoint
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study.recommend import USUAL, Pick, shortest_core


def next_(
    ctx: typer.Context,
    words: queries.Words = None,
    count: Annotated[
        int | None,
        typer.Option("--count", "-n", metavar="N", min=1, max=50, help="How many choices."),
    ] = None,
    topic: options.Topic = None,
    track: options.Track = None,
    kind: options.Kinds = None,
    level: options.Levels = None,
    minutes: options.Minutes = None,
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="Offer locked topics too.")
    ] = False,
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
      llmpath next --topic rag --all
      llmpath next -kind:paper minutes:..45
    """
    from llmpath.render.pages import next

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        topic=_topic(s, topic),
        track=_track(s, track),
        minutes=minutes,
    )
    if words:
        selection = queries.having(s, selection, queries.read(s, words))
    point = standpoint(s.connection, s.learner.id)
    wanted = count or s.settings.value("next.count")
    offered = picks(s, point, selection, wanted, everything)
    goals = [goal.topic for goal in learning.goals(s.connection, s.learner.id)]
    if offered:
        longer = _longer(s, point, selection, everything, offered)
        if json:
            s.data(next.data(offered, goals, longer))
            return
        s.number([pick.resource.id for pick in offered])
        titles = {id_: node.title for id_, node in point.roadmap.nodes.items()}
        led = [] if selection.topic else [titles[goal] for goal in goals]
        rows = next.lines(offered, titles, led, s.width, explain)
        if longer and selection.minutes:
            rows += next.sittings(longer, selection.minutes, s.width)
        s.show(rows)
        return
    from llmpath.cli.loosen import advice, looser

    ways = looser(s, point, selection, everything)
    if json:
        s.data({**next.data([], goals), "loosen": next.looser_data(ways)})
        return
    s.number([])
    s.show(next.nothing(ways, advice(s, point, selection, everything), s.width))


def _longer(
    s: Session, point: Standpoint, selection: Selection, everything: bool, offered: list[Pick]
) -> Pick | None:
    """Return what to study in sittings where none within a limit of minutes counts."""
    if not selection.minutes or shortest_core(offered):
        return None
    return shortest_core(picks(s, point, selection._replace(minutes=None), USUAL, everything))


def _topic(s: Session, name: str | None) -> str:
    if not name:
        return ""
    from llmpath.cli.names import one

    return one(s, name, "topic").id


def _track(s: Session, name: str | None) -> str:
    if not name:
        return ""
    from llmpath.cli.names import part

    return part(s, "track", name)
