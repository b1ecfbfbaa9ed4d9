"""Weigh what was found by the editors' choice, and tell its kind and home topic."""

import sqlite3
from collections.abc import Iterable, Mapping
from heapq import nsmallest

LOOKED_AT = 8  # times as many as are wanted: works that are weighed to tell which lead


class Weights:
    """What is told of works, by row: the editors' weight, kind and home; read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._weight: dict[int, float] = {}
        self.kind: dict[int, str] = {}
        self.home: dict[int, str] = {}

    def weighed(self, scores: Mapping[int, float], share: float) -> dict[int, float]:
        """Return *scores* by row with the editors' choice counted in, which counts *share*."""
        if missing := scores.keys() - self._weight.keys():
            self._read(missing)
        weight = self._weight
        return {row: score * (1 + share * weight[row]) for row, score in scores.items()}

    def leading(
        self, scores: Mapping[int, float], number: int, telling: bool, share: float
    ) -> list[int]:
        """Return the rows of the best *number*, best first, as `weighed`.

        Where the scores are *telling*, the choice can only set right what lies close.
        """
        rows = self.best(scores, LOOKED_AT * number) if telling else list(scores)
        return self.best(self.weighed({row: scores[row] for row in rows}, share), number)

    @staticmethod
    def best(scores: Mapping[int, float], number: int) -> list[int]:
        """Return the rows of the best *number* of *scores*, best first, then in catalog order."""
        falling = ((-score, row) for row, score in scores.items())
        return [row for _, row in nsmallest(number, falling)]

    def _read(self, rows: Iterable[int]) -> None:
        for row, weight, kind, home in self._connection.execute(
            "SELECT position, weight, kind, home FROM editor_weight"
            f" WHERE position IN ({', '.join(map(str, rows))})"
        ):
            self._weight[row], self.kind[row], self.home[row] = weight, kind, home
