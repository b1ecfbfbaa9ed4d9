"""Shell completion: `completion`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli import shells


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

    It completes commands, options, filters such as kind:video, the values of settings, and the
    ids of resources and topics with their titles.

    \b
    Examples:
      llmpath completion bash >> ~/.bashrc
      llmpath completion zsh > ~/.zfunc/_llmpath
      llmpath completion fish > ~/.config/fish/completions/llmpath.fish
    """
    typer.echo(shells.script(str(shell)))
