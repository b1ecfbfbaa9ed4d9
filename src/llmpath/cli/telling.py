"""Tell what a command that writes did, as several commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmpath.cli.session import Session

if TYPE_CHECKING:
    from llmpath.actions.outcome import Outcome


def tell_learner(s: Session, done: Outcome, json: bool) -> None:
    """Tell what was done to a learner."""
    from llmpath.render.pages import outcome
    from llmpath.render.pages import user as page

    if json:
        s.data(outcome.data(done))
        return
    s.show(page.changed(done, s.width))
