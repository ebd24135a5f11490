import pytest

from elt_pipeline.transforms.title_forms import title_form

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("title", "main", "subtitle"),
    [
        pytest.param(
            "The Third Chimpanzee: The Evolution & Future of Man", "third chimpanzee", "evolution and future of man", id="and"
        ),
        pytest.param("Journey to the East", "journey to the east", "", id="only a leading article goes"),
        pytest.param("Time Machine, The", "time machine", "", id="article behind a comma"),
        pytest.param("Ángeles y demonios", "angeles and demonios", "", id="and in Spanish"),
        pytest.param("Moby-Dick; or The Whale", "moby dick", "or the whale", id="or"),
        pytest.param("The Hobbit or There and Back Again", "hobbit", "there and back again", id="or without comma"),
        pytest.param("Trick or Treat", "trick or treat", "", id="an or of the title"),
        pytest.param("Under the Tuscan Sun - At Home in Italy", "under the tuscan sun", "at home in italy", id="dash"),
        pytest.param("Candide (Penguin Classics)", "candide", "", id="imprint"),
        pytest.param("Atonement (Paperback)", "atonement", "", id="paperback"),
        pytest.param("Atonement: Large Print Edition", "atonement", "", id="large print"),
        pytest.param("Roots: 30th Anniversary Edition", "roots", "", id="anniversary"),
        pytest.param("Dracula Unabridged", "dracula", "", id="at the end of the title"),
        pytest.param("Paperback Writer", "paperback writer", "", id="not at the front of the title"),
        pytest.param("Emma: A Norton Critical Edition", "emma", "", id="critical edition"),
        pytest.param("Emma: Authoritative Text Backgrounds Criticism", "emma", "", id="with criticism"),
        pytest.param("Emma: With Introduction and Notes", "emma", "", id="with notes"),
        pytest.param("Atonement: A Novel", "atonement", "", id="the sort of book"),
        pytest.param("1984", "1984", "", id="a number alone"),
        pytest.param("!!!", "!!!", "", id="no letter"),
        pytest.param("戦争と平和", "戦争と平和", "", id="another script"),
    ],
)
def test_a_title_is_cut_into_main_part_and_subtitle(title: str, main: str, subtitle: str) -> None:
    form = title_form(title)
    assert (form.main, form.subtitle, form.volume, form.kind) == (main, subtitle, "", "")


@pytest.mark.parametrize(
    ("title", "author", "main"),
    [
        pytest.param("Dante's Inferno", "dante alighieri", "inferno", id="possessive"),
        pytest.param("The Republic of Plato", "plato", "republic", id="of the author"),
        pytest.param("Confessions of Saint Augustine", "augustine of hippo", "confessions", id="of the saint"),
        pytest.param("Cicero: On Duties", "cicero", "on duties", id="author before a colon"),
        pytest.param("Sophie's Choice", "william styron", "sophies choice", id="somebody else"),
        pytest.param("Plato", "plato", "plato", id="nothing else"),
    ],
)
def test_the_authors_own_name_leaves_the_title(title: str, author: str, main: str) -> None:
    assert title_form(title, frozenset(author.split())).main == main


@pytest.mark.parametrize(
    ("title", "main", "volume"),
    [
        pytest.param("Bleach, Volume 03", "bleach", "3", id="volume"),
        pytest.param("Fullmetal Alchemist Vol. 5", "fullmetal alchemist", "5", id="vol"),
        pytest.param("McSweeney's #24", "mcsweeneys", "24", id="hash"),
        pytest.param("犬夜叉 28", "犬夜叉", "28", id="a last number"),
        pytest.param("Faust Part One", "faust", "1", id="in words"),
        pytest.param("Faust First Part", "faust", "1", id="as ordinal"),
        pytest.param("Books of Blood: Volumes One to Three", "books of blood", "1 3", id="several"),
        pytest.param("The Green Mile, Part 4: The Bad Death", "green mile", "4", id="before the subtitle"),
        pytest.param("A Storm of Swords: Steel and Snow (Part 1 of 2)", "storm of swords", "1", id="a part of a book"),
        pytest.param("Dune: Book One of the Dune Chronicles", "dune", "", id="the place in a series"),
        pytest.param("The Fellowship: Being the First Part of the Lord", "fellowship", "", id="being the first part of"),
    ],
)
def test_a_volume_is_known_by_any_word_for_it(title: str, main: str, volume: str) -> None:
    form = title_form(title)
    assert (form.main, form.volume) == (main, volume)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("A Brief History of Time: A Reader's Companion", "guide"),
        ("Study Guide: Peter and Wendy", "guide"),
        ("Summary & Analysis: Dune", "guide"),
        ("The Study: A Novel", ""),
        ("Twilight: The Graphic Novel", "drawn"),
        ("Lolita: A Screenplay", "played"),
        ("Genji: Abridged", "cut"),
        ("Genji: Unabridged", ""),
        ("Black Beauty (Coloring Book)", "pastime"),
        ("The Belgariad: Boxed Set", "set"),
        ("The Border Trilogy: All the Pretty Horses / The Crossing", "more"),
        ("Breakfast at Tiffany's: A Short Novel and Three Stories", "more"),
        ("The Metamorphosis and Other Stories", ""),
        ("The Power of Now: A Guide to Enlightenment", ""),
    ],
)
def test_what_is_made_of_another_book_has_a_kind(title: str, kind: str) -> None:
    assert title_form(title).kind == kind


def test_a_title_states_other_names() -> None:
    assert title_form("Una arruga en el tiempo \u2013 A Wrinkle in Time").other_names == ("wrinkle in time",)
    assert title_form("Kenangan Geisha (Memoirs of a Geisha)").other_names == ("memoirs of a geisha",)
    assert title_form("Dune").other_names == ()


def test_the_whole_title_keeps_all_words() -> None:
    assert title_form("Emma: Authoritative Text", NOBODY).whole == "emma authoritative text"
