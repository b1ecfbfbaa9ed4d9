"""The README's picture of a terminal: a few commands with what they print, as an SVG.

`python -m tests.picture` draws it again after the catalog or the output has changed; look at it in
a browser before committing it. What it shows is real: the program runs in an empty home and is
told to draw in colour, and Rich turns its colours into the picture.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.conftest import ROOT
from tests.readme import told

PICTURE = ROOT / "docs" / "terminal.svg"
STORY = ("know python-basics llm-apis", "goal rag", "next")

# Rich's own frame fetches a font from the network. This one takes the reader's, in columns.
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
}}
.{unique_id}-title {{ font: 16px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""

# Light on dark: a terminal that is told from a white page and from a black one. Background,
# foreground, then black, red, green, yellow, blue, magenta, cyan and white, plain and bright.
COLOURS = [(69, 71, 90), (243, 139, 168), (126, 211, 133), (240, 200, 110)]
COLOURS += [(122, 162, 247), (214, 143, 238), (92, 207, 230), (205, 214, 224)]
THEME = TerminalTheme((24, 28, 38), (222, 227, 235), COLOURS, COLOURS)


def drawn(home: Path) -> str:
    """Return the picture as SVG: the story, told in *home*."""
    lines = []
    for command in STORY:
        output = told(command, home, NO_COLOR="", LLMPATH_COLOR="always")
        prompt = Text.assemble(("$ ", "green"), (f"llmpath {command}", "bold"))
        lines += [prompt, *AnsiDecoder().decode(output.rstrip("\n")), Text()]
    console = Console(
        file=io.StringIO(), record=True, width=80, force_terminal=True, color_system="truecolor"
    )
    for line in lines[:-1]:
        console.print(line, soft_wrap=True)
    svg = console.export_svg(
        title="llmpath", theme=THEME, code_format=FRAME, unique_id="t", font_aspect_ratio=0.6
    )
    return "".join(f"{row.rstrip()}\n" for row in svg.splitlines())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(drawn(Path(folder)), encoding="utf-8")
