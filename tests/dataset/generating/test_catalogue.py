"""The facts of the hand-written catalogue are well formed and agree with real data where it is present."""

import csv
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dataset.generating.works import Work, folded, folded_titles, read_catalogue
from elt_pipeline.contracts.source import BOOK, table_of_file
from elt_pipeline.transforms.languages import KNOWN_CODES

WORKS = read_catalogue()
OTHER_SCRIPTS = {"rus", "srp", "ell", "grc", "ara", "fas", "heb", "hin", "san", "ben", "zho", "jpn", "kor"}


def test_a_row_of_the_catalogue_becomes_a_work(tmp_path: Path) -> None:
    header = "title,original_title,authors,first_year,language,genres,series,series_number,description\n"
    rows = "Snow,Kar,Orhan Pamuk,2002,tur,politics;crime,,,A poet is snowed in.\nMaus I,,A / B,,eng,comics,Maus,1,\n"
    (tmp_path / "catalogue.csv").write_text(header + rows, encoding="utf-8")
    assert read_catalogue(tmp_path / "catalogue.csv") == (
        Work(1, "Snow", "Kar", ("Orhan Pamuk",), 2002, "tur", ("politics", "crime"), None, None, "A poet is snowed in."),
        Work(2, "Maus I", None, ("A", "B"), None, "eng", ("comics",), "Maus", "1", None),
    )


@pytest.mark.parametrize("row", [pytest.param("Emma,,Jane Austen", id="too few"), pytest.param("Emma" + "," * 9, id="too many")])
def test_a_row_with_the_wrong_number_of_fields_is_refused(tmp_path: Path, row: str) -> None:
    header = "title,original_title,authors,first_year,language,genres,series,series_number,description\n"
    (tmp_path / "catalogue.csv").write_text(header + row + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="catalogue row 1"):
        read_catalogue(tmp_path / "catalogue.csv")


def test_the_catalogue_is_broad() -> None:
    assert len(WORKS) >= 170
    assert len({work.language for work in WORKS}) >= 15
    assert len({genre for work in WORKS for genre in work.genres}) >= 30
    assert sum(work.first_year is not None and work.first_year < 1800 for work in WORKS) >= 15


def test_every_text_is_trimmed_single_spaced_and_in_nfc() -> None:
    texts = [
        text
        for work in WORKS
        for text in (work.title, work.original_title, *work.authors, *work.genres, work.series)
        if text is not None
    ]
    assert [
        text for text in texts if not text or " ".join(text.split()) != text or unicodedata.normalize("NFC", text) != text
    ] == []


def test_years_and_languages_are_possible() -> None:
    assert [
        work for work in WORKS if work.first_year is not None and not (-1000 < work.first_year <= 2024 and work.first_year)
    ] == []
    assert {work.language for work in WORKS} - set(KNOWN_CODES) == set()


def test_no_work_stands_twice_and_none_repeats_a_genre_or_its_own_title() -> None:
    assert [pair for pair, times in Counter((folded(work.title), work.authors[0]) for work in WORKS).items() if times > 1] == []
    assert [work.title for work in WORKS if len(set(work.genres)) < len(work.genres) or work.title == work.original_title] == []


def test_series_and_number_come_together_and_no_number_is_used_twice() -> None:
    assert [work.title for work in WORKS if (work.series is None) != (work.series_number is None)] == []
    numbers = Counter((work.series, work.series_number) for work in WORKS if work.series)
    assert [number for number, times in numbers.items() if times > 1] == []


@pytest.mark.parametrize(
    ("series", "count"),
    [
        ("Harry Potter", 7),
        ("The Lord of the Rings", 3),
        ("Dune", 6),
        ("Earthsea Cycle", 6),
        ("Hitchhiker's Guide to the Galaxy", 5),
        ("Chronicles of Narnia", 7),
        ("His Dark Materials", 3),
        ("The Neapolitan Novels", 4),
    ],
)
def test_whole_series_are_in_order_of_publication(series: str, count: int) -> None:
    volumes = [(work.series_number, work.first_year) for work in WORKS if work.series == series]
    assert [number for number, _ in volumes] == [str(number) for number in range(1, count + 1)]
    years = [year for _, year in volumes if year is not None]
    assert len(years) == count
    assert years == sorted(years)


def test_original_titles_stand_in_their_own_script() -> None:
    def is_latin(title: str) -> bool:
        return all(unicodedata.name(letter).startswith("LATIN") for letter in title if letter.isalpha())

    assert [
        work.title for work in WORKS if work.language in OTHER_SCRIPTS and work.original_title and is_latin(work.original_title)
    ] == []


def test_some_titles_belong_to_several_authors() -> None:
    authors = defaultdict(set)
    for work in WORKS:
        authors[work.title].add(work.authors[0])
    shared = {title for title, names in authors.items() if len(names) > 1}
    assert shared >= {"The Alchemist", "Cosmos", "The Double", "Antigone", "Life After Life", "Paradise"}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("The  Invisible Man", {"invisible man"}),
        ("2001: A Space Odyssey (Space Odyssey, #1)", {"2001 a space odyssey", "2001"}),
        ("L'E\u0301tranger", {"letranger"}),
        ("三体", {"三体"}),
        ("  ", set()),
    ],
)
def test_titles_fold_to_what_readers_have_in_mind(name: str, forms: set[str]) -> None:
    assert folded_titles(name) == forms


def test_works_that_real_data_knows_have_the_authors_that_it_gives(real_data: Path) -> None:
    real = defaultdict(set)
    for path in sorted(real_data.glob("book*.csv")):
        if table_of_file(path.name) == BOOK:
            with path.open(encoding="utf-8", errors="replace", newline="") as file:
                for row in csv.DictReader(file):
                    real[folded(row["Name"].split(" (")[0])].add(folded(row["Authors"]))
    ours: defaultdict[str, set[str]] = defaultdict(set)
    for work in WORKS:
        ours[folded(work.title)].update(folded(author) for author in work.authors)
    matched = [title for title in ours if real[title]]
    different = {title: (ours[title], real[title]) for title in matched if not ours[title] & real[title]}
    assert len(matched) >= 100
    assert len(different) <= 0.05 * len(matched), different
