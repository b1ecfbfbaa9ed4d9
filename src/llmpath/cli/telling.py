"""Tell what a command that writes did, as several commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmpath.cli.session import Session

if TYPE_CHECKING:
    from llmpath.actions.learners import LearnerChange


def tell_learner(s: Session, done: LearnerChange, json: bool) -> None:
    """Tell what was done to a learner."""
    from llmpath.render.pages import outcome
    from llmpath.render.pages import user as page

    if json:
        s.data(outcome.data(done.outcome))
        return
    s.show(page.changed(done, s.width))
