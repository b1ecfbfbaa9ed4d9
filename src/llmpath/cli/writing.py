"""Commands that change something: each can be tried without."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperOption

from llmpath.cli.dashes import marked, options_of


class WritingCommand(TyperCommand):
    """A command with `--dry-run`: what it would do is done, told and not kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(dry_run_option())


class TextCommand(WritingCommand):
    """A command that ends in a text, behind a name: what looks like an option in it is none."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep what can only be text from being taken for options."""
        known = options_of(self.get_params(ctx))
        names = 0 if any(arg.startswith("--edit") for arg in args) else 1
        return super().parse_args(ctx, list(marked(args, known, names)))


def dry_run_option() -> TyperOption:
    """Return the option that makes the session of its command a trial."""

    def keep(ctx: typer.Context, param: Any, value: bool) -> None:
        if value:
            ctx.find_root().ensure_object(dict)["dry_run"] = True

    return TyperOption(
        param_decls=["--dry-run", "-n"],
        is_flag=True,
        expose_value=False,
        callback=keep,
        help="Only show what it would do; change nothing.",
    )
