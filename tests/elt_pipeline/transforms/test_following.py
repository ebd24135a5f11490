import random
from dataclasses import replace

import pytest

from elt_pipeline.transforms.following import SAME_SERIES_AND_NUMBER, STATED_TITLE, Linked, follow_titles
from elt_pipeline.transforms.grouping import ALONE


def link(edition_id: int, title: str, language: str = "eng", place: str = "", stated: str = "", volume: str = "") -> Linked:
    others = tuple(filter(None, [stated]))
    return Linked(edition_id, edition_id, ALONE, f"title={title}", language, title, volume, others, place, ("ann author",))


def by(link: Linked, *people: str) -> Linked:
    return replace(link, people=people)


def works(*links: Linked) -> dict[int, int]:
    return {found.edition_id: found.group_id for found in follow_titles(links)}


def test_a_translation_in_the_same_place_of_its_series_follows() -> None:
    links = [link(8, "arctic incident", place="artemis fowl #2"), link(3, "encuentro en el artico", "spa", "artemis fowl #2")]
    assert sorted(follow_titles(links)) == [
        Linked(
            3,
            3,
            SAME_SERIES_AND_NUMBER,
            "title=encuentro en el artico name=artemis fowl #2",
            "spa",
            links[1].title,
            "",
            (),
            "artemis fowl #2",
            ("ann author",),
        ),
        replace(links[0], group_id=3, rule=SAME_SERIES_AND_NUMBER),
    ]


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(
            (link(1, "life is a dream", stated="la vida es sueno"), link(2, "la vida es sueno", "spa")), id="English states it"
        ),
        pytest.param((link(1, "wrinkle"), link(2, "una arruga", "spa", stated="wrinkle")), id="the translation states it"),
        pytest.param((link(1, "prophet"), link(2, "der prophet", "deu")), id="only an article more"),
    ],
)
def test_a_translation_that_states_the_other_title_follows(links: tuple[Linked, ...]) -> None:
    assert works(*links) == {1: 1, 2: 1}
    assert {found.rule for found in follow_titles(links)} == {STATED_TITLE}


@pytest.mark.parametrize(
    "links",
    [
        pytest.param(
            (link(1, "prince caspian", place="narnia #4"), link(2, "silver chair", place="narnia #4")), id="one language"
        ),
        pytest.param(
            (link(1, "curtain", place="p #3"), link(2, "clocks", place="p #3"), link(3, "x", "spa", "p #3")), id="two meant"
        ),
        pytest.param((link(1, "a", "fra", "p #3"), link(2, "b", "spa", "p #3")), id="none is English"),
        pytest.param((link(1, "a", place="p #3"), link(2, "b", "", "p #3")), id="language unknown"),
        pytest.param((link(1, "faust", volume="1"), link(2, "der faust", "deu")), id="a volume"),
        pytest.param((link(1, "tower", place="s #3"), link(2, "tower", place="s #3", volume="2")), id="a part of the same place"),
    ],
)
def test_what_is_not_proved_stays_apart(links: tuple[Linked, ...]) -> None:
    assert works(*links) == {each.edition_id: each.edition_id for each in links}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(by(link(1, "emma", "fra"), "jane austen"), by(link(2, "emma"), "julia stein"), id="only sounds alike"),
        pytest.param(by(link(1, "emma", "fra"), "jane austen"), by(link(2, "emma"), "jane stein"), id="same given name"),
        pytest.param(
            by(link(1, "poemas", "spa", "p #3"), "john muir"), by(link(2, "poems", place="p #3"), "john moore"), id="place"
        ),
        pytest.param(
            by(link(1, "great poems", place="p #3"), "john donne"), by(link(2, "poems", place="p #3"), "john dunn"), id="retitled"
        ),
        pytest.param(by(link(1, "emma", "fra")), by(link(2, "emma")), id="nobody is known"),
    ],
)
def test_titles_and_places_of_different_people_join_nothing(first: Linked, second: Linked) -> None:
    assert works(first, second) == {1: 1, 2: 2}


def test_spellings_of_one_person_follow_as_one_name_does() -> None:
    links = (
        by(link(1, "Идиот", "rus", stated="idiot"), "fedor dostoevskii"),
        by(link(2, "idiot"), "fyodor dostoyevsky", "ann dale"),
    )
    assert works(*links) == {1: 1, 2: 1}


def test_initials_that_may_be_two_people_follow_neither() -> None:
    spanish, jane, julia = (
        by(link(n, "emma", code), name)
        for n, code, name in ((1, "spa", "j stein"), (2, "eng", "jane stein"), (3, "eng", "julia stein"))
    )
    assert works(spanish, jane, julia) == {1: 1, 2: 2, 3: 3}
    assert works(spanish, jane) == {1: 1, 2: 1}


def test_of_groups_told_apart_by_subtitles_the_one_with_most_editions_is_followed() -> None:
    subtitled = link(1, "chess story", stated="schachnovelle")
    plain = [replace(link(number, "chess story", stated="schachnovelle"), group_id=2) for number in (2, 3)]
    assert works(subtitled, *plain, link(4, "schachnovelle", "deu")) == {1: 1, 2: 2, 3: 2, 4: 2}


def test_a_retitled_book_follows_and_its_translation_after_it() -> None:
    links = [
        link(3, "harry potter and the sorcerers stone", place="harry potter #1"),
        link(5, "harry potter and the philosophers stone", place="harry potter #1"),
        link(2, "harry potter y la piedra filosofal", "spa", "harry potter #1"),
    ]
    assert works(*links) == {2: 2, 3: 2, 5: 2}


def test_following_does_not_depend_on_the_order(rng: random.Random) -> None:
    languages = ["eng", "eng", "spa", "deu", ""]
    links = [
        link(
            n,
            f"{rng.choice('abc')} {rng.choice('abc')} story",
            rng.choice(languages),
            f"s #{rng.randrange(12)}",
            rng.choice(["", "a b story"]),
        )
        for n in range(80)
    ]
    first = works(*links)
    for _ in range(5):
        rng.shuffle(links)
        assert works(*links) == first
