"""Which spellings of a person's name may be one person. Splitting a row's authors belongs to editions.py."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from elt_pipeline.transforms.text import fold, words

NOT_A_NAME = frozenset(words("sir dr prof mr mrs ms lord lady saint st jr sr ii iii iv phd md dmin esq inc"))
# Le Guin is also printed LeGuin.
FAMILY_PARTICLES = frozenset(words("le la mc mac o du des"))
CYRILLIC = words(
    "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch"  # noqa: RUF001 -- these are the letters
)
CYRILLIC_SIGNS = words("ъ: ы:y ь: э:e ю:yu я:ya")
TRANSLITERATED = str.maketrans(dict(pair.split(":") for pair in [*CYRILLIC, *CYRILLIC_SIGNS]))
# Letters that transliterations of one sound disagree in, the longest first.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|ch|kh|ck|c|q|g(?=h)", "k"),
        ("shch|sch|sh|sz|zh|z|s", "s"),
        ("ph|ff", "f"),
        ("w", "v"),
        (r"h|(.)(?=\1)", ""),
        ("[yj]", "i"),
    )
]
VOWELS = re.compile("[aeiou]")
DOUBLED = re.compile(r"(.)\1+")
ENOUGH_ALIKE = 0.6
# Of family names that sound alike: Dostoyevsky and Dostoevskij are one, Burton and Barton are not.
ALIKE_FAMILY_NAMES = 0.85
# Moore and Muir, Donne and Dunn: of so few letters each counts.
LETTERS_OF_A_SHORT_NAME = 5
# A single name, Cicero, may be Marcus Tullius Cicero; Lee says too little.
LETTERS_OF_A_SINGLE_NAME = 5


@dataclass(frozen=True, order=True)
class PersonName:
    """A name in comparable parts: ``key`` is alike for spellings of one family name, ``given`` are the folded given names."""

    key: str
    given: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def author_key(self) -> str:
        """What all spellings of a person share, and people of like names too: ``dstvsk f``."""
        return f"{self.key} {self.words[0][:1]}"


def person_name(text: str) -> PersonName | None:
    """Return the parts of a name as printed, ``J.R.R. Tolkien`` or ``Tolkien, J.R.R.``; None where there is no letter in it."""
    family, comma, given = text.partition(",")
    names = f"{given} {family}" if comma and (fold(given) or "") not in NOT_A_NAME else text
    parts = [word for word in (fold(names.replace(".", ". ")) or "").translate(TRANSLITERATED).split() if word not in NOT_A_NAME]
    parts = _initials_apart(parts, names)
    if not any(map(str.isalpha, "".join(parts))):
        return None
    if len(parts) > 1 and parts[-2] in FAMILY_PARTICLES:
        parts[-2:] = ["".join(parts[-2:])]
    return PersonName(_sound(parts[-1]), tuple(parts[:-1]), tuple(parts))


def _initials_apart(parts: list[str], printed: str) -> list[str]:
    """``JRR Tolkien`` as ``j r r tolkien``: capitals in a row before the last word are initials."""
    capitals = set() if printed.isupper() else {(fold(word) or "") for word in re.findall(r"\b[A-Z]{2,3}\b", printed)}
    apart = ([*part] if part in capitals and part != parts[-1] else [part] for part in parts)
    return [letter for letters in apart for letter in letters]


def _sound(word: str) -> str:
    sound = DOUBLED.sub(r"\1", VOWELS.sub("", _plainly_written(word)))
    return sound if len(sound) > 1 else word


def _plainly_written(word: str) -> str:
    """The word with one letter where transliterations of one name choose among several: ``dostoievski``."""
    plain = word
    for pattern, letters in SOUNDS:
        plain = pattern.sub(letters, plain)
    return plain


def may_be_one(first: PersonName, second: PersonName) -> bool:
    """Whether two names of equal ``key`` can be spellings of one: given names agree, an initial with the names it begins."""
    if first.key != second.key:
        return False
    if not first.given or not second.given:
        return first.words[-1] == second.words[-1] and len(first.words[-1]) >= LETTERS_OF_A_SINGLE_NAME
    if not all(_may_be_one_word(*pair) for pair in zip(first.given, second.given, strict=False)):
        return False
    return _are_written_alike(first.words[-1], second.words[-1])


@lru_cache(maxsize=10_000)
def _are_written_alike(first: str, second: str) -> bool:
    """Whether two family names that sound alike are also written alike, but for letters that transliterations disagree in."""
    if min(len(first), len(second)) <= LETTERS_OF_A_SHORT_NAME:
        return first == second
    # Which comes first decides which blocks are found: sorted, so that the answer is the same both ways.
    one, other = sorted((_plainly_written(first), _plainly_written(second)))
    return SequenceMatcher(None, one, other).ratio() >= ALIKE_FAMILY_NAMES


def _may_be_one_word(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    if shorter[:3] == longer[:3]:
        return True
    return _sound(shorter) == _sound(longer) and SequenceMatcher(None, shorter, longer).ratio() >= ENOUGH_ALIKE


def same_people(names: Iterable[PersonName]) -> dict[PersonName, PersonName]:
    """Return for each name the first of those that are one person with it; independent of the order.

    Fuller names come first. A name that may be several people who are not each other is nobody's but its own.
    """
    fullest_first = sorted(
        set(names), key=lambda name: (name.key, -sum(len(word) > 1 for word in name.words), -len("".join(name.words)), name)
    )
    chosen: dict[PersonName, PersonName] = {}
    heads: dict[str, list[PersonName]] = {}
    # Liu Cixin is also printed Cixin Liu.
    any_order: dict[frozenset[str], PersonName] = {}
    for name in fullest_first:
        twin = any_order.setdefault(frozenset(name.words), name)
        if twin != name:
            chosen[name] = chosen[twin]
            continue
        known = heads.setdefault(name.key, [])
        fitting = [head for head in known if may_be_one(head, name)]
        chosen[name] = fitting[0] if len(fitting) == 1 else name
        if chosen[name] == name:
            known.append(name)
    return chosen
