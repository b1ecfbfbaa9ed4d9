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
    help="""The catalog: check, lay out, count, compare, find it.

    \b
    Examples:
      llmpath catalog stats
      llmpath catalog validate my-resources.yaml
      llmpath catalog format --check
      llmpath catalog diff old-catalog/ data/
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


@app.command(name="format")
def format_(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A catalog file, or a folder with both."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; print what would change.")
    ] = False,
) -> None:
    """Lay catalog files out in their canonical way; values and comments stay.

    Without a file, the catalog in use. With --check the exit code is 4 when a file would change.

    \b
    Examples:
      llmpath catalog format data/
      llmpath catalog format --check data/resources.yaml
    """
    from llmpath.catalog import formatting

    where = file or session(ctx).files.resources.parent
    changes = formatting.changes(where)
    for change in changes:
        if check:
            typer.echo(change.difference(), nl=False)
        elif change.is_one:
            formatting.write(change)
        verb = "would be laid out anew" if check else "laid out anew"
        typer.echo(f"{change.path}: {verb if change.is_one else 'as it should be'}", err=check)
    raise typer.Exit(4 if check and any(change.is_one for change in changes) else 0)


@app.command()
def diff(
    ctx: typer.Context,
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder with a catalog, or a file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="What it is to become.")],
    json: options.Json = False,
) -> None:
    """Say what a catalog update changes, and what of yours it touches.

    What a lone file lacks is taken from the other folder, or from the catalog in use.

    \b
    Examples:
      llmpath catalog diff old-catalog/ data/
      llmpath catalog diff <(git show v1.0:data/roadmap.yaml) data/roadmap.yaml
    """
    from llmpath.catalog import load
    from llmpath.catalog.diff import compare
    from llmpath.cli.update import effect_on
    from llmpath.render.pages import catalog_diff

    s = session(ctx)
    before, after = load.two(old, new, s.files)
    difference = compare(before, after)
    effect = effect_on(s, before, after) if s.settings.database.exists() else None
    if json:
        s.data(catalog_diff.data(difference, effect))
        return
    name = s.learner.name if effect else ""
    s.show(catalog_diff.lines(difference, effect, name, s.width))


@app.command()
def stats(ctx: typer.Context, json: options.Json = False) -> None:
    """Count the catalog: by track, kind and level, and how complete each field is.

    \b
    Examples:
      llmpath catalog stats
    """
    from llmpath.render.pages import catalog_stats
    from llmpath.store.catalog import counts

    s = session(ctx)
    found = counts.count(s.connection)
    if json:
        s.data(found._asdict())
        return
    s.show(catalog_stats.lines(found, s.width))


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
