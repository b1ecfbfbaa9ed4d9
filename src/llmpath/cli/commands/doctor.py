"""The health of the database: `doctor`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import UsageError


def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Mend what can be derived: catalog, index, rows from the log."),
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what takes time with size.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Check the health of your database.

    Looks at its structure, its log, the catalog in it, the backups, who can read it, the room on
    its disk and the clock, and says what to do about each finding. Nothing is changed unless
    --fix is given; the exit code is 5 when something is wrong.

    \b
    Examples:
      llmpath doctor
      llmpath doctor --fix
      llmpath doctor --quick --json
    """
    from llmpath.render.layout import line
    from llmpath.store.health import health

    s = session(ctx)
    if fix and quick:
        raise UsageError("Either --fix or --quick, not both.")
    done = []
    if fix:
        from llmpath.store.health import repair

        done = repair.mend(s.settings.database, s.files, s.moment, s.stamp)
    findings = health.examine(s.settings.database, s.files, s.now, quick)
    well = all(finding.well for finding in findings)
    if json:
        s.data(
            {"well": well, "mended": done, "findings": [finding._asdict() for finding in findings]}
        )
    else:
        rows = [line(("→ ", "warn"), text) for text in done]
        for finding in findings:
            sign = ("✓ ", "done") if finding.well else ("✗ ", "error")
            rows.append(line(sign, (finding.check, "title")))
            rows.append(line("  ", finding.seen))  # whole, since paths are there to be copied
            if finding.remedy:
                rows.append(line("  ", (finding.remedy, "warn")))
        s.show(rows)
    raise typer.Exit(0 if well else 5)
