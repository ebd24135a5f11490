"""The facts of the hand-written catalogue are well formed and agree with real data where it is present."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dataset.generating.works import Work, folded, folded_titles, read_catalogue
from elt_pipeline.contracts.source import BOOK, table_of_file
from elt_pipeline.transforms.languages import KNOWN_CODES

WORKS = read_catalogue()
# How the names of the letters begin, by language; languages that share a script share a line.
SCRIPTS: dict[str, str | tuple[str, ...]] = {
    **dict.fromkeys(("rus", "ukr", "bul", "srp"), "CYRILLIC"),
    **dict.fromkeys(("ell", "grc"), "GREEK"),
    **dict.fromkeys(("ara", "fas", "urd"), "ARABIC"),
    **dict.fromkeys(("heb", "yid"), "HEBREW"),
    **dict.fromkeys(("hin", "san"), "DEVANAGARI"),
    **dict.fromkeys(("zho", "jpn"), ("CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH")),
    "ben": "BENGALI",
    "pan": "GURMUKHI",
    "tam": "TAMIL",
    "mal": "MALAYALAM",
    "kan": "KANNADA",
    "kor": "HANGUL",
    "tha": "THAI",
    "kat": "GEORGIAN",
    "amh": "ETHIOPIC",
    "bod": "TIBETAN",
}


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
    assert len(WORKS) >= 800
    assert len({work.language for work in WORKS}) >= 25
    assert sum(work.language != "eng" for work in WORKS) >= len(WORKS) / 3
    assert sum(work.first_year is not None and work.first_year < 1800 for work in WORKS) >= 40


def test_every_genre_has_at_least_two_works() -> None:
    works = Counter(genre for work in WORKS for genre in work.genres)
    assert len(works) >= 60
    assert [genre for genre, times in works.items() if times < 2] == []


def test_descriptions_are_one_short_sentence_and_never_shared() -> None:
    described = [work.description for work in WORKS if work.description is not None]
    assert len(described) >= 330
    assert len(set(described)) == len(described)
    assert [text for text in described if not re.fullmatch(r"[A-ZÀ-Þ][^.!?;\n]{19,238}\.", text)] == []


def test_every_text_is_trimmed_single_spaced_and_in_nfc() -> None:
    texts = [
        text
        for work in WORKS
        for text in (work.title, work.original_title, *work.authors, *work.genres, work.series, work.description)
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
        ("Aubrey & Maturin", 12),
        ("Inspector Maigret", 9),
        ("Sherlock Holmes", 9),
        ("Foundation", 7),
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


def letters_outside(title: str, script: str | tuple[str, ...]) -> str:
    return "".join(letter for letter in title if letter.isalpha() and not unicodedata.name(letter).startswith(script))


def test_original_titles_stand_in_the_script_of_their_language() -> None:
    foreign = [
        (work.original_title, SCRIPTS[work.language]) for work in WORKS if work.language in SCRIPTS and work.original_title
    ]
    assert len(foreign) >= 200
    # 阿Q正傳 and 容疑者Xの献身 hold a Latin letter by right; in other scripts it would be one that only looks the same.
    wrong = {title for title, script in foreign if letters_outside(title, script)}
    assert wrong == {"阿Q正傳", "容疑者Xの献身"}


def test_original_titles_of_other_languages_are_in_latin_letters() -> None:
    latin = [work.original_title for work in WORKS if work.language not in SCRIPTS and work.original_title]
    assert [title for title in latin if letters_outside(title, "LATIN")] == []


def test_some_titles_belong_to_several_authors() -> None:
    authors = defaultdict(set)
    for work in WORKS:
        authors[work.title].add(work.authors[0])
    shared = {title for title, names in authors.items() if len(names) > 1}
    assert shared >= {"The Alchemist", "Cosmos", "The Double", "Antigone", "Life After Life", "Paradise", "Medea", "The Gift"}
    assert len(shared) >= 25


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


@pytest.fixture(scope="module")
def real_books(real_data: Path) -> dict[str, list[dict[str, str]]]:
    """The real books by folded title."""
    books = defaultdict(list)
    for path in sorted(real_data.glob("book*.csv")):
        if table_of_file(path.name) == BOOK:
            with path.open(encoding="utf-8", errors="replace", newline="") as file:
                for row in csv.DictReader(file):
                    for title in folded_titles(row["Name"]):
                        books[title].append(row)
    return books


def real_editions(work: Work, books: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    """The real books of the work: one of its titles and the last name of one of its authors."""
    titles = folded_titles(work.title) | folded_titles(work.original_title or "")
    last_names = {last_name(author) for author in work.authors}
    return [book for title in titles for book in books.get(title, ()) if last_name(book["Authors"]) in last_names]


def last_name(author: str) -> str:
    return folded(author.removesuffix(" Jr.").removesuffix(",")).split(" ")[-1]


def test_works_that_real_data_knows_have_authors_spelled_as_there(real_books: dict[str, list[dict[str, str]]]) -> None:
    real = {work: {folded(book["Authors"]) for book in real_editions(work, real_books)} for work in WORKS}
    known = [work for work in WORKS if real[work]]
    assert len(known) >= 800
    different = {work.title for work in known if not real[work] & {folded(author) for author in work.authors}}
    assert different == {"The Conquest of Gaul", "Cities of Salt", "Dangerous Liaisons"}


def test_only_years_that_were_looked_at_are_later_than_a_real_edition(real_books: dict[str, list[dict[str, str]]]) -> None:
    """docs/benchmarks/catalogue.md says why each of them stands."""
    years = {work: [int(book["PublishYear"] or 0) for book in real_editions(work, real_books)] for work in WORKS}
    late = {work.title for work in WORKS if work.first_year and any(0 < year < work.first_year - 1 for year in years[work])}
    assert late == {
        "The Magician's Nephew",
        "The Book of Disquiet",
        "Diary of a Wimpy Kid",
        "Heart of a Dog",
        "This Earth of Mankind",
        "The Red Badge of Courage",
        "On the Road",
        "Songs of Innocence and of Experience",
        "The Agony and the Ecstasy",
    }
