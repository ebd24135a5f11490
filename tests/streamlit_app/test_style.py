"""Tests of the colours: text can be read on every ground of the pages, in light and in dark."""

import re
import tomllib
from pathlib import Path

import pytest

from streamlit_app.components.card_charts import QUIET
from tests.support.contrast import contrast

APP = Path(__file__).parents[2] / "streamlit_app"
ENOUGH_FOR_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA.
ENOUGH_FOR_SHAPES = 3.0  # Success criterion 1.4.11.
TEXTS = ("ink", "quiet", "accent", "good", "bad", "textColor", "primaryColor")
GROUNDS = ("ground", "tint", "backgroundColor", "secondaryBackgroundColor")


def colours(scheme: str) -> dict[str, str]:
    """The colours of the stylesheet and of Streamlit's theme by name."""
    style = (APP / "style.css").read_text(encoding="utf-8")
    tokens = re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", style)
    named = {name: colour for name, colour in theme(scheme).items() if isinstance(colour, str)}
    return {name: light if scheme == "light" else dark for name, light, dark in tokens} | named


def theme(scheme: str) -> dict[str, str | list[str]]:
    """Streamlit's theme, with a list of colours for charts."""
    config = tomllib.loads((APP / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    found: dict[str, str | list[str]] = config["theme"][scheme]
    return found


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)]
)
def test_contrast_is_computed_as_the_standard_says(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_of_each_colour_can_be_read_on_every_ground(scheme: str, text: str) -> None:
    of_scheme = colours(scheme)
    ratios = {ground: round(contrast(of_scheme[text], of_scheme[ground]), 2) for ground in GROUNDS}
    assert {ground: ratio for ground, ratio in ratios.items() if ratio < ENOUGH_FOR_TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_chart_draws_stands_out_from_the_page(scheme: str) -> None:
    drawn, ground = theme(scheme)["chartCategoricalColors"], colours(scheme)["backgroundColor"]
    assert len(drawn) == 6
    assert [colour for colour in drawn if contrast(colour, ground) < ENOUGH_FOR_SHAPES] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_along_a_chart_s_axes_have_the_colour_of_quiet_words(scheme: str) -> None:
    assert QUIET[scheme] == colours(scheme)["quiet"]
