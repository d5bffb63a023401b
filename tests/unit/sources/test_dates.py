"""Dates as sources write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.model.dates import PartialDate
from ketalit.sources import dates
from ketalit.vocabulary import DatePrecision


def read(text: str) -> tuple[str, str | None, str | None]:
    date = dates.of_medline_date(text)
    assert date.text == text
    return date.precision.value, date.earliest, date.latest


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2020 Jan-Feb", "range", "2020-01-01", "2020-02-29"),
        ("2019 Jan-Feb", "range", "2019-01-01", "2019-02-28"),
        ("1998 Dec-1999 Jan", "range", "1998-12-01", "1999-01-31"),
        ("2000 Dec 23-30", "range", "2000-12-23", "2000-12-30"),
        ("2000 Nov 28-Dec 4", "range", "2000-11-28", "2000-12-04"),
        ("1999 Dec 30-2000 Jan 5", "range", "1999-12-30", "2000-01-05"),
        ("2000 Jan-Feb", "range", "2000-01-01", "2000-02-29"),
        ("2015 Sept-Oct", "range", "2015-09-01", "2015-10-31"),
        ("2020 Jan/Feb", "range", "2020-01-01", "2020-02-29"),
        ("2020 Jan–Feb", "range", "2020-01-01", "2020-02-29"),
        ("1999-2000", "range", "1999-01-01", "2000-12-31"),
        ("2003 Spring-Summer", "range", "2003-03-01", "2003-09-30"),
        ("2003 Spring", "season", "2003-03-01", "2003-06-30"),
        ("2003 Fall", "season", "2003-09-01", "2003-12-31"),
        ("2015", "year", "2015-01-01", "2015-12-31"),
        ("2015 May", "month", "2015-05-01", "2015-05-31"),
        ("2015 May 7", "day", "2015-05-07", "2015-05-07"),
        ("Summer 1998", "year", "1998-01-01", "1998-12-31"),
        ("2nd Quarter 2004", "year", "2004-01-01", "2004-12-31"),
        ("2012 1st Quart", "year", "2012-01-01", "2012-12-31"),
        ("1998 Foo-Bar", "year", "1998-01-01", "1998-12-31"),
        ("2015 Feb-Jan", "unknown", None, None),
        ("in press", "unknown", None, None),
        ("", "unknown", None, None),
    ],
)
def test_a_medline_date_is_read_as_precisely_as_it_is_written(
    text: str, precision: str, earliest: str | None, latest: str | None
) -> None:
    assert read(text) == (precision, earliest, latest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", PartialDate("2019", DatePrecision.YEAR, "2019-01-01", "2019-12-31")),
        ("2019-05", PartialDate("2019-05", DatePrecision.MONTH, "2019-05-01", "2019-05-31")),
        ("2020-02-29", PartialDate("2020-02-29", DatePrecision.DAY, "2020-02-29", "2020-02-29")),
        ("2019-13", PartialDate("2019-13", DatePrecision.UNKNOWN, None, None)),
        ("May 2019", PartialDate("May 2019", DatePrecision.UNKNOWN, None, None)),
    ],
)
def test_an_iso_date_keeps_its_precision(text: str, expected: PartialDate) -> None:
    assert dates.of_iso(text) == expected


@pytest.mark.parametrize("middle", [" ", " Jan", "-", " Jan -", "a", "1"])
def test_an_absurd_text_still_gives_its_year(middle: str) -> None:
    assert read(f"2003 {middle * 50_000}") == ("year", "2003-01-01", "2003-12-31")


def test_a_day_that_no_calendar_has_costs_only_the_day() -> None:
    assert dates.of_parts("2019 Feb 30", 2019, 2, 30) == PartialDate(
        "2019 Feb 30", DatePrecision.MONTH, "2019-02-01", "2019-02-28"
    )


def test_a_season_that_is_a_range_of_months_is_read_as_one() -> None:
    assert dates.of_season("2019", "Jul-Aug").latest == "2019-08-31"


@given(st.text(alphabet="0123456789-–/ JanFebDecSpringautumn.", max_size=30))
def test_whatever_is_written_the_earliest_day_is_not_after_the_latest(text: str) -> None:
    date = dates.of_medline_date(text)
    assert date.text == text
    assert (date.earliest is None) == (date.latest is None) == (date.precision is DatePrecision.UNKNOWN)
    assert (date.earliest or "") <= (date.latest or "")


@given(st.dates())
def test_a_full_date_is_just_that_day(day: object) -> None:
    date = dates.of_iso(str(day))
    assert (date.precision, date.earliest, date.latest) == (DatePrecision.DAY, str(day), str(day))
