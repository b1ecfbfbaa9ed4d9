"""The health of the database: `doctor`."""

from typing import Annotated

import typer

from llmpath.actions import health
from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import DatabaseTrouble


def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Rebuild what can be derived: the catalog, its index, rows from the log."
        ),
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Skip the checks that take longer with more data.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Check the health of your database.

    Looks at its structure, log and catalog, the backups, who can read it, free disk space, the
    clock and the config file, and tells you what to do about each finding. Nothing is changed
    without --fix; the exit code is 5 if something is wrong.

    \b
    Examples:
      llmpath doctor
      llmpath doctor --fix
      llmpath doctor --quick --json
    """
    from llmpath.render.pages import doctor as page

    s = session(ctx)
    found = health.examine(s, fix, quick)
    if json:
        s.data(page.data(found))
    else:
        s.show(page.lines(found))
    raise typer.Exit(0 if found.well else DatabaseTrouble.exit_code)
