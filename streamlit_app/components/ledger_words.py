"""What the ledger's codes mean, in sentences for people who keep books and not databases."""

TABLES = {
    "book": "Books",
    "book_download_link": "Links to files",
    "book_genre": "Genres of books",
    "genre": "Genres",
    "rating": "Ratings by number",
    "user_rating": "Ratings in words",
}

OUTCOMES = {"merged": "merged into another row", "rejected": "not taken"}

# By reason; where one means something else in a certain table, by table and reason.
SENTENCES: dict[str | tuple[str, str], str] = {
    "same_id": "The same Id stood there before: the row that was loaded last stays, this one was merged into it.",
    "same_name": "The same genre under another Id: it was merged into the one with the smallest Id.",
    "same_work": "The same reader had rated another edition of the same book: the higher rating stays.",
    ("book_genre", "same_work"): "Another edition of the same book is in that genre already: one entry is enough.",
    "same_link": "The same link to the same edition stood there already.",
    "id_is_not_a_number": "Its Id is no whole number, so nothing else can refer to it.",
    "no_title": "It has no title.",
    "no_name": "It has no name.",
    "no_reader": "It does not say who rated.",
    "no_link": "It has no link.",
    "link_is_no_web_address": "Its link is no web address.",
    "isbn_impossible": "Its ISBN cannot be one: the check digit or the length is wrong.",
    "book_is_not_known": "It is about a book that the source does not hold.",
    "genre_is_not_known": "It names a genre that the source does not hold.",
    "stars_are_not_a_number": "Its stars are no whole number.",
    "stars_out_of_range": "Its stars are not between 1 and 5.",
    "phrase_is_not_known": "Its words are none of those that readers choose from, so they stand for no number of stars.",
    "placeholder": "It says that this reader has rated nothing.",
    "title_matches_no_work": "It names its book by a title that no book of the catalogue has.",
    "title_matches_several_works": "It names its book by a title that several books have, and we do not guess which.",
    "field_count": "The line has more or fewer cells than the file has columns.",
    "header_again": "The line repeats the file's headings.",
    "quote_not_closed": "A quotation mark opens and never closes.",
    "text_after_quote": "Text follows a closing quotation mark, so it is not clear where the cell ends.",
    "cell_too_large": "A cell is too large to be a book's.",
    "invalid_encoding": "Its letters are damaged: they are in none of the encodings that the file can have.",
    "nul_byte": "It holds a zero byte, which no text has.",
}


def table(name: str) -> str:
    """What a source table holds; its own name where we have no better one."""
    return TABLES.get(name, name)


def sentence(source_table: str, reason: str) -> str:
    """Why a row was merged or not taken; the reason with spaces where we have no sentence."""
    found = SENTENCES.get((source_table, reason)) or SENTENCES.get(reason)
    return found or f"{reason.replace('_', ' ').capitalize()}."
