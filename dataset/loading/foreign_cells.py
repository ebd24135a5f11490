"""How cells of other programs' exports are read: names, ISBNs, series, lists. Which column is which belongs to exports."""

import re
from collections.abc import Sequence

from dataset.loading.csv_reader import Cell

BETWEEN_NAMES = " / "

_LISTED_ISBN = re.compile(r"\bisbn:\s*([0-9X-]+)", re.IGNORECASE)
_PUBLICATION = re.compile(r"^\s*(.*?)\s*\((?:[^()]*\d{4}[^()]*)\)")
_SERIES_WITH_NUMBER = re.compile(r"^(.*?[^\s,;#(])\s*(?:[,;]\s*#?|#|\()\s*([0-9]+(?:\.[0-9]+)?)\)?$")
_NUMBER = re.compile(r"^[0-9]+(?:\.[0-9]+)?$")
_LAST_PARENTHESIS = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\.?\s*$")

# Shelves of Goodreads that say how far a reader is, not what the book is.
_READING_STATES = {"read", "to-read", "currently-reading", "did-not-finish"}

# LibraryThing and people write languages out in English; the format of the source has ISO 639 codes.
_LANGUAGES = """
    arabic:ara bulgarian:bul catalan:cat chinese:zho croatian:hrv czech:ces danish:dan dutch:nld english:eng esperanto:epo
    estonian:est finnish:fin french:fra german:deu greek:ell hebrew:heb hindi:hin hungarian:hun icelandic:isl indonesian:ind
    irish:gle italian:ita japanese:jpn korean:kor latin:lat latvian:lav lithuanian:lit norwegian:nor persian:fas polish:pol
    portuguese:por romanian:ron russian:rus sanskrit:san serbian:srp slovak:slk slovenian:slv spanish:spa swahili:swa
    swedish:swe thai:tha turkish:tur ukrainian:ukr vietnamese:vie welsh:cym yiddish:yid
"""
LANGUAGE_CODES = dict(pair.split(":") for pair in _LANGUAGES.split())


def unwrapped(cell: Cell) -> Cell:
    """The cell without spaces around it and the ``="…"`` that keeps spreadsheets from counting; None where that is empty."""
    text = (cell or "").strip()
    if text.startswith('="') and text.endswith('"') and len(text) > len('="'):
        text = text[2:-1].strip()
    return text or None


def first_isbn(cells: Sequence[Cell]) -> Cell:
    """The first ISBN that the cells name: ``="0441013597"``, ``[0441013597]``, ``isbn:0441013597,oclc:5``, a list; else None."""
    for cell in cells:
        text = (unwrapped(cell) or "").strip("[] ")
        if ":" in text:
            listed = _LISTED_ISBN.search(text)
            text = listed.group(1) if listed else ""
        first = re.split("[,;|]", text, maxsplit=1)[0].strip()
        if first:
            return first
    return None


def joined(names: Sequence[str]) -> Cell:
    """The names that are not empty, each once, as the source names several authors; None where there is none."""
    return BETWEEN_NAMES.join(dict.fromkeys(name.strip() for name in names if name.strip())) or None


def plain_authors(cells: Sequence[Cell]) -> Cell:
    """The names of all cells, ``&`` and ``|`` between them too. A comma parts none: it also stands within a name."""
    return joined([name for cell in cells for name in re.split(r"\s+&\s+|\|", unwrapped(cell) or "")])


def goodreads_authors(cells: Sequence[Cell]) -> Cell:
    """The author, then the additional ones, which stand in one cell with commas between; their names are not turned around."""
    author, others = cells
    return joined([author or "", *(others or "").split(",")])


def calibre_authors(cells: Sequence[Cell]) -> Cell:
    """The authors, joined by commas in Calibre; ``author_sort`` has ``&`` between them and so says how many there are."""
    authors, sort = cells
    if not authors or sort is None:
        return plain_authors([authors])
    names = re.split(r",\s+|\s+&\s+", authors)
    return joined(names) if len(names) == sort.count("&") + 1 else plain_authors([authors])


def librarything_authors(cells: Sequence[Cell]) -> Cell:
    """The primary author, then the secondary ones whose role is to write, each turned from ``Last, First`` to ``First Last``."""
    primary, others, roles = cells
    role_of = [role.strip().casefold() for role in (roles or "").split("|")]
    names = (others or "").split("|")
    writing = [name for place, name in enumerate(names) if place >= len(role_of) or role_of[place] in ("", "author")]
    return joined([first_name_first(name) for name in (primary or "", *writing)])


def first_name_first(name: str) -> str:
    """``Roubaud, Jacques`` as ``Jacques Roubaud``; a name without a comma, or with several, as it is."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == len(("last", "first")) and all(parts) else name.strip()


def publisher_of(publication: Cell) -> Cell:
    """The publisher in ``Seuil (1989), Paperback, 411 pages``; the whole cell where it has no year in parentheses."""
    found = _PUBLICATION.match(publication or "")
    return (found.group(1) or None) if found else publication


def language_of(cell: Cell) -> Cell:
    """The first language named, its code where it is written out in English; any other text as it is."""
    text = unwrapped(cell)
    if text is None:
        return None
    first = re.split("[,;|]", text, maxsplit=1)[0].strip()
    return LANGUAGE_CODES.get(text.casefold()) or LANGUAGE_CODES.get(first.casefold(), first)


def titled_with_series(title: Cell, series: Cell, number: Cell) -> Cell:
    """The title as ``Title (Series, #2)``, unless it names a series already or either part is missing; ``2.0`` is written 2."""
    name, place = unwrapped(series), unwrapped(number)
    if name and place is None and (both := _SERIES_WITH_NUMBER.match(name)):
        name, place = both.groups()
    if not title or not name or not place or not _NUMBER.match(place) or set(name) & set("();"):
        return title
    inside = _LAST_PARENTHESIS.search(title)
    if inside and (name.casefold() in inside.group(1).casefold() or "#" in inside.group(1)):
        return title
    return f"{title.rstrip()} ({name.rstrip(' ,:')}, #{place.rstrip('0').rstrip('.') if '.' in place else place})"


def plain_list(cells: Sequence[Cell]) -> list[str]:
    """What the cells list, each once: parted by ``;`` or ``|`` where they have one, else by commas."""
    texts = [unwrapped(cell) or "" for cell in cells]
    return _distinct([part for text in texts for part in re.split(r"[;|]" if re.search(r"[;|]", text) else ",", text)])


def goodreads_shelves(cells: Sequence[Cell]) -> list[str]:
    """The shelves of a book but for those that say how far its reader is: the exclusive one, and Goodreads' own."""
    shelves, exclusive = cells
    states = _READING_STATES | {(exclusive or "").strip()}
    return [shelf for shelf in _distinct((shelves or "").split(",")) if shelf not in states]


def librarything_subjects(cells: Sequence[Cell]) -> list[str]:
    """The reader's tags, parted by commas, and the libraries' subjects, parted by ``|`` since they hold commas."""
    tags, subjects = cells
    return _distinct([*(tags or "").split(","), *(subjects or "").split("|")])


def _distinct(names: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in filter(None, map(str.strip, names)):
        found.setdefault(name.casefold(), name)
    return list(found.values())


def whole_stars(cell: Cell) -> Cell:
    """A reader's stars as the source counts them: half a star is not counted, the least is one; None where not rated.

    Text that is no number of stars is returned as it is, for the pipeline to reject it on record.
    """
    text = unwrapped(cell)
    if text is None or not _NUMBER.match(text):
        return text
    return str(max(1, int(float(text)))) if float(text) > 0 else None
