"""The SQL in which the kinds of source differ: SQLite, and MySQL with MariaDB. When it is asked does not belong here."""

from dataclasses import dataclass

# First bytes are told apart in checksums up to this code: beyond ASCII, engines number characters in ways of their own.
BEYOND_ASCII = 128
# Stands before the text of a column that is not text, so that an empty text is told from null; see ``Dialect.marked_text``.
MARK = "="


@dataclass(frozen=True)
class Dialect:
    """How a kind of database says what the readers need; ``{}`` in a text stands for an expression."""

    quote_mark: str
    # How the types end whose values are no characters.
    byte_types: tuple[str, ...]
    # Tells one set of tables from the next that takes its place: a table's name, then what changes with its replacement.
    identities: str
    text: str
    marked: str
    byte_count: str
    first_byte: str
    number: str

    def quoted(self, name: str) -> str:
        """The name as an identifier. Names come from the database's own catalogue."""
        return f"{self.quote_mark}{name.replace(self.quote_mark, self.quote_mark * 2)}{self.quote_mark}"

    def marked_text(self, name: str, type_: str) -> str:
        """The text of a column of another type with ``MARK`` before it, '' for null; bytes as hexadecimal digits.

        Never null: SQLite's driver cannot tell the type of an expression that is null in the first row.
        """
        column = self.quoted(name)
        text = f"hex({column})" if type_.split("(", maxsplit=1)[0].endswith(self.byte_types) else self.text.format(column)
        return f"case when {column} is null then '' else {self.marked.format(text)} end"

    def checksums(self, expression: str) -> tuple[str, str, str]:
        """How many texts are not null, the sum of their bytes in UTF-8, and of the codes of their first bytes."""
        size, first = self.byte_count.format(expression), self.first_byte.format(expression)
        return f"count({expression})", f"coalesce(sum({size}), 0)", f"coalesce(sum({first}), 0)"

    def largest_number(self, name: str) -> str:
        """The largest whole number that a text of the column begins with."""
        return f"max({self.number.format(self.quoted(name))})"


SQLITE = Dialect(
    quote_mark='"',
    byte_types=("BLOB", "BINARY"),
    # Tables that take the place of others were made beside them, and so begin on other pages of the file.
    identities="select name, rootpage from sqlite_master where type = 'table'",
    text="cast({} as text)",
    marked=f"'{MARK}' || {{}}",
    # The length of a text would stop at a NUL.
    byte_count="length(cast({} as blob))",
    first_byte=f"min(unicode({{}}), {BEYOND_ASCII})",
    number="cast({} as integer)",
)
MYSQL = Dialect(
    quote_mark="`",
    byte_types=("BLOB", "BINARY", "BIT", "GEOMETRY"),
    identities="select table_name, create_time from information_schema.tables where table_schema = database()",
    text="cast({} as char)",
    marked=f"concat('{MARK}', {{}})",
    byte_count="length(convert({} using utf8mb4))",
    first_byte=f"least(ascii(convert({{}} using utf8mb4)), {BEYOND_ASCII})",
    number="cast({} as signed)",
)
