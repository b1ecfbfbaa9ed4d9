"""Stories of learners: commands with what they print, each told to a text file beside this.

`python -m tests.cli.story` tells them all anew after the catalog or the output has changed; read
the difference before committing it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.conftest import FIXED, KEPT
from tests.terminals import Terminal

HERE = Path(__file__).parent

# Each story is told in days, so that reports, plans and streaks have times to tell apart; the
# commands of a day are an hour from each other. A command can be given lines: `place < y n`.
STORIES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "story": {
        "2026-03-10": (
            "next",
            "start 1",
            'done 1 --note "The first hour: what the words *mean*."',
            "undo",
            "redo",
            "know python-basics linear-algebra",
            "goal quantization",
            "next",
            "search quantization",
            "report",
        ),
    },
    # Has half an hour in the evening, sits at a terminal, and has never seen this.
    "story_first_evening": {
        "2026-03-10": (
            " < 1, , 2h30",
            "next --minutes 30",
            "show 1",
            "start 1",
            "done",
            "next --minutes 20",
            "spent 20 1",
            "know 3 -n",
            "know python, linear algebra < 1",
            "",
        ),
        "2026-03-11": (
            "done 1",
            "",
            "spent 40 < y",
            "next --minutes 30",
            "undo",
            "redo",
        ),
    },
    # Has half an hour tonight, no goal, and no idea where to begin.
    "story_newcomer": {
        "2026-03-10": (
            "next --minutes 30",
            "next",
            "why 2",
            "start karpathy-intro-to-llms",
        ),
        "2026-03-11": (
            "",
            "done 1 --minutes 75 --rating 5",
            "next --minutes 45 --kind article",
            "next minutes:..5 --kind video",
            "why attention",
        ),
        "2026-03-12": (
            "next --topic prompt-engineering",
            "skip ai-careers-and-industry",
            "next -n 3 --explain",
        ),
    },
    # Builds with LLMs at work: retrieval by the end of the month, agents after that.
    "story_three_weeks": {
        "2026-03-09": (
            "know python-basics, llm-apis",
            "goal rag --by 2026-03-29",
            "goal agents",
            "plan --hours 4",
            "",
            "next -n 3",
        ),
        "2026-03-11": (
            "done 1",
            "next -n 3",
            "spent 45 1 --on yesterday",
            "done",
            "",
            "next -n 3",
            "plan show",
        ),
        "2026-03-18": (
            "",
            "next -n 3",
            "plan show",
            "done 1 --on sunday --minutes 1h",
            "",
        ),
        "2026-03-24": (
            "",
            "next -n 3",
            "plan show",
            "plan --hours 3",
            "plan --hours 6",
            "",
            "next -n 3",
        ),
    },
    # Knows the foundations, wants to build with retrieval, and has a date.
    "story_engineer": {
        "2026-03-10": (
            "place < a y x n x n q",
            "undo",
            "know transformers-library neural-network-training",
            "goal rag",
            "path",
            "plan --hours 2 --by 2026-04-01",
            "plan --hours 3",
            "ignore rag llm-apis",
            "path rag --depth quick",
        ),
        "2026-03-19": (
            "done pinecone-chunking-strategies --minutes 30",
            "next",
            "plan show",
            "plan",
        ),
    },
    # Left off in the middle of things, and has forgotten some of them.
    "story_return": {
        "2026-03-10": (
            "know python-basics calculus statistics",
            "goal attention",
            "plan --hours 4",
            "done essence-of-linear-algebra --minutes 200 --rating 5",
            "start freecodecamp-ml-for-everybody",
        ),
        "2026-06-12": (
            "",
            "plan show",
            "shaky linear-algebra statistics",
            "next",
            "why linear-algebra",
            "done deep-learning-book-ch2 --minutes 70",
            "know statistics",
            "next",
            "plan",
            "log",
        ),
    },
}


ON_TERMINAL = ("story_first_evening",)  # what is typed is parted by commas there


def path_of(name: str) -> Path:
    """Return the file that the story *name* is told to."""
    return HERE / f"{name}.txt"


def tell(name: str, home: Path) -> str:
    """Run each command in a process of its own, in an empty *home*; return the transcript."""
    places = {"HOME": str(home), "LLMPATH_HOME": str(home / "data")}
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    parts = []
    if name in ON_TERMINAL:  # where the database is gets told, in lines as long as its path
        _piped(["user"], "", {**kept, **FIXED, **places})
    with Terminal() as terminal:
        for day, commands in STORIES[name].items():
            if len(STORIES[name]) > 1:
                parts.append(f"# {day}\n")
            for hour, command in enumerate(commands, 10):
                words, asked, typed = command.partition(" < ")
                clock = {"LLMPATH_NOW": f"{day}T{hour}:00:00+00:00"}
                environ = {**kept, **FIXED, **places, **clock}
                if name in ON_TERMINAL:
                    lines = [line.strip() for line in typed.split(",")] if asked else []
                    shown = terminal.run(
                        *shlex.split(words), typed=lines, code=None, surroundings=environ
                    )
                    code, text = shown.code, shown.screen
                else:
                    code, text = _piped(shlex.split(words), typed, environ)
                end = f"exit {code}\n" if code else ""
                told = text.replace(str(home), "HOME")
                parts.append(f"$ llmpath {words}".rstrip() + f"\n{told}{end}")
    return "\n".join(parts)


def _piped(words: Sequence[str], typed: str, environ: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code of a command, and what it wrote, errors first."""
    done = subprocess.run(
        [sys.executable, "-m", "llmpath", *words],
        env=environ,
        input="".join(f"{line}\n" for line in typed.split()),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr + done.stdout


if __name__ == "__main__":
    for story in STORIES:
        with tempfile.TemporaryDirectory() as folder:
            path_of(story).write_text(tell(story, Path(folder)), encoding="utf-8")
