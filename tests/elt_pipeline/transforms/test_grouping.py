import random
from dataclasses import replace

import pytest

from elt_pipeline.transforms.grouping import (
    ALONE,
    AUTHOR_SPELLING,
    SAME_MAIN_TITLE,
    SAME_TITLE_AND_AUTHOR,
    Member,
    link_members,
)
from elt_pipeline.transforms.title_forms import title_form


def member(edition_id: int, title: str, author: str = "Ann Author", series: str = "", number: str = "") -> Member:
    form = title_form(title)
    authors = tuple(filter(None, author.split(" / ")))
    series_title = title_form(series).main if series else ""
    return Member(
        edition_id,
        form.main,
        form.volume,
        form.kind,
        form.subtitle,
        form.whole,
        authors,
        series_title,
        number,
        "eng",
        form.other_names,
    )


def groups(*members: Member) -> list[set[int]]:
    found: dict[int, set[int]] = {}
    for link in link_members(members):
        found.setdefault(link.group_id, set()).add(link.member.edition_id)
    assert all(min(group) == group_id for group_id, group in found.items())
    return sorted(found.values(), key=sorted)


def titled(*titles: str) -> list[Member]:
    return [member(number, title) for number, title in enumerate(titles, start=1)]


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(("Flatland", "Flatland: A Romance of Many Dimensions"), id="one with a subtitle"),
        pytest.param(
            ("Relativity: The Special Theory", "Relativity: The Special Theory: Masterpiece Edition"), id="a longer subtitle"
        ),
        pytest.param(("The Noonday Demon: An Atlas of Depression", "The Noonday Demon: An Anatomy of Depression"), id="alike"),
        pytest.param(("Fire: A Journal of Love - Diary (1934)", "Fire: A Journal of Love: Diary 1934"), id="other punctuation"),
        pytest.param(("Stories We Tell", "Stories We Tell: Stories"), id="a word for the sort of book"),
        pytest.param(("The History of Love: The Use of Joy", "The History of Love Volume 2: The Use of Joy"), id="volume unsaid"),
    ],
)
def test_titles_that_differ_in_a_subtitle_are_one_work(titles: tuple[str, ...]) -> None:
    assert len(groups(*titled(*titles))) == 1


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(("Batman: Year One", "Batman: Hush"), id="titles of a series"),
        pytest.param(("Batman: Year One", "Batman: Hush", "Batman"), id="titles of a series, and itself"),
        pytest.param(("Imajica", "Imajica: The Reconciliation"), id="the name of a part"),
        pytest.param(("Logs: Logs Five and Six", "Logs: Logs Seven and Eight"), id="other numbers"),
        pytest.param(("Metamorphoses", "Metamorphoses: Volume 2 Books IX-XV"), id="a volume"),
        pytest.param(("Bleach, Vol. 2", "Bleach, Vol. 3"), id="volumes"),
    ],
)
def test_titles_that_tell_books_apart_stay_apart(titles: tuple[str, ...]) -> None:
    assert len(groups(*titled(*titles))) == len(titles)


def test_a_series_own_name_joins_no_volume() -> None:
    apart = groups(member(1, "City Saga: Bones"), member(2, "City Saga", series="City Saga", number="1-4"))
    assert apart == [{1}, {2}]


def test_volumes_of_one_title_are_told_by_their_number() -> None:
    volumes = [
        member(n, "Fables", series=name, number=n_)
        for n, name, n_ in ((1, "Fables", "1"), (2, "Fables", "2"), (3, "FABLES", "2"))
    ]
    assert groups(*volumes, member(4, "Fables")) == [{1}, {2, 3}, {4}]
    assert groups(*volumes, member(5, "Fables Vol. 1")) == [{1, 5}, {2, 3}]


def test_two_ways_to_count_a_series_do_not_part_a_work() -> None:
    assert groups(*(member(n, "The Lion", series="Narnia", number=str(n)) for n in (1, 2))) == [{1, 2}]
    assert groups(*(member(n, "The Lion", series="Narnia", number=str(n)) for n in (1, 2, 3))) == [{1}, {2}, {3}]
    assert groups(member(1, "Merrick", series="Chronicles", number="7"), member(2, "Merrick", series="Crónicas", number="8")) == [
        {1, 2}
    ]


def test_two_series_of_one_title_count_from_one_each() -> None:
    series = [("Promise", "1"), ("Promise", "2"), ("Rift", "1"), ("Rift", "2")]
    assert len(groups(*(member(n, "Avatar", series=name, number=number) for n, (name, number) in enumerate(series)))) == 4


def test_any_shared_author_in_any_spelling_is_enough() -> None:
    shared = [
        member(9, "Hobbit", "J.R.R. Tolkien"),
        member(4, "Hobbit", "Alan Lee / JRR Tolkien"),
        member(5, "Hobbit", "Dan Moore"),
    ]
    assert groups(*shared) == [{4, 9}, {5}]


def test_one_title_by_people_whose_names_sound_alike_is_two_works() -> None:
    assert groups(member(1, "Poems", "John Muir"), member(2, "Poems", "John Moore"), member(3, "Poems", "John Muir")) == [
        {1, 3},
        {2},
    ]


def test_a_link_names_the_people_whom_its_author_key_stands_for() -> None:
    members = [member(1, "Emma", "J. Austen"), member(2, "Emma", "Jane Austen / Ann Dale"), member(3, "Emma", "Julia Stein")]
    told = {link.member.edition_id: (link.author, link.people) for link in link_members(members)}
    assert told == {1: ("stn j", ("jane austen",)), 2: ("stn j", ("jane austen",)), 3: ("stn j", ("julia stein",))}


def test_more_subtitles_than_books_have_join_by_equality_only() -> None:
    tales = [member(n, f"Tales: Stories from the Long Road of Town {n}") for n in range(1, 43)]
    assert len(groups(*tales)) == 42
    assert groups(tales[0], replace(tales[0], edition_id=50), *tales[1:])[0] == {1, 50}


def test_editions_without_author_stay_alone() -> None:
    assert groups(member(1, "Beowulf", ""), member(2, "Beowulf", "")) == [{1}, {2}]


def test_each_edition_tells_the_strongest_rule_and_its_evidence() -> None:
    members = [
        member(1, "Emma", "Jane Austen"),
        member(2, "EMMA!", "JANE AUSTEN"),
        member(3, "Emma: A Tale of Highbury", "Jane Austen"),
        member(4, "Emma", "J. Austen"),
        member(5, "Emma", "Kaoru Mori"),
    ]
    told = {link.member.edition_id: (link.group_id, link.rule, link.evidence) for link in link_members(members)}
    assert told == {
        1: (1, SAME_TITLE_AND_AUTHOR, "title=emma author=jane austen"),
        2: (1, SAME_TITLE_AND_AUTHOR, "title=emma author=jane austen"),
        3: (1, SAME_MAIN_TITLE, "title=emma author=jane austen"),
        4: (1, AUTHOR_SPELLING, "title=emma author=j austen"),
        5: (5, ALONE, "title=emma author=kaoru mori"),
    }


def test_grouping_a_bucket_does_not_depend_on_the_order(rng: random.Random) -> None:
    endings = ["", "", ": Year One", ": Hush", " Vol. 2", ": A Tale of Old Gotham City", " (Graphic Novel)"]
    authors = ["Ann Author", "A. Author", "Bob Author", "Ann Author / Bob Author", ""]
    members = [
        member(n, f"Gotham{rng.choice(endings)}", rng.choice(authors), rng.choice(["", "Gotham", "Night"]), rng.choice("12"))
        for n in range(60)
    ]
    first = groups(*members)
    for _ in range(5):
        rng.shuffle(members)
        assert groups(*members) == first
