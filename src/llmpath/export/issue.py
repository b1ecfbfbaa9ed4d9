"""The text of an issue about a prerequisite somebody does not agree with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmpath.export import markdown

if TYPE_CHECKING:
    from llmpath.actions.opinions import Dispute


def issue_text(dispute: Dispute, because: str, version: str) -> str:
    """Return the issue in Markdown: its title, the edge, the map's reason and the learner's."""
    waiting, needed = dispute.edge
    mine = markdown.quoted(because) if because.strip() else ["> (what you would put instead)"]
    return "\n".join(
        [
            f"# {markdown.text(waiting.title)} should not require {markdown.text(needed.title)}",
            "",
            f"In `data/roadmap.yaml`, the topic `{waiting.id}` requires `{needed.id}`, because:",
            "",
            *markdown.quoted(dispute.reason),
            "",
            "I disagree:",
            "",
            *mine,
            "",
            "Proposal: remove the prerequisite, or replace it with a closer one.",
            "",
            f"Seen with llmpath {version}.",
            "",
        ]
    )
