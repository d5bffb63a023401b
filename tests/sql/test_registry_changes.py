"""evidence.registry_changes: when a change came in the life of the trial, and where both sides stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from ketalit.history import changes
from ketalit.model.history import RegisteredPlan, RegistryVersion
from ketalit.model.registration import RegistryDate
from ketalit.warehouse import database, rows
from tests.sql.conftest import AsNeeded, Row, statements
from tests.unit.test_history import PLAN, outcome
from tests.unit.warehouse.examples import day, load, registration, registry_facts

SWITCHED = (outcome("Suicidal ideation"),)


def dated(
    plan: RegisteredPlan, start: str | None, primary: str | None = None, completion: str | None = None
) -> RegisteredPlan:
    """The plan with these dates; `~` in front marks a planned one."""

    def of(text: str | None) -> RegistryDate | None:
        kind = "ESTIMATED" if text and text.startswith("~") else "ACTUAL"
        return None if text is None else RegistryDate(day(text.lstrip("~")), kind)

    return replace(plan, start=of(start), primary_completion=of(primary), completion=of(completion))


def version(nct_id: str, number: int, plan: RegisteredPlan, posted: str, fetched: str = "") -> RegistryVersion:
    """A version that was posted on a day, imported much later unless it was fetched on another."""
    return RegistryVersion(
        nct_id=nct_id,
        number=number,
        sha256=f"{nct_id}-{number}",
        fetched_at=f"{fetched or '2026-01-01'}T00:00:00Z",
        request=f"request {number}",
        run_id="run",
        is_from_service=bool(fetched),
        plan=replace(plan, posted=RegistryDate(day(posted), "ACTUAL")),
    )


START, PRIMARY, END = "2021-02-01", "2022-02-01", "2022-06-01"
CASES = {
    "NCT00000001": (("2020-12-01", ""), ("2021-01-15", ""), (START, "~2022-02-01", "~2022-06-01"), "before start"),
    "NCT00000002": (("2021-03-01", ""), ("2021-06-01", ""), (START, "~2022-02-01", "~2022-06-01"), "after start"),
    "NCT00000003": (("2022-03-01", ""), ("2022-04-01", ""), (START, PRIMARY, END), "after primary completion"),
    "NCT00000004": (("2022-07-01", ""), ("2023-01-01", ""), (START, PRIMARY, END), "after completion"),
    # the start lies between the two versions
    "NCT00000005": (("2020-12-01", ""), ("2021-06-01", ""), (START, None, None), "not clear"),
    # the registry itself still showed the old one after the start
    "NCT00000006": (("2020-12-01", "2021-03-01"), ("2021-06-01", "2021-06-02"), (START, None, None), "after start"),
    # a planned start that has passed is no start
    "NCT00000007": (("2021-03-01", ""), ("2021-06-01", ""), ("~2021-02-01", None, None), "not clear"),
    "NCT00000008": (("2021-03-01", ""), ("2021-06-01", ""), (None, None, None), "not stated"),
}
EXCLUDED = "NCT00000009"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsNeeded]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_statements", statements)
        with AsNeeded.create(tmp_path_factory.mktemp("changes") / "base.duckdb") as warehouse:
            facts = [registry_facts(nct_id) for nct_id in CASES]
            out = registry_facts(EXCLUDED)
            facts.append(replace(out, judgement=replace(out.judgement, include=False)))
            load(warehouse, [registration(nct_id) for nct_id in (*CASES, EXCLUDED)], facts)
            for nct_id, (old, new, dates, _) in {**CASES, EXCLUDED: CASES["NCT00000002"]}.items():
                plan = dated(PLAN, *dates)
                versions = [
                    version(nct_id, 1, plan, *old),
                    version(nct_id, 2, replace(plan, outcomes=SWITCHED, enrollment=50), *new),
                ]
                for found in versions:
                    warehouse.load(rows.of_version(found))
                warehouse.load(rows.of_changes(changes(versions)))
            warehouse.run_sql()
            yield warehouse  # type: ignore[misc]


@pytest.fixture(scope="module")
def changed(held: AsNeeded) -> list[Row]:
    return held.rows("from evidence.registry_changes")


@pytest.mark.parametrize("nct_id", CASES)
def test_when_a_change_came(changed: list[Row], nct_id: str) -> None:
    assert {row["timing"] for row in changed if row["nct_id"] == nct_id} == {CASES[nct_id][3]}


def test_a_switch_is_a_change_of_a_primary_outcome_after_the_start(changed: list[Row]) -> None:
    switches = {row["nct_id"] for row in changed if row["is_outcome_switch"]}
    assert switches == {nct_id for nct_id, case in CASES.items() if case[3].startswith("after")}
    assert {row["item"] for row in changed if row["is_outcome_switch"]} == {"primary_outcome"}


def test_an_outcome_that_came_or_went_is_a_major_change(changed: list[Row]) -> None:
    assert {(row["item"], row["outcome_change"]) for row in changed} == {
        ("primary_outcome", "major"),
        ("enrollment", None),
    }


@pytest.mark.parametrize(("timing", "start", "end"), [
    ("before start", False, False),
    ("after start", True, None),
    ("after completion", True, True),
    ("not clear", None, None),
])  # fmt: skip
def test_what_is_not_clear_is_not_claimed(
    changed: list[Row], timing: str, start: bool | None, end: bool | None
) -> None:
    found = {(row["is_after_start"], row["is_after_completion"]) for row in changed if row["timing"] == timing}
    assert found == {(start, end)}


def test_a_registration_that_the_rules_exclude_has_no_rows(changed: list[Row]) -> None:
    assert EXCLUDED not in {row["nct_id"] for row in changed}


def test_each_side_cites_its_own_version(held: AsNeeded) -> None:
    cells = held.rows(
        "select column_name, value_text, quote, sha256, request, field from evidence.cell_source"
        " where view_name = 'registry_changes' and source_id = 'NCT00000002' and field like '%enrollmentInfo%'"
    )
    assert {(cell["column_name"], cell["quote"], cell["sha256"], cell["request"]) for cell in cells} == {
        ("old_value", "60", "NCT00000002-1", "request 1"),
        ("new_value", "50", "NCT00000002-2", "request 2"),
    }


def test_every_filled_side_has_a_source(held: AsNeeded, changed: list[Row]) -> None:
    filled = {(row["row_id"], side) for row in changed for side in ("old_value", "new_value") if row[side]}
    cited = held.rows("select row_id, column_name from evidence.cell_source where view_name = 'registry_changes'")
    assert {(cell["row_id"], cell["column_name"]) for cell in cited} == filled
