"""Tables as the pages show them. What stands in their cells belongs to who draws them."""

from collections.abc import Iterable, Sequence

from streamlit_app.components.markup import Markup, joined, tag, words_of_data


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, class_: str | None = None) -> Markup:
    """Return a table; a text in it is data. The roles keep it a table where a narrow screen shows its rows as blocks."""
    named = tag("tr", *(tag("th", head, role="columnheader", scope="col") for head in heads), role="row")
    body = (tag("tr", *_cells(heads, row), role="row") for row in rows)
    classes = f"rows {class_}" if class_ else "rows"
    return tag("table", tag("thead", named, role="rowgroup"), tag("tbody", *body, role="rowgroup"), class_=classes, role="table")


def folded(label: str, content: Markup) -> Markup:
    """Return the content behind a line that opens it."""
    return tag("details", tag("summary", label), content)


def bar(share: float) -> Markup:
    """Return a bar of a share between 0 and 1; what it says stands beside it as a number."""
    return tag("span", class_="bar", style=f"--share:{min(max(share, 0), 1):.4f}", aria_hidden="true")


def _cells(heads: Sequence[str], row: Sequence[str]) -> list[Markup]:
    """The row's cells; all but the first name their column, for screens too narrow for a head."""
    first, *others = [cell if isinstance(cell, Markup) or not cell else words_of_data("span", cell) for cell in row]
    told = [tag("td", joined(cell), role="cell", data_head=head) for head, cell in zip(heads[1:], others, strict=True)]
    return [tag("td", first, role="cell", class_="title"), *told]
