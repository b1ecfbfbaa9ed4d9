"""Say where you stand with resources: `start`, `done`, `skip`, `reset`."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import several
from llmpath.cli.session import Session, session
from llmpath.cli.situation import Standpoint, standpoint
from llmpath.model import Progress
from llmpath.render.acts import done_lines
from llmpath.store import learning, writing
from llmpath.store.journal import command
from llmpath.store.naming import Named
from llmpath.study import progress
from llmpath.study.graph import PASSED, newly_ready

VERBS = {"start": "Started", "open": "Started", "done": "Done", "skip": "Skipped", "reset": "Reset"}


def start(ctx: typer.Context, names: options.Names) -> None:
    """Begin one or several resources.

    \b
    Examples:
      llmpath start 1
      llmpath start illustrated-transformer karpathy-lets-build-gpt
    """
    s = session(ctx)
    record(s, "start", several(s, names, "resource"), lambda now: progress.start(now, s.moment.at))


def done(
    ctx: typer.Context,
    names: options.Names,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes", "-m", metavar="N", min=0, max=100_000, help="Minutes you spent on each."
        ),
    ] = None,
    rating: Annotated[
        int | None,
        typer.Option("--rating", "-r", metavar="N", min=1, max=5, help="How good it was, 1 to 5."),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help="A note to keep with each, in Markdown."),
    ] = None,
) -> None:
    """Mark resources as done, and see what that opens.

    \b
    Examples:
      llmpath done 1
      llmpath done illustrated-transformer --minutes 40 --rating 5
      llmpath done 1 2 --note "Queries ask, keys answer."
    """
    s = session(ctx)
    record(
        s,
        "done",
        several(s, names, "resource"),
        lambda now: progress.finish(now, s.moment.at, minutes, rating),
        note,
    )


def skip(ctx: typer.Context, names: options.Names) -> None:
    """Leave resources out: they are not offered again.

    \b
    Examples:
      llmpath skip 2
      llmpath reset 2        offer it again
    """
    s = session(ctx)
    record(s, "skip", several(s, names, "resource"), progress.skip)


def reset(ctx: typer.Context, names: options.Names) -> None:
    """Forget the progress on resources.

    Notes stay. `undo` brings the progress back.

    \b
    Examples:
      llmpath reset illustrated-transformer
    """
    s = session(ctx)
    record(s, "reset", several(s, names, "resource"), progress.reset)


def record(
    s: Session,
    action: str,
    named: Sequence[Named],
    change: Callable[[Progress], Progress],
    note: str | None = None,
) -> None:
    """Apply *change* to the progress on each of *named* as one command, and say what it did."""
    learner = s.learner.id
    before = standpoint(s.connection, learner)
    with command(s.connection, learner, s.moment, action, _titles(named)) as journal:
        for thing in named:
            present = learning.progress_of(s.connection, learner, thing.id)
            writing.save_progress(journal, change(present))
            if note:
                writing.add_note(journal, thing.id, note)
        changed = bool(journal.events)
    after = standpoint(s.connection, learner)
    verb = VERBS[action] if changed else "As before"
    s.show(done_lines(verb, [thing.title for thing in named], *_opened(before, after), s.width))


def _titles(named: Sequence[Named]) -> str:
    return ", ".join(thing.title for thing in named)


def _opened(before: Standpoint, after: Standpoint) -> tuple[list[str], list[str]]:
    """Return the titles of topics passed and of topics opened between two moments."""
    titles = {id_: node.title for id_, node in after.roadmap.nodes.items()}
    passed = [
        titles[id_]
        for id_, state in after.states.items()
        if state in PASSED and before.states[id_] not in PASSED
    ]
    return passed, [titles[id_] for id_ in newly_ready(before.states, after.states)]
