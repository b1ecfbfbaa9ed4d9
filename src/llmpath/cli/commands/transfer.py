"""Take your data elsewhere and bring it back: `export`, `import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import DatabaseTrouble, UsageError

export_app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="""Take your data elsewhere.

    \b
    Examples:
      llmpath export json -o llmpath.json
    """,
)


@export_app.callback()
def export() -> None:
    pass


@export_app.command("json")
def json_(
    ctx: typer.Context,
    output: options.Output = None,
) -> None:
    """All that you have, in one file: `llmpath import` brings it back bit for bit.

    Every learner with progress, notes, goals and history; with --user only theirs. The format is
    versioned, and older versions are read.

    \b
    Examples:
      llmpath export json -o llmpath.json
      llmpath --user ada export json > ada.json
    """
    from llmpath import __version__
    from llmpath.store.database.writeout import write_whole
    from llmpath.store.history import exchange, transfer

    s = session(ctx)
    only = s.learner.id if s.wanted else None
    document = transfer.export(s.connection, only)
    text = exchange.written(document, s.moment.at, __version__)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        write_whole(output, text)
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {output}: {error.strerror or error}.") from None
    s.remark(f"Wrote {output}")


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What llmpath export json has written.")
    ],
    merge: Annotated[
        bool, typer.Option("--merge", help="Add it to what is here (as without an option).")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of all that is here.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only say what would be done.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Bring exported data back, or together with what another machine has.

    Merging loses nothing: what was done on either side is done, and where both wrote the same
    thing the later word holds and is listed. A backup is made before.

    \b
    Examples:
      llmpath import laptop.json
      llmpath import laptop.json --dry-run
      llmpath import llmpath.json --replace
    """
    from llmpath.render.pages import import_ as page
    from llmpath.store.database import backups
    from llmpath.store.history import transfer

    s = session(ctx)
    if merge and replace:
        raise UsageError("Either --merge or --replace, not both.")
    document = transfer.load(file)
    path = s.settings.database
    backup = backups.unused(backups.folder(path) / f"llmpath-{s.stamp}-before-import.db")
    act = transfer.replace if replace else transfer.join
    done = act(s.connection, path, document, None if dry_run else backup)
    if json:
        s.data(page.data(done, replace, dry_run))
        return
    s.show(page.lines(done, file, replace, dry_run, s.width))
