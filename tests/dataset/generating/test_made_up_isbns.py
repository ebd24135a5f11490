"""ISBNs are well formed and belong to no book."""

import pytest

from dataset.generating.made_up_isbns import isbn10_check_digit, isbn10_of, isbn13_check_digit, isbn13_of, made_up_isbn13


@pytest.mark.parametrize(("nine", "check"), [("030640615", "2"), ("080442957", "X"), ("000000000", "0")])
def test_the_check_digit_of_an_isbn_10_is_that_of_the_standard(nine: str, check: str) -> None:
    assert isbn10_check_digit(nine) == check


@pytest.mark.parametrize(("twelve", "check"), [("978030640615", "7"), ("978316148410", "0")])
def test_the_check_digit_of_an_isbn_13_is_that_of_the_standard(twelve: str, check: str) -> None:
    assert isbn13_check_digit(twelve) == check


def test_both_forms_lead_to_each_other() -> None:
    assert isbn10_of("9780306406157") == "0306406152"
    assert isbn13_of("0306406152") == "9780306406157"


def test_made_up_isbns_are_different_and_in_the_range_that_no_agency_has_assigned() -> None:
    isbns = [made_up_isbn13(place) for place in range(999_000_000, 999_005_000)]
    assert len(set(isbns)) == 5_000
    assert {isbn[:5] for isbn in isbns} == {"97866", "97867", "97868", "97869"}
    assert [isbn for isbn in isbns if isbn13_check_digit(isbn[:12]) != isbn[12]] == []
