"""How editions are grouped into works, as frames. The rules on titles and names are in grouping.py and following.py."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

from elt_pipeline.contracts.silver import EDITION_WORKS
from elt_pipeline.transforms.editions import NAME_SEPARATOR
from elt_pipeline.transforms.following import Linked, follow_titles
from elt_pipeline.transforms.grouping import ONE_NUMBER, Link, Member, link_members
from elt_pipeline.transforms.person_names import person_name
from elt_pipeline.transforms.stated_titles import stated_title
from elt_pipeline.transforms.text import fold
from elt_pipeline.transforms.title_forms import TitleForm, title_form
from elt_pipeline.transforms.title_words import PUBLISHERS_SERIES

Row = dict[str, Any]
Rule = Callable[[Row], Iterator[Row]]

LINE = "\n"
MEMBER_TEXTS = ("main", "volume", "kind", "subtitle", "whole", "authors", "series", "series_number", "language", "other_names")
OWN_SERIES = "own_series"
# Of a series' editions with author so many are the author's: others write the play or draw the art book.
OWN_SERIES_PERCENT = 80
LINK_TEXTS = ("rule", "evidence", "language", "title", "volume", "stated_titles", "series_place", "people")


def group_editions(editions: DataFrame) -> DataFrame:
    """Return one row per edition, in the columns of ``silver.EDITION_WORKS``.

    First the editions of one main title are grouped by author, volume and subtitle, then the groups of one author by what proves
    them one work under several titles. A step sees all that could be one work in one row: order and partitions do not matter.
    """
    formed = with_own_series(form_titles(editions))
    # What is made of another book is compared by its whole title only.
    bucket = F.when(F.col("kind") == "", F.col("main")).otherwise(F.concat_ws(" ", "kind", "whole"))
    links = _ruled_by(
        formed,
        bucket,
        ("edition_id", *MEMBER_TEXTS, OWN_SERIES),
        _linked,
        _schema(("edition_id", "group_id"), ("author", *LINK_TEXTS)),
    )
    author = F.when(F.col("author") != "", F.col("author")).otherwise(F.concat(F.lit("#"), F.col("group_id").cast("string")))
    works = _ruled_by(links, author, ("edition_id", "group_id", *LINK_TEXTS), _followed, EDITION_WORKS.spark_schema)
    return works.select(*EDITION_WORKS.column_names)


def form_titles(editions: DataFrame) -> DataFrame:
    """Return ``edition_id``, the texts ``MEMBER_TEXTS`` and ``first_author``, one row per edition; empty where there is nothing.

    ``first_author`` is the family name and an initial, ``rowling j``, null where there is no author.
    """
    columns = ("edition_id", "title", "authors", "series_name", "series_number", "language_code")
    texts = editions.select(*columns, stated_title(F.col("description")).alias("stated_title"))
    schema = _schema(("edition_id",), (*MEMBER_TEXTS, "first_author"))
    return texts.mapInArrow(_over_rows(_formed, schema), schema)


def with_own_series(formed: DataFrame) -> DataFrame:
    """Return the frame with ``own_series``: the series where nearly all its editions are this one's author's, else null.

    Publishers number the books of many in one series, and their numbers tell nothing of a work. The grain stays.
    """
    # No series is none, and not one of all that have none.
    series = ("series", F.when(F.col("series") == "", F.col("edition_id")))
    in_series = F.count("first_author").over(Window.partitionBy(*series))
    by_author = F.count("first_author").over(Window.partitionBy(*series, "first_author"))
    is_own = (by_author * 100 >= in_series * OWN_SERIES_PERCENT) & ~F.col("series").rlike(PUBLISHERS_SERIES)
    return formed.withColumn(OWN_SERIES, F.when(is_own & F.col("first_author").isNotNull(), F.col("series")))


def _ruled_by(rows: DataFrame, bucket: Column, columns: Sequence[str], rule: Rule, schema: T.StructType) -> DataFrame:
    """What the rule makes of all rows of a bucket at once."""
    buckets = rows.groupBy(bucket.alias("bucket")).agg(F.collect_list(F.struct(*columns)).alias("rows"))
    return buckets.select("rows").mapInArrow(_over_rows(rule, schema), schema)


def _formed(row: Row) -> Iterator[Row]:
    form = _form(row["title"], row["authors"] or "")
    yield {
        "edition_id": row["edition_id"],
        "main": form.main,
        "volume": form.volume,
        "kind": form.kind,
        "subtitle": form.subtitle,
        "whole": form.whole,
        "authors": row["authors"] or "",
        "series": _series(row["series_name"] or ""),
        "series_number": row["series_number"] or "",
        "language": row["language_code"] or "",
        "other_names": LINE.join((*form.other_names, *_stated(row["stated_title"] or ""))),
        "first_author": _first_author(row["authors"] or ""),
    }


@lru_cache(maxsize=10_000)
def _form(title: str, authors: str) -> TitleForm:
    return title_form(title, frozenset((fold(authors) or "").split()))


@lru_cache(maxsize=10_000)
def _stated(title: str) -> tuple[str, ...]:
    form = title_form(title)
    # A stated volume or guide is another book than the one that states it.
    return (form.main,) if title and not (form.volume or form.kind) else ()


@lru_cache(maxsize=10_000)
def _series(name: str) -> str:
    return title_form(name).main if name else ""


@lru_cache(maxsize=10_000)
def _first_author(authors: str) -> str | None:
    name = person_name(authors.partition(NAME_SEPARATOR)[0])
    return f"{name.words[-1]} {name.words[0][:1]}" if name else None


def _linked(bucket: Row) -> Iterator[Row]:
    yield from map(_link, link_members(map(_member, bucket["rows"])))


def _member(row: Row) -> Member:
    authors = tuple(filter(None, row["authors"].split(NAME_SEPARATOR)))
    own_series = row["own_series"] or ""
    return Member(**row | {"authors": authors, "other_names": _lines(row["other_names"]), "own_series": own_series})


def _link(link: Link) -> Row:
    member = link.member
    is_itself = member.kind == ""
    has_place = is_itself and member.own_series and ONE_NUMBER.fullmatch(member.series_number)
    return {
        "edition_id": member.edition_id,
        "group_id": link.group_id,
        "author": link.author,
        "rule": link.rule,
        "evidence": link.evidence,
        "language": member.language,
        "title": member.main if is_itself else "",
        "volume": link.volume,
        "stated_titles": LINE.join(member.other_names),
        "series_place": f"{member.own_series} #{member.series_number}" if has_place else "",
        "people": LINE.join(link.people),
    }


def _followed(bucket: Row) -> Iterator[Row]:
    links = (Linked(**row | {name: _lines(row[name]) for name in ("stated_titles", "people")}) for row in bucket["rows"])
    for link in follow_titles(links):
        yield {"edition_id": link.edition_id, "work_id": link.group_id, "rule": link.rule, "evidence": link.evidence}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(LINE)))


def _over_rows(rule: Rule, schema: T.StructType) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The rule as a step over batches of rows, for mapInArrow."""
    arrow = pa.schema([(field.name, pa.int64() if isinstance(field.dataType, T.LongType) else pa.string()) for field in schema])

    def ruled(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.RecordBatch.from_pylist([made for row in batch.to_pylist() for made in rule(row)], schema=arrow)

    return ruled


def _schema(keys: Iterable[str], texts: Iterable[str]) -> T.StructType:
    longs = [T.StructField(key, T.LongType()) for key in keys]
    return T.StructType([*longs, *(T.StructField(text, T.StringType()) for text in texts)])
