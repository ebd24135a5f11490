"""What systems say is told with what to do about it, once."""

import pytest

from elt_pipeline.advice import ADVICE, with_advice


@pytest.mark.parametrize("sign", ADVICE)
def test_a_missing_resource_is_told_with_what_to_do_once(sign: str) -> None:
    told = with_advice(f"/lake: {sign}.")
    assert told == f"/lake: {sign}. {ADVICE[sign]}"
    assert with_advice(told) == told


def test_a_message_about_something_else_stays_as_it_is() -> None:
    assert with_advice("The lake is busy.") == "The lake is busy."
