"""The other title that a description states: `Original title: Мёртвые души.` What follows from it is in following.py."""

from pyspark.sql import Column
from pyspark.sql import functions as F

LABELS = "|".join(
    (
        r"original title\s*[:=\x{2013}-]",
        r"titre original\s*:",
        r"t[íi]tulo original\s*:",
        r"titolo originale\s*:",
        r"originaltitel\s*:",
    )
)
# After these words only what stands in quotation marks is a title: books are also published as a serial.
PUBLISHED_AS = r"originally (?:published|released) (?:in [\p{L}]+ )?as\b"
# An apostrophe within a title closes nothing: each mark is closed by its own partner.
QUOTATION_MARKS = (('"', '"'), (r"\x{201c}", r"\x{201d}"), (r"\x{201e}", r"[\x{201c}\x{201d}]"), (r"\x{ab}", r"\x{bb}"))
QUOTED = "|".join(
    rf"{opening}\s*([^\s{closing.strip('[]')}][^\n]{{0,118}}?)\s*[.,]?{closing}" for opening, closing in QUOTATION_MARKS
)
# A title ends with its quotation mark, its sentence or its line; what is longer is no title.
PLAIN = r"([^\s\"\x{201c}\x{201e}\x{ab}][^\n]{0,118}?)\s*(?:[.;](?:\s|$)|$)"
STATED_TITLE = rf"(?im)(?:(?:{LABELS})\s*(?:{QUOTED}|{PLAIN})|{PUBLISHED_AS}\s*(?:{QUOTED}))"
GROUPS = range(1, 2 * len(QUOTATION_MARKS) + 2)


def stated_title(description: Column) -> Column:
    """The first title that the description states beside the book's own, as it is printed; null where it states none."""
    found = (F.regexp_extract(description, STATED_TITLE, group) for group in GROUPS)
    return F.coalesce(*(F.when(text != "", text) for text in found))
