"""Tests of the For you page: nothing picked, found, nothing follows, unknown picks, an empty catalogue, and no database."""

from streamlit.testing.v1 import AppTest

from tests.support.drawn import words

PHOENIX = "Harry Potter and the Order of the Phoenix"
PRINCE = "Harry Potter and the Half-Blood Prince"


def pick(app: AppTest, like: str = "", dislike: str = "") -> AppTest:
    app.query_params["page"] = "for-you"
    for name, value in {"like": like, "dislike": dislike}.items():
        if value:
            app.query_params[name] = value
    return app.run()


def picked(app: AppTest) -> dict[str, object]:
    return {name: app.query_params[name] for name in ("like", "dislike") if name in app.query_params}


def taken_off(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("off-")]


def test_before_a_pick_well_known_books_are_offered(app: AppTest) -> None:
    drawn = words(pick(app))
    assert drawn[2:5] == ["Start with one of these", PHOENIX, "J.K. Rowling"]
    assert "Nothing is kept" in drawn[1]
    assert not app.exception


def test_a_liked_book_gives_recommendations_with_their_reasons(app: AppTest) -> None:
    drawn = words(pick(app, like="1"))
    assert drawn[2:] == ["You like", "You may like", PHOENIX, "J.K. Rowling", f"100%{PRINCE}author J.K. Rowling"]
    assert taken_off(app) == [r"Harry Potter and the Half\-Blood Prince ✕"]


def test_a_pick_has_its_effect_at_once_and_stands_in_the_address(app: AppTest) -> None:
    pick(app).button(key="like-known-1").click().run()
    assert picked(app) == {"like": "1"}
    assert "You may like" in words(app)
    app.button(key="dislike-recommended-2").click().run()
    assert picked(app) == {"like": "1", "dislike": "2"}
    assert "Nothing follows from these picks yet." in words(app)
    app.button(key="off-1").click().run()
    assert picked(app) == {"dislike": "2"}


def test_a_book_found_in_the_box_can_be_picked_and_empties_it(app: AppTest) -> None:
    pick(app, like="1").text_input(key="add").set_value("good").run()
    app.button(key="like-found-5").click().run()
    assert picked(app) == {"like": "1,5"}
    assert app.text_input(key="add").value == ""


def test_a_book_that_is_found_and_recommended_can_be_picked_in_both_places(app: AppTest) -> None:
    pick(app, like="1").text_input(key="add").set_value("order of the").run()
    assert words(app).count(PHOENIX) == 2
    assert not app.exception


def test_a_book_that_is_picked_already_is_not_offered_again(app: AppTest) -> None:
    drawn = words(pick(app, like="5").text_input(key="add").set_value("good").run())
    assert "No other book found for “good”." in drawn


def test_unknown_picks_are_passed_over_and_merged_ones_followed(app: AppTest) -> None:
    pick(app, like="999,20,<b>")
    assert taken_off(app) == [f"{PHOENIX} ✕"]
    assert PRINCE in words(app)


def test_an_empty_catalogue_says_how_it_is_filled(app_without_books: AppTest) -> None:
    assert words(pick(app_without_books))[2] == "The catalogue is empty."


def test_a_database_that_is_down_is_said_to_be_down(app_without_database: AppTest) -> None:
    assert words(pick(app_without_database, like="1"))[2] == "The catalogue cannot be asked right now."
    assert not app_without_database.exception
