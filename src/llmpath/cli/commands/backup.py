"""Backups and going back to one: `backup`, `restore`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from llmpath.actions import backups
from llmpath.cli import options
from llmpath.cli.output import is_stdout, named
from llmpath.cli.session import session
from llmpath.errors import UsageError

app = options.group(
    """Back up all your data, and list the backups.

    A backup is a complete database in one file with a checksum beside it, verified after writing.
    One is made automatically before your first change of a day; backup.daily and backup.weekly
    set how many are kept (see llmpath config).

    \b
    Examples:
      llmpath backup
      llmpath backup -o /media/stick/llmpath.db
      llmpath backup list
    """
)


@app.callback()
def backup(
    ctx: typer.Context,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it to this file; - is stdout."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Back up all your data, unless a subcommand was named."""
    if ctx.invoked_subcommand is not None:
        if output is not None:
            raise UsageError("Use -o only with llmpath backup itself.")
        return
    from llmpath.render.pages import backup as page

    s = session(ctx)
    if is_stdout(output):
        if sys.stdout.isatty():
            raise UsageError("A backup is no text for a terminal.", "Name a file: -o FILE")
        backups.back_up(s, Path("/dev/stdout"))
        s.remark("Backed up and verified.")
        return
    made = backups.back_up(s, named(output))
    if json:
        s.data(page.made_data(made))
        return
    s.show(page.made(made))


@app.command("list")
def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """List the backups, newest first.

    \b
    Examples:
      llmpath backup list
    """
    from llmpath.render.pages import backup as page

    s = session(ctx)
    found = backups.found(s)
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
        bool, typer.Option("--dry-run", "-n", help="Only check whether the backup can be restored.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Restore a backup; your current data is set aside first.

    The backup is checked first. To undo a restore, restore the file it names.

    \b
    Examples:
      llmpath restore 2026-11-20
      llmpath restore /media/stick/llmpath.db
      llmpath restore 2026-11-20 --dry-run
    """
    from llmpath.render.pages import backup as page

    s = session(ctx)
    if dry_run:
        checked = backups.check(s, name)
        if json:
            s.data(page.checked_data(checked))
            return
        s.show(page.checked(checked))
        return
    restored = backups.restore(s, name)
    if json:
        s.data(page.restored_data(restored))
        return
    s.show(page.restored(restored))
