"""Every planted case is in the files at the place that the answer key says, and at the rate that the README states."""

import csv
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dataset.generating.generator import generate_dataset
from dataset.generating.made_up_isbns import isbn10_check_digit, isbn13_check_digit
from dataset.generating.works import folded, folded_titles
from elt_pipeline.transforms.languages import KNOWN_CODES

Case = dict[str, Any]
Row = dict[str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quirks") / "demo"
    generate_dataset(path)
    return path


@pytest.fixture(scope="module")
def key(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "answer_key.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def lines(folder: Path, key: dict[str, Any]) -> dict[str, list[bytes]]:
    return {name: (folder / name).read_bytes().split(b"\n") for name in key["files"]}


def cases(key: dict[str, Any], *quirks: str) -> list[Case]:
    found = [case for case in key["planted"] if case["quirk"] in quirks]
    assert {case["quirk"] for case in found} == set(quirks)
    return found


def row_of(case: Case, lines: dict[str, list[bytes]]) -> Row:
    """The record that begins on the case's line; at most four lines long, as no other is planted."""
    file = lines[case["file"]]
    taken = (file[0], *file[case["line"] - 1 : case["line"] + 3])
    reader = csv.reader(line.decode(errors="replace") + "\n" for line in taken)
    return dict(zip(next(reader), next(reader), strict=True))


def is_isbn10(text: str) -> bool:
    return len(text) == 10 and isbn10_check_digit(text[:9]) == text[9]


def does_not_add_up(row: Row) -> bool:
    total = sum(int(row[f"RatingDist{stars}"].removeprefix(f"{stars}:")) for stars in range(1, 6))
    return row["RatingDistTotal"] != f"total:{total}"


SHOWS: dict[str, Callable[[Row], bool]] = {
    "double_space_in_title": lambda row: "  " in row["Name"],
    "trailing_space_in_title": lambda row: row["Name"] != row["Name"].rstrip(),
    "leading_space_in_title": lambda row: row["Name"].startswith("  "),
    "upper_case_title": lambda row: row["Name"] == row["Name"].upper(),
    "very_long_title": lambda row: len(row["Name"]) > 1_000,
    "formula_in_title": lambda row: row["Name"][0] in "=+-@\t",
    "zero_width_in_title": lambda row: "\u200b" in row["Name"],
    "soft_hyphen_in_title": lambda row: "\u00ad" in row["Name"],
    "bidi_in_title": lambda row: row["Name"].startswith("\u202e") and row["Name"].endswith("\u202c"),
    "homoglyph_in_title": lambda row: (
        {unicodedata.name(c).split()[0] for c in row["Name"] if c.isalpha()} == {"LATIN", "CYRILLIC"}
    ),
    "emoji_in_title": lambda row: "\U0001f469\u200d\U0001f680" in row["Name"],
    "tab_in_title": lambda row: "\t" in row["Name"],
    "newline_in_title": lambda row: "\n" in row["Name"],
    "backslash_in_title": lambda row: row["Name"].endswith("\\"),
    "isbn_in_formula": lambda row: is_isbn10(row["ISBN"].removeprefix('="').removesuffix('"')),
    "isbn_with_decimal": lambda row: is_isbn10(row["ISBN"].removesuffix(".0")),
    "asin_for_isbn": lambda row: row["ISBN"].startswith("B0") and len(row["ISBN"]) == 10,
    "pages_too_many": lambda row: "100000" in (row.get("pagesNumber"), row.get("PagesNumber")),
    "pages_negative": lambda row: "-1" in (row.get("pagesNumber"), row.get("PagesNumber")),
    "seven_stars_on_average": lambda row: row["Rating"] == "7.0",
    "language_unknown": lambda row: row["Language"] == "xx-YY",
    "year_before_era": lambda row: row["PublishYear"] == "-750",
    "year_too_late": lambda row: row["PublishYear"] == "20166",
    "year_zero": lambda row: row["PublishYear"] == "0",
    "month_over_12": lambda row: (row["PublishDay"], row["PublishMonth"]) == ("5", "14"),
    "description_with_crlf": lambda row: "\r\n" in row["Description"],
    "description_is_null_mark": lambda row: row["Description"] == r"\N",
    "description_with_backslashes": lambda row: row["Description"].startswith("C:\\") and row["Description"].endswith("\\"),
    "description_with_tab": lambda row: "\t" in row["Description"],
    "description_with_quotes": lambda row: row["Description"].startswith('"') and row["Description"].endswith('"'),
    "description_missing": lambda row: row["Description"] == "",
    "description_very_long": lambda row: len(row["Description"]) > 50_000,
    "unknown_genre": lambda row: row["GenreId"] == "99999",
    "lower_case_title": lambda row: row["Name"] == row["Name"].lower(),
    "decomposed_title": lambda row: row["Name"] != unicodedata.normalize("NFC", row["Name"]),
    "percent_and_underscore_in_title": lambda row: "%" in row["Name"] and "_" in row["Name"],
    "quotes_in_title": lambda row: row["Name"].count('"') >= 2,
    "long_title": lambda row: len(row["Name"]) > 200,
    "many_authors": lambda row: len(row["Authors"]) > 120,
    "apostrophe_in_title": lambda row: "'" in row["Name"],
    "non_latin_title": lambda row: any(not unicodedata.name(c).startswith("LATIN") for c in row["Name"] if c.isalpha()),
    "double_space_in_author": lambda row: "  " in row["Authors"],
    "decomposed_author": lambda row: row["Authors"] != unicodedata.normalize("NFC", row["Authors"]),
    "isbn_lower_case_x": lambda row: row["ISBN"].endswith("x") and is_isbn10(row["ISBN"].upper()),
    "isbn_missing": lambda row: row["ISBN"] == "",
    "isbn_of_13_digits": lambda row: len(row["ISBN"]) == 13 and isbn13_check_digit(row["ISBN"][:12]) == row["ISBN"][12],
    "isbn_hyphenated": lambda row: row["ISBN"].count("-") == 3 and is_isbn10(row["ISBN"].replace("-", "")),
    "isbn_check_digit_wrong": lambda row: len(row["ISBN"]) == 10 and not is_isbn10(row["ISBN"]),
    "isbn_check_digit_lost": lambda row: len(row["ISBN"]) == 9 and not is_isbn10("0" + row["ISBN"]),
    "isbn_scientific": lambda row: row["ISBN"].startswith("9.786") and row["ISBN"].endswith("E+12"),
    "pages_zero": lambda row: "0" in (row.get("pagesNumber"), row.get("PagesNumber")),
    "counts_contradict": does_not_add_up,
    "counts_absent": lambda row: {row[f"RatingDist{stars}"] for stars in range(1, 6)} == {""} and row["RatingDistTotal"] != "",
    "language_missing": lambda row: row["Language"] == "",
    "language_not_in_iso_639_3": lambda row: row["Language"] not in KNOWN_CODES,
    "impossible_date": lambda row: (row["PublishDay"], row["PublishMonth"]) == ("31", "11"),
    "description_of_two_lines": lambda row: "\n" in row["Description"],
    "same_id_twice": lambda row: row["Id"] != "",
    "id_is_not_a_number": lambda row: not row["Id"].isdigit(),
    "no_title": lambda row: not row["Name"].strip(),
    "unknown_book": lambda row: row["BookId"] == "4999999",
    "zero_stars": lambda row: row["Rating"] == "0",
    "seven_stars": lambda row: row["Rating"] == "7",
    "placeholder": lambda row: (row["Name"], row["Rating"]) == ("Rating", "This user doesn't have any rating"),
    "unknown_phrase": lambda row: row["Rating"] == "could not finish it",
    "no_such_title": lambda row: row["Name"].startswith("A Book That Nobody Wrote"),
    "ambiguous_title": lambda row: row["Name"] != "",
    "unknown_isbn": lambda row: is_isbn10(row["BookISBN"]),
    "exact_duplicate": bool,
    "same_work": bool,
}
BAD_LINES: dict[str, Callable[[bytes, int], bool]] = {
    "too_few_fields": lambda line, width: len(next(csv.reader([line.decode()]))) < width,
    "too_many_fields": lambda line, width: len(next(csv.reader([line.decode()]))) > width,
    "open_quote": lambda line, _: line.count(b'"') % 2 == 1,
    "nul_byte": lambda line, _: line.count(b"\0") == 1,
    "header_again": lambda line, width: line.startswith(b"Id,Name,") and line.count(b",") == width - 1,
    "invalid_encoding": lambda line, _: "\ufffd" in line.decode(errors="replace"),
}


def test_every_quirk_has_a_proof_and_every_proof_a_quirk(key: dict[str, Any]) -> None:
    assert {case["quirk"] for case in key["planted"]} == SHOWS.keys() | BAD_LINES.keys()


@pytest.mark.parametrize("quirk", SHOWS)
def test_a_planted_case_is_where_the_key_says(quirk: str, key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    for case in cases(key, quirk):
        row = row_of(case, lines)
        assert SHOWS[quirk](row), case
        assert row[case["column"]] == case.get("value", row[case["column"]]) if "column" in case else True


@pytest.mark.parametrize("quirk", BAD_LINES)
def test_a_bad_line_is_where_the_key_says_between_good_ones(
    quirk: str, key: dict[str, Any], lines: dict[str, list[bytes]]
) -> None:
    bad = {(case["file"], case["line"]) for case in cases(key, *BAD_LINES)}
    for case in cases(key, quirk):
        file, line = lines[case["file"]], case["line"]
        assert BAD_LINES[quirk](file[line - 1], len(file[0].split(b",")))
        assert not {(case["file"], line - 1), (case["file"], line + 1)} & bad


def test_only_the_planted_lines_are_not_utf_8_or_hold_a_zero_byte(key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    bad = {(case["file"], case["line"]) for case in cases(key, "nul_byte", "invalid_encoding")}
    odd = {
        (name, number)
        for name, file in lines.items()
        for number, line in enumerate(file, start=1)
        if b"\0" in line or "\ufffd" in line.decode(errors="replace")
    }
    assert odd == bad


def test_month_and_day_are_swapped_in_two_files_and_nowhere_else(key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    assert key["swapped_files"] == ["book1-100k.csv", "book100k-2000k.csv"]
    for name in ("book1-100k.csv", "book100k-2000k.csv", "book2000k-5000k.csv"):
        rows = [row_of({"file": name, "line": edition["line"]}, lines) for edition in key["editions"] if edition["file"] == name]
        days, months = ("PublishMonth", "PublishDay") if name in key["swapped_files"] else ("PublishDay", "PublishMonth")
        assert sum(int(row[days]) > 12 for row in rows) > 20
        impossible = [case for case in cases(key, "month_over_12") if case["file"] == name]
        assert sum(int(row[months]) > 12 for row in rows) == len(impossible)


def test_a_twin_shares_its_id_with_an_edition_of_the_same_file(key: dict[str, Any]) -> None:
    ids = {(edition["file"], str(edition["edition_id"])): edition["line"] for edition in key["editions"]}
    assert [case for case in cases(key, "same_id_twice") if ids[case["file"], case["key"]] == case["line"]] == []


def test_an_exact_duplicate_repeats_another_row_of_its_file(key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    times = {name: Counter(line.removesuffix(b"\r") for line in file) for name, file in lines.items()}
    for case in cases(key, "exact_duplicate"):
        assert times[case["file"]][lines[case["file"]][case["line"] - 1].removesuffix(b"\r")] == 2


def test_a_second_rating_names_the_work_in_another_spelling_alone(key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    names = {str(edition["edition_id"]): row_of(edition, lines)["Name"] for edition in key["editions"]}
    aside = {(case["file"], case["line"]) for case in key["planted"] if case["outcome"] in {"rejected", "bad_line"}}
    for case in cases(key, "same_work"):
        name, line = case["file"], case["line"]
        before = next(number for number in range(line - 1, 1, -1) if (name, number) not in aside)
        first, second = (list(row_of({"file": name, "line": number}, lines).values()) for number in (before, line))
        assert first[0] == second[0]
        assert first[1] != second[1]
        assert folded(names.get(first[1], first[1])) == folded(names.get(second[1], second[1]))


def test_ratings_merge_exactly_where_the_key_says(key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    work_of = {str(edition["edition_id"]): edition["work"] for edition in key["editions"]}
    rejected = {(case["file"], case["line"]) for case in key["planted"] if case["outcome"] in {"rejected", "bad_line"}}
    rated = Counter(
        (row[0], work_of[row[1]])
        for number, line in enumerate(lines["rating.csv"][:-1], start=1)
        if number > 1 and ("rating.csv", number) not in rejected
        for row in [line.decode().split(",")]
    )
    merged = [case for case in key["planted"] if case["outcome"] == "merged" and case["file"] == "rating.csv"]
    assert rated.total() - len(rated) == len(merged) == sum(key["tables"]["rating"]["merged"].values())
    assert key["tables"]["rating"]["kept"] == len(rated)


def test_only_noted_titles_of_user_ratings_could_mean_several_works(key: dict[str, Any], lines: dict[str, list[bytes]]) -> None:
    names = defaultdict(set)
    for edition in key["editions"]:
        for form in folded_titles(row_of(edition, lines)["Name"]):
            names[form].add(edition["work"])
    noted = {(case["file"], case["line"]) for case in cases(key, "ambiguous_title")}
    aside = {(case["file"], case["line"]) for case in key["planted"] if case["outcome"] in {"rejected", "bad_line"}}
    for file in ("user_rating_0_to_1000.csv", "user_rating_1000_to_2000.csv"):
        for line in range(2, len(lines[file])):
            if (file, line) not in aside:
                works = [names[form] for form in folded_titles(row_of({"file": file, "line": line}, lines)["Name"])]
                assert all(works), line
                assert ((file, line) in noted) == any(len(group) > 1 for group in works)
