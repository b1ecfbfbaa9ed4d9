"""Disagree with the map: `ignore`, `heed`, `dispute`."""

from __future__ import annotations

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import one
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import standpoint
from llmpath.errors import NotFound, UsageError
from llmpath.store.catalog import naming, reading
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import command
from llmpath.study.graph import newly_ready

Topic = Annotated[
    str | None,
    typer.Argument(
        metavar="[TOPIC]", help="The topic that waits.", autocompletion=options.completed("topics")
    ),
]
Needed = Annotated[
    str | None,
    typer.Argument(
        metavar="[PREREQUISITE]",
        help="What it waits for.",
        autocompletion=options.completed("topics"),
    ),
]


def ignore(
    ctx: typer.Context, topic: Topic = None, prerequisite: Needed = None, json: options.Json = False
) -> None:
    """Let a topic no longer wait for a prerequisite.

    For you alone. Without names, what you ignore.

    \b
    Examples:
      llmpath ignore rag llm-apis
      llmpath ignore
      llmpath heed rag llm-apis        wait for it again
    """
    s = session(ctx)
    if topic is None:
        _list(s, json)
        return
    waiting, needed = _edge(s, topic, prerequisite, "ignore")
    _change(s, waiting, needed, True)


def heed(ctx: typer.Context, topic: Topic = None, prerequisite: Needed = None) -> None:
    """Let a topic wait for its prerequisite again.

    \b
    Examples:
      llmpath heed rag llm-apis
    """
    s = session(ctx)
    waiting, needed = _edge(s, topic, prerequisite, "heed")
    _change(s, waiting, needed, False)


def dispute(
    ctx: typer.Context,
    topic: Topic = None,
    prerequisite: Needed = None,
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help="Why it is not needed.")
    ] = "",
) -> None:
    """Print the text of a report on a prerequisite you disagree with.

    Ready to be pasted into an issue on llmpath's repository; nothing is sent, nothing changes.

    \b
    Examples:
      llmpath dispute rag llm-apis --because "A local model does as well."
      llmpath dispute rag llm-apis > issue.md
    """
    from llmpath import __version__
    from llmpath.export.issue import text

    s = session(ctx)
    waiting, needed = _edge(s, topic, prerequisite, "dispute")
    reason = reading.because(s.connection, [waiting.id])[waiting.id, needed.id]
    typer.echo(text(waiting, needed, reason, because, __version__), nl=False)


def _edge(
    s: Session, topic: str | None, prerequisite: str | None, action: str
) -> tuple[naming.Named, naming.Named]:
    """Return the topic and the prerequisite that are meant; raises NotFound where there is none."""
    if topic is None or prerequisite is None:
        raise UsageError(
            "Which prerequisite of which topic?", f"For example: llmpath {action} rag llm-apis"
        )
    waiting, needed = one(s, topic, "topic"), one(s, prerequisite, "topic")
    edges = [edge for edge, _ in _edges(s, waiting.id)]
    if needed.id not in edges:
        there = f"It waits for: {', '.join(edges)}." if edges else "It waits for nothing."
        raise NotFound(f"{waiting.title} does not wait for {needed.title} directly.", there)
    return waiting, needed


def _edges(s: Session, topic: str) -> list[tuple[str, str]]:
    return [(edge.topic, edge.because) for edge in reading.topic(s.connection, topic).requires]


def _change(s: Session, waiting: naming.Named, needed: naming.Named, ignored: bool) -> None:
    from llmpath.render.pages import outcome

    before = standpoint(s.connection, s.learner.id)
    action, summary = "ignore" if ignored else "heed", f"{needed.title} for {waiting.title}"
    with command(s.connection, s.learner.id, s.moment, action, summary) as journal:
        changed = writing.ignore(journal, waiting.id, needed.id, ignored)
    after = standpoint(s.connection, s.learner.id)
    opened = [after.roadmap.nodes[id_].title for id_ in newly_ready(before.states, after.states)]
    if not changed:
        verb = "Ignored already" if ignored else "Was not ignored"
    else:
        verb = "Ignored" if ignored else "Heeded again"
    s.show(outcome.done_lines(verb, [summary], [], opened, s.width))
    if changed and ignored:
        s.show(
            outcome.said(f"To tell the curators: llmpath dispute {waiting.id} {needed.id}", s.width)
        )


def _list(s: Session, json: bool) -> None:
    from llmpath.render.layout import line, paragraph

    pairs = learning.ignored(s.connection, s.learner.id)
    if json:
        s.data({"ignored": [{"topic": topic, "requires": needed} for topic, needed in pairs]})
        return
    if not pairs:
        s.show([line("You ignore no prerequisite.")])
        return
    titles = naming.titles(s.connection, [id_ for pair in pairs for id_ in pair])
    rows = []
    for topic, needed in pairs:
        rows += paragraph(f"{titles[needed]} for {titles[topic]}", s.width)
        rows += paragraph(f"llmpath heed {topic} {needed}", s.width, 4, "dim")
    s.show(rows)
