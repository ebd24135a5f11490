"""The other title that a description states: `Original title: Мёртвые души.` What follows from it is in following.py."""

from pyspark.sql import Column
from pyspark.sql import functions as F

LABELS = "|".join(
    (
        r"original title\s*[:=\x{2013}-]",
        r"originally (?:published|released) (?:in [\p{L}]+ )?as\b",
        r"titre original\s*:",
        r"t[íi]tulo original\s*:",
        r"titolo originale\s*:",
        r"originaltitel\s*:",
    )
)
OPENING, CLOSING = r"[\"'\x{201c}\x{201e}\x{ab}\x{2018}]", r"[\"'\x{201d}\x{201c}\x{bb}\x{2019}]"
# A title ends with its quotation mark, its sentence or its line; what is longer is no title.
STATED_TITLE = (
    rf"(?im)(?:{LABELS})\s*(?:{OPENING}\s*(\S[^\n]{{0,118}}?)\s*[.,]?{CLOSING}|(\S[^\n]{{0,118}}?)\s*(?:[.;](?:\s|$)|$))"
)


def stated_title(description: Column) -> Column:
    """The first title that the description states beside the book's own, as it is printed; null where it states none."""
    quoted, plain = (F.regexp_extract(description, STATED_TITLE, group) for group in (1, 2))
    return F.when(quoted != "", quoted).when(plain != "", plain)
