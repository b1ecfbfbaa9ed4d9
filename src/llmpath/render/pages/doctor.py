"""Show the health of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render.layout import Line, Span, line

if TYPE_CHECKING:
    from llmpath.actions.health import Examined

WELL = Span("✓ ", "done", word="well")
FAULTY = Span("✗ ", "error", word="at fault")


def lines(page: Examined) -> list[Line]:
    """Return what was repaired and found; paths stand whole, since they are there to be copied."""
    rows = [line(Span("→ ", "warn", word="repaired"), text) for text in page.repaired]
    for finding in page.findings:
        sign = WELL if finding.well else FAULTY
        rows += [line(sign, (finding.check, "title")), line("  ", finding.seen)]
        if finding.remedy:
            rows.append(line("  ", (finding.remedy, "warn")))
    return rows


def data(page: Examined) -> dict[str, Any]:
    """Return the same for other programs."""
    return {
        "well": page.well,
        "mended": list(page.repaired),
        "findings": [finding._asdict() for finding in page.findings],
    }
