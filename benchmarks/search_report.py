"""What answers are worth, and the tables that say so. Nothing is asked here."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from benchmarks.search_queries import KINDS, Query

FIRST_LETTERS = ("typo1_first", "typo2_first")
ISBN = "isbn"
# A peer that knows only titles is not asked for ISBNs.
WORDED = tuple(kind for kind in KINDS if kind != ISBN)
SPARED = tuple(kind for kind in WORDED if kind not in FIRST_LETTERS)


@dataclass(frozen=True)
class Answer:
    """What one system made of one query."""

    system: str
    query: Query
    rank: int | None  # Of the first work with the right title, from 1; null where none of the first ten has it.
    has_found: bool  # Whether anything was found, right or wrong.
    is_namesake: bool  # Whether, instead of the right title, a book came first whose title is the very text.
    milliseconds: float


@dataclass(frozen=True)
class Score:
    """What several answers are worth: shares from 0 to 1, times in milliseconds."""

    count: int
    success: float
    reciprocal_rank: float
    nothing_found: float
    p50: float
    p95: float
    p99: float


def score(answers: Sequence[Answer]) -> Score:
    """Return the score of one or more answers."""
    count = len(answers)
    times = sorted(answer.milliseconds for answer in answers)
    return Score(
        count,
        sum(answer.rank == 1 for answer in answers) / count,
        sum(1 / answer.rank for answer in answers if answer.rank) / count,
        sum(not answer.has_found for answer in answers) / count,
        *(times[math.ceil(share * count) - 1] for share in (0.5, 0.95, 0.99)),
    )


def report(answers: Sequence[Answer], ours: str) -> str:
    """Return the tables as Markdown: ours by kind, all systems on the same queries, and all systems by kind."""
    return "\n\n".join([_ours_by_kind(answers, ours), _systems(answers, ours), _systems_by_kind(answers)])


def _ours_by_kind(answers: Sequence[Answer], ours: str) -> str:
    own = [answer for answer in answers if answer.system == ours]
    groups = {kind: (kind,) for kind in KINDS} | {"**all, first letters spared**": SPARED, "**all but ISBN**": WORDED}
    parts = {name: [answer for answer in own if answer.query.kind in kinds] for name, kinds in groups.items()}
    rows = [[name, *_cells(score(part)), *_misses(part)] for name, part in parts.items() if part]
    titles = ["query", "n", "S@1", "MRR@10", "nothing found", "p50 ms", "p95 ms", "p99 ms"]
    return _table([*titles, "misses", "of them: first is a book of that very title"], rows)


def _misses(answers: Sequence[Answer]) -> list[str]:
    return [str(sum(answer.rank != 1 for answer in answers)), str(sum(answer.is_namesake for answer in answers))]


def _systems(answers: Sequence[Answer], ours: str) -> str:
    parts = _by_system(answers, lambda answer: answer.query.kind in WORDED)
    own = {answer.query: answer.rank == 1 for answer in parts[ours]}
    own_p95 = score(parts[ours]).p95
    rows = []
    for system, part in parts.items():
        result = score(part)
        only_peer = sum(answer.rank == 1 and not own[answer.query] for answer in part)
        only_own = sum(answer.rank != 1 and own[answer.query] for answer in part)
        rows.append([system, *_cells(result), f"{result.p95 / own_p95:.2f}x", str(only_peer), str(only_own)])
    titles = ["system", "n", "S@1", "MRR@10", "nothing found", "p50 ms", "p95 ms", "p99 ms", "p95 to ours"]
    return _table([*titles, "right where we are wrong", "wrong where we are right"], rows)


def _systems_by_kind(answers: Sequence[Answer]) -> str:
    parts = _by_system(answers, lambda answer: answer.query.kind in WORDED)
    rows = []
    for kind in WORDED:
        scores = [score(asked) for part in parts.values() if (asked := [one for one in part if one.query.kind == kind])]
        if scores:
            rows.append([kind, *(f"{one.success:.3f}" for one in scores)])
    return _table(["S@1", *parts], rows)


def _by_system(answers: Sequence[Answer], is_wanted: Callable[[Answer], bool]) -> dict[str, list[Answer]]:
    wanted = sorted(filter(is_wanted, answers), key=lambda answer: answer.system)
    return {system: list(part) for system, part in groupby(wanted, key=lambda answer: answer.system)}


def _cells(result: Score) -> list[str]:
    shares = [f"{share:.3f}" for share in (result.success, result.reciprocal_rank, result.nothing_found)]
    return [str(result.count), *shares, *(f"{time:.1f}" for time in (result.p50, result.p95, result.p99))]


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] + ["---:"] * (len(titles) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
