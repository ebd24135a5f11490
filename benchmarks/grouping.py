"""How well editions are grouped into works, measured by pairs. Grouping itself belongs to the pipeline's transforms."""

import csv
import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from elt_pipeline.contracts import silver
from elt_pipeline.session import lake_of
from elt_pipeline.settings import read_settings

HARD_PAIRS = Path(__file__).with_name("hard_pairs.csv")


@dataclass(frozen=True)
class PairScores:
    """Of all pairs of editions: how many are of one work in truth, how many were put together, and how many are both."""

    true_pairs: int
    found_pairs: int
    common_pairs: int

    @property
    def precision(self) -> float:
        """The share of the pairs put together that are of one work; 1 where none was put together."""
        return self.common_pairs / self.found_pairs if self.found_pairs else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs of one work that were put together; 1 where there is none."""
        return self.common_pairs / self.true_pairs if self.true_pairs else 1.0


def pair_scores(true_work_by_edition: Mapping[int, Hashable], found_work_by_edition: Mapping[int, Hashable]) -> PairScores:
    """Compare two groupings of the editions in ``true_work_by_edition``; one that was not found at all counts as alone.

    Pairs follow from the sizes of the groups, n·(n - 1)/2 each, so that millions of editions are no matter.
    """
    true_works = list(true_work_by_edition.values())
    found_works = [found_work_by_edition.get(edition, _Alone(edition)) for edition in true_work_by_edition]
    return PairScores(_pairs(true_works), _pairs(found_works), _pairs(zip(true_works, found_works, strict=True)))


@dataclass(frozen=True)
class _Alone:
    """The work of an edition that was not found: equal to no other work."""

    edition: int


def _pairs(works: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(works).values())


@dataclass(frozen=True)
class HardPair:
    """Two editions of the real books, labelled by hand: whether they are one work, and what makes it hard to tell."""

    first_id: int
    second_id: int
    same_work: bool
    kind: str

    @property
    def half(self) -> str:
        """``tuning`` for pairs that rules may be fitted to, ``judging`` for those that only tell how good they are; by a hash."""
        digest = hashlib.sha256(f"{self.first_id},{self.second_id}".encode()).digest()
        return "judging" if digest[0] % 2 else "tuning"

    def is_wrong(self, found_work_by_edition: Mapping[int, Hashable]) -> bool:
        """Whether the grouping says of the two the opposite of what is true."""
        return self.same_work != (found_work_by_edition[self.first_id] == found_work_by_edition[self.second_id])


def hard_pairs(file: Path = HARD_PAIRS) -> list[HardPair]:
    """Return the labelled pairs, by ids."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            HardPair(int(row["first_id"]), int(row["second_id"]), row["same_work"] == "1", row["kind"])
            for row in csv.DictReader(rows)
        ]


def hard_pair_scores(pairs: Iterable[HardPair], found_work_by_edition: Mapping[int, Hashable]) -> PairScores:
    """Count over the labelled pairs alone: those of one work, those put together, and those that are both."""
    together = [(pair.same_work, pair.same_work != pair.is_wrong(found_work_by_edition)) for pair in pairs]
    return PairScores(
        sum(same for same, _ in together), sum(found for _, found in together), sum(same and found for same, found in together)
    )


def report(pairs: Sequence[HardPair], found_work_by_edition: Mapping[int, Hashable]) -> str:
    """Return the scores by half and by kind, and the pairs that are wrong, as Markdown."""
    halves = {"all": pairs} | {half: [pair for pair in pairs if pair.half == half] for half in ("tuning", "judging")}
    scores = {name: (len(some), hard_pair_scores(some, found_work_by_edition)) for name, some in halves.items()}
    kinds = Counter((pair.kind, pair.same_work) for pair in pairs)
    wrong = [pair for pair in pairs if pair.is_wrong(found_work_by_edition)]
    wrong_kinds = Counter((pair.kind, pair.same_work) for pair in wrong)
    lines = ["| pairs | n | precision | recall |", "|---|---|---|---|"]
    lines += [f"| {name} | {size} | {found.precision:.3f} | {found.recall:.3f} |" for name, (size, found) in scores.items()]
    lines += ["", "| kind | one work | n | wrong |", "|---|---|---|---|"]
    lines += [
        f"| {kind} | {'yes' if same else 'no'} | {n} | {wrong_kinds[kind, same]} |" for (kind, same), n in sorted(kinds.items())
    ]
    lines += ["", "| first_id | second_id | one work | kind | half |", "|---|---|---|---|---|"]
    lines += [
        f"| {pair.first_id} | {pair.second_id} | {'yes' if pair.same_work else 'no'} | {pair.kind} | {pair.half} |"
        for pair in wrong
    ]
    return "\n".join(lines)


@click.command()
@click.option(
    "--answer-key", type=click.Path(path_type=Path), default=None, help="Of a generated dataset; without it the real pairs."
)
@click.option("--env-file", default=".env", help="A file of settings; exported variables win over it. Empty: none.")
def main(answer_key: Path | None, env_file: str) -> None:
    """Measure the grouping in the lake of the settings: against an answer key, or on the labelled pairs of the real books."""
    lake = lake_of(read_settings(Path(env_file) if env_file else None))
    found = dict(lake.scan(silver.EDITION_WORKS).select("edition_id", "work_id").collect().iter_rows())
    today = datetime.now(UTC).date()
    click.echo(
        f"{today} · {os.cpu_count()} cores · Python {platform.python_version()}"
        f" · {len(found):,} editions, {len(set(found.values())):,} works\n"
    )
    if answer_key:
        editions = json.loads(answer_key.read_text(encoding="utf-8"))["editions"]
        scores = pair_scores({edition["edition_id"]: edition["work"] for edition in editions}, found)
        click.echo(f"answer key: {len(editions):,} editions, precision {scores.precision:.4f}, recall {scores.recall:.4f}")
    else:
        click.echo(report(hard_pairs(), found))


if __name__ == "__main__":
    main()
