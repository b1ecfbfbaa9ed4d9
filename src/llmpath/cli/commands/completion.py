"""Shell completion: `completion`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli.app import COMPLETE


class Shell(StrEnum):
    """The shells there is completion for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    PWSH = "pwsh"


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish or pwsh.")],
) -> None:
    """Print a shell completion script.

    It completes commands, options, and the ids of resources and topics with their titles.

    \b
    Examples:
      llmpath completion bash >> ~/.bashrc
      llmpath completion zsh > ~/.zfunc/_llmpath
      llmpath completion fish > ~/.config/fish/completions/llmpath.fish
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    typer.echo(get_completion_script(prog_name="llmpath", complete_var=COMPLETE, shell=str(shell)))
