"""The Book page: one book, its editions and what resembles it. Lists of books belong to the other pages."""

from collections import defaultdict
from collections.abc import Iterable

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.book import Book, work_id_of
from catalogue.similar import SimilarBook
from streamlit_app.asked import book_and_similar
from streamlit_app.components import picks, words
from streamlit_app.components.book_card import draw_similar_books, fact_line, genre_list
from streamlit_app.components.cover import cover, picture
from streamlit_app.components.editions import draw_editions
from streamlit_app.components.links import FOR_YOU, address, link, search_address
from streamlit_app.components.markup import Markup, draw, joined, tag, words_of_data
from streamlit_app.components.notices import draw_notice, draw_unavailable

COVER_PIXELS = 184
FILES_SHOWN = 6


def draw_page() -> None:
    """Draw the book that the address names, or why there is none."""
    query, named = st.query_params.get("searched", ""), st.query_params["book"]
    draw_way_back(query)
    try:
        work_id = work_id_of(named)
        answer = None if work_id is None else book_and_similar(work_id)
    except CatalogueUnavailable as error:
        draw_unavailable(error)
        return
    if answer is None:
        draw_not_found(named)
        return
    book, similar = answer
    st.set_page_config(page_title=f"{book.title} · Booklake")
    draw_head(book)
    draw_editions(book.editions)
    draw_similar(similar, query)


def draw_way_back(query: str) -> None:
    """Draw a link to the search that led here."""
    label = f"← Results for “{query}”" if query else "← Search"
    draw(tag("p", link(label, search_address(query)), class_="back"))


def draw_not_found(named: str) -> None:
    """Say that the address names no book."""
    draw_notice(
        f"There is no book “{named}” in this catalogue.",
        "It may have been taken out since the link was made: search for its title.",
    )


def draw_head(book: Book) -> None:
    """Draw what the book is: cover, title, authors, facts, verdict, description, and the ways to say what one thinks of it."""
    series = words.series(book.series_name, book.series_number)
    facts = fact_line(series, words.year(book.first_publish_year), words.language(book.language_code))
    verdict = tag("p", words.stars(book.average_stars, book.rating_count))
    description = words_of_data("p", book.description, class_="description") if book.description else Markup()
    lines = (by_line(book), facts, verdict, genre_list(book.genres), opinion(book.work_id), description, files(book.downloads))
    beside = tag("div", words_of_data("h1", book.title), *lines)
    draw(tag("article", picture(cover(book.title, book.author_names), COVER_PIXELS), beside, class_="book"))


def by_line(book: Book) -> Markup:
    """Return who wrote the book; each name is a link to a search for it."""
    names = [link(words_of_data("span", author.name), search_address(author.name)) for author in book.authors]
    return tag("p", "by ", joined(*names, by=", ") if names else "an unknown author", class_="authors")


def files(addresses: Iterable[str]) -> Markup:
    """Return links to the files of the book, by domain; only those over https, and nothing is fetched from them."""
    by_domain: dict[str, list[Markup]] = defaultdict(list)
    for to in addresses:
        if to.lower().startswith("https://"):
            by_domain[to.split("/")[2]].append(file_link(to))
    return joined(*(files_of(domain, links) for domain, links in by_domain.items()))


def files_of(domain: str, links: list[Markup]) -> Markup:
    """Return the links to one domain's files; those after the first ``FILES_SHOWN`` are folded away."""
    first = tag("p", tag("span", f"Files at {domain}"), *links[:FILES_SHOWN], class_="examples")
    more = links[FILES_SHOWN:]
    if not more:
        return first
    folded = tag("details", tag("summary", words.counted(len(more), "more file")), tag("p", *more, class_="examples"))
    return joined(first, folded)


def file_link(to: str) -> Markup:
    """Return a link out of the app, which is named by the end of its address."""
    name = to.rstrip("/").rsplit("/", 1)[1]
    return tag("a", name, " ↗", href=to, target="_blank", rel="noopener noreferrer", title=to)


def opinion(work_id: int) -> Markup:
    """Return the two links that pick the book for the reader's list, the one that is picked marked as such."""
    liked, disliked = picks.liked(), picks.disliked()
    likes = {"like": picks.with_pick(liked, work_id), "dislike": picks.without_pick(disliked, work_id)}
    dislikes = {"like": picks.without_pick(liked, work_id), "dislike": picks.with_pick(disliked, work_id)}
    is_liked, is_disliked = work_id in liked, work_id in disliked
    return tag(
        "p",
        link(
            "♥ You like it" if is_liked else "♥ I like it", address(FOR_YOU, likes), class_="button on" if is_liked else "button"
        ),
        link(
            "✕ Not for you" if is_disliked else "✕ Not for me",
            address(FOR_YOU, dislikes),
            class_="button on" if is_disliked else "button",
        ),
        class_="opinion",
    )


def draw_similar(books: list[SimilarBook], query: str) -> None:
    """Draw similar books with their reasons, or say that none is known."""
    draw(tag("h2", "Similar books"))
    if books:
        draw_similar_books(books, query)
    else:
        draw(tag("p", "None is known yet: readers and authors of this book have no other in this catalogue.", class_="quiet"))
