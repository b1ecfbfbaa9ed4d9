"""The day at a glance: `llmpath` alone."""

import typer

from llmpath.actions import dashboard as actions
from llmpath.cli.session import session


def dashboard(ctx: typer.Context, json: bool) -> None:
    """The day at a glance."""
    from llmpath.render.pages import dashboard as page

    s = session(ctx)
    found = actions.dashboard(s)
    s.present(page, found, json, found.numbered)
