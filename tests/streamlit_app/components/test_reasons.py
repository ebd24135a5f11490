"""Tests of reasons: their shares in numbers and bars, and what speaks against."""

from catalogue.for_you import Reason
from streamlit_app.components.reasons import reasons


def test_a_reason_shows_its_share_its_pick_and_what_links_them() -> None:
    shown = reasons([Reason(1, "Dune <b>", 0.662, "readers", "for"), Reason(2, "Emma", 0.05, "author", "against")])
    assert shown == (
        '<ul class="reasons"><li><span class="bar" style="--share:0.6620" aria-hidden="true"></span>'
        '<span class="share">66%</span><span><span dir="auto">Dune &lt;b&gt;</span></span>'
        '<span class="quiet">liked by the same readers</span></li>'
        '<li class="against"><span class="bar" style="--share:0.0500" aria-hidden="true"></span>'
        '<span class="share">5%</span><span>Against: <span dir="auto">Emma</span></span>'
        '<span class="quiet">the same author</span></li></ul>'
    )


def test_a_share_above_the_whole_does_not_widen_the_bar() -> None:
    shown = reasons([Reason(1, "Dune", 1.7, "readers", "against")])
    assert "--share:1.0000" in shown
    assert "170%" in shown
