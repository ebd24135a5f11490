"""The generated dataset is the same everywhere, in the Kaggle format, and true to its answer key."""

import ast
import csv
import json
import random
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dataset.generating.author_spellings import SPELLINGS
from dataset.generating.generator import SOURCES, generate_dataset
from dataset.generating.made_up_isbns import isbn10_of, isbn13_check_digit
from dataset.generating.works import CATALOGUE, read_catalogue
from elt_pipeline.contracts.source import BOOK, table_of_file

Key = dict[str, Any]

BOOKS = 4_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "demo"
    generate_dataset(path, book_count=BOOKS)
    return path


@pytest.fixture(scope="module")
def key(folder: Path) -> Key:
    loaded: Key = json.loads((folder / "answer_key.json").read_text(encoding="utf-8"))
    return loaded


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def records(folder: Path, key: Key, name: str) -> dict[int, dict[str, str]]:
    """The good records of a file by the line on which they begin, its bad lines left out."""
    bad = {case["line"] for case in key["planted"] if case["file"] == name and case["outcome"] == "bad_line"}
    raw = (folder / name).read_bytes().split(b"\n")
    lines = ["" if number in bad else line.decode() + "\n" for number, line in enumerate(raw[:-1], start=1)]
    reader = csv.reader(lines, strict=True)
    header = next(reader)
    found, line = {}, reader.line_num + 1
    for cells in reader:
        if cells:
            found[line] = dict(zip(header, cells, strict=True))
        line = reader.line_num + 1
    return found


def test_two_runs_are_byte_equal_and_another_seed_differs(tmp_path: Path) -> None:
    for name, seed in (("first", 7), ("second", 7), ("other", 8)):
        generate_dataset(tmp_path / name, seed=seed, book_count=500, reader_count=60)
    first, second, other = (contents(tmp_path / name) for name in ("first", "second", "other"))
    assert first == second
    assert [name for name in first if name != "genre.csv" and first[name] == other[name]] == []


def test_the_state_of_the_random_module_does_not_matter(tmp_path: Path) -> None:
    random.seed(1)
    generate_dataset(tmp_path / "first", book_count=150, reader_count=20)
    random.seed(2)
    before = random.getstate()
    generate_dataset(tmp_path / "second", book_count=150, reader_count=20)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert random.getstate() == before


def test_everything_that_shapes_the_dataset_is_in_its_fingerprint() -> None:
    modules = [source for source in SOURCES if source.suffix == ".py"]
    nodes = [node for module in modules for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))]
    imported = {f"{node.module}.{name.name}" for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
    ours = {name for name in imported if name.startswith(("dataset", "elt_pipeline", "catalogue"))}
    known = tuple(f"dataset.generating.{module.stem}" for module in modules)
    assert [name for name in ours if not name.startswith(known)] == []
    assert {CATALOGUE, SPELLINGS} <= set(SOURCES)


@pytest.mark.parametrize(("books", "readers"), [(149, 20), (3_000_001, 20), (150, 19)])
def test_impossible_counts_are_refused(tmp_path: Path, books: int, readers: int) -> None:
    with pytest.raises(ValueError, match="choose"):
        generate_dataset(tmp_path / "data", book_count=books, reader_count=readers)
    assert list(tmp_path.iterdir()) == []


def test_every_file_belongs_to_the_table_that_the_key_names(folder: Path, key: Key) -> None:
    assert sorted([*key["files"], "answer_key.json", "generated.json"]) == sorted(contents(folder))
    tables = {name: table_of_file(name) for name in key["files"]}
    assert {name: table and table.name for name, table in tables.items()} == {
        name: file["table"] for name, file in key["files"].items()
    }
    assert {table.name for table in tables.values() if table} == {
        "book",
        "genre",
        "book_genre",
        "rating",
        "user_rating",
        "book_download_link",
    }


def test_columns_are_those_of_the_format_in_another_order_per_shard(folder: Path, key: Key) -> None:
    headers = {
        name: (folder / name).read_text(encoding="utf-8", errors="replace").split("\n")[0].split(",") for name in key["files"]
    }
    for name, header in headers.items():
        table = table_of_file(name)
        assert table is not None
        known = [column.lower() for column in table.columns]
        assert [column for column in header if column.lower() not in known] == []
        assert table is BOOK or header == list(table.columns)
    shards = [headers[name] for name in ("book1-100k.csv", "book100k-2000k.csv", "book2000k-5000k.csv")]
    assert len({tuple(header) for header in shards}) == 3
    assert [("pagesNumber" in header, "PagesNumber" in header) for header in shards] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert [("Description" in header, "Count of text reviews" in header) for header in shards] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_totals_of_the_key_are_those_of_the_files(folder: Path, key: Key) -> None:
    for name, totals in key["files"].items():
        raw = (folder / name).read_bytes()
        assert raw.count(b"\n") == totals["lines"]
        assert totals["table"] == "book" or raw.count(b"\r\n") == totals["line_ends"].get("crlf", 0)
        assert len(records(folder, key, name)) == totals["rows"]
    for totals in key["tables"].values():
        set_aside = [sum(totals[outcome].values()) for outcome in ("bad_lines", "rejected", "merged")]
        assert totals["rows_in"] == totals["kept"] + sum(set_aside)
    assert key["tables"]["book"]["kept"] == BOOKS


def test_the_user_rating_files_mix_their_line_ends(key: Key) -> None:
    ends = {name: set(file["line_ends"]) for name, file in key["files"].items()}
    assert {name for name, kinds in ends.items() if kinds == {"lf", "crlf"}} == {
        name for name in ends if name.startswith("user_rating")
    }


def test_ids_are_unique_but_for_the_planted_twins(folder: Path, key: Key) -> None:
    twins = {case["key"] for case in key["planted"] if case["quirk"] == "same_id_twice"}
    ids = Counter(
        row["Id"]
        for name in key["files"]
        if name.startswith("book") and "_" not in name
        for row in records(folder, key, name).values()
    )
    assert {number for number, times in ids.items() if times > 1} == twins
    assert {number for number in ids if number.isdigit()} - {str(edition["edition_id"]) for edition in key["editions"]} == {
        "1999599"
    }


def test_editions_stand_where_the_key_says_with_the_facts_that_it_says(folder: Path, key: Key) -> None:
    damaged = defaultdict(set)
    for case in key["planted"]:
        damaged[case["file"], case["line"]].add(case.get("column", "").lower())
    rows = {name: records(folder, key, name) for name in key["files"] if name.startswith("book")}
    for edition in key["editions"]:
        row = {name.lower(): cell for name, cell in rows[edition["file"]][edition["line"]].items()}
        month, day = ("publishday", "publishmonth") if edition["file"] in key["swapped_files"] else ("publishmonth", "publishday")
        published = date.fromisoformat(edition["publish_date"])
        true = {
            "id": str(edition["edition_id"]),
            "authors": edition["clean_authors"],
            "isbn": isbn10_of(edition["isbn13"]),
            "publishyear": str(published.year),
            month: str(published.month),
            day: str(published.day),
            "pagesnumber": str(edition["page_count"] or ""),
            "name": edition["clean_name"],
        }
        changed = {name for name, value in true.items() if row[name] != value}
        # An impossible date is noted by its day, and its month is wrong too.
        allowed = damaged[edition["file"], edition["line"]] | (
            {month} if day in damaged[edition["file"], edition["line"]] else set()
        )
        assert changed <= allowed, (edition, changed)


def test_editions_are_later_than_their_work_and_in_the_free_range_of_isbns(key: Key) -> None:
    first_years = {work.number: work.first_year or -1_000 for work in read_catalogue()}
    assert [
        edition for edition in key["editions"] if int(edition["publish_date"][:4]) < first_years.get(edition["work"], 0)
    ] == []
    assert {edition["work"] for edition in key["editions"]} == {work["work"] for work in key["works"]}
    isbns = [edition["isbn13"] for edition in key["editions"]]
    assert len(set(isbns)) == len(isbns)
    assert {isbn[:5] for isbn in isbns} == {"97866", "97867", "97868", "97869"}
    assert [isbn for isbn in isbns if isbn13_check_digit(isbn[:12]) != isbn[12]] == []


def test_publishers_say_that_they_are_synthetic(folder: Path, key: Key) -> None:
    names = [name for name in key["files"] if table_of_file(name) is BOOK]
    publishers = {row["Publisher"] for name in names for row in records(folder, key, name).values()}
    assert [publisher for publisher in publishers if not publisher.endswith("(synthetic)")] == []
