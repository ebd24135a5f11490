"""Whole catalogues into the source: written by hand in the forms of three programs, with books that are old or invented."""

import json
import random
import sqlite3
from pathlib import Path

import pytest

from dataset.loading.load_errors import FolderUnusable, MappingUnusable, NotInTheFormat
from dataset.loading.loader import load_files
from dataset.loading.summaries import LoadSummary

Rows = list[tuple[str | None, ...]]

# Written by hand in the forms of the three programs.
EXPORTS = Path(__file__).parent / "exports"


def load(place: Path, into: Path | None = None, **mapping: str) -> LoadSummary:
    return load_files(place, f"sqlite:///{into or place.parent}/source.db", mapping=mapping, report=lambda _: None)


def rows(folder: Path, columns: str, table: str) -> Rows:
    with sqlite3.connect(folder / "source.db") as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()


def file(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def test_a_goodreads_export_gives_books_shelves_and_its_readers_ratings(tmp_path: Path) -> None:
    summary = load(EXPORTS / "goodreads.csv", tmp_path)
    assert rows(tmp_path, "Id, Name, Authors, ISBN, Rating, Publisher, PublishYear, pagesNumber, SourceLine", "book") == [
        ("41", "Emma", "Jane Austen", "9780141439587", "4.02", "House of Paper", "2003", "474", "2"),
        ("42", "The Paper Sea (Sea, #1)", "Jane Roe / Max Poe", None, "3.50", None, None, None, "3"),
        ("43", "Kim", "Rudyard Kipling", "0140183523", "3.70", None, "1901", None, "4"),
    ]
    assert rows(tmp_path, "*", "rating") == [
        ("reader of goodreads.csv", "41", "5", "goodreads.csv", "2"),
        ("reader of goodreads.csv", "43", "3", "goodreads.csv", "4"),
    ]
    assert [(name, rows(tmp_path, "*", "book_genre")) for _, name, *_ in rows(tmp_path, "*", "genre")] == [
        ("classics", [("9780141439587", rows(tmp_path, "Id", "genre")[0][0], "goodreads.csv", "2")])
    ]
    assert rows(tmp_path, '"My Review", "Exclusive Shelf", file_ISBN', "book")[0] == ("So, good", "read", '="0141439580"')
    assert "goodreads.csv: its reader rated 2 books; 1 are not rated and give no row of `rating`." in summary.warnings
    counts = {table.table: table.rows for table in summary.tables}
    assert counts == {"book": 3, "genre": 1, "book_genre": 1, "rating": 2, "user_rating": 0, "book_download_link": 0}


def test_a_librarything_export_is_read_though_its_quotes_are_plain(tmp_path: Path) -> None:
    load(EXPORTS / "librarything.tsv", tmp_path)
    assert rows(tmp_path, "Id, Name, Authors, ISBN, Publisher, PublishYear, Language, pagesNumber, Rating", "book") == [
        ("77", '"A" Is for Apple', "Jane Roe / Ann Doe", "6999999996", "House of Paper", "1979", "fra", "590 ", None)
    ]
    assert rows(tmp_path, "BookId, Rating", "rating") == [("77", "4")]
    assert rows(tmp_path, "Name", "genre") == [("novel",), ("old",), ("Sea stories",), ("Roe, Jane > Life",)]
    assert rows(tmp_path, "file_Rating, Languages, Publication", "book") == [
        ("4.5", "French, English", "House of Paper (1979), Poche")
    ]


def test_a_calibre_catalogue_gives_series_dates_and_descriptions(tmp_path: Path) -> None:
    load(EXPORTS / "calibre.csv", tmp_path)
    columns = "Id, Name, Authors, ISBN, Rating, PublishYear, PublishMonth, PublishDay, Language, Description"
    assert rows(tmp_path, columns, "book") == [
        ("3", "Emma", "Jane Austen", "9780141439587", "4", "1815", "12", "23", "eng", "A clever heiress."),
        ("4", "Machines (Old Futures, #2)", "H. G. Wells / Jules Verne", None, "", None, None, None, "fra", ""),
    ]
    assert rows(tmp_path, "uuid, pubdate, series_index", "book")[1] == ("u-2", "0101-01-01T00:00:00+00:00", "2.0")
    assert rows(tmp_path, "*", "rating") == []


def test_any_csv_with_a_title_is_loaded_and_its_ids_outlast_order_and_reload(tmp_path: Path, rng: random.Random) -> None:
    lines = [f"Book {number};Author {number % 7};{number};Room {number % 3}" for number in range(200)]
    load(file(tmp_path, "mine.csv", "\n".join(["Werk;Autor;Nr;Raum", *lines])), title="Werk")
    first = rows(tmp_path, "Name, Id, Raum", "book")
    load(file(tmp_path, "mine.csv", "\n".join(["Werk;Autor;Nr;Raum", *rng.sample(lines, len(lines))])), title="Werk")
    assert sorted(rows(tmp_path, "Name, Id, Raum", "book")) == sorted(first)
    assert len({book_id for _, book_id, _ in first}) == 200
    load(file(tmp_path, "mine.csv", "Werk;Autor;Nr;Raum\nBook 7;Author 0;8;elsewhere\n"), title="Werk")
    assert rows(tmp_path, "Name, Id", "book")[0] == next(row[:2] for row in first if row[0] == "Book 7")


def test_an_id_that_is_no_number_is_replaced_and_the_given_one_kept(tmp_path: Path) -> None:
    summary = load(file(tmp_path, "mine.csv", "id,title\nA-1,Emma\n7,Kim\n0,Dracula\n"))
    ids = rows(tmp_path, "Id, file_id", "book")
    assert ids[1] == ("7", "7")
    assert [int(str(ids[place][0])) >= 2**52 for place in (0, 2)] == [True, True]
    assert [given for _, given in ids] == ["A-1", "7", "0"]
    assert "mine.csv: 2 rows have no id of their own and get one made of what they say." in summary.warnings


def test_numbers_of_two_files_are_not_taken_for_the_same_books(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    file(folder, "a.csv", "id,title\n1,Emma\n")
    file(folder, "b.csv", "id,title,link\n1,Kim,https://example.org/kim\n")
    file(folder, "c.csv", (EXPORTS / "goodreads.csv").read_text(encoding="utf-8"))
    file(folder, "prices.csv", "number,price\n1,2\n")
    summary = load(folder)
    ids = [int(str(book_id)) for (book_id,) in rows(tmp_path, "Id", "book")]
    assert ids[2:] == [41, 42, 43]
    assert ids[0] != ids[1]
    assert min(ids[:2]) >= 2**52
    assert rows(tmp_path, "BookISBN, Link, SourceFile", "book_download_link") == [(None, "https://example.org/kim", "b.csv")]
    assert any(warning.startswith("prices.csv is not loaded: prices.csv, line 1: no column") for warning in summary.warnings)


def test_a_catalogue_beside_files_of_the_sources_format_fits_their_columns(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    file(folder, "book1.csv", "Id,Name,Mood\n1,Emma,bright\n")
    file(folder, "book2.csv", "title,tags,mood,ISBN\nKim,India,dry,0140183523\n")
    file(folder, "genre.csv", "Id,Name,Shade\n5,Satire,dark\n")
    load(folder)
    assert rows(tmp_path, "Name, Mood, ISBN, SourceFile", "book") == [
        ("Emma", "bright", None, "book1.csv"),
        ("Kim", "dry", "0140183523", "book2.csv"),
    ]
    assert rows(tmp_path, "Name, Shade, SourceFile", "genre") == [("India", None, "book2.csv"), ("Satire", "dark", "genre.csv")]


def test_every_line_of_a_catalogue_is_a_book_or_set_aside(tmp_path: Path) -> None:
    content = 'title,author\nEmma,Jane Austen\nKim\n\n"Two\nlines",Jane Roe\nDracula,Bram Stoker,1897\n'
    summary = load(file(tmp_path, "mine.csv", content)).files[0]
    assert (summary.rows, dict(summary.rejects), summary.blank_lines, summary.continuation_lines) == (2, {"field_count": 2}, 1, 1)
    assert rows(tmp_path, "file, line, reason", "load_reject") == [
        ("mine.csv", "3", "field_count"),
        ("mine.csv", "7", "field_count"),
    ]


def test_what_cannot_be_loaded_is_told_and_leaves_the_source_alone(tmp_path: Path) -> None:
    load(file(tmp_path, "mine.csv", "title\nEmma\n"))
    with pytest.raises(NotInTheFormat, match=r"Found: `Werk`, `Wer`\. Say which it is: --map title=Werk"):
        load(file(tmp_path, "other.csv", "Werk,Wer\nKim,Kipling\n"))
    with pytest.raises(MappingUnusable, match="there is no column `Werk`"):
        load(file(tmp_path, "other.csv", "title\nKim\n"), title="Werk")
    with pytest.raises(FolderUnusable, match=r"genre_list\.csv has the name of a file of table genre.*for example my_genre_list"):
        load(file(tmp_path, "genre_list.csv", "title\nKim\n"))
    assert rows(tmp_path, "Name", "book") == [("Emma",)]


def test_columns_that_were_read_into_others_are_on_record_and_the_rest_are_not(tmp_path: Path) -> None:
    load(EXPORTS / "goodreads.csv", tmp_path)
    ((used,),) = rows(tmp_path, "used_columns", "booklake_load")
    kept = {name for (name,) in rows(tmp_path, "name", "pragma_table_info('book')")}
    assert {"Bookshelves", "My Rating"} <= set(json.loads(str(used))) <= kept
    assert not {"My Review", "Original Publication Year"} & set(json.loads(str(used)))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("mine.csv", 'title,author\n,A\n" ",B\n', "None of its books has a title. Say which", id="none at all"),
        pytest.param("mine.csv", "title,author\nEmma,A\n,B\n", "1 of its 2 books have no title. No refresh takes", id="some"),
        pytest.param("book.csv", "Id,Name\n1,\n", "None of its books has a title. Say which", id="the source's own format"),
    ],
)
def test_books_without_a_title_are_told_when_they_are_loaded(tmp_path: Path, name: str, content: str, told: str) -> None:
    assert [told in warning for warning in load(file(tmp_path, name, content)).warnings].count(True) == 1


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [(b"PK\x03\x04\x14\0", "an archive"), (b"%PDF-1.7\n", "a PDF"), (b"\x1f\x8b\x08", "a compressed file")],
)
def test_a_file_that_is_no_text_is_told_as_that(tmp_path: Path, beginning: bytes, kind: str) -> None:
    (tmp_path / "x.epub").write_bytes(beginning + bytes(range(256)))
    with pytest.raises(NotInTheFormat, match=f"x.epub is no text file but {kind}.*as CSV"):
        load(tmp_path / "x.epub")
