"""Tests of picked books: which the address names, and what they are called."""

import pytest
from psycopg import Connection

from catalogue.picked import MOST_PICKED, NamedBook, name_books, picked_work_ids

OMENS = NamedBook(5, "Good Omens", "Terry Pratchett, Neil Gaiman")
PHOENIX = NamedBook(2, "Harry Potter and the Order of the Phoenix", "J.K. Rowling")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("12,34", (12, 34)),
        ("34,12,34", (34, 12)),
        ("-7", (-7,)),
        ("1,,x,2 or 1=1,9223372036854775808,3", (1, 3)),
        (",".join(str(number) for number in range(1_000)), tuple(range(MOST_PICKED))),
    ],
)
def test_picks_are_whole_numbers_each_once_in_their_order(text: str, expected: tuple[int, ...]) -> None:
    assert picked_work_ids(text) == expected


def test_picked_books_are_named_in_the_order_asked(app: Connection) -> None:
    assert name_books(app, [5, 2]) == [OMENS, PHOENIX]


def test_a_merged_book_is_named_once_by_what_it_is_now(app: Connection) -> None:
    assert name_books(app, [20, 5, 200, 2]) == [PHOENIX, OMENS]


def test_unknown_books_and_circles_of_redirects_are_left_out(app: Connection) -> None:
    assert name_books(app, [77, 90, 999, 5]) == [OMENS]
    assert name_books(app, []) == []
