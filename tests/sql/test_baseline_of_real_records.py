"""The baseline tables of real records, and of every shape that the registry's schema allows, recomputed from the JSON.

What is asked of them: the people of the columns are those that the registry shows, or the row says why not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from ketalit.warehouse.database import Warehouse
from tests.sql.test_real_registrations import document, load

COLUMNS: Final = {
    "age": ("n_age_under_18", "n_age_18_to_64", "n_age_65_and_over"),
    "sex": ("n_female", "n_male", "n_other_gender", "n_sex_unknown"),
    "race": (
        "n_white", "n_black", "n_asian", "n_american_indian", "n_pacific_islander", "n_multiple_races", "n_other_race",
        "n_race_unknown",
    ),
    "ethnicity": ("n_hispanic", "n_not_hispanic", "n_ethnicity_unknown"),
}  # fmt: skip
TITLES: Final = {
    "age": ("Age, Categorical", "Age, Customized"),
    "sex": ("Sex: Female, Male", "Sex/Gender, Customized"),
    "race": ("Race (NIH/OMB)", "Race (NIH&#x2F;OMB)", "Race/Ethnicity, Customized"),
    "ethnicity": ("Ethnicity (NIH/OMB)", "Ethnicity (NIH&#x2F;OMB)"),
}
Table = dict[tuple[str, str], dict[str, Any]]
Studies = dict[str, dict[str, Any]]


def baseline(study: dict[str, Any]) -> dict[str, Any]:
    module: dict[str, Any] = study.get("resultsSection", {}).get("baselineCharacteristicsModule", {})
    return module


def people_of(measure: dict[str, Any], group_id: str) -> int:
    """The sum of the counts that the registry shows in the column of a group."""
    return sum(
        int(cell["value"])
        for block in measure.get("classes", ())
        for category in block.get("categories", ())
        for cell in category.get("measurements", ())
        if cell["groupId"] == group_id and cell["value"].isdigit()
    )


def shown(study: dict[str, Any], item: str, group_id: str) -> int | None:
    """What the registry's first table of an item counts in a group; None where it posts no counts of it."""
    for title in TITLES[item]:
        for measure in baseline(study).get("measures", ()):
            if measure["title"] == title and measure.get("paramType") == "COUNT_OF_PARTICIPANTS":
                cells = json.dumps(measure)
                return people_of(measure, group_id) if f'"groupId": "{group_id}", "value"' in cells else None
    return None


def counted(row: dict[str, Any], item: str) -> int | None:
    values = [row[name] for name in COLUMNS[item] if row[name] is not None]
    return sum(values) if values else None


def demographics(warehouse: Warehouse) -> Table:
    rows = warehouse.rows("from evidence.trial_demographics where arm_id is not null")
    return {(row["nct_id"], row["arm_id"]): row for row in rows}


def unexplained(table: Table, studies: Studies) -> list[tuple[Any, ...]]:
    """Groups whose columns do not add up to what the registry shows, or not to their number, without a note."""
    return [
        (nct_id, group_id, item, counted(row, item), shown(studies[nct_id], item, group_id), row["n"])
        for (nct_id, group_id), row in table.items()
        for item in COLUMNS
        if row[f"{item}_sum_note"] is None
        and counted(row, item) is not None
        and not counted(row, item) == shown(studies[nct_id], item, group_id) == row["n"]
    ]


@contextmanager
def built(studies: Studies, folder: Path) -> Iterator[Warehouse]:
    with Warehouse.create(folder / "new.duckdb") as warehouse:
        load(warehouse, [document(json.dumps(study).encode()) for study in studies.values()])
        warehouse.run_sql()
        yield warehouse


def by_id(studies: list[dict[str, Any]]) -> Studies:
    return {study["protocolSection"]["identificationModule"]["nctId"]: study for study in studies}


@pytest.fixture(scope="module")
def studies(shared: Path) -> Studies:
    lines = (shared / "corpus" / "ctgov" / "v2_studies.jsonl").read_bytes().splitlines()
    return by_id([json.loads(line) for line in lines if b"baselineCharacteristicsModule" in line])


@pytest.fixture(scope="module")
def warehouse(studies: Studies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with built(studies, tmp_path_factory.mktemp("baseline")) as warehouse:
        yield warehouse


@pytest.mark.corpus
class TestRealRecords:
    def test_every_group_of_a_baseline_table_has_a_row_with_its_number(
        self, warehouse: Warehouse, studies: Studies
    ) -> None:
        expected = {
            (nct_id, count["groupId"]): int(count["value"])
            for nct_id, study in studies.items()
            for count in baseline(study)["denoms"][0]["counts"]
        }
        assert {key: row["n"] for key, row in demographics(warehouse).items()} == expected

    def test_counts_are_those_that_the_registry_shows_or_the_row_says_why_not(
        self, warehouse: Warehouse, studies: Studies
    ) -> None:
        assert unexplained(demographics(warehouse), studies) == []

    def test_no_posted_table_is_passed_over(self, warehouse: Warehouse, studies: Studies) -> None:
        """Whatever the registry counts is in the columns, or the note names what is not."""
        silent = [
            (nct_id, group_id, item)
            for (nct_id, group_id), row in demographics(warehouse).items()
            for item in COLUMNS
            if row[f"{item}_sum_note"] is None
            and (shown(studies[nct_id], item, group_id) or 0) != (counted(row, item) or 0)
        ]
        assert silent == []

    def test_every_posted_measurement_is_in_the_long_table(self, warehouse: Warehouse, studies: Studies) -> None:
        expected = sorted(
            (nct_id, measure["title"], block.get("title"), category.get("title"), cell["groupId"], cell["value"])
            for nct_id, study in studies.items()
            for measure in baseline(study)["measures"]
            for block in measure.get("classes", ())
            for category in block.get("categories", ())
            for cell in category.get("measurements", ())
        )  # fmt: skip
        rows = warehouse.rows(
            "select nct_id, measure, class_title, category_title, arm_id, value_verbatim"
            " from evidence.baseline_characteristics where arm_id is not null"
        )
        assert sorted((tuple(row.values()) for row in rows), key=str) == sorted(expected, key=str)

    def test_every_computed_share_is_the_count_over_its_innermost_denominator(
        self, warehouse: Warehouse, studies: Studies
    ) -> None:
        rows = warehouse.rows(
            "select row.*, source.field as pointer from evidence.baseline_characteristics as row"
            " join evidence.cell_source as source on source.row_id = row.row_id and source.column_name = 'pct_computed'"
            " and source.ordinal = 1"
        )
        for row in rows:
            _, _, _, measure, _, block, *_ = row["pointer"].split("/")[1:]
            posted = baseline(studies[row["nct_id"]])
            told = posted["measures"][int(measure)]
            levels = {"class": told["classes"][int(block)], "measure": told, "module": posted}
            level, whole = next(
                (name, int(count["value"]))
                for name, place in levels.items()
                for denominators in place.get("denoms", ())
                for count in denominators["counts"]
                if count["groupId"] == row["arm_id"]
            )
            assert (row["denominator_level"], row["denominator"]) == (level, whole)
            assert row["pct_computed"] == pytest.approx(100 * int(row["value_verbatim"]) / whole, abs=0.006)
        assert len(rows) > 1000


# Every shape of a race table that the schema of the registry allows, invented.

WORDINGS: Final = {
    "the registry's": {"White": "9", "Asian": "6", "Unknown or Not Reported": "5"},
    "a wording without a column": {"White": "9", "Of the old town": "11"},
    "merged with ethnicity": {"White": "9", "Asian": "6", "Hispanic or Latino": "5"},
    "no number": {"White": "9", "Asian": "NA"},
    "too few": {"White": "9", "Asian": "6"},
    "too many": {"White": "19", "Asian": "6"},
    "nobody": {"White": "0", "Asian": "0"},
    "nothing": {},
}
UNITS: Final = {
    "people": ("COUNT_OF_PARTICIPANTS", "Participants"),
    "a number of people": ("NUMBER", "participants"),
    "per cent": ("NUMBER", "percentage of participants"),
    "eyes": ("COUNT_OF_UNITS", "eyes"),
}
HEADINGS: Final = ("categories", "classes", "a block called Race", "countries", "countries and their sum")
DENOMINATORS: Final = ("module", "measure", "class", "none")
COLUMNS_OF_GROUPS: Final = ("one group", "arms and total", "arms alone")


def classes(headings: str, counts: dict[str, str], groups: tuple[str, ...]) -> list[dict[str, Any]]:
    def cells(value: str) -> list[dict[str, str]]:
        return [{"groupId": group, "value": value} for group in groups]

    categories = [{"title": word, "measurements": cells(value)} for word, value in counts.items()]
    if headings == "classes":
        return [{"title": category.pop("title"), "categories": [category]} for category in categories]
    if headings.startswith("countries"):
        places = ["Chile", "Peru", *(["All"] if headings.endswith("sum") else [])]
        return [{"title": place, "categories": categories} for place in places]
    return [
        {"title": "Race", "categories": categories} if headings.startswith("a block") else {"categories": categories}
    ]


def invented(number: int, shape: tuple[str, ...]) -> dict[str, Any]:
    wording, unit, headings, level, columns = shape
    ids = {"one group": ("BG000",), "arms and total": ("BG000", "BG001", "BG002"), "arms alone": ("BG000", "BG001")}
    titles = {"BG000": "Drug", "BG001": "Placebo", "BG002": "Total"}
    groups = ids[columns]
    people = [{"units": "Participants", "counts": [{"groupId": group, "value": "20"} for group in groups]}]
    param, of = UNITS[unit]
    measure: dict[str, Any] = {
        "title": "Race/Ethnicity, Customized",
        "paramType": param,
        "unitOfMeasure": of,
        "classes": classes(headings, WORDINGS[wording], groups),
    }
    if level == "measure":
        measure["denoms"] = people
    if level == "class":
        measure["classes"] = [{**block, "denoms": people} for block in measure["classes"]]
    module = {"groups": [{"id": group, "title": titles[group]} for group in groups], "measures": [measure]}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08}"},
            "designModule": {"enrollmentInfo": {"count": 60, "type": "ACTUAL"}},
        },
        "resultsSection": {"baselineCharacteristicsModule": module | ({"denoms": people} if level == "module" else {})},
        "hasResults": True,
    }


@pytest.fixture(scope="module")
def shapes() -> Studies:
    every = product(WORDINGS, UNITS, HEADINGS, DENOMINATORS, COLUMNS_OF_GROUPS)
    return by_id([invented(number, shape) for number, shape in enumerate(every, 1)])


@pytest.fixture(scope="module")
def warehouse_of_shapes(shapes: Studies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with built(shapes, tmp_path_factory.mktemp("shapes")) as warehouse:
        yield warehouse


class TestEveryShape:
    def test_no_audit_finds_an_offender(self, warehouse_of_shapes: Warehouse) -> None:
        assert "category_counts_add_up_or_say_why" in warehouse_of_shapes.audit()

    def test_races_add_up_or_the_row_says_why_not(self, warehouse_of_shapes: Warehouse, shapes: Studies) -> None:
        table = demographics(warehouse_of_shapes)
        silent = [
            (nct_id, group_id)
            for (nct_id, group_id), row in table.items()
            if row["race_sum_note"] is None and row["race_status"] != "not reported"
            and counted(row, "race") != row["n"]
        ]  # fmt: skip
        assert len(table) == 8 * 4 * 5 * 4 * 6
        assert silent == []

    def test_no_table_counts_more_people_than_the_group_has(self, warehouse_of_shapes: Warehouse) -> None:
        """Only where each word stands once may people be of several races."""
        over = [
            row["race_sum_note"]
            for row in demographics(warehouse_of_shapes).values()
            if (counted(row, "race") or 0) > (row["n"] or 1000)
        ]
        assert set(over) == {"the table counts 25 where the group has 20 people"}

    def test_a_posted_table_is_never_silently_unread(self, warehouse_of_shapes: Warehouse, shapes: Studies) -> None:
        silent = {
            row["race_status"]
            for (nct_id, _), row in demographics(warehouse_of_shapes).items()
            if "measurements" in json.dumps(baseline(shapes[nct_id]))
        }
        assert "not reported" not in silent

    def test_a_total_is_summed_where_arms_are_posted_alone(self, warehouse_of_shapes: Warehouse) -> None:
        rows = warehouse_of_shapes.rows(
            "select n, n_white, race_sum_note from evidence.trial_demographics"
            " where arm_label = 'Total (sum of the arms)' and n_asian = 12 and n_race_unknown = 10"
        )
        assert {tuple(row.values()) for row in rows} == {(40, 18, None)}
