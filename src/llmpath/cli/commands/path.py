"""From what you know to a goal: `path`."""

from typing import Annotated

import typer

from llmpath.actions import paths
from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.plans import Depth


def path(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC or GOAL...]",
            help="What to reach; your goals if omitted.",
            autocompletion=options.completed("goals"),
        ),
    ] = None,
    depth: Annotated[
        Depth, typer.Option("--depth", "-d", metavar="DEPTH", help=options.DEPTHS)
    ] = Depth.ENOUGH,
    aim: options.AimOption = None,
    mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Print the path as a Mermaid graph.")
    ] = False,
    json: options.Json = False,
) -> None:
    """The fewest topics that take you from what you know to a goal.

    Topics come in an order you can follow, each with its reason, what to study for it and how
    long that takes. Several goals share one path. To use a topic takes fewer of them than to
    understand why it works: --aim says which you want.

    \b
    Examples:
      llmpath path rag
      llmpath path quantization agents --depth quick
      llmpath path lora --aim use
      llmpath path rag --mermaid
    """
    s = session(ctx)
    found = paths.path(s, names or (), depth, aim)
    if mermaid:
        from llmpath.export.mermaid import path_graph

        for row in path_graph(found):
            s.write(f"{row}\n")
        return
    from llmpath.render.pages import path as page

    s.present(page, found, json, found.numbered)
