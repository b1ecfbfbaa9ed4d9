"""How each shell asks what could follow: what Typer has for it, and what it lacks.

Bash takes what stands after a colon for a word of its own, and shows no descriptions: its script
hands over the line as it stands, sees to the colon, and shows titles where it lists.
"""

from __future__ import annotations

import os
from collections.abc import Callable

COMPLETE = "_LLMPATH_COMPLETE"  # set by the shell that asks what could follow
LINE = "_TYPER_COMPLETE_ARGS"  # the line up to the cursor
Completer = Callable[[str], list[tuple[str, str]]]

# Bash lists for COMP_TYPE ?, ! and @; at the first TAB it looks for what all have in common.
BASH = f"""\
_llmpath_completion() {{
    local line=${{COMP_LINE:0:COMP_POINT}} id title start="" widest=0 i
    local word=${{line##*[[:space:]]}}
    local -a ids=() titles=()
    if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
        start=${{word%"${{word##*:}}"}}
    fi
    while IFS=$'\\t' read -r id title; do
        [[ -n $id ]] || continue
        id=${{id#"$start"}}
        ids+=("$id") titles+=("$title")
        (( ${{#id}} > widest )) && widest=${{#id}}
    done < <({COMPLETE}=complete_bash {LINE}="$line" "$1")
    COMPREPLY=("${{ids[@]}}")
    if (( ${{#ids[@]}} > 1 )) && [[ " 33 63 64 " == *" ${{COMP_TYPE:-9}} "* ]]; then
        for i in "${{!ids[@]}}"; do
            [[ -n ${{titles[i]}} ]] || continue
            printf -v id '%-*s  %s' "$widest" "${{ids[i]}}" "${{titles[i]}}"
            COMPREPLY[i]=${{id:0:${{COLUMNS:-80}}-2}}
        done
    fi
    return 0
}}

complete -o default -F _llmpath_completion llmpath"""


def completed(what: str) -> Completer:
    """Return what completes *what*; it is imported only when the shell asks."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from llmpath.cli import completing

        offers: Completer = getattr(completing, what)
        return offers(incomplete)

    return complete


def script(shell: str) -> str:
    """Return what a *shell* has to read once, to complete llmpath from then on."""
    if shell == "bash":
        return BASH
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    return get_completion_script(prog_name="llmpath", complete_var=COMPLETE, shell=shell)


def prepare() -> None:
    """Make Typer know the shells, and take titles as text: it would read them as Rich markup."""
    from typer import _completion_classes as known
    from typer._click.shell_completion import CompletionItem, add_completion_class

    class Bash(known.BashComplete):
        """Bash with our script; that of before, which hands over words, still works."""

        def get_completion_args(self) -> tuple[list[str], str]:
            """Return the words before the cursor, and what there is of the one at it."""
            if LINE not in os.environ:
                return super().get_completion_args()
            return known.ZshComplete.get_completion_args(self)  # type: ignore[arg-type]

        def format_completion(self, item: CompletionItem) -> str:
            """Return one line: a value and, after a tab, what it is."""
            if LINE not in os.environ:
                return super().format_completion(item)
            return f"{item.value}\t{' '.join((item.help or '').split())}"

    known._sanitize_help_text = lambda text: text
    known.completion_init()
    add_completion_class(Bash, "bash")
