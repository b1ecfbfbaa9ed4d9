"""The health of the database: `doctor`."""

import typer

from llmpath.cli import options
from llmpath.cli.session import session


def doctor(ctx: typer.Context, json: options.Json = False) -> None:
    """Check the health of your database.

    Looks without changing anything, and says what to do about each finding. The exit code is 5
    when something is wrong.

    \b
    Examples:
      llmpath doctor
    """
    from llmpath.render.layout import line
    from llmpath.store import health

    s = session(ctx)
    findings = health.examine(s.settings.database, s.files)
    well = all(finding.well for finding in findings)
    if json:
        s.data({"well": well, "findings": [finding._asdict() for finding in findings]})
    else:
        rows = []
        for finding in findings:
            sign = ("✓ ", "done") if finding.well else ("✗ ", "error")
            rows.append(line(sign, (finding.check, "title")))
            rows.append(line("  ", finding.seen))  # whole, since paths are there to be copied
            if finding.remedy:
                rows.append(line("  ", (finding.remedy, "warn")))
        s.show(rows)
    raise typer.Exit(0 if well else 5)
