"""The day at a glance: `llmpath` alone."""

import typer

from llmpath.actions import dashboard as actions
from llmpath.cli.session import Session, session


def dashboard(ctx: typer.Context, json: bool) -> None:
    """The day at a glance; somebody new at a terminal is welcomed instead, once."""
    s = session(ctx)
    if s.can_ask and actions.claim_welcome(s):
        from llmpath.cli.commands.welcome import guide

        guide(s)
    else:
        show(s, json)


def show(s: Session, json: bool) -> None:
    """Show the day at a glance."""
    from llmpath.render.pages import dashboard as page

    found = actions.dashboard(s)
    s.present(page, found, json, found.numbered)
