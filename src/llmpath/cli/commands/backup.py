"""Backups and the way back: `backup`, `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import UsageError

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="""Back up all that you have, and list the backups.

    A backup is a whole database in one file with a checksum beside it, verified after writing.
    One is made by itself before your first change of a day; backup.daily and backup.weekly say
    how many are kept (see llmpath config).

    \b
    Examples:
      llmpath backup
      llmpath backup -o /media/stick/llmpath.db
      llmpath backup list
    """,
)


@app.callback()
def backup(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it here instead."),
    ] = None,
) -> None:
    if ctx.invoked_subcommand is not None:
        if output is not None:
            raise UsageError("-o goes with llmpath backup alone.")
        return
    from llmpath.render.pages import backup as page
    from llmpath.store.database import backups

    s = session(ctx)
    own = backups.unused(backups.folder(s.settings.database) / f"llmpath-{s.stamp}.db")
    target = output or own
    if target.resolve() == s.settings.database.resolve():
        raise UsageError(f"{target} is your database itself.", "Choose another file.")
    backups.copy(s.connection, target)
    s.show(page.made(target, backups.checksum(target)))


@app.command("list")
def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """List the backups, the newest first.

    \b
    Examples:
      llmpath backup list
    """
    from llmpath.render.pages import backup as page
    from llmpath.store.database import backups

    s = session(ctx)
    found = backups.found(s.settings.database)
    if json:
        s.data(page.data(found))
        return
    s.show(page.lines(found))


def restore(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A backup: its path, its name or its date."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only check whether the backup is good.")
    ] = False,
) -> None:
    """Go back to a backup; what you have now is kept aside.

    The backup is checked first. To take a restore back, restore the file it names.

    \b
    Examples:
      llmpath restore 2026-11-20
      llmpath restore /media/stick/llmpath.db
      llmpath restore 2026-11-20 --dry-run
    """
    from llmpath.render.pages import backup as page
    from llmpath.store.database import backups, restoring

    s = session(ctx)
    path = s.settings.database
    if name is None:
        newest = next(iter(backups.found(path)), None)
        hint = f"The newest: llmpath restore {newest.path}" if newest else "There is none yet."
        raise UsageError("Which backup?", hint)
    source = restoring.find(path, name)
    if dry_run:
        version = backups.verify(source)
        s.show(page.checked(source, version, backups.has_checksum(source)))
        return
    s.show(page.restored(source, restoring.restore(path, source, s.stamp)))
