"""Hide a learner, bring them back, erase them: parts of `user`."""

from typing import Annotated

import typer

from llmpath.actions import learners
from llmpath.cli import arguments, options
from llmpath.cli.session import session
from llmpath.cli.telling import tell_learner
from llmpath.errors import UsageError
from llmpath.errors import arguments as words


def remove(
    ctx: typer.Context,
    name: arguments.Learner,
    erase: Annotated[
        bool, typer.Option("--erase", help="Delete a removed learner's data for good (with --yes).")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Confirm --erase.")] = False,
    json: options.Json = False,
) -> None:
    """Hide a learner; their data is kept.

    `user restore` brings them back.

    \b
    Examples:
      llmpath user remove ada
      llmpath user remove ada --erase --yes
    """
    if erase and not yes:
        raise UsageError(
            f"Erasing {name} cannot be undone.",
            f"If you are sure: llmpath user remove --erase --yes {words(name)}",
        )
    s = session(ctx)
    tell_learner(s, (learners.erase if erase else learners.remove)(s, name), json)


def restore(ctx: typer.Context, name: arguments.NewLearner, json: options.Json = False) -> None:
    """Bring a removed learner back.

    \b
    Examples:
      llmpath user restore ada
    """
    s = session(ctx)
    tell_learner(s, learners.restore(s, name), json)
