"""Every card, on a warehouse that a refresh has published, as the role of analysts and of Metabase and as that of the app."""

from typing import Literal

import pytest

from catalogue.cards import Card, answer_card, read_cards
from catalogue.connecting import connect
from tests.support.booklake import Booklake

# Sixty readers are too few to score a model by.
WITHOUT_ROWS = {"model_scores"}


@pytest.mark.parametrize("card", read_cards(), ids=lambda card: card.name)
@pytest.mark.parametrize("role", ["reader", "app"])
def test_a_card_returns_the_columns_that_its_head_promises(
    booklake: Booklake, card: Card, role: Literal["reader", "app"]
) -> None:
    with connect(booklake.warehouse.url_for(role).get_secret_value()) as connection:
        columns = [column.name for column in connection.execute(card.sql.encode()).description or ()]
        rows = answer_card(connection, card)
    assert columns == list(card.labels)
    assert bool(rows) == (card.name not in WITHOUT_ROWS)


def test_each_book_is_in_one_decade_and_has_one_language(booklake: Booklake) -> None:
    ((books,),) = booklake.ask("select count(*) from recommendations.books")
    for name in ("books_by_decade", "books_by_language"):
        card = next(card for card in read_cards() if card.name == name)
        with connect(booklake.warehouse.url_for("reader").get_secret_value()) as connection:
            assert sum(int(str(row["book_count"])) for row in answer_card(connection, card)) == books
