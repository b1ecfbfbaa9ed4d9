"""Look at the catalog: `list`, `search`, `show` and `open`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.cli.situation import one, part, standpoint
from llmpath.store import catalog, learning
from llmpath.store.selection import Selection
from llmpath.study.graph import standings
from llmpath.vocab import State, Status


class Order(StrEnum):
    """How a list is sorted."""

    ROADMAP = "roadmap"
    TITLE = "title"
    MINUTES = "minutes"
    YEAR = "year"
    LEVEL = "level"


def list_(
    ctx: typer.Context,
    topic: options.Topic = None,
    kind: options.Kinds = None,
    level: options.Levels = None,
    status: options.Statuses = None,
    track: options.Track = None,
    source: options.Source = None,
    minutes: options.Minutes = None,
    essential: Annotated[bool, typer.Option("--essential", "-e", help="Only must-reads.")] = False,
    sort: Annotated[Order, typer.Option("--sort", help="How to sort.")] = Order.ROADMAP,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, help="How many at most; 0 for all.")
    ] = 50,
    json: options.Json = False,
) -> None:
    """List resources, filtered and sorted.

    \b
    Examples:
      llmpath list --topic rag
      llmpath list --kind video --level beginner --sort minutes
      llmpath list --status done --limit 0
    """
    from llmpath.render import listing

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        topic=one(s, topic, "topic").id if topic else "",
        track=part(s, "track", track),
        source=part(s, "source", source),
        statuses=tuple(status or ()),
        minutes=minutes,
        essential=essential,
    )
    works = catalog.resources(s.connection, s.learner.id, selection, sort, limit or -1)
    total = catalog.count(s.connection, s.learner.id, selection)
    statuses = learning.learned(s.connection, s.learner.id).statuses
    rows = [(work, statuses.get(work.id, Status.TODO)) for work in works]
    if json:
        s.data(listing.data(rows, total))
        return
    s.number([work.id for work in works])
    s.show(listing.lines(rows, total, s.width))


def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What to look for.")],
    kind: options.Kinds = None,
    level: options.Levels = None,
    track: options.Track = None,
    minutes: options.Minutes = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, help="How many at most; 0 for all.")
    ] = 10,
    json: options.Json = False,
) -> None:
    """Find resources and topics by words.

    What has all the words comes first, best match on top.

    \b
    Examples:
      llmpath search quantization
      llmpath search fine-tune llama on one gpu
      llmpath search attention --kind video --limit 3
    """
    from llmpath.render import listing
    from llmpath.search import engine, query

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        track=part(s, "track", track),
        minutes=minutes,
    )
    asked = query.parse(" ".join(words))
    found = engine.search(s.connection, s.learner.id, asked, selection, limit or -1)
    point = standpoint(s.connection, s.learner.id)
    topics = [(point.roadmap.nodes[id_], point.states[id_]) for id_ in found.topics]
    statuses = point.learned.statuses
    rows = [(hit.resource, statuses.get(hit.resource.id, Status.TODO)) for hit in found.hits]
    if json:
        s.data(listing.search_data(asked, found, rows, topics))
        return
    s.number([work.id for work, _ in rows])
    s.show(listing.search_lines(asked, found, rows, topics, s.width))


def show(ctx: typer.Context, name: options.Name, json: options.Json = False) -> None:
    """All there is to know about a resource or topic.

    \b
    Examples:
      llmpath show attention
      llmpath show 1
      llmpath show illustrated transformer
      llmpath show https://arxiv.org/abs/1706.03762
    """
    s = session(ctx)
    named = one(s, name)
    if named.what == "topic":
        _show_topic(s, named.id, json)
    else:
        _show_resource(s, named.id, json)


def _show_resource(s: Session, id_: str, json: bool) -> None:
    from llmpath.render import detail

    point = standpoint(s.connection, s.learner.id)
    work = catalog.by_id(s.connection, [id_])[id_]
    about = detail.ResourcePage(
        work=work,
        progress=learning.progress_of(s.connection, s.learner.id, id_),
        notes=learning.notes(s.connection, s.learner.id, id_),
        topics=[(point.roadmap.nodes[topic], point.states[topic]) for topic in work.topics],
        sources=[one for one in catalog.sources(s.connection) if one.id in work.sources],
    )
    if json:
        s.data(detail.resource_data(about))
        return
    s.show(detail.resource_lines(about, s.width))


def _show_topic(s: Session, id_: str, json: bool) -> None:
    from llmpath.render import detail

    point = standpoint(s.connection, s.learner.id)
    topic = catalog.topic(s.connection, id_)
    standing = standings(point.roadmap, point.states, point.learned, catalog.minutes(s.connection))
    treating = catalog.treating(s.connection, s.learner.id, [id_], Selection()).get(id_, [])
    core = catalog.by_id(s.connection, topic.core)
    others = [work for work in treating if work.id not in core]
    unlocks = catalog.reasons(s.connection, id_)
    about = detail.TopicPage(
        topic=topic,
        node=point.roadmap.nodes[id_],
        standing=standing[id_],
        titles={key: node.title for key, node in point.roadmap.nodes.items()},
        states=point.states,
        unlocks=unlocks,
        core=[(core[key], point.learned.statuses.get(key, Status.TODO)) for key in topic.core],
        others=[(work, point.learned.statuses.get(work.id, Status.TODO)) for work in others],
        notes=learning.notes(s.connection, s.learner.id, id_),
        waits=[
            key
            for key in point.roadmap.in_order(point.roadmap.behind([id_]))
            if point.states[key] in (State.READY, State.LOCKED)
        ],
    )
    if json:
        s.data(detail.topic_data(about))
        return
    s.number([work.id for work, _ in [*about.core, *about.others]])
    s.show(detail.topic_lines(about, s.width))


def open_(
    ctx: typer.Context,
    name: options.Name,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only print the address; start nothing.")
    ] = False,
) -> None:
    """Open a resource in the browser and start it.

    Prints the address where there is no browser. What is done stays done.

    \b
    Examples:
      llmpath open 1
      llmpath open illustrated-transformer
      llmpath open 1 --dry-run
    """
    from llmpath.cli.progress import record
    from llmpath.study import progress

    s = session(ctx)
    named = one(s, name, "resource")
    work = catalog.by_id(s.connection, [named.id])[named.id]
    if dry_run or not _browse(work.url):
        typer.echo(work.url)
    if dry_run:
        return
    before = learning.progress_of(s.connection, s.learner.id, named.id)
    if before.status in (Status.TODO, Status.SKIPPED):
        record(s, "open", [named], lambda now: progress.start(now, s.moment.at))
    elif before.status is Status.DONE:
        s.remark(f"Opened {named.title}, which you have done.")


def _browse(url: str) -> bool:
    """Open *url* in the learner's browser if there is one; text browsers do not count."""
    import os
    import sys

    graphical = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    if not graphical or not url.startswith(("https://", "http://")):
        return False
    import webbrowser

    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
