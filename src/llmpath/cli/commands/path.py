"""From what you know to a goal: `path`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import Standpoint, standpoint
from llmpath.errors import UsageError
from llmpath.store.catalog import reading, resources
from llmpath.store.learner import learning
from llmpath.study import path as paths
from llmpath.vocab import Depth


def path(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC...]",
            help="Where to get; your goals if left out.",
            autocompletion=options.completed("topics"),
        ),
    ] = None,
    depth: options.DepthOf = Depth.ENOUGH,
    mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Print the way as a Mermaid graph.")
    ] = False,
    json: options.Json = False,
) -> None:
    """The fewest topics from what you know to a goal.

    In an order one can follow, each topic with its reason, what to study for it and how long that
    takes. Several goals share their way.

    \b
    Examples:
      llmpath path rag
      llmpath path quantization agents --depth quick
      llmpath path rag --mermaid
    """
    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    goals = goals_of(s, names or [], "path")
    found = way_to(s, point, goals, depth)
    if mermaid:
        from llmpath.export.mermaid import graph

        shown = point.roadmap.in_order({step.topic for step in found.steps} | set(goals))
        for row in graph(point.roadmap, point.states, shown, goals):
            typer.echo(row)
        return
    from llmpath.render.pages import path as render

    page = render.Page(
        found,
        point.roadmap,
        point.states,
        point.learned.statuses,
        reading.because(s.connection, [step.topic for step in found.steps]),
        [pair for pair in point.ignored if pair[0] in {step.topic for step in found.steps}],
    )
    if json:
        s.data(render.data(page))
        return
    s.number([work.id for step in found.steps for work in step.works])
    s.show(render.lines(page, s.width))


def goals_of(s: Session, names: list[str], command: str) -> list[str]:
    """Return the topics called *names*, or the learner's goals when there are no names."""
    if names:
        from llmpath.cli.names import several

        return [named.id for named in several(s, names, "topic")]
    goals = [goal.topic for goal in learning.goals(s.connection, s.learner.id)]
    if not goals:
        raise UsageError(
            "The way to where? You have no goal yet.",
            f"Name a topic (llmpath {command} rag) or set a goal first: llmpath goal rag",
        )
    return goals


def way_to(s: Session, point: Standpoint, goals: list[str], depth: Depth) -> paths.Way:
    """Return the way from *point* to *goals*, with the resources it needs read."""
    topics = paths.topics_to(point.roadmap, point.states, goals)
    read = paths.reading(point.roadmap, point.learned, topics, depth)
    works = resources.by_id(s.connection, [id_ for ids, _ in read.values() for id_ in ids])
    return paths.way(point.roadmap, point.states, point.learned, goals, depth, works)
