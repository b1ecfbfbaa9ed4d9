"""Measure how good search is: `make quality`.

Judged queries (bench/judgements.jsonl: grades 1 to 3 by address) are run through llmpath and,
beside it, through LIKE and FTS5 as it comes. Then typing errors, real words that the catalog
lacks, and what people really asked (bench.questions).
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from bench import judged, measures, questions
from llmpath.catalog import locate
from llmpath.search import engine, query
from llmpath.store.catalog.selection import Selection
from llmpath.store.opening import open_database


class Quality(NamedTuple):
    """Means over queries: nDCG@10, MRR@10 and recall@20, and how many found nothing."""

    queries: int
    ndcg: float
    mrr: float
    recall: float
    empty: int


def quality(
    connection: sqlite3.Connection, run: judged.Engine, queries: Sequence[judged.Judged]
) -> Quality:
    """Return the measures of *run* over *queries*."""
    condensed = judged.condensed(run, judged.seen(connection))
    ranked = [condensed(connection, one.text) for one in queries]

    def over(measure: Callable[[Sequence[str], dict[str, int]], float]) -> float:
        return mean(
            measure(ids, dict(one.grades)) for ids, one in zip(ranked, queries, strict=True)
        )

    return Quality(
        len(queries),
        over(measures.ndcg),
        over(measures.reciprocal_rank),
        over(measures.recall),
        sum(not ids for ids in ranked),
    )


def parts(queries: Sequence[judged.Judged]) -> dict[str, list[judged.Judged]]:
    """Return the queries by sort, and in the groups that the figures are stated for."""
    first = [one for one in queries if not one.qid.startswith("n")]
    sorts = dict.fromkeys(one.sort for one in queries)
    return {
        **{sort: [one for one in queries if one.sort == sort] for sort in sorts},
        "direct, first set": [one for one in first if one.sort != "paraphrase"],
        "paraphrases, first set": [one for one in first if one.sort == "paraphrase"],
        "added since": [one for one in queries if one.qid.startswith("n")],
        "all": list(queries),
    }


def typing(connection: sqlite3.Connection) -> tuple[float, float, float]:
    """Return nDCG@10 of mistyped words, of the words themselves, and the share set right."""
    cases = judged.typos(connection)
    mistyped = mean(
        measures.ndcg(judged.ours(connection, one.typed)[: judged.DEPTH], dict(one.grades))
        for one in cases
    )
    typed = mean(
        measures.ndcg(judged.ours(connection, one.word)[: judged.DEPTH], dict(one.grades))
        for one in cases
    )
    right = mean(corrected(connection, one.typed) == one.word for one in cases)
    return mistyped, typed, right


def slips(connection: sqlite3.Connection) -> list[str]:
    """Return the lines of the table of slips by kind: nDCG@10 as typed and as meant, set right."""

    def ndcg(found: Sequence[judged.Typo], words: Sequence[str]) -> float:
        return mean(
            measures.ndcg(judged.ours(connection, word)[: judged.DEPTH], dict(one.grades))
            for one, word in zip(found, words, strict=True)
        )

    kinds = judged.slips(connection)
    kinds["all"] = [one for found in kinds.values() for one in found]
    lines = [f"{'slips':<12}{'words':>6}{'mistyped':>10}{'as meant':>10}{'set right':>11}"]
    for kind, found in kinds.items():
        typed = ndcg(found, [one.typed for one in found])
        meant = ndcg(found, [one.word for one in found])
        right = mean(corrected(connection, one.typed) == one.word for one in found)
        lines.append(f"  {kind:<10}{len(found):>6}{typed:>10.3f}{meant:>10.3f}{right:>11.0%}")
    return lines


def corrected(connection: sqlite3.Connection, word: str) -> str:
    """Return what *word* is corrected to, or ''."""
    found = engine.find(engine.Engine(connection, "", Selection()), query.parse(word), 1)
    return found.corrections[0].used if found.corrections else ""


def database(folder: Path) -> sqlite3.Connection:
    """Return a new database with the shipped catalog, in *folder*."""
    return open_database(folder / "llmpath.db", locate.files()).connection


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="llmpath-quality-") as folder:
        connection = database(Path(folder))
        queries = judged.judged(connection)
        for name, run in judged.ENGINES.items():
            print(f"{name:<24}{'queries':>8}{'nDCG@10':>9}{'MRR@10':>8}{'rec@20':>8}{'empty':>7}")
            for part, chosen in parts(queries).items():
                row = quality(connection, run, chosen)
                print(
                    f"  {part:<22}{row.queries:>8}{row.ndcg:>9.3f}{row.mrr:>8.3f}"
                    f"{row.recall:>8.3f}{row.empty:>7}"
                )
            print()
        mistyped, typed, right = typing(connection)
        print("300 words of the catalog with one typing error")
        print(f"  nDCG@10 mistyped {mistyped:.3f}, as they are {typed:.3f}; set right {right:.0%}")
        print(*slips(connection), sep="\n")
        absent = judged.lacked(connection)
        wrong = {word: other for word in absent if (other := corrected(connection, word))}
        print(f"{len(absent)} real words that the catalog lacks: {len(wrong)} taken for errors")
        if wrong:
            print("  " + ", ".join(f"{word} > {other}" for word, other in wrong.items()))
        print()
        asked = questions.questions(connection)
        found = questions.answered(asked, questions.ours(connection))
        print(*questions.table(found), sep="\n")


if __name__ == "__main__":
    main()
