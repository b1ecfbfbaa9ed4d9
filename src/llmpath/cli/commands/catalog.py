"""The catalog's files: `catalog`."""

import typer

from llmpath.actions import catalog as actions
from llmpath.cli import options
from llmpath.cli.commands import catalog_files
from llmpath.cli.session import session

app = options.group(
    """Work with the catalog: validate, format, stats, freshness, diff, path.

    \b
    Examples:
      llmpath catalog stats
      llmpath catalog freshness
      llmpath catalog validate my-resources.yaml
      llmpath catalog format --check
      llmpath catalog diff old-catalog/ data/
      llmpath catalog path
    """
)


@app.callback()
def catalog(ctx: typer.Context, json: options.Json = False) -> None:
    """Count the catalog, unless a subcommand was named."""
    if ctx.invoked_subcommand is None:
        stats(ctx, json)


app.command()(catalog_files.validate)
app.command("format")(catalog_files.format_)
app.command()(catalog_files.diff)


@app.command()
def stats(ctx: typer.Context, json: options.Json = False) -> None:
    """Count the catalog's entries.

    By track, kind and level, with how complete each field is.

    \b
    Examples:
      llmpath catalog stats
    """
    from llmpath.render.pages import catalog_stats as page

    s = session(ctx)
    found = actions.count(s)
    s.present(page, found, json)


@app.command()
def freshness(ctx: typer.Context, json: options.Json = False) -> None:
    """Show how old the catalog is.

    Topics by the newest work in their core, and resources by year, by when they were last checked
    and by how they are kept up.

    \b
    Examples:
      llmpath catalog freshness
    """
    from llmpath.render.pages import catalog_freshness as page

    s = session(ctx)
    found = actions.freshness(s)
    s.present(page, found, json)


@app.command()
def path(ctx: typer.Context) -> None:
    """Print the path of the catalog's files.

    \b
    Examples:
      llmpath catalog path
    """
    s = session(ctx)
    for file in s.files.present():
        s.write(f"{file}\n")
