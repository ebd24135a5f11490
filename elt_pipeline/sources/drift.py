"""What of a source table is not as the format says, and what becomes of it: accepted, warned of or refused. No reading here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from elt_pipeline.contracts import bronze, source
from elt_pipeline.contracts.table import ContractViolation

TEXT_TYPES = ("CHAR", "TEXT", "CLOB", "STRING", "ENUM")
FROM_LOADER = {
    source.SOURCE_FILE: "_source_file",
    source.SOURCE_LINE: "_source_line",
    "file": "_source_file",
    "line": "_source_line",
}
OURS = {column.name for table in bronze.TABLES for column in table.columns if column.name.startswith("_")}


@dataclass(frozen=True)
class MatchedColumn:
    """A column of the source, its declared type in capitals, the name that it has in bronze, and whether the format knows it."""

    name: str
    type: str
    bronze_name: str
    is_new: bool = False

    @property
    def is_text(self) -> bool:
        """Whether its values are text as they stand."""
        return is_text(self.type)


def is_text(type_: str) -> bool:
    """Whether a declared type is one of text."""
    return type_.upper().split("(")[0].endswith(TEXT_TYPES)


def find_table(wanted: str, found: Collection[str]) -> str | None:
    """Return the name that the source itself gives a table, which may be in another case; None where it has none."""
    return min((name for name in found if name.casefold() == wanted.casefold()), key=lambda name: name != wanted, default=None)


def match_columns(table: source.SourceTable, found: Mapping[str, str]) -> list[MatchedColumn]:
    """Return the source's columns as bronze wants them: the format's in its order, whatever their case; then new ones by name.

    ``found`` gives each column's declared type. New ones may have any type. Raises ``ContractViolation`` naming every column that
    is missing or re-typed, and every new one whose name bronze keeps for itself.
    """
    by_case = {name.casefold(): name for name in found}
    wanted = [*table.columns, *(name for name in (source.SOURCE_FILE, source.SOURCE_LINE) if name.casefold() in by_case)]
    known = {by_case[name.casefold()]: FROM_LOADER.get(name, name) for name in wanted if name.casefold() in by_case}
    new = sorted(name for name in found if name not in known)
    broken = [
        *(f"missing column `{name}`" for name in wanted if name.casefold() not in by_case),
        *(f"column `{name}` is {found[name]}, not text" for name in known if not is_text(found[name])),
        *(f"column `{name}` has a name that bronze keeps for itself" for name in new if name.casefold() in OURS),
    ]
    if broken:
        raise ContractViolation(
            f"The source's table `{table.name}`: {'; '.join(broken)}. Nothing of it was taken: mend the source, put a view of "
            "that name and with these texts in its place, or load it again."
        )
    return [
        *(MatchedColumn(name, found[name].upper(), bronze_name) for name, bronze_name in known.items()),
        *(MatchedColumn(name, found[name].upper(), name, is_new=True) for name in new),
    ]
