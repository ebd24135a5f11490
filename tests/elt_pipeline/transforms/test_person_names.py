from itertools import permutations

import pytest

from elt_pipeline.transforms.person_names import PersonName, person_name, same_people


def people(*texts: str) -> list[set[str]]:
    """The spellings in sets of one person each."""
    names = {text: name for text in texts if (name := person_name(text))}
    chosen = same_people(names.values())
    heads = {head: {text for text, name in names.items() if chosen[name] == head} for head in set(chosen.values())}
    return sorted(heads.values(), key=sorted)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("J.R.R. Tolkien", "J. R. R. Tolkien"),
        ("J.R.R. Tolkien", "JRR Tolkien"),
        ("Jane Austen", "JANE AUSTEN"),
        ("J.R.R. Tolkien", "Tolkien, J.R.R."),
        ("J.R.R. Tolkien", "John Ronald Reuel Tolkien"),
        ("Sylvia Engdahl", "Sylvia Louise Engdahl"),
        ("Terry Brooks", "Terence Dean Brooks"),
        ("Sir Arthur Conan Doyle", "Arthur Conan Doyle"),
        ("Kurt Vonnegut Jr.", "Kurt Vonnegut"),
        ("Gabriel García Márquez", "Gabriel Garcia Marquez"),
        ("Fyodor Dostoyevsky", "Feodor Dostoevsky"),
        ("Fjodor Dostojewski", "Fyodor Dostoevsky"),
        ("Фёдор Достоевский", "Fyodor Dostoyevsky"),
        ("Anton Tschechow", "Anton Chekhov"),
        ("Anton Tchekhov", "Anton Chekhov"),
        ("Leo Tolstoy", "Leo Tolstoi"),
        ("Fyodor Dostoyevsky", "Fyodor Dostoevskij"),
        ("Naguib Mahfuz", "Naguib Mahfouz"),
        ("Николай Гоголь", "Nikolai Gogol"),
        ("Ursula K. Le Guin", "Ursula LeGuin"),
        ("Cixin Liu", "Liu Cixin"),
        ("Cicero", "Marcus Tullius Cicero"),
    ],
)
def test_spellings_of_one_name_are_one_person(first: str, second: str) -> None:
    assert people(first, second) == [{first, second}]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Alan Moore", "Steve Moore"),
        ("Paul Auster", "Jane Austen"),
        ("Thomas Mann", "Heinrich Mann"),
        ("John Smith", "Jane Smith"),
        ("Lee", "Harper Lee"),
        ("CLAMP", "Clampitt"),
        ("John Muir", "John Moore"),
        ("John Donne", "John Dunn"),
        ("Anne Rice", "Anne Roche"),
        ("Thomas More", "Thomas Moore"),
        ("Richard Burton", "Richard Barton"),
        ("Simon Sinek", "Simon Singh"),
    ],
)
def test_names_of_two_people_stay_two(first: str, second: str) -> None:
    assert len(people(first, second)) == 2


def test_initials_that_may_be_two_people_join_neither() -> None:
    spellings = ("J. Smith", "John Smith", "Jane Smith")
    for order in permutations(spellings):
        assert people(*order) == [{"J. Smith"}, {"Jane Smith"}, {"John Smith"}]


def test_a_text_without_letters_is_no_name() -> None:
    assert person_name("...") is None
    assert person_name("!!!") is None


def test_a_name_is_cut_into_family_and_given_names() -> None:
    assert person_name("Tolkien, J.R.R.") == PersonName("tlkn", ("j", "r", "r"), ("j", "r", "r", "tolkien"))
