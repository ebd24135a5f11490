"""How raw books become editions. Pure: frames in, frames out; grouping editions into works belongs to works.py."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import EDITIONS
from elt_pipeline.transforms import counts, dates, isbn, languages, titles
from elt_pipeline.transforms.text import clean_paragraphs, clean_text, is_blank, with_texts

NAME_SEPARATOR = " / "

STAR_COLUMNS = {
    "RatingDist5": "five_star_count",
    "RatingDist4": "four_star_count",
    "RatingDist3": "three_star_count",
    "RatingDist2": "two_star_count",
    "RatingDist1": "one_star_count",
}
COUNT_COLUMNS = STAR_COLUMNS | {"RatingDistTotal": "rating_count", "CountsOfReview": "review_count"}

PARSED_ALONE = ("ISBN", "Rating", "PublishYear", "Language", "pagesNumber", "month_text", "day_text")

CLEANED = {
    "clean_title": ("Name", clean_text),
    "clean_publisher": ("Publisher", clean_text),
    "clean_description": ("Description", clean_paragraphs),
    "clean_authors": ("Authors", clean_text),
}


def clean_editions(raw_books: DataFrame) -> DataFrame:
    """Return one row per edition, in the columns of ``silver.EDITIONS``.

    The other raw books are in ``silver.REJECTED_ROWS`` or, of the same Id, in ``silver.MERGED_ROWS``.
    """
    return parse_books(raw_books).where(F.col("candidate_rank") == 1).select(*EDITIONS.column_names)


def parse_books(raw_books: DataFrame) -> DataFrame:
    """Return every usable raw book in our names and types, with ``candidate_rank``: 1 for the one that stays of each Id.

    Beside the columns of ``silver.EDITIONS`` there are those of the source that were parsed.
    """
    text = F.col("ISBN")
    # A step of their own: both forms read both, and an expression within an expression is planned and computed again and again.
    proved = {"proved_isbn10": isbn.proved_isbn10(text), "proved_isbn13": isbn.proved_isbn13(text)}
    cleaned = with_texts(rank_books(raw_books), CLEANED).withColumns(proved)
    parsed = cleaned.select("edition_id", "candidate_rank", *_texts(), *_numbers(), *PARSED_ALONE, *COUNT_COLUMNS)
    date = dates.publish_date(F.col("publish_year"), F.col("month_text"), F.col("day_text"))
    return parsed.withColumn("publish_date", date).withColumn("issues", _issues())


def rank_books(raw_books: DataFrame) -> DataFrame:
    """Return the usable raw books with ``edition_id``, ``month_text``, ``day_text`` and ``candidate_rank`` among those of one Id.

    The row ingested last comes first; then the content decides, and the line only between rows that are equal in it.
    """
    content = [F.col(f"`{column}`").asc_nulls_first() for column in source.BOOK.columns]
    latest_first = Window.partitionBy("edition_id").orderBy(
        F.col("_ingested_at").desc(), *content, F.col("_source_file").asc_nulls_first(), F.col("_source_line").asc_nulls_first()
    )
    usable = judge_books(raw_books).where(F.col("rejection_reason").isNull())
    return usable.withColumn("candidate_rank", F.row_number().over(latest_first))


def judge_books(raw_books: DataFrame) -> DataFrame:
    """Return each raw book with ``edition_id``, ``month_text``, ``day_text`` and ``rejection_reason``: null where usable."""
    edition_id = counts.positive_number(F.col("Id"))
    month, day = F.col("PublishMonth"), F.col("PublishDay")
    columns = [F.col(f"`{column}`") for column in (*source.BOOK.columns, "_source_file", "_source_line", "_ingested_at")]
    return dates.with_swap_verdict(raw_books.select(*columns)).select(
        *columns,
        edition_id.alias("edition_id"),
        book_rejection(edition_id, F.col("Name")).alias("rejection_reason"),
        F.when(F.col("is_swapped"), day).otherwise(month).alias("month_text"),
        F.when(F.col("is_swapped"), month).otherwise(day).alias("day_text"),
    )


def book_rejection(edition_id: Column, title: Column) -> Column:
    """The first rule that a raw book breaks; null where it breaks none."""
    return F.when(edition_id.isNull(), "id_is_not_a_number").when(is_blank(title), "no_title")


def author_names(cleaned: Column) -> Column:
    """The names between ``/`` and ``;``, each once, without double spaces, joined by ``NAME_SEPARATOR``; null where none is.

    A comma is no separator: it also stands in ``Hobsbawm, E. J.``
    """
    names = F.transform(F.split(cleaned, "[/;]"), titles.one_spaced)
    joined = F.array_join(F.array_distinct(F.filter(names, lambda name: name != "")), NAME_SEPARATOR)
    return F.when(joined != "", joined)


def _texts() -> list[Column]:
    title = F.col("clean_title")
    texts = {
        "source_title": title,
        "title": titles.main_title(title),
        "series_name": titles.series_name(title),
        "series_number": titles.series_number(title),
        "publisher": F.col("clean_publisher"),
        "description": F.col("clean_description"),
        "authors": author_names(F.col("clean_authors")),
        "isbn10": F.coalesce("proved_isbn10", isbn.short_form(F.col("proved_isbn13"))),
        "isbn13": F.coalesce("proved_isbn13", isbn.long_form(F.col("proved_isbn10"))),
        "language_code": languages.language_code(F.col("Language")),
    }
    return [column.alias(name) for name, column in texts.items()]


def _numbers() -> list[Column]:
    numbers = {name: counts.reader_count(F.col(text), text[-1]) for text, name in STAR_COLUMNS.items()} | {
        "rating_count": counts.reader_count(F.col("RatingDistTotal"), "total"),
        "review_count": counts.reader_count(F.col("CountsOfReview")),
        "average_stars": counts.average_stars(F.col("Rating")),
        "page_count": counts.page_count(F.col("pagesNumber")),
        "publish_year": dates.publish_year(F.col("PublishYear")),
    }
    return [column.alias(name) for name, column in numbers.items()]


def _issues() -> Column:
    """The codes of what could not be repaired, in alphabetical order; reads the parsed columns beside the source's."""
    star_counts, rating_count, pages = (
        [F.col(name) for name in STAR_COLUMNS.values()],
        F.col("rating_count"),
        F.col("pagesNumber"),
    )
    nobody_rated = counts.is_zero(F.col("Rating")) & (F.coalesce(rating_count, F.lit(0)) == 0)
    found = {
        "counts_contradict": counts.counts_contradict(star_counts, rating_count),
        "counts_unreadable": F.greatest(*(_is_unread(text, number) for text, number in COUNT_COLUMNS.items())),
        "date_impossible": dates.date_is_impossible(
            F.col("publish_year"), F.col("month_text"), F.col("day_text"), F.col("publish_date")
        ),
        "isbn_impossible": _is_unread("ISBN", "isbn13"),
        "language_unknown": _is_unread("Language", "language_code"),
        "pages_impossible": _is_unread("pagesNumber", "page_count") & ~counts.is_zero(pages),
        "stars_impossible": _is_unread("Rating", "average_stars") & ~nobody_rated,
        "year_impossible": _is_unread("PublishYear", "publish_year"),
    }
    return F.array_join(F.array(*(F.when(found[code], code) for code in sorted(found))), " ")


def _is_unread(text: str, parsed: str) -> Column:
    """Whether the source gives a text and nothing could be made of it."""
    return ~is_blank(F.col(text)) & F.col(parsed).isNull()
