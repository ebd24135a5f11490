"""A book as one card of a list. The whole page of a book belongs to pages."""

from collections.abc import Iterable

from catalogue.search import FoundBook, WellKnownBook
from catalogue.similar import SimilarBook
from streamlit_app.components import words
from streamlit_app.components.cover import cover, picture
from streamlit_app.components.links import title_link
from streamlit_app.components.markup import Markup, draw, joined, tag, words_of_data

COVER_PIXELS = 84
GENRES_OF_A_CARD = 4
SHELF_COVER_PIXELS = 128


def draw_found_books(books: Iterable[FoundBook], query: str) -> None:
    """Draw search results as cards, the best first."""
    draw(tag("ul", *(tag("li", found_book(book, query), class_="card") for book in books), class_="cards"))


def draw_similar_books(books: Iterable[SimilarBook], query: str) -> None:
    """Draw similar books as cards, each with the reason why it is one."""
    draw(tag("ul", *(tag("li", similar_book(book, query), class_="card") for book in books), class_="cards"))


def draw_shelf(books: Iterable[WellKnownBook]) -> None:
    """Draw books as their covers with the titles below."""
    draw(tag("ul", *(tag("li", shelved_book(book)) for book in books), class_="shelf"))


def found_book(book: FoundBook, query: str) -> Markup:
    """Return what the book is, how readers liked it, and quietly why it was found."""
    editions = words.counted(book.edition_count, "edition")
    return book_card(
        title_link(book.title, book.work_id, query),
        book.title,
        book.authors,
        fact_line(words.series(book.series_name, book.series_number), words.year(book.first_publish_year)),
        tag("p", words.stars(book.average_stars, book.rating_count)),
        genre_list(book.genres.split(", ")[:GENRES_OF_A_CARD] if book.genres else ()),
        tag("p", words.facts(editions, words.match(book.match_reason)), class_="quiet"),
    )


def similar_book(book: SimilarBook, query: str) -> Markup:
    """Return what the book is and why it resembles another."""
    return book_card(
        title_link(book.title, book.work_id, query),
        book.title,
        book.authors,
        words_of_data("p", book.because, class_="quiet"),
    )


def shelved_book(book: WellKnownBook) -> Markup:
    """Return the book's cover, its title and its authors."""
    return joined(
        picture(cover(book.title, book.authors), SHELF_COVER_PIXELS),
        tag("h3", title_link(book.title, book.work_id)),
        author_line(book.authors),
    )


def book_card(heading: Markup, title: str, authors: str | None, *lines: Markup) -> Markup:
    """Return a card's inside: the cover, and beside it the heading, the authors and further lines."""
    beside = tag("div", tag("h3", heading), author_line(authors), *lines)
    return joined(picture(cover(title, authors), COVER_PIXELS), beside)


def author_line(authors: str | None) -> Markup:
    """Return the line with the authors, or that none is known."""
    return words_of_data("p", authors, class_="authors") if authors else tag("p", "Unknown author", class_="authors")


def genre_list(genres: Iterable[str]) -> Markup:
    """Return the genres side by side; nothing where there is none."""
    named = [words_of_data("li", genre) for genre in genres]
    return tag("ul", *named, class_="genres", aria_label="Genres") if named else Markup()


def fact_line(*parts: str) -> Markup:
    """Return what is known of the parts in one line; nothing where nothing is."""
    line = words.facts(*parts)
    return words_of_data("p", line) if line else Markup()
