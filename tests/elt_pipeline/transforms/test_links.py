from typing import Any

import pytest

from elt_pipeline.contracts import bronze, silver
from elt_pipeline.transforms.links import clean_download_links, judge_download_links

ISBN = "9780439358071"
URL = "https://books.example/1.epub"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param({"BookISBN": ISBN, "Link": URL}, None, id="usable"),
        pytest.param({"BookISBN": ISBN, "Link": " HTTP://books.example "}, None, id="spaces and capitals"),
        pytest.param({"BookISBN": ISBN, "Link": " "}, "no_link", id="blank"),
        pytest.param({"BookISBN": ISBN, "Link": None}, "no_link", id="null"),
        pytest.param({"BookISBN": ISBN, "Link": "javascript:alert(1)"}, "link_is_no_web_address", id="script"),
        pytest.param({"BookISBN": ISBN, "Link": "file:///etc/passwd"}, "link_is_no_web_address", id="file"),
        pytest.param({"BookISBN": ISBN, "Link": "https://books.example/a b"}, "link_is_no_web_address", id="space within"),
        pytest.param({"BookISBN": "x", "Link": URL}, "isbn_impossible", id="no ISBN"),
        pytest.param({"BookISBN": "080442957X", "Link": URL}, "book_is_not_known", id="ISBN of no edition"),
    ],
)
def test_a_link_needs_a_web_address_and_an_edition(make: Any, editions: Any, row: dict[str, Any], reason: str | None) -> None:
    judged = judge_download_links(make(bronze.BOOK_DOWNLOAD_LINKS, [row]), editions({"edition_id": 1, "isbn13": ISBN}))
    assert [found["rejection_reason"] for found in judged.collect()] == [reason]


def test_a_link_is_kept_once_with_the_smallest_edition_of_its_isbn(make: Any, editions: Any) -> None:
    known = editions({"edition_id": 5, "isbn13": ISBN}, {"edition_id": 2, "isbn13": ISBN}, {"edition_id": 1})
    links = [{"BookISBN": isbn, "Link": URL} for isbn in (ISBN, "0439358078", "439358078")]
    kept = clean_download_links(make(bronze.BOOK_DOWNLOAD_LINKS, links), known)
    silver.DOWNLOAD_LINKS.check_spark(kept.schema)
    assert list(map(tuple, kept.collect())) == [(2, URL)]
