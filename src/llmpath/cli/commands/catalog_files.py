"""Check, format and compare catalog files: parts of `catalog`."""

from pathlib import Path
from typing import Annotated

import typer

from llmpath.actions import catalog as actions
from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import InvalidFile

Where = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="A catalog file, or a folder of them.")
]


def validate(ctx: typer.Context, file: Where = None, json: options.Json = False) -> None:
    """Check catalog files, and list every problem.

    Each problem comes with its file, line and column, and with how to fix it. Without a
    file, the catalog in use is checked.

    \b
    Examples:
      llmpath catalog validate
      llmpath catalog validate data/roadmap.yaml
    """
    from llmpath.render.pages import catalog_files as page

    s = session(ctx)
    found = actions.check(s, file)
    if json:
        s.data(page.problems_data(found))
        raise typer.Exit(InvalidFile.exit_code if found.problems else 0)
    if found.problems:
        raise actions.invalid(found)
    s.show(page.no_problems(found))


def format_(
    ctx: typer.Context,
    file: Where = None,
    check: Annotated[
        bool,
        typer.Option("--check", "--dry-run", "-n", help="Write nothing; print what would change."),
    ] = False,
    json: options.Json = False,
) -> None:
    """Format catalog files in their canonical layout.

    Values and comments are kept. Without a file, the catalog in use is formatted. With --check the
    exit code is 4 if a file would change.

    \b
    Examples:
      llmpath catalog format data/
      llmpath catalog format --check data/resources.yaml
    """
    from llmpath.render.pages import catalog_files as page

    s = session(ctx)
    changes = actions.to_format(s, file, write=not check)
    if json:
        s.data(page.formatted_data(changes, check))
    for change in () if json else changes:
        if check:
            s.write(change.difference())
            s.remark(page.formatted(change, check))
        else:
            s.write(f"{page.formatted(change, check)}\n")
    would = check and any(change.is_one for change in changes)
    raise typer.Exit(InvalidFile.exit_code if would else 0)


def diff(
    ctx: typer.Context,
    old: Annotated[
        Path,
        typer.Argument(metavar="OLD", help="The old version: a folder with a catalog, or a file."),
    ],
    new: Annotated[
        Path, typer.Argument(metavar="NEW", help="The new version: a folder or a file.")
    ],
    json: options.Json = False,
) -> None:
    """Show what a catalog update changes, also in your data.

    If you give a single file, the rest comes from the other folder or the catalog in use.

    \b
    Examples:
      llmpath catalog diff old-catalog/ data/
      llmpath catalog diff <(git show v1.0:data/roadmap.yaml) data/roadmap.yaml
    """
    from llmpath.render.pages import catalog_diff as page

    s = session(ctx)
    update = actions.compare(s, old, new)
    s.present(page, update, json)
