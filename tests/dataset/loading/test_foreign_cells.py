"""How cells of other programs' exports are read: literal cells in, literal values out."""

import pytest

from dataset.loading.foreign_cells import (
    calibre_authors,
    first_isbn,
    goodreads_authors,
    goodreads_shelves,
    language_of,
    librarything_authors,
    librarything_subjects,
    plain_authors,
    plain_list,
    publisher_of,
    titled_with_series,
    unwrapped,
    whole_stars,
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param('="0141439580"', "0141439580", id="kept from counting"),
        pytest.param(' ="" ', None, id="nothing, kept from counting"),
        pytest.param(" Emma ", "Emma", id="spaces"),
        pytest.param('=HYPERLINK("x")', '=HYPERLINK("x")', id="a formula is text"),
        pytest.param("  ", None, id="blank"),
        pytest.param(None, None, id="none"),
    ],
)
def test_a_cell_is_freed_of_what_a_spreadsheet_needs(cell: str | None, expected: str | None) -> None:
    assert unwrapped(cell) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(['="9780141439587"', '="0141439580"'], "9780141439587", id="Goodreads has both"),
        pytest.param(['=""', '="0141439580"'], "0141439580", id="only the second is there"),
        pytest.param(["[0141439580]", None], "0141439580", id="LibraryThing's brackets"),
        pytest.param(["[]", "0141439580, 9780141439587"], "0141439580", id="a list"),
        pytest.param(["", "goodreads:6969,isbn:9780141439587"], "9780141439587", id="Calibre's identifiers"),
        pytest.param(["", "goodreads:6969"], None, id="other identifiers"),
        pytest.param(["978-0-14-143958-7"], "978-0-14-143958-7", id="hyphens are the pipeline's"),
        pytest.param(["no isbn"], "no isbn", id="what is none is rejected on record, not here"),
        pytest.param([None], None, id="none"),
    ],
)
def test_the_first_isbn_is_taken_from_the_cells(cells: list[str | None], expected: str | None) -> None:
    assert first_isbn(cells) == expected


def test_authors_are_named_in_the_order_and_form_of_each_program() -> None:
    assert goodreads_authors(["Jane Roe", "Max Poe, Ann Doe"]) == "Jane Roe / Max Poe / Ann Doe"
    assert goodreads_authors(["Jane Roe", None]) == "Jane Roe"
    assert librarything_authors(["Roe, Jane", None, None]) == "Jane Roe"
    assert librarything_authors(["Roe, Jane", "Poe, Max|Doe, Ann", "Translator|"]) == "Jane Roe / Ann Doe"
    assert librarything_authors(["Homer", "Roe, Jane, Jr.", "Author"]) == "Homer / Roe, Jane, Jr."
    assert calibre_authors(["H. G. Wells, Jules Verne", "Wells, H. G. & Verne, Jules"]) == "H. G. Wells / Jules Verne"
    assert calibre_authors(["Hobsbawm, E. J.", "Hobsbawm, E. J."]) == "Hobsbawm, E. J."
    assert calibre_authors(["Wells & Verne", None]) == "Wells / Verne"
    assert plain_authors(["Hobsbawm, E. J.", "Jane Roe & Max Poe|Ann Doe", "Jane Roe", None]) == (
        "Hobsbawm, E. J. / Jane Roe / Max Poe / Ann Doe"
    )
    assert plain_authors([None, " "]) is None


def test_shelves_tags_and_subjects_are_listed_once_without_reading_states() -> None:
    assert goodreads_shelves(["to-read, sea-stories, favourites", "favourites"]) == ["sea-stories"]
    assert goodreads_shelves([None, "read"]) == []
    assert librarything_subjects(["novel, old", "Moscow (Russia) > Fiction|Pilate, Pontius|Novel"]) == [
        *("novel", "old", "Moscow (Russia) > Fiction", "Pilate, Pontius")
    ]
    assert plain_list(["Classics, Romance,, classics "]) == ["Classics", "Romance"]
    assert plain_list(["Sea, ships; Old"]) == ["Sea, ships", "Old"]
    assert plain_list([None]) == []


@pytest.mark.parametrize(
    ("title", "series", "number", "expected"),
    [
        pytest.param("Machines", "Old Futures", "2.0", "Machines (Old Futures, #2)", id="two columns"),
        pytest.param("Machines", "Old Futures", "1.50", "Machines (Old Futures, #1.5)", id="between two volumes"),
        pytest.param("Machines", "Old Futures", "10", "Machines (Old Futures, #10)", id="a round number keeps its zero"),
        pytest.param("Machines", "Old Futures #2", None, "Machines (Old Futures, #2)", id="both in one column"),
        pytest.param("Machines", "Old Futures ; 7", None, "Machines (Old Futures, #7)", id="LibraryThing's way"),
        pytest.param("Machines (Old Futures, #2)", "Old Futures", "2", "Machines (Old Futures, #2)", id="there already"),
        pytest.param("Machines (Times #2)", "Old Futures", "2", "Machines (Times #2)", id="another one is there"),
        pytest.param("Machines (Illustrated)", "Old Futures", "2", "Machines (Illustrated) (Old Futures, #2)", id="no series"),
        pytest.param("Machines", "Old Futures", None, "Machines", id="no number"),
        pytest.param("Machines", None, "1.0", "Machines", id="no series but a number, as Calibre has it"),
        pytest.param("Machines", "Old (and New)", "2", "Machines", id="a series that the title form cannot hold"),
        pytest.param(None, "Old Futures", "2", None, id="no title"),
    ],
)
def test_a_series_is_put_behind_the_title(
    title: str | None, series: str | None, number: str | None, expected: str | None
) -> None:
    assert titled_with_series(title, series, number) == expected


def test_the_first_language_counts_as_a_code_or_as_written() -> None:
    assert [language_of(cell) for cell in ("French, English", "eng", "de-AT", "Klingon", "", None)] == [
        *("fra", "eng", "de-AT", "Klingon", None, None)
    ]


def test_a_publisher_stands_before_the_year() -> None:
    cells = ("House of Paper (1979), Poche", "Paper (Old) Press (New York, 1990), 535 pages", "House of Paper", None)
    assert [publisher_of(cell) for cell in cells] == ["House of Paper", "Paper (Old) Press", "House of Paper", None]


def test_half_a_star_is_not_counted_and_zero_is_no_rating() -> None:
    assert [whole_stars(cell) for cell in ("4", "4.5", "0.5", "0", "0.0", "", None, "great")] == [
        *("4", "4", "1", None, None, None, None, "great")
    ]
