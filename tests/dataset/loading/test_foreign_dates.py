"""How dates of other programs' exports are taken apart: literal cells in, literal parts out."""

import pytest

from dataset.loading.foreign_dates import NO_DATE, date_parts


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("1815-12-23T00:00:00+00:00", ("1815", "12", "23"), id="Calibre"),
        pytest.param("0101-01-01T00:00:00+00:00", NO_DATE, id="Calibre knows none"),
        pytest.param("2019/03/05", ("2019", "3", "5"), id="Goodreads"),
        pytest.param("2019-03", ("2019", "3", None), id="a month"),
        pytest.param("1979", ("1979", None, None), id="a year"),
        pytest.param("-450", ("-450", None, None), id="before the common era"),
        pytest.param("23.12.1815", ("1815", "12", "23"), id="dots: the day first"),
        pytest.param("5.3.2019", ("2019", "3", "5"), id="dots, no zeros"),
        pytest.param("23/12/1815", ("1815", "12", "23"), id="only the first can be a day"),
        pytest.param("12/23/1815", ("1815", "12", "23"), id="only the second can be a day"),
        pytest.param("3/3/2019", ("2019", "3", "3"), id="both the same"),
        pytest.param("3/4/2019", ("2019", None, None), id="nobody can say"),
        pytest.param("5 March 2019", ("2019", "3", "5"), id="a named month"),
        pytest.param("Mar 5, 2019", ("2019", "3", "5"), id="a short name first"),
        pytest.param("June 2019", ("2019", "6", None), id="a named month without a day"),
        pytest.param("Ju 2019", None, id="June or July"),
        pytest.param("Lent 2019", None, id="no month"),
        pytest.param("1850-?", None, id="no date"),
        pytest.param("", NO_DATE, id="empty"),
        pytest.param(None, NO_DATE, id="none"),
    ],
)
def test_a_date_becomes_the_parts_that_it_surely_says(cell: str | None, expected: tuple[str | None, ...] | None) -> None:
    assert date_parts(cell) == expected
