"""Say where you stand with resources and topics: `start`, `done`, `skip`, `reset`."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import several
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import Standpoint, standpoint
from llmpath.model import Progress
from llmpath.render.pages.outcome import done_lines
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import Journal, command
from llmpath.study import knowledge, progress
from llmpath.study.graph import PASSED, newly_ready
from llmpath.vocab import Mark, Status

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


def skip(ctx: typer.Context, names: options.Things) -> None:
    """Leave resources or topics out: they are not offered again.

    A topic that you skip keeps nothing waiting: what builds on it opens without it.

    \b
    Examples:
      llmpath skip 2
      llmpath skip dimensionality-reduction
      llmpath reset 2        offer it again
    """
    s = session(ctx)
    record(s, "skip", several(s, names, ""), progress.skip, said=Mark.SKIPPED)


def reset(ctx: typer.Context, names: options.Things) -> None:
    """Forget the progress on resources, or what you said of topics.

    Of a topic it takes back that it is known, skipped or shaky; the progress on its resources
    stays. Notes stay. `undo` brings everything back.

    \b
    Examples:
      llmpath reset illustrated-transformer
      llmpath reset dimensionality-reduction
    """
    s = session(ctx)
    record(s, "reset", several(s, names, ""), progress.reset)


def record(
    s: Session,
    action: str,
    named: Sequence[Named],
    change: Callable[[Progress], Progress],
    note: str | None = None,
    said: Mark | None = None,
) -> None:
    """Apply *change* to the progress on each of *named* as one command, and say what it did.

    Topics among them are marked as *said*, or lose their mark for None.
    """
    learner = s.learner.id
    with command(s.connection, learner, s.moment, action, _titles(named)) as journal:
        before = standpoint(s.connection, learner)  # nobody else writes any more
        for thing in named:
            if thing.what == "topic":
                if said:
                    writing.mark(journal, [thing.id], said)
                else:
                    writing.unmark(journal, [thing.id])
                continue
            present = learning.progress_of(s.connection, learner, thing.id)
            writing.save_progress(journal, change(present))
            if note:
                writing.add_note(journal, thing.id, note)
            if action == "done":
                _make_firm(journal, before, thing.id)
        changed = bool(journal.events)
    after = standpoint(s.connection, learner)
    verb = VERBS[action] if changed else "As before"
    s.show(done_lines(verb, [thing.title for thing in named], *_opened(before, after), s.width))


def _make_firm(journal: Journal, before: Standpoint, resource: str) -> None:
    """Let the shaky topics that *resource* is about count as refreshed."""
    now = before.learned._replace(statuses={**before.learned.statuses, resource: Status.DONE})
    known, unmarked = knowledge.refreshed(before.roadmap, now, resource)
    writing.mark(journal, known, Mark.KNOWN)
    writing.unmark(journal, unmarked)


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
