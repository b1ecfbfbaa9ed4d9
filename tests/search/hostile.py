"""Strings that search must survive: random ones, and ones made of what breaks query languages."""

from __future__ import annotations

import random
from collections.abc import Iterator

PIECES = (
    *(
        '"',
        "'",
        "*",
        "(",
        ")",
        ":",
        "-",
        "+",
        "^",
        "{",
        "}",
        "~",
        "\\",
        "%",
        "_",
        ";",
        "--",
        "/*",
        ",",
    ),
    *(
        " AND ",
        " OR ",
        " NOT ",
        "NEAR(",
        "NEAR/2",
        "title:",
        "{title} :",
        "rowid:",
        "x* ",
        '""',
        '"*',
    ),
    *("C++", "C#", "llama.cpp", "gpt-4", "S-BERT", "1706.03762", "R&D", "'; DROP TABLE resource;"),
    *(
        "\0",
        "\x01",
        "\x1b[31m",
        "\n",
        "\t",
        "\r",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ud800",
        "\U0010ffff",
    ),
    *(
        "模型",
        "生成式AI導論",
        "こんにちは",
        "สวัสดี",
        "привет",
        "مرحبا",
        "🤖",
        "👩‍💻",
        "ﬁne",
        "ß",
        "İ",
        "ǅ",
    ),
    *(
        "kind:video",
        "-kind:paper",
        "year:2020..",
        "minutes:..30",
        "sort:year-",
        "is:done",
        "has:note",
    ),
    *(
        "-",
        "--",
        "kind:",
        "year:",
        "by:",
        'by:"',
        "author:*",
        'author:"',
        "topic:rag",
        "-topic:",
        "foo:bar",
    ),
    *(
        "rag",
        "transformer",
        "tranformer",
        "llm",
        "the",
        "how do i",
        "quantization",
        "fine-tune",
        "a" * 60,
    ),
)


def strings(number: int, seed: int = 7) -> Iterator[str]:
    """Yield *number* strings, always the same for one *seed*."""
    draw = random.Random(seed)
    for i in range(number):
        match i % 4:
            case 0:
                yield "".join(draw.choices(PIECES, k=draw.randint(1, 8)))
            case 1:
                yield " ".join(draw.choices(PIECES, k=draw.randint(1, 6)))
            case 2:
                yield "".join(chr(draw.randrange(0x3000)) for _ in range(draw.randint(0, 30)))
            case _:
                letters = "abcdefghij -\"':*.+"
                yield "".join(draw.choices(letters, k=draw.randint(0, 24)))
    yield "a" * 10_000
    yield "ab " * 10_000
    yield '"' * 10_000
    yield "模" * 10_000
    yield "kind:video " * 1_000
    yield "x-" * 5_000
