"""Measures of a ranking against judgements: nDCG, reciprocal rank, recall; how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2
from random import Random
from typing import TypeVar

SAMPLES = 1_000  # of the bootstrap
Case = TypeVar("Case")


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalized discounted cumulative gain of *ranked* at *depth*, 0 to 1.

    A document's gain is 2 ** grade - 1, discounted by the logarithm of its rank plus one
    (Järvelin and Kekäläinen, 2002; the exponential gain is that of Burges and others, 2005).
    """
    gains = [2 ** grades.get(one, 0) - 1 for one in ranked[:depth]]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Return one over the rank of the first relevant document, 0 when none is within *depth*."""
    for rank, one in enumerate(ranked[:depth], 1):
        if grades.get(one, 0) > 0:
            return 1 / rank
    return 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 20) -> float:
    """Return the share of the relevant documents that stand within *depth*."""
    relevant = {one for one, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def interval(
    cases: Sequence[Case], measure: Callable[[Sequence[Case]], float], part: float = 0.95
) -> tuple[float, float]:
    """Return between what *measure* lies over *cases* like these, with the probability *part*.

    It is the percentile bootstrap (Efron, 1979): the measure of many samples, each as large as
    the cases and drawn from them with replacement, always the same ones.
    """
    draws = Random(0)
    values = sorted(measure(draws.choices(cases, k=len(cases))) for _ in range(SAMPLES))
    cut = int(len(values) * (1 - part) / 2)
    return values[cut], values[-1 - cut]
