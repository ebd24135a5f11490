"""The words of titles that say something of the edition, volume or sort of book, on folded text. Data only: no decisions."""

import re

from elt_pipeline.transforms.text import words


def any_of(*phrases: str) -> str:
    """A pattern for any of the phrases, each a pattern of whole words."""
    return rf"\b(?:{'|'.join(phrases)})\b"


NUMBER_WORDS = words("one two three four five six seven eight nine ten eleven twelve")
ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
ROMANS = words("i ii iii iv v vi vii viii ix x xi xii")
VALUES = {word: str(value) for numbers in (NUMBER_WORDS, ORDINALS, ROMANS) for value, word in enumerate(numbers, start=1)}
ANY_NUMBER = rf"(?:[0-9]+|{'|'.join([*NUMBER_WORDS, *ROMANS])})"
ANY_ORDINAL = rf"(?:{'|'.join(ORDINALS)})"
NUMBERS = rf"{ANY_NUMBER}(?: (?:(?:and|to|through) )?{ANY_NUMBER})*"

# vol 03, volumes one to three, part two, tome 4.
VOLUME_WORD = r"vols?|volumes?|tomes?|tomo|band|bd|bks?|books?|parts?|pt|issue|nos?"
VOLUME = re.compile(rf"\b(?:{VOLUME_WORD}) (?:nr )?({NUMBERS})(?: of {ANY_NUMBER})?\b")
NAMED_PART = re.compile(rf"\b({ANY_ORDINAL}) (?:part|volume|book)\b")
# Only as a subtitle: being the first part of the lord of the rings, book one of the dune chronicles.
SERIES_MENTION = re.compile(
    rf"\b(?:being )?(?:the )?(?:{ANY_ORDINAL} (?:part|volume|book|novel)|(?:part|volume|book) {ANY_NUMBER})"
    rf" (?:of|in) (?!{ANY_NUMBER}\b).*$"
)

ORDINAL = rf"(?:[0-9]+(?:st|nd|rd|th)|{ANY_ORDINAL})"
# What an edition says of itself and not of the work.
EDITION = re.compile(
    any_of(
        r"(?:un|complete and un)abridged(?: edition)?",
        r"large print(?: edition)?",
        "paperbacks?",
        "hardcover",
        "hardback",
        "mass market",
        r"audio ?(?:book|cd)?",
        rf"(?:{ORDINAL}|twentieth|twenty fifth|fiftieth|centennial|golden) anniversary edition",
        r"(?:movie|film|tv|media) tie ?in(?: edition)?",
        rf"(?:{ORDINAL}|kindle|revised|updated|expanded|deluxe|special|collectors?|limited) editions?",
        "(?:illustrated|bilingual|dual language) editions?",
        "(?:international|student|premium|gift|restored|new|annotated|original spelling|complete|critical|verse) editions?",
        "(?:french|english|spanish|german) editions?",
        "(?:norton )?critical editions?",
        "penguin (?:modern |popular )?classics",
        "(?:oxford )?worlds classics",
        "modern library(?: classics)?",
        "(?:signet|bantam|barnes noble|wordsworth|puffin) classics?",
        "dover thrift editions?",
        "everymans? library(?: (?:cloth|no [0-9]+))?",
        "vintage (?:classics|international)",
        "oxford school shakespeare",
        "shakespeare pelican",
        "great (?:ideas|minds)",
        r"a new(?: \w+)? translation",
        "the (?:restored|1818) text",
        "text and criticism",
        "with (?:an |new )?(?:introduction|notes|foreword|afterword)(?: and (?:introduction|notes|commentary))?",
        "(?:the )?complete text",
        "(?:an )?authoritative texts?",
    )
)
# What a subtitle says of the sort of book, which another edition leaves out.
SORT = re.compile(
    r"^(?:an? )?(?:novel(?: in verse)?|memoir|roman|novela|autobiography|thriller|adventure|story|short novel|play|drama)$"
)
# A single word that describes a book and is not the name of a part of it.
SORTS = frozenset(
    words("stories poems essays plays letters biography autobiography history thriller mystery poetry satire romance")
)
WHOLE_TEXT = re.compile(r"\b(?:complete (?:and )?)?unabridged\b")
AND = re.compile(r"\b(?:y|und|et)\b")
CRITICISM = re.compile(any_of("authoritative texts?", "backgrounds?", "contexts?", "criticism", "critical history"))

# Books made of or about another book, by a word that tells what each is; the first that fits counts.
# `Study Guide: Dune` names the book that it is made of after the colon.
GUIDE_HEAD = re.compile(
    "(?:study|reading|teachers?|readers) guide|(?:cliffs|spark) ?notes|(?:summary|analysis|summary and analysis)(?: of| for)?"
)
MADE_OF = {
    "guide": any_of(
        "study (?:guide|aids)",
        "(?:cliffs|spark|book) ?notes",
        "literature guide",
        "readers (?:guide|companion)",
        "teachers? (?:guide|edition)",
        "(?:facilitators|experiential|pocket|movie|discussion|leaders) guide",
        r"official (?:\w+ )?guide",
        "guide for using",
        "companion|casebook|commentary|workbook",
        "no fear",
        "annotations and",
        "making of",
        "portrait of the film",
        "questions and answers",
    ),
    "summary": any_of("summary(?: of| and analysis)?", "conversation starters"),
    "drawn": any_of("graphic novel", "comics?", "manga", "anime"),
    "played": any_of(
        "(?:screen|radio |stage )play",
        "stage versions?",
        "the play",
        "set of plays",
        "(?:shooting )?script",
        "libretto",
        "vocal score",
    )
    + "|"
    + any_of("dramati[sz]ation", "adaptation", "disneys?"),
    "cut": any_of("abridge(?:d|ment)", "selections?", "selected", "excerpts?", "retold (?:by|for|from)", "adapted", "scenes from")
    + "|"
    + any_of("great illustrated classics", "classic starts"),
    "pastime": any_of("stickers?", "colou?ring book", "pop up", "activity book", "calendar", "journal", "postcards", "poster"),
    "set": any_of(
        "box(?:ed)? ?sets?",
        "omnibus",
        r"complete (?:\w+ )?(?:novels|series|set|works|collection|trilogy)",
        "trilogy in",
        "[0-9] books? in [0-9]",
        r"(?:two|three|four|five|six|seven|[0-9]+) (?:\w+ )?(?:books|novels)(?: in one)?",
        "[0-9]+ (?:copy|book) set",
    ),
    "more": any_of(
        "and others",
        "collected stories",
        r"and (?:\w+ )?(?:other|more|selected|related)",
        r"and (?:two|three|four|five|six|seven|[0-9]+) \w+",
        "with connections",
        "bonus",
    ),
}

# A series of this name holds books of many authors, whatever the rows at hand show.
PUBLISHERS_SERIES = any_of(
    "classics?|classiques?|clasicos?|klassiker|classici",
    "librar(?:y|ies)|bibliothek|biblioteca|bibliotheque",
    "collections?|coleccion|colecao|collana",
    "penguin|puffin|pelican|everymans?|signet|bantam|dover|wordsworth|vintage|virago|folio|faber|reclam",
    "oxford worlds?|great (?:books|ideas|minds|works)|masterpieces?|masterworks?|best ?sellers?",
    "editions?",
)
