"""Which groups of one author's editions are one work under other titles. Pure Python; one title's groups are in grouping.py."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from elt_pipeline.transforms.grouping import ALONE
from elt_pipeline.transforms.person_names import PersonName, person_name, same_people

Name = TypeVar("Name", str, tuple[str, str])

STATED_TITLE = "stated_title"
SAME_SERIES_AND_NUMBER = "same_series_and_number"

FOREIGN_ARTICLE = re.compile(r"^(?:l|le|la|les|une?|el|los|las|una|il|lo|i|gli|der|die|das|eine?|de|het|een|os?|as|uma?) ")
ENGLISH = "eng"
# Of all words of two titles, the share that both have where they are titles of one book in one place of a series.
ALIKE_TITLES = 0.5


@dataclass(frozen=True, order=True)
class Linked:
    """An edition in its group: ``title`` is the main one, ``stated_titles`` are the others that the edition names.

    ``series_place`` is ``dune #1``, empty in series that are not one author's own; texts are empty where there is nothing, titles
    and place of what is made of another book too. ``people`` are the names of those whom it may have in common with others here.
    """

    edition_id: int
    group_id: int
    rule: str
    evidence: str
    language: str
    title: str
    volume: str
    stated_titles: tuple[str, ...]
    series_place: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """What all editions of a group say together."""

    group_id: int
    edition_count: int
    languages: frozenset[str]
    titles: frozenset[tuple[str, str]]
    stated_titles: frozenset[tuple[str, str]]
    series_places: frozenset[str]
    people: frozenset[PersonName]

    @property
    def is_english(self) -> bool:
        """Whether an edition is in English."""
        return ENGLISH in self.languages

    @property
    def is_foreign(self) -> bool:
        """Whether there are editions whose language is known and none is in English."""
        return bool(self.languages) and not self.is_english


@dataclass(frozen=True)
class Following:
    """That a group is the same work as the one it follows, by which rule and name."""

    followed_id: int
    rule: str
    name: str


def follow_titles(of_author: Iterable[Linked]) -> Iterator[Linked]:
    """Yield the editions of authors whose names sound alike, with the groups changed that follow others of the same person.

    First a retitled group follows the one in the same place of its series; then a group in other languages follows the one
    English group that evidence names. Where several titles could be meant none is followed. The order of the editions does not
    matter.
    """
    links = sorted(of_author)
    people = same_people(name for link in links for text in link.people if (name := person_name(text)))
    for rule in (_retitled, _translated):
        links = _led(links, rule(_groups(links, people)))
    yield from _told(links)


def _groups(links: Iterable[Linked], people: Mapping[PersonName, PersonName]) -> list[Group]:
    members: dict[int, list[Linked]] = defaultdict(list)
    for link in links:
        members[link.group_id].append(link)
    return [_group(group_id, members[group_id], people) for group_id in sorted(members)]


def _group(group_id: int, members: list[Linked], people: Mapping[PersonName, PersonName]) -> Group:
    languages = frozenset(member.language for member in members if member.language)
    titles = frozenset((member.title, member.volume) for member in members if member.title)
    stated = {(title, member.volume) for member in members if member.title for title in member.stated_titles}
    if ENGLISH not in languages:
        stated |= {(FOREIGN_ARTICLE.sub("", title), volume) for title, volume in titles}
    return Group(
        group_id,
        len(members),
        languages,
        titles,
        frozenset((title, volume) for title, volume in stated if not volume),
        frozenset(member.series_place for member in members if member.series_place),
        frozenset(people[name] for member in members for text in member.people if (name := person_name(text))),
    )


def _retitled(groups: list[Group]) -> dict[int, Following]:
    """A number alone is no proof, since sources count series in different ways: the titles must share half of their words."""
    by_place = _by_name(groups, lambda group: group.series_places)
    following: dict[int, Following] = {}
    for group in groups:
        earlier = {
            other.group_id: place
            for place in sorted(group.series_places)
            for other in by_place[place]
            if other.group_id < group.group_id
            and other.is_english == group.is_english
            and group.people & other.people
            and _are_alike(group, other)
        }
        if len(earlier) == 1:
            (followed_id, place), *_ = earlier.items()
            following[group.group_id] = Following(followed_id, SAME_SERIES_AND_NUMBER, place)
    return {group_id: one for group_id, one in following.items() if one.followed_id not in following}


def _are_alike(first: Group, second: Group) -> bool:
    return any(
        one_volume == other_volume
        and len(set(one.split()) & set(other.split())) >= ALIKE_TITLES * len(set(one.split()) | set(other.split()))
        for one, one_volume in first.titles
        for other, other_volume in second.titles
    )


def _translated(groups: list[Group]) -> dict[int, Following]:
    english = [group for group in groups if group.is_english]
    by_title = _by_name(english, lambda group: group.titles)
    by_stated = _by_name(english, lambda group: group.stated_titles)
    by_place = _by_name(english, lambda group: group.series_places)
    by_id = {group.group_id: group for group in english}
    following: dict[int, Following] = {}
    for group in groups:
        if not group.is_foreign:
            continue
        found = [
            *(Following(other.group_id, STATED_TITLE, title[0]) for title in group.stated_titles for other in by_title[title]),
            *(Following(other.group_id, STATED_TITLE, title[0]) for title in group.titles for other in by_stated[title]),
            *(
                Following(other.group_id, SAME_SERIES_AND_NUMBER, place)
                for place in group.series_places
                for other in by_place[place]
            ),
        ]
        named = [by_id[group_id] for group_id in {one.followed_id for one in found}]
        if followed_id := _meant([other for other in named if other.people & group.people]):
            fitting = [one for one in found if one.followed_id == followed_id]
            following[group.group_id] = min(fitting, key=lambda one: (one.rule, one.name))
    return following


def _meant(groups: list[Group]) -> int | None:
    """The one group, or of several under the same title, told apart by subtitles alone, the one with most editions."""
    if not groups or len({group.titles for group in groups}) > 1:
        return None
    return min(groups, key=lambda group: (-group.edition_count, group.group_id)).group_id


def _by_name(groups: Iterable[Group], names: Callable[[Group], Iterable[Name]]) -> Mapping[Name, list[Group]]:
    by_name: dict[Name, list[Group]] = defaultdict(list)
    for group in groups:
        for name in names(group):
            by_name[name].append(group)
    return by_name


def _led(links: Iterable[Linked], following: Mapping[int, Following]) -> list[Linked]:
    return [_follow(link, following.get(link.group_id)) for link in links]


def _follow(link: Linked, following: Following | None) -> Linked:
    if following is None:
        return link
    evidence = f"{link.evidence} name={following.name}"
    return replace(link, group_id=following.followed_id, rule=following.rule, evidence=evidence)


def _told(links: list[Linked]) -> Iterator[Linked]:
    """The links with the smallest edition as group, and no edition called alone that others follow."""
    members: dict[int, list[Linked]] = defaultdict(list)
    for link in links:
        members[link.group_id].append(link)
    for group in members.values():
        work_id = min(member.edition_id for member in group)
        rules = sorted({member.rule for member in group} - {ALONE})
        for member in group:
            yield replace(member, group_id=work_id, rule=rules[0] if rules and member.rule == ALONE else member.rule)
