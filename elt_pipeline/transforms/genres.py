"""How raw genres and their links to ISBNs become genres of works. How an ISBN finds its edition belongs to links.py."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import GENRES, WORK_GENRES
from elt_pipeline.transforms.counts import positive_number
from elt_pipeline.transforms.links import find_editions, isbn_rejection
from elt_pipeline.transforms.source_rows import SAME_ID, SAME_WORK, joined_key, record_of
from elt_pipeline.transforms.text import clean_text, fold, with_texts

SAME_NAME = "same_name"


def clean_genres(raw_genres: DataFrame) -> DataFrame:
    """Return one row per genre, in the columns of ``silver.GENRES``; names that fold to the same text are one genre."""
    standing = rank_genres(raw_genres).where(F.col("rule").isNull())
    return standing.select("genre_id", F.col("clean_name").alias("name")).select(*GENRES.column_names)


def clean_work_genres(
    raw_book_genres: DataFrame, raw_genres: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """Return one row per work and genre, in the columns of ``silver.WORK_GENRES``."""
    ranked = rank_book_genres(raw_book_genres, raw_genres, editions, edition_works)
    return ranked.where(F.col("link_rank") == 1).select(*WORK_GENRES.column_names)


def judge_genres(raw_genres: DataFrame) -> DataFrame:
    """Return each raw genre with ``genre_id``, ``clean_name``, ``folded_name`` and ``rejection_reason``: null where usable."""
    cleaned = with_texts(
        raw_genres.select(*record_of(source.GENRE, "Id"), "Id", "Name", "_ingested_at"),
        {"clean_name": ("Name", clean_text), "folded_name": ("Name", fold)},
    )
    identified = cleaned.withColumn("genre_id", positive_number(F.col("Id")))
    reason = F.when(F.col("genre_id").isNull(), "id_is_not_a_number").when(F.col("clean_name").isNull(), "no_name")
    return identified.withColumn("rejection_reason", reason)


def rank_genres(raw_genres: DataFrame) -> DataFrame:
    """Return the usable raw genres with ``into_key`` and ``rule``: why the row was merged, null where it stays.

    Of one Id the row ingested last stays; of one name the smallest Id, into which the others are merged.
    """
    latest_first = Window.partitionBy("genre_id").orderBy(
        F.col("_ingested_at").desc(),
        "source_row",
        F.col("_source_file").asc_nulls_first(),
        F.col("_source_line").asc_nulls_first(),
    )
    usable = judge_genres(raw_genres).where(F.col("rejection_reason").isNull())
    ranked = usable.withColumn("id_rank", F.row_number().over(latest_first))
    stands = F.when(F.col("id_rank") == 1, F.col("genre_id"))
    named = ranked.withColumn("named_id", F.min(stands).over(Window.partitionBy("folded_name")))
    is_older, has_another = F.col("id_rank") > 1, F.col("named_id") != F.col("genre_id")
    return named.withColumns(
        {
            "rule": F.when(is_older, SAME_ID).when(has_another, SAME_NAME),
            "into_key": F.when(is_older, F.col("genre_id")).otherwise(F.col("named_id")).cast("string"),
        }
    )


def judge_book_genres(
    raw_book_genres: DataFrame, raw_genres: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """Return each raw link with ``work_id``, ``genre_id`` and ``rejection_reason``; all joins are on keys and keep the grain."""
    standing = rank_genres(raw_genres).where(F.col("id_rank") == 1)
    targets = standing.select(F.col("genre_id").alias("raw_genre_id"), F.col("named_id").alias("genre_id"))
    links = raw_book_genres.select(
        *record_of(source.BOOK_GENRE, *source.BOOK_GENRE.columns),
        "BookISBN",
        positive_number(F.col("GenreId")).alias("raw_genre_id"),
    )
    joined = find_editions(links, editions).join(targets, on="raw_genre_id", how="left")
    with_works = joined.join(edition_works.select("edition_id", "work_id"), on="edition_id", how="left")
    return with_works.withColumn("rejection_reason", isbn_rejection().when(F.col("genre_id").isNull(), "genre_is_not_known"))


def rank_book_genres(
    raw_book_genres: DataFrame, raw_genres: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """Return the usable links with ``link_rank`` among those of one work and genre, ``into_key`` and ``rule``."""
    one_pair = Window.partitionBy("work_id", "genre_id").orderBy(
        "source_key", F.col("_source_file").asc_nulls_first(), F.col("_source_line").asc_nulls_first()
    )
    judged = judge_book_genres(raw_book_genres, raw_genres, editions, edition_works)
    return judged.where(F.col("rejection_reason").isNull()).withColumns(
        {
            "link_rank": F.row_number().over(one_pair),
            "into_key": joined_key(F.col("work_id").cast("string"), F.col("genre_id").cast("string")),
            "rule": F.lit(SAME_WORK),
        }
    )
