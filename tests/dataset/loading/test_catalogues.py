"""Which column of a catalogue is which: known exports, known headings, and what a person maps."""

from pathlib import Path

import pytest

from dataset.loading.catalogues import Catalogue, read_catalogue, read_mapping
from dataset.loading.load_errors import MappingUnusable, NotInTheFormat


def catalogue(folder: Path, header: str, **mapping: str) -> Catalogue:
    path = folder / "mine.csv"
    path.write_text(f"{header}\n", encoding="utf-8")
    return read_catalogue(path, mapping)


def used(found: Catalogue) -> dict[str, list[str]]:
    return {field: [found.names[place] for place in places if place >= 0] for field, places in found.places.items()}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        pytest.param("Title,Author,ISBN", {"title": ["Title"], "authors": ["Author"], "isbn": ["ISBN"]}, id="plain English"),
        pytest.param("Titel;Autor;EAN", {"title": ["Titel"], "authors": ["Autor"], "isbn": ["EAN"]}, id="German"),
        pytest.param("Titre\tAuteur\tAnnée", {"title": ["Titre"], "authors": ["Auteur"], "year": ["Année"]}, id="French"),
        pytest.param("BOOK_TITLE,num_pages", {"title": ["BOOK_TITLE"], "pages": ["num_pages"]}, id="capitals and underscores"),
        pytest.param("Id,Name,Author", {"id": ["Id"], "title": ["Name"], "authors": ["Author"]}, id="nearly the source's format"),
        pytest.param("title,ISBN,ISBN13", {"title": ["title"], "isbn": ["ISBN13", "ISBN"]}, id="two ISBNs, the longer first"),
        pytest.param("title,Year,Published", {"title": ["title"], "year": ["Year"]}, id="a year is more than a date"),
    ],
)
def test_columns_are_known_by_their_headings(tmp_path: Path, header: str, fields: dict[str, list[str]]) -> None:
    found = catalogue(tmp_path, header)
    assert used(found) == fields
    assert found.export.name == "a catalogue"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        pytest.param("Book Id,Title,Author,Author l-f,My Rating", "a Goodreads export", id="Goodreads"),
        pytest.param("Book Id\tTitle\tPrimary Author\tRating", "a LibraryThing export", id="LibraryThing"),
        pytest.param("author_sort,authors,id,title,uuid", "a Calibre catalogue", id="Calibre"),
        pytest.param("title,authors,series,series_index", "a Calibre catalogue", id="Calibre with few fields"),
        pytest.param("title,authors,series", "a catalogue", id="what could be anything"),
    ],
)
def test_exports_are_known_by_headings_that_only_they_have(tmp_path: Path, header: str, name: str) -> None:
    assert catalogue(tmp_path, header).export.name == name


def test_columns_are_kept_unless_another_column_takes_them_whole(tmp_path: Path) -> None:
    found = catalogue(tmp_path, "Title,Author,ISBN,Pages,Shelf,RatingDist5,Language,Published")
    assert found.unknown_columns == ("Shelf", "file_Language", "Published")
    assert found.headings_of_no_field == ("Shelf",)
    assert found.columns[3] == "pagesNumber"
    assert found.columns[5] == "RatingDist5"


def test_kept_columns_never_share_a_name_or_take_one_of_ours(tmp_path: Path) -> None:
    header = "title,Notes,notes,,_ingested_at,SourceFile,Id,file_Id,Name," + "x" * 80
    found = catalogue(tmp_path, header, title="title")
    assert found.unknown_columns == (
        *("Notes", "notes_2", "unnamed_4", "file_ingested_at", "file_SourceFile", "file_Id", "file_Id_2", "file_Name"),
        "x" * 60,
    )


def test_a_mapping_goes_before_what_the_headings_say(tmp_path: Path) -> None:
    found = catalogue(tmp_path, "Title,Name,Author,Nummer", title="name", isbn="Nummer")
    assert used(found) == {"title": ["Name"], "authors": ["Author"], "isbn": ["Nummer"]}
    assert "Title" in found.unknown_columns


def test_a_mapped_column_of_an_export_is_read_as_any_other(tmp_path: Path) -> None:
    found = catalogue(tmp_path, "author_sort,authors,title,uuid", authors="author_sort")
    assert found.export.authors_of([" Austen, Jane & Wells, H. G."]) == "Austen, Jane / Wells, H. G."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(["title=Titel,isbn=EAN"], {"title": "Titel", "isbn": "EAN"}, id="in one text"),
        pytest.param(["title=Titel", "author=Von wem"], {"title": "Titel", "authors": "Von wem"}, id="in two"),
        pytest.param(["Title = Titel, lang, Genre=Art"], {"title": "Titel, lang", "genres": "Art"}, id="commas in a heading"),
        pytest.param([], {}, id="none"),
    ],
)
def test_a_mapping_is_written_as_people_write_it(given: list[str], expected: dict[str, str]) -> None:
    assert read_mapping(given) == expected


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param("titel=Name", r"`titel` is no field .* Is title meant\? There are `title`, `authors`", id="unknown field"),
        pytest.param("title", "`title` maps nothing. Write a field and a heading", id="no heading"),
        pytest.param("title=", "maps nothing", id="an empty heading"),
    ],
)
def test_a_mapping_that_is_none_is_told_with_what_to_write(given: str, told: str) -> None:
    with pytest.raises(MappingUnusable, match=told):
        read_mapping([given])


def test_a_heading_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(
        MappingUnusable, match=r"mine\.csv, line 1: there is no column `Titl`\. Is `Titel` meant\? Found: `Titel`"
    ):
        catalogue(tmp_path, "Titel,EAN", title="Titl")


@pytest.mark.parametrize(
    ("header", "suggestion"),
    [
        pytest.param("Nr,Titell,Wer", "--map title=Titell", id="a slip"),
        pytest.param("Nr,Titel des Buches,Wer", "--map title=Titel des Buches", id="a title within more words"),
        pytest.param("Nr,Wer,Was", "--map title=Nr", id="nothing like a title"),
    ],
)
def test_without_a_title_the_headings_are_named_and_one_to_map_is_suggested(tmp_path: Path, header: str, suggestion: str) -> None:
    with pytest.raises(NotInTheFormat) as told:
        catalogue(tmp_path, header)
    assert f"no column is known to be the title. Found: `{header.replace(',', '`, `')}`." in str(told.value)
    assert str(told.value).endswith(suggestion)


def test_a_header_of_a_million_columns_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotInTheFormat, match="more than 1,000 columns"):
        catalogue(tmp_path, "title," + ",".join(map(str, range(1_000_000))))
