"""Tests of reasons: their shares in numbers and bars, and what speaks against."""

from dataclasses import replace

from catalogue.for_you import Reason
from streamlit_app.components.reasons import reasons


def reason(title: str, share: float) -> Reason:
    return Reason(1, title, share, "ratings", "for", "liked", None, 0.25)


def test_a_reason_shows_its_share_its_pick_and_what_links_them() -> None:
    shown = reasons(
        [
            reason("Dune <b>", 0.662),
            replace(reason("Emma", 0.05), direction="against", kind="content", shared="author Jane Austen & Co"),
        ]
    )
    assert shown == (
        '<ul class="reasons"><li><span class="bar" style="--share:0.6620" aria-hidden="true"></span>'
        '<span class="share">66%</span><span><span dir="auto">Dune &lt;b&gt;</span></span>'
        '<span class="quiet" dir="auto">liked by the same readers</span></li>'
        '<li class="against"><span class="bar" style="--share:0.0500" aria-hidden="true"></span>'
        '<span class="share">5%</span><span>Against: <span dir="auto">Emma</span></span>'
        '<span class="quiet" dir="auto">author Jane Austen &amp; Co</span></li></ul>'
    )


def test_a_share_above_the_whole_does_not_widen_the_bar() -> None:
    shown = reasons([reason("Dune", 1.7)])
    assert "--share:1.0000" in shown
    assert "170%" in shown


def test_a_book_that_speaks_for_another_as_it_was_disliked_says_so() -> None:
    assert 'Unlike <span dir="auto">Twilight</span>' in reasons([replace(reason("Twilight", 0.3), judgement="disliked")])
