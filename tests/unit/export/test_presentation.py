"""Every published view is presented to people: a title, headings without underscores, and why cells are empty."""

from __future__ import annotations

import pytest

from ketalit.export import presentation
from ketalit.export.presentation.headings import HEADINGS, OF_VIEW
from ketalit.export.tables import PUBLISHED
from ketalit.settings import Settings
from tests.reading import Columns, columns_of


@pytest.fixture(scope="session")
def published(built: Settings) -> Columns:
    return columns_of(built)


def test_every_published_view_has_a_title_a_sentence_and_footnotes(published: Columns) -> None:
    assert set(presentation.VIEWS) == set(published)
    for view in presentation.VIEWS.values():
        assert view.title
        assert view.about.endswith(".")
        assert view.notes


def test_the_reading_order_of_views_is_that_of_the_published_files() -> None:
    assert list(presentation.VIEWS) == list(PUBLISHED)


def test_every_column_has_a_heading_of_its_own_and_no_heading_lacks_a_column(published: Columns) -> None:
    names = {(view, name) for view, columns in published.items() for name in columns}
    unnamed = {
        name
        for view, columns in published.items()
        for column in presentation.columns(view, columns)
        if (name := column.name) not in HEADINGS and (view, name) not in OF_VIEW and not name.endswith("_absence")
    }
    assert unnamed == set()
    assert set(HEADINGS) - {name for _, name in names} == set()
    assert set(OF_VIEW) - names == set()


def test_headings_are_words_and_within_a_view_no_two_are_alike(published: Columns) -> None:
    for view, names in published.items():
        headings = [column.heading for column in presentation.columns(view, names)]
        assert [heading for heading in headings if "_" in heading] == []
        assert len(headings) == len(set(headings)), view


def test_what_is_shown_first_and_what_says_why_a_cell_is_empty_are_columns_of_the_view(published: Columns) -> None:
    for view, presented in presentation.VIEWS.items():
        said = {name for why, covered in presented.absences for name in (why, *covered)}
        assert (set(presented.shown) | said) - set(published[view]) == set()


def test_a_cell_says_why_it_is_empty_and_a_filled_one_says_nothing() -> None:
    (dose, *_) = (c for c in presentation.columns("dosing_protocols", ["dose", "dose_absence"]) if c.name == "dose")
    assert presentation.absence(dose, {"dose": None, "dose_absence": "not understood"}) == "not understood"
    assert presentation.absence(dose, {"dose": 0.5, "dose_absence": None}) is None


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("route", "iv", "IV"),
        ("design", "rct_withdrawal", "RCT, randomised withdrawal"),
        ("instrument", "hamd17", "HAM-D17"),
        ("comparators", ["placebo", "ketamine_other"], "placebo, other ketamine regimen"),
        ("status", "NOT_YET_RECRUITING", "not yet recruiting"),
        ("arm_label", "iv_ketamine", "iv_ketamine"),
        ("route", None, ""),
    ],
)
def test_closed_words_are_written_out_and_text_of_a_source_is_left_alone(column: str, value: object, text: str) -> None:
    assert presentation.shown(column, value) == text
