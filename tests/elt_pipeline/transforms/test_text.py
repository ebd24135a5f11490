import random
import sys
import unicodedata

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from elt_pipeline.transforms.text import clean_paragraphs, clean_text, fold, is_blank, stripped, with_folded, with_texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param(None, None, id="null"),
        pytest.param("", "", id="empty"),
        pytest.param("The  Lord-of the RINGS!", "the lord of the rings", id="case and punctuation"),
        pytest.param("Ender's Game", "enders game", id="apostrophe"),
        pytest.param("Ender\u2019s Game", "enders game", id="curly apostrophe"),
        pytest.param("Les Misérables", "les miserables", id="accents"),
        pytest.param("Les Mise\u0301rables", "les miserables", id="accents apart"),
        pytest.param("Łódź Ørsted Đoković Þór æon œuvre ð", "lodz orsted dokovic thor aeon oeuvre d", id="letters with strokes"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("İstanbul", "istanbul", id="dotted capital i"),
        pytest.param("\uff24\uff35\uff2e\uff25 ②", "dune 2", id="compatibility forms"),
        pytest.param("हिन्दी", "हिन्दी", id="marks of other scripts stay"),
        pytest.param("がく", "がく", id="kana voicing stays"),
        pytest.param("حرب", "حرب", id="arabic"),
        pytest.param("zero\u200bwidth", "zerowidth", id="zero width"),
        pytest.param("!!!", "!!!", id="no letters"),
        pytest.param("♥ ♦", "♥ ♦", id="symbols only"),
    ],
)
def test_a_text_folds_to_what_is_compared(text: str | None, folded: str | None) -> None:
    assert fold(text) == folded


def test_folding_a_folded_text_changes_nothing(rng: random.Random) -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cs", "Cn", "Co")]
    texts = characters + ["".join(rng.choices(characters, k=6)) for _ in range(20_000)]
    changing = [text for text in texts if fold(fold(text)) != fold(text)]
    assert changing == []


def test_ascii_folds_as_any_other_text(rng: random.Random) -> None:
    alphabet = [chr(code) for code in range(128)]
    texts = ["a" + "".join(rng.choices(alphabet, k=8)) for _ in range(5_000)]
    # A Greek letter sends the text the long way.
    assert [f"{fold(text)} ω" for text in texts] == [fold(f"{text} ω") for text in texts]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("  Dune\t", "Dune", id="trimmed"),
        pytest.param("Mise\u0301rables", "Misérables", id="composed"),
        pytest.param("a\u202eb\u200bc\ufeff", "abc", id="bidi override and zero width"),
        pytest.param("می\u200cکنم", "می\u200cکنم", id="joiners of Persian stay"),
        pytest.param("a\x00b\nc", "a b c", id="controls become spaces"),
        pytest.param("Dune  Messiah", "Dune  Messiah", id="double spaces stay"),
        pytest.param(" \u200b\x07", None, id="nothing visible"),
        pytest.param(None, None, id="null"),
    ],
)
def test_a_text_is_cleaned_without_cutting(text: str | None, cleaned: str | None) -> None:
    assert clean_text(text) == cleaned
    assert clean_text(clean_text(text)) == cleaned


def test_paragraphs_keep_their_line_ends() -> None:
    assert clean_paragraphs(" one\r\ntwo\rthree\x00\n") == "one\ntwo\nthree"


def test_folded_columns_are_added_and_the_others_kept(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, "É", "x"), (2, None, None)], "id int, name string, other string")
    folded = with_folded(frame, {"name": "name_key", "other": "other_key"}).orderBy("id")
    assert folded.columns == ["id", "name", "other", "name_key", "other_key"]
    assert [tuple(row) for row in folded.collect()] == [(1, "É", "x", "e", "x"), (2, None, None, None, None)]


def test_an_empty_frame_is_normalised_to_an_empty_frame(spark: SparkSession) -> None:
    frame = spark.createDataFrame([], "name string")
    assert with_texts(frame, {"name": ("name", clean_text)}).collect() == []


@pytest.mark.parametrize("text", [None, "", " ", "\u00a0\u200b\t\n"])
def test_a_text_without_visible_characters_is_blank(spark: SparkSession, text: str | None) -> None:
    frame = spark.createDataFrame([(text,), (" x ",)], "text string")
    rows = frame.select(is_blank(F.col("text")), stripped(F.col("text"))).collect()
    assert [row[0] for row in rows] == [True, False]
    assert rows[1][1] == "x"
