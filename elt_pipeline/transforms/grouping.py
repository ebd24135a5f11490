"""How editions of one main title fall apart into works. Pure Python on one bucket of editions; frames are in edition_works.py."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from elt_pipeline.transforms.person_names import PersonName, person_name, same_people
from elt_pipeline.transforms.text import words
from elt_pipeline.transforms.title_words import SORTS, VALUES

SAME_TITLE_AND_AUTHOR = "same_title_and_author"
SAME_MAIN_TITLE = "same_main_title"
AUTHOR_SPELLING = "author_spelling"
ALONE = "alone"

# Of the telling words of two subtitles, the share that both have where they are spellings of one.
ALIKE_SUBTITLES = 0.5
# The same where the main title says enough by itself to be no series' name.
ALIKE_AFTER_LONG_TITLE = 0.33
# More subtitles under one main title than these are books of a series, compared by equality only.
MANY_SUBTITLES = 40
# Two sources may count a series in two ways; more than two numbers are volumes.
TWO_WAYS_TO_COUNT = 2
TELLS_NOTHING = frozenset(words("a an the of in and or to for on with from by its his her is it that how"))
ONE_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, order=True)
class Member:
    """An edition as grouping sees it: titles and names folded, texts empty where there is nothing; ``edition_id`` is unique.

    ``own_series`` is the series again where it is one author's own, and not a publisher's that numbers books of anybody.
    """

    edition_id: int
    main: str
    volume: str
    kind: str
    subtitle: str
    whole: str
    authors: tuple[str, ...]
    series: str
    series_number: str
    language: str
    other_names: tuple[str, ...] = ()
    own_series: str = ""


@dataclass(frozen=True)
class Link:
    """To which group an edition belongs, by which rule and evidence.

    ``author`` is the same for the whole group and for all spellings of its first authors; empty where there is none. People of
    like names share it: ``people`` are those of the edition's authors whom it stands for, each name in its fullest spelling.
    """

    member: Member
    group_id: int
    rule: str
    evidence: str
    author: str
    volume: str
    people: tuple[str, ...]


def link_members(bucket: Iterable[Member]) -> Iterator[Link]:
    """Yield a link for each edition of one bucket: those of equal ``main``, or of equal ``kind`` and ``whole``.

    Editions are together where they share an author in any spelling, the volume, and the subtitle or no contradicting one. Only
    keys decide, never a chain of likenesses between two volumes; the order of the editions does not matter.
    """
    members = sorted(bucket)
    names = {text: person_name(text) for member in members for text in member.authors}
    people = same_people(name for name in names.values() if name)
    heads = {member.edition_id: [people[name] for text in member.authors if (name := names[text])] for member in members}
    for together in _joined(members, lambda member: heads[member.edition_id] or [member.edition_id]):
        for volume, of_volume in _volumes(together):
            for of_subtitle in _by_subtitle(of_volume):
                for number, group in _by_number(of_subtitle):
                    yield from _links(group, volume or number, heads, names)


def _joined(members: Sequence[Member], keys: Callable[[Member], Iterable[Hashable]]) -> list[list[Member]]:
    """The members in sets connected by shared keys."""
    root = {member.edition_id: member.edition_id for member in members}

    def find(edition_id: int) -> int:
        while root[edition_id] != edition_id:
            root[edition_id] = edition_id = root[root[edition_id]]
        return edition_id

    first: dict[Hashable, int] = {}
    for member in members:
        for key in keys(member):
            one, other = sorted((find(first.setdefault(key, member.edition_id)), find(member.edition_id)))
            root[other] = one
    sets: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        sets[find(member.edition_id)].append(member)
    return list(sets.values())


def _volumes(members: Sequence[Member]) -> Iterator[tuple[str, list[Member]]]:
    """The members by the volume that titles name: in words, by the number of a series of that title, or by the subtitle."""
    main = _telling(members[0].main)
    titled = any(member.volume for member in members)
    volumes_of: dict[str, set[str]] = defaultdict(set)
    for member in members:
        if member.volume and len(_telling(member.subtitle)) > 1:
            volumes_of[member.subtitle].add(member.volume)
    by_volume: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        counted = member.series_number if titled and _telling(member.series) & main else ""
        told = min(volumes_of[member.subtitle]) if len(volumes_of[member.subtitle]) == 1 else ""
        by_volume[member.volume or counted or told].append(member)
    yield from sorted(by_volume.items())


def _by_subtitle(members: Sequence[Member]) -> Iterator[list[Member]]:
    """Those with one subtitle, in any spelling, are together; those without join them where there is but one to join.

    Where the main title is a series' own name, what follows it is the title of a volume and joins nothing.
    """
    subtitle_of: dict[str, str] = {}
    by_subtitle: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_subtitle[subtitle_of.setdefault(member.whole, member.subtitle)].append(member)
    bare = by_subtitle.pop("", [])
    main = members[0].main
    sets = _alike(sorted(by_subtitle), _telling(main))
    groups = [[member for subtitle in alike for member in by_subtitle[subtitle]] for alike in sets]
    is_series = any(member.series == main for member in members)
    if bare and len(groups) == 1 and not is_series and any(map(_describes, sets[0])) and not _contradict(bare, groups[0]):
        groups, bare = [bare + groups[0]], []
    yield from ([bare, *groups] if bare else groups)


def _contradict(first: Sequence[Member], second: Sequence[Member]) -> bool:
    """Whether a series gives each of the two numbers of its own."""
    one, other = _numbers_by_series(first), _numbers_by_series(second)
    return any(not one[series] & other[series] for series in one.keys() & other.keys())


def _by_number(members: Sequence[Member]) -> Iterator[tuple[str, list[Member]]]:
    """The members by their number in a series, where numbers tell volumes of one title apart."""
    numbers = _numbers_by_series(members)
    main = _telling(members[0].main)
    counted = {series for series, given in numbers.items() if len(given) > 1 and _are_volumes(main, series, given, len(numbers))}
    counted |= {series for series in numbers if counted and main <= _telling(series)}
    by_number: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        is_counted = member.series in counted and member.series_number
        # Two series of one title count from 1 each.
        own = "" if main & _telling(member.series) else f" {member.series}"
        by_number[f"{member.series_number}{own}" if is_counted else ""].append(member)
    yield from sorted(by_number.items())


def _are_volumes(main: frozenset[str], series: str, numbers: set[str], series_count: int) -> bool:
    """Whether the numbers of a series tell volumes of one title apart, and are not two ways to count one book."""
    return main <= _telling(series) or series_count > 1 or len(numbers) > TWO_WAYS_TO_COUNT


def _numbers_by_series(members: Sequence[Member]) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = defaultdict(set)
    for member in members:
        if member.series and member.series_number:
            numbers[member.series].add(member.series_number)
    return numbers


def _describes(subtitle: str) -> bool:
    """Whether a subtitle describes the book and is not the name of a part, ``the reconciliation``."""
    return len(_telling(subtitle)) > 1 or subtitle in SORTS or subtitle.startswith("or ")


def _alike(subtitles: list[str], main_words: frozenset[str]) -> list[list[str]]:
    if len(subtitles) > MANY_SUBTITLES:
        return [[subtitle] for subtitle in subtitles]
    groups: list[list[str]] = []
    for subtitle in subtitles:
        fitting = [group for group in groups if all(_are_alike(subtitle, other, main_words) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(subtitle)
        else:
            groups.append([subtitle])
    return groups


def _are_alike(first: str, second: str, main_words: frozenset[str]) -> bool:
    one, other = _telling(first) - main_words, _telling(second) - main_words
    if _numbers(one) != _numbers(other) or not (one and other):
        return False
    enough = ALIKE_AFTER_LONG_TITLE if len(main_words) > 1 else ALIKE_SUBTITLES
    return one <= other or other <= one or len(one & other) / len(one | other) >= enough


def _telling(text: str) -> frozenset[str]:
    return frozenset(text.split()) - TELLS_NOTHING


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(VALUES.get(word, word) for word in words if word in VALUES or word.isdigit())


def _links(
    group: list[Member], volume: str, heads: dict[int, list[PersonName]], names: dict[str, PersonName | None]
) -> Iterator[Link]:
    author_key = min((head.author_key for member in group for head in heads[member.edition_id][:1]), default="")
    group_id = min(member.edition_id for member in group)
    rule_of = _rules(group, {text: name.words for text, name in names.items() if name})
    for member in group:
        author = names[member.authors[0]] if member.authors else None
        labelled = {
            "title": member.main,
            "volume": volume,
            "kind": member.kind,
            "author": " ".join(author.words) if author else "",
        }
        evidence = " ".join(f"{label}={text}" for label, text in labelled.items() if text)
        people = {" ".join(head.words) for head in heads[member.edition_id] if head.author_key == author_key}
        yield Link(member, group_id, rule_of[member.edition_id], evidence, author_key, volume, tuple(sorted(people)))


def _rules(group: Sequence[Member], words_of: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """For each edition the strongest rule that ties it to another of its group, from counts of what the group shares."""
    spellings = {member.edition_id: {words_of[text] for text in member.authors if text in words_of} for member in group}
    counts: Counter[Hashable] = Counter()
    for member in group:
        counts.update(spellings[member.edition_id])
        counts.update((spelling, member.whole) for spelling in spellings[member.edition_id])

    def rule(member: Member) -> str:
        own = spellings[member.edition_id]
        if len(group) == 1:
            return ALONE
        if any(counts[spelling, member.whole] > 1 for spelling in own):
            return SAME_TITLE_AND_AUTHOR
        return SAME_MAIN_TITLE if any(counts[spelling] > 1 for spelling in own) else AUTHOR_SPELLING

    return {member.edition_id: rule(member) for member in group}
