"""How a title that a reader typed or a site printed finds its work. What a rating is worth belongs to ratings.py."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

from elt_pipeline.transforms import titles
from elt_pipeline.transforms.grouping import TELLS_NOTHING
from elt_pipeline.transforms.text import clean_text, fold, with_texts
from elt_pipeline.transforms.title_forms import LAST_NUMBER, LEADING_ARTICLE, TitleForm, title_form

# Of several works of one title, the one meant is the one with so many times the ratings of the next.
CLEARLY_MORE_RATED = 10

BY_WHOLE_TITLE, BY_MAIN_TITLE, BY_FORM, BY_FORM_WITHOUT_SUBTITLE = 1, 2, 3, 4
# Telling words that a main title needs to be compared without its article, and the letters of each.
ENOUGH_WORDS, LEAST_LETTERS = 3, 3
# What tells other books of one main title apart, though editions of one work leave it out.
TELLS_ANOTHER_BOOK = re.compile(r"[(\[]|[:=]\s+(?:an? )?(?!novel\b)\w+$", re.IGNORECASE)
SEPARATOR = "\n"
TITLE_TEXTS = ("whole", "main", "number", "series")

# The comparison, its key, and the series number where it is compared beside the key.
Compared = tuple[int, str, str | None]
Rows = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def match_titles(names: DataFrame, editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return ``Name``, ``work_id`` and ``matched_work_count``, one row per distinct ``Name`` of ``names`` that matches a work.

    The whole title is compared first; only where no work has it, the title without its series; then by ``compared_forms``. There
    a series number that both sides name must be the same. ``work_id`` is null where several works match and none is clearly more
    rated than the others.
    """
    works = keyed_works(editions, edition_works).withColumnRenamed("number", "work_number")
    joined = keyed_names(names).join(works, on=["comparison", "key"], how="inner")
    says_nothing = F.col("number").isNull() | F.col("work_number").isNull()
    agreeing = joined.where(says_nothing | (F.col("number") == F.col("work_number")))
    first_comparison = F.min("comparison").over(Window.partitionBy("Name"))
    candidates = agreeing.select("Name", "work_id", "rating_count", "comparison", first_comparison.alias("first_comparison"))
    return choose_works(candidates.where(F.col("comparison") == F.col("first_comparison")))


def keyed_names(names: DataFrame) -> DataFrame:
    """Return the distinct ``Name``, once for each key, with ``comparison``, ``key`` and ``number``."""
    distinct = names.select("Name").where(F.col("Name").isNotNull()).distinct()
    whole = with_texts(distinct, {"whole": ("Name", clean_text)})
    title = F.col("whole")
    parts = {"main": titles.main_title(title), "number": titles.series_number(title), "series": titles.series_name(title)}
    return _with_keys(whole.withColumns(parts), "Name", of_work=False)


def keyed_works(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return ``work_id``, its ``rating_count``, ``comparison``, ``key`` and ``number``: each edition once for each key."""
    named = {"source_title": "whole", "title": "main", "series_number": "number", "series_name": "series"}
    texts = editions.select("edition_id", *named, "rating_count").withColumnsRenamed(named)
    joined = texts.join(edition_works.select("edition_id", "work_id"), on="edition_id", how="inner")
    rating_count = F.coalesce(F.sum("rating_count").over(Window.partitionBy("work_id")), F.lit(0))
    return _with_keys(joined.withColumn("rating_count", rating_count), "work_id", "rating_count", of_work=True)


def compared_forms(form: TitleForm, article: str, place: str, *, of_work: bool) -> Iterator[Compared]:
    """Yield the keys of a title in its canonical form: with its subtitle, and without one that only the work has.

    What is made of another book is compared by its whole title. A short title keeps its ``article``: ``Dig`` is not ``The Dig``;
    and no subtitle is missing, since many books share it: ``Cleopatra: A Life``. ``place`` in a series says enough with it.
    """
    word_count = sum(len(word) >= LEAST_LETTERS for word in set(form.main.split()) - TELLS_NOTHING)
    own_article = "" if word_count >= ENOUGH_WORDS or place else article
    main = SEPARATOR.join((form.kind, own_article, form.whole if form.kind else form.main, form.volume, place))
    yield BY_FORM, SEPARATOR.join((main, form.subtitle)), None
    if (of_work or not form.subtitle) and place and not form.kind:
        yield BY_FORM_WITHOUT_SUBTITLE, main, None


def compared_titles(row: Mapping[str, str | None], *, of_work: bool) -> set[Compared]:
    """Return the keys of a title ``whole`` with its parts ``main``, ``number`` and ``series``; none without title.

    A work is found with and without its place in a series, a name by what it says. A bare ``#1`` at the end of a name is an
    issue, no volume.
    """
    whole, main, number = row["whole"], row["main"], row["number"]
    if not (whole and main):
        return set()
    compared: set[Compared] = {(BY_WHOLE_TITLE, fold(whole) or "", None), (BY_MAIN_TITLE, fold(main) or "", number)}
    if TELLS_ANOTHER_BOOK.search(main) or (not of_work and LAST_NUMBER.match(main)):
        return compared
    series = title_form(row["series"] or "").main
    place = f"{series} #{number}" if series and number else ""
    article = LEADING_ARTICLE.match(fold(main) or "")
    form = title_form(main)
    # One word and a novel is often retold: Macbeth: A Novel.
    if not of_work and ":" in main and len(form.main.split()) == 1:
        return compared
    for known in {place, ""} if of_work else {place}:
        compared.update(compared_forms(form, article[0] if article else "", known, of_work=of_work))
    return compared


def _with_keys(frame: DataFrame, *kept: str, of_work: bool) -> DataFrame:
    """The kept columns once for each of ``compared_titles``, in one pass over the rows."""
    fields = [field for field in frame.schema.fields if field.name in kept]
    texts = [T.StructField("key", T.StringType()), T.StructField("number", T.StringType())]
    schema = T.StructType([*fields, T.StructField("comparison", T.LongType()), *texts])
    return frame.select(*(field.name for field in fields), *TITLE_TEXTS).mapInArrow(_keyed(len(fields), of_work=of_work), schema)


def _keyed(kept_count: int, *, of_work: bool) -> Rows:
    def keyed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            parts = batch.select(list(TITLE_TEXTS)).to_pylist()
            rows = [
                (at, *keys) for at, row in enumerate(parts) for keys in sorted(compared_titles(row, of_work=of_work), key=repr)
            ]
            at, comparisons, keys, numbers = zip(*rows, strict=True) if rows else ((), (), (), ())
            kept = batch.select(batch.schema.names[:kept_count]).take(pa.array(at, pa.int64()))
            columns = {name: kept.column(name) for name in kept.schema.names} | {
                "comparison": pa.array(comparisons, pa.int64()),
                "key": pa.array(keys, pa.string()),
                "number": pa.array(numbers, pa.string()),
            }
            yield pa.RecordBatch.from_pydict(columns)

    return keyed


def choose_works(candidates: DataFrame) -> DataFrame:
    """Return ``Name``, ``work_id`` and ``matched_work_count``, one row per ``Name`` of ``Name, work_id, rating_count``.

    ``work_id`` is null where several works match and the first has less than ``CLEARLY_MORE_RATED`` times the next's ratings.
    """
    of_name = Window.partitionBy("Name")
    most_rated_first = of_name.orderBy(F.col("rating_count").desc(), "work_id")
    ranked = (
        candidates.select("Name", "work_id", "rating_count")
        .distinct()
        .withColumns(
            {
                "place": F.row_number().over(most_rated_first),
                "next_rating_count": F.lead("rating_count").over(most_rated_first),
                "matched_work_count": F.count("*").over(of_name),
            }
        )
    )
    is_clear = (F.col("rating_count") > 0) & (F.col("rating_count") >= F.col("next_rating_count") * CLEARLY_MORE_RATED)
    is_meant = (F.col("matched_work_count") == 1) | is_clear
    chosen = ranked.where(F.col("place") == 1)
    return chosen.select("Name", F.when(is_meant, F.col("work_id")).alias("work_id"), "matched_work_count")
