"""Works for datasets that are larger than the catalogue can fill: titles and people that are nobody's."""

from collections.abc import Sequence

from dataset.generating.other_works import OtherWork

ADJECTIVES = (
    *("Amber", "Bitter", "Crooked", "Distant", "Early", "Faded", "Gentle", "Hollow"),
    *("Idle", "Jagged", "Kindly", "Leaden", "Muted", "Narrow", "Open", "Paper"),
    *("Quiet", "Restless", "Silver", "Twofold", "Unlit", "Velvet", "Waning", "Yellow"),
)
NOUNS = (
    *("Almanac", "Bridge", "Cellar", "Door", "Engine", "Ferry", "Garden", "Harbour"),
    *("Island", "Journal", "Kettle", "Lantern", "Meadow", "Needle", "Orchard", "Pilot"),
    *("Quarry", "River", "Staircase", "Tower", "Umbrella", "Voyage", "Window", "Year"),
)
SYLLABLES = (
    *("bra", "cul", "dor", "fen", "gri", "hul", "jas", "kem"),
    *("lor", "mab", "nev", "oru", "pel", "qui", "ras", "sib"),
    *("tor", "ulm", "vex", "wyn", "xan", "yor", "zil", "ond"),
)
PATTERNS = ("The {adjective} {noun} of {place}", "{adjective} {noun}, {place}", "A {noun} for {place}", "{place} and the {noun}")
WORKS_PER_AUTHOR = 5
# Of ten works six have one edition, two have two, and so on: half of the editions stand in works of several.
EDITION_COUNTS = (1, 1, 2, 1, 1, 3, 1, 2, 1, 7)


def synthetic_work(number: int, place: int, genres: Sequence[str]) -> OtherWork:
    """Return the synthetic work of that place, from 0; titles come again, but never with the same author."""
    mixed = place * 2_654_435_761 % 2**32
    person = place // WORKS_PER_AUTHOR * 2_246_822_519 % 2**32
    title = PATTERNS[mixed // 7 % len(PATTERNS)].format(
        adjective=ADJECTIVES[mixed // 31 % len(ADJECTIVES)],
        noun=NOUNS[mixed // 1_009 % len(NOUNS)],
        place=_name(mixed // 65_536, 3),
    )
    return OtherWork(
        number=number,
        title=title,
        original_title=None,
        authors=(f"{_name(person // 3, 2)} {_name(person // 4_099, 4)}",),
        first_year=1_900 + mixed // 89 % 120,
        language="eng",
        genres=(genres[mixed // 127 % len(genres)],),
        series=None,
        series_number=None,
        kind="synthetic",
    )


def _name(number: int, syllables: int) -> str:
    parts = []
    for _ in range(syllables):
        number, place = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[place])
    return "".join(parts).capitalize()
