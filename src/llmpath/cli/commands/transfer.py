"""Take your data elsewhere and bring it back: `export`, `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmpath.actions import transfer
from llmpath.cli import options
from llmpath.cli.output import deliver
from llmpath.cli.session import session
from llmpath.errors import UsageError

export_app = options.group(
    """Export your data.

    \b
    Examples:
      llmpath export json -o llmpath.json
    """
)


@export_app.callback()
def export(ctx: typer.Context) -> None:
    """Print the help, unless a subcommand says what to export."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@export_app.command("json")
def json_(
    ctx: typer.Context,
    output: options.Output = None,
) -> None:
    """All your data in one file: `llmpath import` restores it exactly.

    Every learner with progress, notes, goals and history; with --user only theirs. The format is
    versioned, and older versions can be imported.

    \b
    Examples:
      llmpath export json -o llmpath.json
      llmpath --user ada export json > ada.json
    """
    from llmpath.render.json import harmless_json

    s = session(ctx)
    deliver(s, output, harmless_json(transfer.exported(s)))


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file made by `llmpath export json`.")
    ],
    merge: Annotated[bool, typer.Option("--merge", help="Merge into your data (default).")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace all your data with it.")
    ] = False,
    name: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="The file's one learner is called NAME here."),
    ] = None,
    same: Annotated[
        bool, typer.Option("--same", help="Learners of the same name are the same person.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only show what would be done.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Restore exported data, or merge data from another machine.

    Merging loses nothing: what was done on either side is done, whichever came last. Where both
    sides changed the same thing, each detail, such as a rating or the text of a note, is as it was
    last changed. What does not hold is listed, with a note's other text. A backup is made first.

    Learners are recognized by what they did. Where a learner in the file shares only a name with
    one here, you are asked whether they are the same person. To say so without being asked, use
    --same; if they are somebody else, give them a name of their own with --as.

    \b
    Examples:
      llmpath import laptop.json
      llmpath import laptop.json --dry-run
      llmpath import student.json --as ada
      llmpath import llmpath.json --replace
    """
    from llmpath.render.pages import import_ as page

    if merge and replace:
        raise UsageError("Use either --merge or --replace, not both.")
    if replace and (name is not None or same):
        raise UsageError("--as and --same are for merging, not for --replace.")
    if name is not None and same:
        raise UsageError("Use either --as or --same, not both.")
    s = session(ctx)
    done = transfer.import_(s, file, replace, dry_run, name, same)
    s.present(page, done, json)
