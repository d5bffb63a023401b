"""The data dictionary, as the database of a release gives it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from ketalit.errors import SettingsError
from ketalit.export import dictionary as explained
from ketalit.export.dictionary import Relation, dictionary
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import Reader, read
from ketalit.warehouse.published import published_views


@pytest.fixture(scope="module")
def reader(built: Settings) -> Iterator[Reader]:
    with read(Releases(built.home).current().database) as opened:
        yield opened


@pytest.fixture(scope="module")
def dosing(reader: Reader) -> Relation:
    return dictionary(reader, ["dosing_protocols"])[0]


def test_every_published_view_is_in_it_with_a_meaning_for_every_column(reader: Reader) -> None:
    relations = dictionary(reader)
    assert [relation.name for relation in relations] == [f"evidence.{name}" for name in published_views(reader)]
    assert [c.name for relation in relations for c in relation.columns if not c.meaning or not c.heading] == []


def test_the_tables_below_are_in_it_when_asked_for(reader: Reader) -> None:
    names = {relation.name.split(".")[0] for relation in dictionary(reader, is_whole=True)}
    assert names == {"evidence", "core", "ref"}


def test_a_column_says_by_which_rules_it_is_filled_and_why_it_is_not(reader: Reader, dosing: Relation) -> None:
    dose = next(column for column in dosing.columns if column.name == "dose")
    (counted,) = reader.rows(
        "select count(*) as n, count(dose) as filled,"
        " count(*) filter (dose_absence = 'not reported') as silent from evidence.dosing_protocols"
    )
    assert (dosing.rows, dose.filled, dose.type) == (counted["n"], counted["filled"], "double")
    assert "dose.amount" in dose.rules
    assert dose.reasons["not reported"] == counted["silent"]


def test_a_misspelt_view_is_told_with_the_one_that_was_meant(reader: Reader) -> None:
    with pytest.raises(SettingsError) as caught:
        dictionary(reader, ["dosing_protocol"])
    assert "evidence.dosing_protocols" in caught.value.hint


def test_text_and_markdown_name_every_column(dosing: Relation) -> None:
    text, markdown = explained.as_text([dosing]), explained.as_markdown([dosing])
    assert [c.name for c in dosing.columns if f"\n  {c.name}  {c.type}" not in text] == []
    assert markdown.count("\n| ") == len(dosing.columns) + 2


def test_csv_and_json_say_the_same(dosing: Relation) -> None:
    lines = list(csv.DictReader(io.StringIO(explained.as_csv([dosing]))))
    (told,) = json.loads(explained.as_json([dosing]))
    assert [(line["column"], int(line["filled"])) for line in lines] == [
        (column["name"], column["filled"]) for column in told["columns"]
    ]
