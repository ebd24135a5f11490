"""What of a title tells its work: main part, volume, kind and subtitle. Which editions are one work belongs to grouping.py."""

import re
from dataclasses import dataclass
from itertools import pairwise

from elt_pipeline.transforms.text import fold
from elt_pipeline.transforms.title_words import (
    AND,
    CRITICISM,
    EDITION,
    GUIDE_HEAD,
    MADE_OF,
    NAMED_PART,
    SERIES_MENTION,
    SORT,
    VALUES,
    VOLUME,
    WHOLE_TEXT,
)

LAST_NUMBER = re.compile(r"^(.*\w\D*?)\s*#\s*([0-9]+(?:\.[0-9]+)?)$")
BARE_LAST_NUMBER = re.compile(r"(\D*\w\D*) 0*([0-9]{1,2})")
LITTLE_BESIDE_CRITICISM = 6
KINDS = {kind: re.compile(pattern) for kind, pattern in MADE_OF.items()}

LEADING_ARTICLE = re.compile(r"^(?:the|a|an) (?=.)")
TRAILING_ARTICLE = re.compile(r"(?i)^(.*\S), (the|a|an)$")
# What follows the main title: after a colon, a dash between blanks, an equals sign, in parentheses, or as `or The Whale`.
SECOND_PART = re.compile(r"\s*([:=]\s+|\s[-\u2013\u2014=~]+\s|\s\(|\s\[|; (?=or\b)|,? or,? (?=(?i:the|a|an|there) \w))\s*")


@dataclass(frozen=True)
class TitleForm:
    """A title in comparable parts, all folded; ``volume``, ``kind`` and ``subtitle`` are empty where the title has none.

    ``main`` is without leading article, edition words and the author's name; ``volume`` is ``3`` or ``1 3``; ``kind`` names what
    is made of another book (``guide``, ``drawn`` …), which is compared by its ``whole`` title only. ``other_names`` are those
    that the title itself gives beside the main one.
    """

    main: str
    volume: str
    kind: str
    subtitle: str
    whole: str
    other_names: tuple[str, ...]


def title_form(title: str, author_words: frozenset[str] = frozenset()) -> TitleForm:
    """Return the parts of a title that has given up its series; ``author_words`` are the folded words of the authors' names."""
    swapped = TRAILING_ARTICLE.sub(r"\2 \1", title.strip())
    hashed = LAST_NUMBER.sub(r"\1 volume \2", swapped)
    pieces = SECOND_PART.split(hashed.replace("&", " and "))
    # An aside in parentheses, (Narnia), tells kind and volume but is no subtitle.
    asides = {_compared(piece) for opening, piece in pairwise(pieces) if opening.strip() in {"(", "["}}
    parts = [part for part in map(_compared, pieces[::2]) if part] or [_compared(title)]
    if len(parts) > 1 and set(parts[0].split()) <= author_words:
        parts = parts[1:]
    whole = " ".join(parts)
    volume, bare_parts = _volume(parts)
    kind = "more" if "/" in "".join(pieces[1:]) else _kind(bare_parts)
    main = _named(_main(bare_parts[0]), author_words)
    subtitle = " ".join(filter(None, (_subtitle(part) for part in bare_parts[1:] if part not in asides)))
    return TitleForm(main, volume, kind, subtitle, _named(whole, author_words), tuple(_names(bare_parts[1:], main)))


def _compared(text: str) -> str:
    return AND.sub("and", fold(text) or "") if any(map(str.isalnum, text)) else text.strip()


def _volume(parts: list[str]) -> tuple[str, list[str]]:
    """The numbers that the parts give beside a word for a volume, and the parts without them."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        found.extend(
            VALUES.get(word, word.lstrip("0") or "0") for word in match[1].split() if word not in {"and", "to", "through"}
        )
        return ""

    bare = []
    for at, part in enumerate(parts):
        numbered = SERIES_MENTION.sub("", part) if at else part
        rest = " ".join(NAMED_PART.sub(taken, VOLUME.sub(taken, numbered)).split())
        bare.append(rest if rest or at else part)
    if not found and (last := BARE_LAST_NUMBER.fullmatch(parts[0])):
        return last[2], [last[1], *bare[1:]]
    return " ".join(dict.fromkeys(found)), bare


def _kind(parts: list[str]) -> str:
    if len(parts) > 1 and GUIDE_HEAD.fullmatch(parts[0]):
        return "guide"
    plain = WHOLE_TEXT.sub(" ", " ".join(parts[1:]))
    return next((kind for kind, words in KINDS.items() if words.search(plain)), "")


def _main(part: str) -> str:
    last = next((match for match in EDITION.finditer(part) if match.end() == len(part)), None)
    return (last and part[: last.start()].strip()) or part


def _subtitle(part: str) -> str:
    if CRITICISM.search(part) and len(CRITICISM.sub("", part).split()) <= LITTLE_BESIDE_CRITICISM:
        return ""
    rest = " ".join(EDITION.sub(" ", part).split())
    return "" if SORT.search(rest) or rest in {"a", "an", "the", "and"} else LEADING_ARTICLE.sub("", rest)


def _named(text: str, author_words: frozenset[str]) -> str:
    """The text without leading article and without the author's own name: ``dantes inferno``, ``republic of plato``."""
    bare = LEADING_ARTICLE.sub("", text)
    words = bare.split()
    for place in range(min(3, len(words) - 1)):
        if words[place].endswith("s") and words[place][:-1] in author_words and set(words[:place]) <= author_words:
            return LEADING_ARTICLE.sub("", " ".join(words[place + 1 :]))
    before, of, after = bare.rpartition(" of ")
    return before if of and set(after.split()) <= author_words | {"saint", "st"} else bare


def _names(others: list[str], main: str) -> list[str]:
    names = (LEADING_ARTICLE.sub("", other) for other in others)
    return sorted({name for name in names if name and name != main})
