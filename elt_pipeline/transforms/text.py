"""How text is normalised: for keeping (NFC) and for comparing (folded). No rule of books or people belongs here."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

Rule = Callable[[str | None], str | None]

PLAIN_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u02bc`"))
# What fold does to ASCII, in one step: most texts need no more.
ASCII_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | dict.fromkeys(map(ord, "'`"))
COMBINING_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
# U+200C and U+200D are absent: Persian, Indic scripts and emoji are spelt with them.
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x061C, 0x061D), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
CONTROLS_BUT_LINES = {code: space for code, space in CONTROLS.items() if chr(code) not in "\n\t"}

BLANK_CHARACTERS = r"[\p{Cc}\p{Cf}\p{Z}]+"
OUTER_BLANKS = r"^[\p{Cc}\p{Z}]+|[\p{Cc}\p{Z}]+$"


def words(text: str) -> list[str]:
    """The words of a text between blanks."""
    return text.split()


def fold(text: str | None) -> str | None:
    """The text as it is compared: ``Café  Łódź's`` gives ``cafe lodzs``; null stays null.

    Case, accents, apostrophes and punctuation are gone, marks of other scripts stay, words are one space apart. A text without
    letters and digits gives itself in NFC and small letters. ``fold(fold(text)) == fold(text)``.
    """
    if text is None:
        return None
    if text.isascii():
        return " ".join(text.translate(ASCII_FOLDED).split()) or " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = decomposed.translate(COMBINING_ACCENTS).translate(PLAIN_LETTERS).translate(APOSTROPHES)
    words = "".join(map(_letter_or_space, bare)).split()
    return _composed(" ".join(words) if words else text.casefold())


def clean_text(text: str | None) -> str | None:
    """The text as silver keeps it: NFC, on one line, trimmed, without invisible characters; null where nothing is left."""
    return _cleaned(text, CONTROLS)


def clean_paragraphs(text: str | None) -> str | None:
    """The same as ``clean_text`` with line ends and tabs kept."""
    return _cleaned(text and text.replace("\r\n", "\n").replace("\r", "\n"), CONTROLS_BUT_LINES)


def with_texts(frame: DataFrame, texts: Mapping[str, tuple[str, Rule]]) -> DataFrame:
    """Return the frame with a text column for each entry ``{target: (source, rule)}``; a target that exists is replaced.

    The grain and all other columns stay. All rules run in one pass over the rows.
    """
    kept = [field for field in frame.schema.fields if field.name not in texts]
    schema = T.StructType([*kept, *(T.StructField(target, T.StringType()) for target in texts)])

    def normalised(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            columns = {field.name: batch.column(field.name) for field in kept}
            ruled = {target: _ruled(batch.column(source), rule) for target, (source, rule) in texts.items()}
            yield pa.RecordBatch.from_pydict(columns | ruled)

    return frame.mapInArrow(normalised, schema)


def with_folded(frame: DataFrame, folded_columns: Mapping[str, str]) -> DataFrame:
    """Return the frame with the folded text of each ``{source_column: folded_column}`` added; grain and other columns stay."""
    return with_texts(frame, {folded: (source, fold) for source, folded in folded_columns.items()})


def stripped(text: Column) -> Column:
    """The text without white space and control characters at both ends."""
    return F.regexp_replace(text, OUTER_BLANKS, "")


def is_blank(text: Column) -> Column:
    """Whether the text is null or has no visible character; never null."""
    return F.coalesce(F.regexp_replace(text, BLANK_CHARACTERS, "") == "", F.lit(col=True))


def _ruled(values: pa.Array, rule: Rule) -> pa.Array:
    texts = values.to_pylist()
    known = {text: rule(text) for text in set(texts)}
    return pa.array([known[text] for text in texts], pa.string())


def _cleaned(text: str | None, controls: Mapping[int, str]) -> str | None:
    if text is None:
        return None
    if text.isascii() and text.isprintable():
        return text.strip() or None
    return unicodedata.normalize("NFC", text.translate(INVISIBLE).translate(controls)).strip() or None


def _letter_or_space(character: str) -> str:
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _composed(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
