"""Why a book is recommended: the picks that speak for it and against it, with their shares."""

from collections.abc import Iterable

from catalogue.for_you import Reason
from streamlit_app.components.markup import Markup, tag, words_of_data
from streamlit_app.components.tables import bar


def reasons(found: Iterable[Reason]) -> Markup:
    """Return the reasons as a list of bars, the strongest first."""
    return tag("ul", *(reason(each) for each in found), class_="reasons")


def reason(found: Reason) -> Markup:
    """Return one reason: its share as a bar and a number, the pick behind it, and what links the two."""
    is_against = found.direction == "against"
    before = "Against: " if is_against else "" if found.judgement == "liked" else "Unlike "
    pick = tag("span", before, words_of_data("span", found.title))
    share, why = tag("span", f"{found.share:.0%}", class_="share"), words_of_data("span", found.because, class_="quiet")
    return tag("li", bar(found.share), share, pick, why, class_="against" if is_against else None)
