"""The catalog's files: `catalog`."""

from pathlib import Path
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="""The catalog: check it, count it, find it.

    \b
    Examples:
      llmpath catalog stats
      llmpath catalog validate my-resources.yaml
      llmpath catalog path
    """,
)


@app.callback()
def catalog(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        stats(ctx)


@app.command()
def validate(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A catalog file, or a folder with both."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Check catalog files: every problem, as file:line:column: what, and what to do.

    Without a file, the catalog in use.

    \b
    Examples:
      llmpath catalog validate
      llmpath catalog validate data/roadmap.yaml
    """
    from llmpath.catalog import load

    s = session(ctx)
    found = load.check(file or s.files.resources.parent, s.files)
    if json:
        s.data(
            {
                "valid": not found,
                "problems": [
                    {"file": str(one.path), **one.place._asdict(), "problem": one.text}
                    for one in found
                ],
            }
        )
        raise typer.Exit(4 if found else 0)
    if found:
        raise load.invalid(found)
    typer.echo(f"{file or s.files.resources.parent}: no problems")


@app.command()
def stats(ctx: typer.Context, json: options.Json = False) -> None:
    """Count the catalog: by track, kind and level, and how complete each field is.

    \b
    Examples:
      llmpath catalog stats
    """
    from llmpath.render import figures
    from llmpath.store import counts

    s = session(ctx)
    found = counts.count(s.connection)
    if json:
        s.data(found._asdict())
        return
    s.show(figures.lines(found, s.width))


@app.command()
def path(ctx: typer.Context) -> None:
    """Print where the catalog's files are.

    \b
    Examples:
      llmpath catalog path
    """
    s = session(ctx)
    for file in s.files.present():
        typer.echo(file)
