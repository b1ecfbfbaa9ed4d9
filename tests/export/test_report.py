"""The progress report, to the letter."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def test_a_report_tells_all(run: Run) -> None:
    run("done", "counting-video", "--minutes", "40", "--rating", "4", "--note", "*Apples* <b>!")
    run("start", "reading-notes")
    run("goal", "word-problems")
    assert run("report").out == dedent("""\
        # Progress report: ada

        As of 2026-03-10.

        |  |  |
        | --- | --: |
        | Topics passed | 1 of 5 |
        | Topics ready to study | 2 |
        | Resources done | 1 |
        | Resources in progress | 1 |
        | Time logged | 40 min |
        | Days in a row | 1 |
        | Notes | 1 |

        ## Goals

        | Goal | Topics passed | Left to study |
        | --- | --: | --: |
        | Word problems | 1 of 4 | 3.1 h |

        ## Progress

        | Track and module |  | Passed | Ready | Left |
        | --- | --- | --: | --: | --: |
        | **Numbers** | ▰▰▰▰▰▱▱▱▱▱ | 1/2 | 1 | 1.2 h |
        | &nbsp;&nbsp;The basics | ▰▰▰▰▰▰▰▰▰▰ | 1/1 | 0 |  |
        | &nbsp;&nbsp;Sums | ▱▱▱▱▱▱▱▱▱▱ | 0/1 | 1 | 1.2 h |
        | **Letters** | ▱▱▱▱▱▱▱▱▱▱ | 0/3 | 1 | 2.6 h |
        | &nbsp;&nbsp;Stories | ▱▱▱▱▱▱▱▱▱▱ | 0/3 | 1 | 2.6 h |

        ## In progress

        - [Notes on letters](https://notes.example/letters), since 2026-03-10

        ## Next steps

        1. [Adding by carrying](https://blog.example/carry): Adding, on the path to Word problems, step 1 of 2, 15 min
        2. [Fast Addition of Long Numbers](https://arxiv.org/abs/1901.00001): Adding, on the path to Word problems, step 2 of 2, 1 h

        ## Done

        | Date | Resource | Time | Rating |
        | --- | --- | --: | --- |
        | 2026-03-10 | [Counting, slowly](https://www.youtube.com/watch?v=count1) | 40 min | ★★★★☆ |

        ## Notes

        **Counting, slowly**, 2026-03-10

        > *Apples* &lt;b>!

        ## Map

        ```mermaid
        graph LR
          t_counting["Counting"]:::passed
          t_adding["Adding"]:::ready
          t_reading["Reading"]:::ready
          t_word_problems["Word problems"]:::goal
          t_counting --> t_adding
          t_adding --> t_word_problems
          t_reading --> t_word_problems
          classDef passed fill:#2da44e,color:#ffffff,stroke:#1a7f37
          classDef ready fill:#ddf4ff,color:#0550ae,stroke:#0969da
          classDef locked fill:#f6f8fa,color:#57606a,stroke:#d0d7de
          classDef goal fill:#fff8c5,color:#7d4e00,stroke:#bf8700
        ```

        Green: passed, blue: ready, yellow: goal; 4 of 5.
    """)  # noqa: E501


def test_a_report_is_written_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "progress.md"
    ran = run("report", "-o", str(file))
    assert (ran.out, ran.err) == ("", f"Wrote {file}\n")
    assert file.read_text(encoding="utf-8").startswith("# Progress report: ada\n")
    missing = tmp_path / "none" / "progress.md"
    assert run("report", "-o", str(missing), code=5).err == (
        f"llmpath: Cannot write {missing}: No such file or directory.\n"
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "progress.md"]


def test_the_map_takes_any_title(run: Run) -> None:
    from llmpath.export.mermaid import _label

    assert _label('He said "x" <b> #1; `y`') == ("He said #34;x#34; #60;b#62; #35;1#59; #96;y#96;")
    directive = _label("%%{init: {'theme': 'dark'}}%% fa:fa-x $$x$$ \\n")
    assert not set(directive) & set("%{}:$\\")
    assert _label("Ça (2/3), it's C++ - done?") == "Ça (2/3), it's C++ - done?"
