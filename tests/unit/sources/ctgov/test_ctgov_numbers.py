"""Numbers and ages as the registry writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.sources.ctgov.numbers import age_years, bounded_number, number, whole_number, written
from ketalit.sources.ctgov.values import MOST


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-21.4", -21.4),
        ("30,600", 30600.0),
        ("1,234,567.5", 1234567.5),
        (".05", 0.05),
        ("-.90", -0.9),
        ("−3", -3.0),
        ("+2", 2.0),
        ("5.", 5.0),
        (" 7 ", 7.0),
        ("1E-3", 0.001),
        ("0", 0.0),
    ],
)
def test_a_number_is_read_in_every_spelling(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", [None, "", "NA", "NR", "<0.001", "12 (3)", "1,23", "1.2.3", "-", ".", "3 to 5", "1e", "٣", "1e999"]
)
def test_what_is_no_plain_number_is_none(text: str | None) -> None:
    assert number(text) is None


@given(st.integers(-(10**12), 10**12))
def test_thousands_commas_change_nothing(value: int) -> None:
    assert number(f"{value:,}") == value
    assert whole_number(str(value)) == (value if abs(value) <= MOST else None)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_survives_being_written(value: float) -> None:
    assert number(repr(value)) == value


def test_a_count_is_whole_or_nothing() -> None:
    assert whole_number("12") == 12
    assert whole_number("12.5") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.475", (None, 0.475)),
        ("<0.001", ("<", 0.001)),
        ("< 0.001", ("<", 0.001)),
        ("=0.020", (None, 0.02)),
        ("= 0.0001", (None, 0.0001)),
        ("p<.05", ("<", 0.05)),
        ("P = .05", (None, 0.05)),
        ("≤0.05", ("<=", 0.05)),
        (">0.99", (">", 0.99)),
        ("NS", (None, None)),
        ("0.05 (one-sided)", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_p_value_keeps_its_bound(text: str | None, expected: tuple[str | None, float | None]) -> None:
    assert bounded_number(text) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("18 Years", 18.0),
        ("1 Year", 1.0),
        ("6 Months", 0.5),
        ("1461 Days", 4.0),
        ("8766 Hours", 1.0),
        ("525960 Minutes", 1.0),
    ],
)
def test_an_age_in_years(text: str, years: float) -> None:
    assert age_years(text) == pytest.approx(years)


@pytest.mark.parametrize("text", [None, "", "N/A", "adult", "18"])
def test_an_age_without_unit_or_number_is_no_limit(text: str | None) -> None:
    assert age_years(text) is None


@pytest.mark.parametrize("text", [" " * 100_000 + "(", "p" + " " * 100_000, "1" * 100_000 + "x", "1," * 100_000])
def test_an_absurd_text_is_no_number(text: str) -> None:
    assert (number(text), bounded_number(text), age_years(text)) == (None, (None, None), None)


def test_a_value_is_kept_as_written() -> None:
    assert [written(value) for value in ("1.50", 1.5, 3, None)] == ["1.50", "1.5", "3", None]
