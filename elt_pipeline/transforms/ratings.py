"""How readers' ratings of editions and titles become ratings of works. How titles find works belongs to matching.py."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import RATINGS
from elt_pipeline.transforms.conditions import holds
from elt_pipeline.transforms.counts import whole_number
from elt_pipeline.transforms.matching import match_titles
from elt_pipeline.transforms.source_rows import record_of
from elt_pipeline.transforms.text import is_blank, stripped

STARS_BY_PHRASE = {
    "it was amazing": 5,
    "really liked it": 4,
    "liked it": 3,
    "it was ok": 2,
    "did not like it": 1,
}
PLACEHOLDER_PHRASE = "This user doesn't have any rating"
LEAST_STARS, MOST_STARS = 1, 5


def clean_ratings(
    raw_ratings: DataFrame, raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """Return one row per reader and work, in the columns of ``silver.RATINGS``: the highest rating that the reader gave to it.

    The others are in ``silver.REJECTED_ROWS`` or ``silver.MERGED_ROWS``.
    """
    ranked = rank_ratings(judge_all_ratings(raw_ratings, raw_user_ratings, editions, edition_works))
    return ranked.where(F.col("rating_rank") == 1).select(*RATINGS.column_names)


def judge_all_ratings(
    raw_ratings: DataFrame, raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """Return the rows of both tables as ``judge_ratings`` does."""
    return judge_ratings(raw_ratings, edition_works).unionByName(judge_user_ratings(raw_user_ratings, editions, edition_works))


def judge_ratings(raw_ratings: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return every raw rating with reader, work, stars and ``rejection_reason``; the join to the works keeps the grain."""
    book_id = whole_number(F.col("BookId"))
    raw = raw_ratings.select("UserId", "BookId", "Rating", "_source_file", "_source_line", book_id.alias("edition_id"))
    joined = raw.join(edition_works.select("edition_id", "work_id"), on="edition_id", how="left")
    return joined.select(
        *record_of(source.RATING, "UserId", "BookId"),
        reader_id(source.RATING.name, F.col("UserId")).alias("reader_id"),
        "work_id",
        stars(F.col("Rating")).alias("stars"),
        rating_rejection(F.col("UserId"), F.col("Rating"), F.col("work_id")).alias("rejection_reason"),
        F.col("Rating").alias("rating_text"),
    )


def judge_user_ratings(raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return every raw user rating as ``judge_ratings`` does; the join to the works of its title keeps the grain."""
    matched = match_titles(raw_user_ratings, editions, edition_works)
    raw = raw_user_ratings.select(*source.USER_RATING.columns, "_source_file", "_source_line")
    joined = raw.join(matched, on="Name", how="left")
    return joined.select(
        *record_of(source.USER_RATING, "ID", "Name"),
        reader_id(source.USER_RATING.name, F.col("ID")).alias("reader_id"),
        "work_id",
        stars_of_phrase(F.col("Rating")).alias("stars"),
        user_rating_rejection().alias("rejection_reason"),
        F.col("Rating").alias("rating_text"),
    )


def rank_ratings(judged: DataFrame) -> DataFrame:
    """Return the usable ratings with ``rating_rank`` among those of one reader and work: 1 for the highest, which stays."""
    content = ("source_key", F.col("rating_text").asc_nulls_first())
    highest_first = Window.partitionBy("reader_id", "work_id").orderBy(
        F.col("stars").desc(), *content, F.col("_source_file").asc_nulls_first(), F.col("_source_line").asc_nulls_first()
    )
    usable = judged.where(F.col("rejection_reason").isNull())
    return usable.withColumn("rating_rank", F.row_number().over(highest_first))


def stars(text: Column) -> Column:
    """The stars, 1 to 5; null where the text is no such whole number."""
    number = whole_number(text)
    return F.when(number.between(LEAST_STARS, MOST_STARS), number).cast("int")


def stars_of_phrase(phrase: Column) -> Column:
    """The stars that a phrase of ``STARS_BY_PHRASE`` stands for, whatever its case; null for any other."""
    known = F.lower(stripped(phrase))
    return F.coalesce(*(F.when(known == text, number) for text, number in STARS_BY_PHRASE.items()))


def reader_id(namespace: str, text: Column) -> Column:
    """The reader with the namespace of the source: ``rating:2``; null where the text is blank."""
    return F.when(~is_blank(text), F.concat(F.lit(f"{namespace}:"), stripped(text)))


def rating_rejection(user_id: Column, rating: Column, work_id: Column) -> Column:
    """The first rule that a raw rating breaks; null where it breaks none."""
    is_a_number = holds(stripped(rating).rlike(r"^[+-]?[0-9]+(\.[0-9]+)?$"))
    return (
        F.when(is_blank(user_id), "no_reader")
        .when(~is_a_number, "stars_are_not_a_number")
        .when(stars(rating).isNull(), "stars_out_of_range")
        .when(work_id.isNull(), "book_is_not_known")
    )


def user_rating_rejection() -> Column:
    """The first rule that a user rating joined to its title's works breaks; null where it breaks none."""
    phrase = F.col("Rating")
    return (
        F.when(holds(F.lower(stripped(phrase)) == PLACEHOLDER_PHRASE.lower()), "placeholder")
        .when(is_blank(F.col("ID")), "no_reader")
        .when(stars_of_phrase(phrase).isNull(), "phrase_is_not_known")
        .when(F.col("matched_work_count").isNull(), "title_matches_no_work")
        .when(F.col("work_id").isNull(), "title_matches_several_works")
    )
