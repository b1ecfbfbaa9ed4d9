"""Notes in a report: theirs to format, but with no effect outside their quotation."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.export import markdown
from tests.export.rendering import READERS, cmark, faults

FRAGMENTS = [
    "<x-y>",
    "</x-y>",
    '<x-y a="',
    '">',
    "'",
    "<!--",
    "-->",
    "<?php",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE x>",
    "<script>",
    "</script>",
    "<div>",
    "</div>",
    "<pre>",
    "<style>",
    "</blockquote>",
    '<iframe src="x">',
    "[a](javascript:x)",
    "[a](",
    "javascript:x",
    ")",
    "[r]: javascript:x",
    "[r]: https://ok.example",
    "[r]:",
    "[a][r]",
    "[r]",
    "[r][]",
    "![i](data:text/html,x)",
    "![",
    "](x:y)",
    "[",
    "]",
    "<javascript:x>",
    "<https://ok.example>",
    "<https://ok",
    "[a](<javascript:x>)",
    "[a](java&#115;cript:x)",
    "[a](java&#10;script:x)",
    "[a](&#1;javascript:x)",
    "[a](\\javascript:x)",
    "[^1]",
    "[^1]: ",
    "\n[^1]: x",
    "ftp://a.bc",
    "_mailto:a@b.cd",
    "&#120;mpp:",
    "999. ",
    "\n     > ",
    "xmpp:a@b.cd",
    "www.a.bc",
    "a@b.cd",
    "//x.y",
    "[a](//x.y)",
    "[a](rel)",
    "[a](#h)",
    '[a](JAVASCRIPT:x "t")',
    "(javascript:x 't')",
    "`",
    "``",
    "```",
    "~~~",
    "```a`b",
    "\n```\n",
    "\n~~~\n",
    "$",
    "$$",
    "\\",
    "\\`",
    "\\<",
    "\\[",
    "&lt;",
    "&#60;",
    "&",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "|",
    "\n|-|-|\n",
    "|a|b|",
    "\n---\n",
    "\n===\n",
    "# ",
    "## ",
    "> ",
    ">",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "1) ",
    "\n",
    "\n\n",
    "\n    ",
    "\t",
    "  \n",
    "\\\n",
    "\r",
    "\r\n",
    "\u2028",
    "\x00",
    "\x0c",
    "\x85",
    "\xa0",
    "\u3000",
    "\u200d",
    "\ufeff",
    "\u202e",
    "END",
    "x",
    "é",
    " ",
    "  ",
    "    ",
    ":",
    "::",
    "{",
    "}",
    "- [ ] ",
    ": ",
    "!",
    '"',
    "a",
    "\n- ",
    "\n  ",
    "\n> ",
    "\n1. ",
    "\n\n\n",
    "@u",
    "#12",
    ":-:",
]

AFTER = "\n\n# END-7\n\n[r] [a][r] [^1] [END] [x]\n"
RENDERED_AFTER = "</blockquote>\n<h1>END-7</h1>\n<p>[r] [a][r] [^1] [END] [x]</p>\n"


def quotation(note: str) -> str:
    return "\n".join(markdown.quoted(note))


def stays_inside(note: str) -> None:
    for reader, render in READERS.items():
        html = render(quotation(note) + AFTER)
        assert not faults(html), (reader, note, html)
        assert html.startswith("<blockquote>"), (reader, note, html)
        assert html.endswith(RENDERED_AFTER), (reader, note, html)


WAYS = [
    "<script>alert(1)</script>",
    "a <x-y onclick=alert(1)>b</x-y>",
    "``` a`b\n<script>alert(1)</script>\n```",
    "- ```\n  a\n<script>alert(1)</script>",
    "- a\n\n  ```\n<script>alert(1)</script>\n```",
    "``a` <x-y> `b``` <x-y>",
    "\\`<x-y>\\` \\``<x-y>`",
    "<!-- a comment -->",
    "<!--\n\nover\n\n-->",
    "<?php x ?> <!DOCTYPE x> <![CDATA[x]]>",
    "<x-y\nover='lines'\n>",
    "</blockquote></div>-->",
    "<div>\n\n*a*\n\n</div>",
    "<pre>\n# a",
    "> > <x-y>\n> > <div>",
    "1. - <div>\n     <x-y>",
    "a\n===\n<x-y>\n---",
    "# <x-y> #",
    "| a | <x-y> |\n|---|---|\n| `x|<x-y>` | <div> |",
    "| a \\| <x-y> |\n|---|\n| b \\| <x-y> |",
    "[l](javascript:alert(1))",
    "[l](java&#115;cript:x) [l](&#1;javascript:x) [l](\\javascript:x) [l](java&#10;script:x)",
    "[l](\njavascript:x)",
    "[l](<javascript:x>) [l](< javascript:x>)",
    "[l]( " + " " * 200 + "javascript:x)",
    "[l](vbscript:x) [l](data:text/html,x) [l](file:///etc/passwd) [l](//evil.example)",
    "[l](x) [l](./x) [l]() [l](?x)",
    "![i](data:text/html,x) ![i](javascript:x)",
    "[![i](https://ok.example)](javascript:x)",
    "<javascript:x> <vbscript:x> <x-y:z>",
    "[r]: javascript:x\n\n[a][r] [r] [r][]",
    "[r]:\njavascript:x\n\n[r]",
    "> [r]: javascript:x\n\n- [r]: javascript:x\n\n[r]",
    "[r]: https://ok.example\n[END]: https://ok.example\n[x]: <#>",
    "[r\n]: https://ok.example",
    "[^1]: <x-y>\n\n    <x-y>",
    "[^1] `\n[^1]: ` <x-y>",
    "ftp://a.bc 1ftp://a.bc xmpp:a@b.cd (xmpp:a@b.cd/x)",
    "www.a.bc```a`b<x-y>```",
    "`a\n[l](javascript:x)`\n:-:",
    "a```\n:-:\n<x-y>```",
    "https://ok.example\\<x-y>",
    "`` ```a`c``` `b[a](javascript:x)<x-y>`",
    '[a](</script>[r]:\\[|[a](javascript:x "t")',
    "```\nopen",
    "- ```\n  open in a list",
    "~~~~ x\n```\n~~~",
    "    code <x-y>\n\ttab <x-y>",
    "a\r<div>\rb\r\n<div>\u2028<div>\x85<div>\x0c<div>",
    "\x00<\x00script>",
    "<\u200bscript> <\u202escript>",
    "\ufeff<script>",
    "> " * 60 + "<x-y>",
    "- " * 60 + "<x-y>",
    "[" * 300 + "a](javascript:x)",
    "![" * 100 + "a](javascript:x)",
    "*" * 300 + "<x-y>",
    "a\n<x-y>\n" * 50,
    # Where readers disagree on what still belongs to a paragraph, a list or a table.
    ">;```\n<x-y>\n\t```",
    ">>)\n    ~~~[a](x)",
    "999. [a\n    >](x)",
    "999. |\n    ~~~<x-y>",
    ">>;\n>     >>    \t[a](x)",
    "> a\n     > \n     >     <x-y>",
    ">-\n>\t\n>     <x-y>",
    "a\n|-\nb\n-\n  |\n\n    xmpp:a@b.cd",
    # Where one of them takes code for none, and makes links of words.
    "``/`[`]`xmpp:a@b.cd` ``/`[`]`ftp://a.bc`",
    "_mailto:a@b.cd mailto:a@b.cd@user +mailto&#58;a@b.cd",
    "xmpp\\:a@b.cd &#120;mpp:a@b.cd xm&#x70;p&colon;a@b.cd",
    "",
    " ",
    "\n\n",
]


@pytest.mark.parametrize("note", WAYS)
def test_no_way_leads_out_of_a_quotation(note: str) -> None:
    stays_inside(note)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_nothing_made_of_hostile_pieces_leads_out_of_a_quotation(note: str) -> None:
    stays_inside(note)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_at_all_leads_out_of_a_quotation(note: str) -> None:
    stays_inside(note)


def test_two_thousand_hostile_notes_in_one_report_stay_in_their_quotations() -> None:
    rng = random.Random(7)
    notes = ["".join(rng.choices(FRAGMENTS, k=rng.randint(1, 12))) for _ in range(2000)]
    report = "\n\n".join(f"## Note {i}\n\n{quotation(note)}" for i, note in enumerate(notes))
    for reader, render in READERS.items():
        html = render(report + AFTER)
        assert not faults(html), reader
        assert all(f"\n<h2>Note {i}</h2>\n<blockquote>" in "\n" + html for i in range(2000)), reader
        assert html.endswith(RENDERED_AFTER), reader


TAMED = [
    ("<b>a</b> *kept* `a<b>` 1 < 2", "&lt;b>a&lt;/b> *kept* `a<b>` 1 < 2"),
    ("[l](javascript:x)", "[l]\\(javascript&#58;x)"),
    ("<https://ok.example> <a@b.cd>", "<https://ok.example> <a@b.cd>"),
    ("[l](https://ok.example) ![i](<http://a b>)", "[l](https://ok.example) ![i](<http://a b>)"),
    ("[l](#part) [m](MAILTO:a@b.cd)", "[l](#part) [m](MAILTO:a@b.cd)"),
    ("[l](notes.md)", "[l]\\(notes.md)"),
    ("\\<b> is no tag", "&lt;b> is no tag"),
    ("| a<br>b |\n|---|\n| `<i>` |", "| a&lt;br>b |\n> |---|\n> | `<i>` |"),
    ("```html\n<div>\n```\n<div>", "```html\n> <div>\n> ```\n> &lt;div>"),
    ("<div>\n`<b>`\n</div>", "&lt;div>\n> `<b>`\n> &lt;/div>"),
    ("- [ ] $x_1$ @me #12 :+1:", "- [ ] $x_1$ @me #12 :+1:"),
    ("1. a\n   - b\n     - c <i>\n   - d", "1. a\n>    - b\n>      - c &lt;i>\n>    - d"),
    ("- a\n  > b <i>\n  - c", "- a\n>   > b &lt;i>\n>   - c"),
    ("[l](https://ok.example/?to=mailto:a)", "[l](https://ok.example/?to=mailto:a)"),
    ("two  \nlines", "two  \n> lines"),
    ("a\u00a0b\tc", "a b c"),
    ("```\n[open", "```\n> [open\n> ```"),
    (
        "[a][r], ![i][r] and [r]\n\n[r]: https://ok.example/a|b 'T'",
        "[a](<https://ok.example/a%7Cb>), ![i](<https://ok.example/a%7Cb>) and"
        " [r](<https://ok.example/a%7Cb>)\n>\n> [r]\\: https://ok.example/a|b 'T'",
    ),
]


@pytest.mark.parametrize(("note", "shown"), TAMED)
def test_a_note_stays_as_it_was_written_but_for_what_is_dangerous(note: str, shown: str) -> None:
    assert quotation(note) == f"> {shown}"


def test_what_cannot_be_tamed_is_shown_as_code() -> None:
    note = "> " * 60 + "<x-y>"
    assert quotation(note) == f">     {note}"
    long = "<x-y>\n" * 20_000
    assert set(markdown.quoted(long)) == {">     <x-y>"}
    wide = "|a" * 70 + "\n" + "|-" * 70 + "\n" + "x\n" * 2000  # 140,000 cells to fill up
    assert quotation(wide + "<x-y>").startswith(">     |a|a")
    assert cmark(quotation("[" * 300 + "\n\n<x-y>")).startswith("<blockquote>\n<pre><code>[[[")


def test_notes_without_anything_active_need_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "llmpath.export.quotation", None)
    assert markdown.quoted("# A *note*\n\n1. with `code`, 1 > 0") == [
        "> # A *note*",
        ">",
        "> 1. with `code`, 1 > 0",
    ]
