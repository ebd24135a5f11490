"""Which column of a catalogue is which: by its headings and by what a person maps. Its cells belong to catalogue_rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from dataset.loading.exports import ALSO_CALLED, ANY_OTHER, FIELDS, FROM_SEVERAL, KNOWN_HEADINGS, Export, export_of, plain_heading
from dataset.loading.foreign_cells import plain_authors, plain_list
from dataset.loading.headers import MAX_NAME_CHARACTERS, Header, Top, check_width, listed, read_top
from dataset.loading.load_errors import MappingUnusable, NotInTheFormat
from elt_pipeline.contracts.source import BOOK, SOURCE_FILE, SOURCE_LINE

# The column of `book` that takes a field's cells just as they are.
TAKEN_AS_IT_IS = {
    "title": "Name",
    "publisher": "Publisher",
    "year": "PublishYear",
    "month": "PublishMonth",
    "day": "PublishDay",
    "pages": "pagesNumber",
    "description": "Description",
    "rating": "Rating",
}
# The column that takes what is read out of a field's cells.
READ_INTO = {"id": "Id", "authors": "Authors", "isbn": "ISBN", "language": "Language"}
# Columns of `book` that no field fills: a heading of their name does.
_BY_NAME = {name.casefold(): name for name in BOOK.columns if name not in (*TAKEN_AS_IT_IS.values(), *READ_INTO.values())}
_NOT_FOR_KEEPING = {name.casefold() for name in (*BOOK.columns, SOURCE_FILE, SOURCE_LINE)}
# Nothing else is in these cells than what is read out of them.
_READ_WHOLE = ("authors", "isbn")

_FIELD_BEGINS = re.compile(rf",(?=\s*(?:{'|'.join((*FIELDS, *ALSO_CALLED))})\s*=)", re.IGNORECASE)


@dataclass(frozen=True)
class Catalogue(Header):
    """The header of a file of books with headings of its own: its form, and for each field the places of its cells, -1 for none.

    In ``columns`` each heading stands under the name by which its cells are kept in the table `book`; those of ``unused_places``
    are not kept, since all that is in them is read into another column.
    """

    export: Export
    places: Mapping[str, tuple[int, ...]]
    unused_places: frozenset[int]

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """The columns that are kept beside those that the table has."""
        named = enumerate(self.columns)
        return tuple(name for place, name in named if place not in self.unused_places and name not in self.table.columns)

    @property
    def used_columns(self) -> tuple[str, ...]:
        """The columns kept beside whose cells are read into others: an ISBN, the genres of a book."""
        used = {self.columns[place] for places in self.places.values() for place in places if place >= 0}
        return tuple(name for name in self.unknown_columns if name in used)

    @property
    def headings_of_no_field(self) -> tuple[str, ...]:
        """The headings, as the file has them, that mean nothing to us."""
        used = {place for places in self.places.values() for place in places}
        named = enumerate(zip(self.names, self.columns, strict=True))
        return tuple(name or column for place, (name, column) in named if place not in used and column not in self.table.columns)


def read_mapping(given: Iterable[str]) -> dict[str, str]:
    """Return the headings by field from texts like ``title=Titel,isbn=EAN``; a heading may hold commas itself.

    Raises ``MappingUnusable`` for a text that is none, or names a field that does not exist.
    """
    mapping: dict[str, str] = {}
    for pair in (pair for text in given for pair in _FIELD_BEGINS.split(text) if pair.strip()):
        name, equals, heading = pair.partition("=")
        field = ALSO_CALLED.get(name.strip().casefold(), name.strip().casefold())
        if not equals or not heading.strip():
            raise MappingUnusable(f"`{pair}` maps nothing. Write a field and a heading of the file: --map title=Titel,isbn=EAN")
        if field not in FIELDS:
            nearest = get_close_matches(field, FIELDS, n=1)
            meant = f" Is {nearest[0]} meant?" if nearest else ""
            raise MappingUnusable(
                f"`{name.strip()}` is no field that a heading can be mapped to.{meant} There are {listed(FIELDS)}."
            )
        mapping[field] = heading.strip()
    return mapping


def read_catalogue(path: Path, mapping: Mapping[str, str]) -> Catalogue:
    """Return which column of the file is which.

    Raises ``NotInTheFormat`` where no column is known to be the title, ``MappingUnusable`` where a heading that is mapped is not
    there, ``OSError`` where the file cannot be read.
    """
    known = KNOWN_HEADINGS | {plain_heading(heading) for heading in mapping.values()}
    advice = "The first line of a catalogue names its columns, one of them the title."
    top = read_top(path, lambda name: plain_heading(name) in known, advice)
    check_width(top, advice)
    headings = [plain_heading(name) for name in top.names]
    export = export_of(headings)
    places = _places(headings, export) | {field: (_place_of(heading, top),) for field, heading in mapping.items()}
    if "title" not in places:
        raise NotInTheFormat(f"{top.place}: no column is known to be the title. Found: {listed(top.names)}. {_suggestion(top)}")
    if "year" in places:
        places.pop("date", None)
    if "publisher" in places:
        places.pop("publication", None)
    return _laid_out(top, _without_functions(export, mapping), places)


def _places(headings: Sequence[str], export: Export) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for field, names in export.headings.items():
        places = [headings.index(name) if name in headings else -1 for name in names]
        if field in FROM_SEVERAL and max(places) >= 0:
            # The functions of a known export tell its headings apart by their order.
            found[field] = tuple(place for place in places if place >= 0 or export is not ANY_OTHER)
        elif there := [place for place in places if place >= 0]:
            found[field] = (there[0],)
    return found


def _without_functions(export: Export, mapping: Mapping[str, str]) -> Export:
    """The export without its own way to read what a person mapped: that takes the cells of the export's own headings."""
    authors_of = plain_authors if "authors" in mapping else export.authors_of
    genres_of = plain_list if "genres" in mapping else export.genres_of
    return replace(export, authors_of=authors_of, genres_of=genres_of)


def _place_of(heading: str, top: Top) -> int:
    if heading in top.names:
        return top.names.index(heading)
    plain = [plain_heading(name) for name in top.names]
    if plain_heading(heading) in plain:
        return plain.index(plain_heading(heading))
    nearest = get_close_matches(plain_heading(heading), plain, n=1)
    meant = f" Is `{top.names[plain.index(nearest[0])]}` meant?" if nearest else ""
    raise MappingUnusable(f"{top.place}: there is no column `{heading}`.{meant} Found: {listed(top.names)}.")


def _suggestion(top: Top) -> str:
    """What to map: the heading nearest to one that is known, else the first."""
    plain = [plain_heading(name) for name in top.names]
    titles = ANY_OTHER.headings["title"]
    near = [
        place for place, name in enumerate(plain) if get_close_matches(name, titles, n=1) or any(word in name for word in titles)
    ]
    heading = top.names[near[0] if near else 0] if top.names else "HEADING"
    return f"Say which it is: --map title={heading}"


def _laid_out(top: Top, export: Export, places: Mapping[str, tuple[int, ...]]) -> Catalogue:
    """The catalogue with a name for each of its columns: that of the column of `book` that takes it whole, else its own."""
    whole = {places[field][0]: column for field, column in TAKEN_AS_IT_IS.items() if field in places}
    unused = {places[field][0] for field in _READ_WHOLE if len(places.get(field, ())) == 1} - whole.keys()
    taken = {name.casefold() for name in whole.values()}
    for place, name in enumerate(top.names):
        column = _BY_NAME.get(name.casefold())
        if column and place not in whole and column.casefold() not in taken:
            whole[place] = column
            taken.add(column.casefold())
    columns = [whole.get(place) or _name_for_keeping(name, place, taken) for place, name in enumerate(top.names)]
    return Catalogue(
        top.path, BOOK, top.encoding, top.delimiter, top.line, top.names, tuple(columns), export, places, frozenset(unused)
    )


def _name_for_keeping(heading: str, place: int, taken: set[str]) -> str:
    """A name that is no other column's, and not one of ours, which begin with ``_``."""
    is_free = heading.casefold() not in _NOT_FOR_KEEPING and not heading.startswith("_")
    name = (heading if is_free else f"file_{heading.lstrip('_')}") or f"unnamed_{place + 1}"
    name, number = name[: MAX_NAME_CHARACTERS - 4], 1
    numbered = name
    while numbered.casefold() in taken:
        number += 1
        numbered = f"{name}_{number}"
    taken.add(numbered.casefold())
    return numbered
