"""Cells: what strangers wrote cannot run, break or leave its cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.export import cells


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (float("nan"), ""),
        (0.5, "0.5"),
        (40.0, "40"),
        (1e-7, "1e-07"),
        (True, "yes"),
        (("NCT1", "NCT2"), "NCT1; NCT2"),
        ([], ""),
        ("a\x00b\u202ec", "a\ufffdb\ufffdc"),
    ],
)
def test_a_value_becomes_the_text_that_a_person_expects(value: object, shown: str) -> None:
    assert cells.plain(value) == shown


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", "\n=1", "=HYPERLINK(x)"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(formula: str) -> None:
    assert cells.spreadsheet(formula).startswith("'")


@pytest.mark.parametrize(("number", "shown"), [(-3.2, "-3.2"), (-1, "-1"), (0, "0")])
def test_a_negative_number_stays_a_number(number: float, shown: str) -> None:
    assert cells.spreadsheet(number) == shown


@given(st.text())
def test_no_text_whatever_starts_a_formula(text: str) -> None:
    shown = cells.spreadsheet(text)
    assert not shown.lstrip(" \u00a0\u200b\ufeff").startswith(cells.FORMULA_STARTS)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_a_cell_survives_the_way_through_a_csv_file(text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cells.spreadsheet(text), "next"])
    file.seek(0)
    assert next(csv.reader(file)) == [cells.spreadsheet(text), "next"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("two\nlines", "two lines"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("*bold* `code`", r"\*bold\* \`code\`"),
        ("R&amp;D", "R&amp;amp;D"),
    ],
)
def test_markdown_shows_the_text_and_never_obeys_it(text: str, shown: str) -> None:
    assert cells.markdown(text) == shown


@given(st.text())
def test_no_text_breaks_out_of_its_markdown_cell(text: str) -> None:
    shown = cells.markdown(text)
    bare = [i for i, character in enumerate(shown) if character == "|" and shown[i - 1] != "\\"]
    assert ("\n" in shown, "<" in shown, bare) == (False, False, [])
