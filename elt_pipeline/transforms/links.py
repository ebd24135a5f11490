"""How rows that name a book by ISBN find its edition, and how download links are cleaned. How an ISBN is proved is in isbn.py."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import DOWNLOAD_LINKS
from elt_pipeline.transforms import isbn
from elt_pipeline.transforms.conditions import holds
from elt_pipeline.transforms.source_rows import joined_key, record_of
from elt_pipeline.transforms.text import is_blank, stripped

SAME_LINK = "same_link"
WEB_ADDRESS = r"(?i)^https?://[^\s/]+\.[^\s]+$"


def clean_download_links(raw_links: DataFrame, editions: DataFrame) -> DataFrame:
    """Return one row per edition and link, in the columns of ``silver.DOWNLOAD_LINKS``."""
    return rank_download_links(raw_links, editions).where(F.col("link_rank") == 1).select(*DOWNLOAD_LINKS.column_names)


def judge_download_links(raw_links: DataFrame, editions: DataFrame) -> DataFrame:
    """Return each raw link with ``edition_id``, ``url`` and ``rejection_reason``: null where usable."""
    links = raw_links.select(
        *record_of(source.BOOK_DOWNLOAD_LINK, *source.BOOK_DOWNLOAD_LINK.columns),
        "BookISBN",
        stripped(F.col("Link")).alias("url"),
    )
    reason = (
        F.when(is_blank(F.col("url")), "no_link")
        .when(~holds(F.col("url").rlike(WEB_ADDRESS)), "link_is_no_web_address")
        .otherwise(isbn_rejection())
    )
    return find_editions(links, editions).withColumn("rejection_reason", reason)


def rank_download_links(raw_links: DataFrame, editions: DataFrame) -> DataFrame:
    """Return the usable links with ``link_rank`` among those of one edition and address, ``into_key`` and ``rule``."""
    one_link = Window.partitionBy("edition_id", "url").orderBy(
        "source_key", F.col("_source_file").asc_nulls_first(), F.col("_source_line").asc_nulls_first()
    )
    judged = judge_download_links(raw_links, editions)
    return judged.where(F.col("rejection_reason").isNull()).withColumns(
        {
            "link_rank": F.row_number().over(one_link),
            "into_key": joined_key(F.col("edition_id").cast("string"), F.col("url")),
            "rule": F.lit(SAME_LINK),
        }
    )


def find_editions(rows: DataFrame, editions: DataFrame) -> DataFrame:
    """Return the rows with ``isbn13`` and ``edition_id`` of their ``BookISBN``; null where it is none or no edition has it.

    Where several editions have one ISBN, the smallest edition_id stands for it. The left join keeps the grain.
    """
    text = F.col("BookISBN")
    # A step of their own: an expression within an expression is planned and computed again and again.
    proved = rows.withColumns({"proved_isbn10": isbn.proved_isbn10(text), "proved_isbn13": isbn.proved_isbn13(text)})
    named = proved.withColumn("isbn13", F.coalesce("proved_isbn13", isbn.long_form(F.col("proved_isbn10"))))
    with_isbn = editions.where(F.col("isbn13").isNotNull())
    owners = with_isbn.groupBy("isbn13").agg(F.min("edition_id").alias("edition_id"))
    return named.join(owners, on="isbn13", how="left")


def isbn_rejection() -> Column:
    """The first rule that a row joined by ``find_editions`` breaks; null where it breaks none."""
    return F.when(F.col("isbn13").isNull(), "isbn_impossible").when(F.col("edition_id").isNull(), "book_is_not_known")
