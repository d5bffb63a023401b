"""Each recipe of the cookbook is asked of the sample, as any client of DuckDB would ask it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ketalit.errors import SettingsError, WarehouseError
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import cookbook
from ketalit.warehouse.cookbook import Recipe, recipes

RECIPES = recipes()
ON_RETRACTED_REPORTS = {"retracted_or_corrected", "why_excluded"}
"""The recipes whose question is which reports do not stand."""
COUNTING = [
    r for r in RECIPES if {"studies", "study_ids"} <= {name for name, _ in r.answer} and r.topic != "durability"
]
"""The recipes that count studies; those on durability count statements, of all standing reports."""
ASKED: dict[str, list[tuple[Any, ...]]] = {}
"""Recipe → its answer with the defaults: each is asked once, however many tests look at it."""
every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)


@pytest.fixture(scope="module")
def client(built: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader who opens the file and knows nothing of ketalit."""
    with duckdb.connect(Releases(built.home).current().database, read_only=True) as connection:
        yield connection


def ask(client: duckdb.DuckDBPyConnection, recipe: Recipe, **variables: Any) -> list[tuple[Any, ...]]:
    if not variables and recipe.name in ASKED:
        return ASKED[recipe.name]
    rows = _ask(client, recipe, variables)
    if not variables:
        ASKED[recipe.name] = rows
    return rows


def _ask(client: duckdb.DuckDBPyConnection, recipe: Recipe, variables: dict[str, Any]) -> list[tuple[Any, ...]]:
    for parameter in recipe.parameters:
        client.execute(f"reset variable {parameter.name}")
    for name, value in variables.items():
        client.execute(f"set variable {name} = ?", [value])
    return client.execute(recipe.sql).fetchall()


def test_the_cookbook_has_at_least_thirty_questions() -> None:
    assert len(RECIPES) >= 30


@every_recipe
def test_a_recipe_gives_the_columns_that_it_says(client: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    described = client.execute("describe " + re.sub(r"(?m)^--.*\n", "", recipe.sql)).fetchall()
    assert tuple((name, kind.lower()) for name, kind, *_ in described) == recipe.answer


@every_recipe
def test_a_recipe_answers_from_the_sample_or_says_why_not(client: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    assert bool(ask(client, recipe)) != bool(recipe.empty_in_the_sample)


@every_recipe
def test_no_two_rows_of_an_answer_are_alike(client: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    """A join that multiplies rows would count people twice."""
    rows = list(map(str, ask(client, recipe)))
    assert len(rows) == len(set(rows))


@every_recipe
def test_a_recipe_says_its_defaults(client: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    defaults = {parameter.name: parameter.default for parameter in recipe.parameters}
    if defaults:
        assert ask(client, recipe, **defaults) == ask(client, recipe)
    assert set(re.findall(r"getvariable\('(\w+)'\)", recipe.sql)) == defaults.keys()


@every_recipe
def test_a_retracted_report_is_in_no_answer(client: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    (retracted,) = client.execute(
        "select list(source_id) from evidence.screening where decision = 'retracted'"
    ).fetchone()
    told = {
        text for row in ask(client, recipe) for cell in row for text in (cell if isinstance(cell, list) else [cell])
    }
    named = {text for text in told if str(text).removeprefix("PMID") in retracted}
    assert retracted
    assert not named or recipe.name in ON_RETRACTED_REPORTS


@pytest.mark.parametrize("recipe", COUNTING, ids=lambda recipe: recipe.name)
def test_only_studies_with_a_sample_of_their_own_are_counted(client: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    """Secondary analyses, reprints and retracted reports are of people who stand in another row."""
    names = [name for name, _ in recipe.answer]
    own = {
        row[0] for row in client.execute("select study_id from evidence.study_overview where is_own_sample").fetchall()
    }
    for row in ask(client, recipe):
        answer = dict(zip(names, row, strict=True))
        assert set(answer["study_ids"]) <= own
        assert answer["studies"] == len(set(answer["study_ids"]))


@every_recipe
def test_a_recipe_reads_the_published_views_only_in_a_fixed_order(recipe: Recipe) -> None:
    code = re.sub(r"--.*", "", recipe.sql)
    own = set(re.findall(r"(?:with|,)\s+(\w+) as \(", code))
    read = set(re.findall(r"\b(?:from|join)\s+([\w.]+)", code))
    assert {name for name in read if not name.startswith("evidence.")} <= own
    assert re.search(r"(?m)^order by .*;$|^order by\n", code)


# ---- answers that whoever knows the trials of the sample knows


Answers = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def answers(client: duckdb.DuckDBPyConnection) -> Answers:
    def of(name: str, **variables: Any) -> list[dict[str, Any]]:
        recipe = cookbook.recipe(name)
        return [
            dict(zip([column for column, _ in recipe.answer], row, strict=True))
            for row in ask(client, recipe, **variables)
        ]

    return of


def studies(rows: list[dict[str, Any]]) -> set[str]:
    return {row["study_id"] for row in rows}


def test_six_infusions_and_more(answers: Answers) -> None:
    given = {(row["study_id"], row["sessions"], row["sessions_max"]) for row in answers("many_infusions")}
    assert {("PMID19897179", 6.0, None), ("PMID22840761", None, 6.0), ("NCT04504175", 8.0, None)} <= given
    assert "NCT01640080" not in {study for study, *_ in given}  # one or two infusions
    assert studies(answers("many_infusions", least_sessions=12)) == {"PMID35020871"}


def test_more_than_half_a_milligram_per_kilogram(answers: Answers) -> None:
    above = answers("doses_above")
    assert {(row["study_id"], row["dose"]) for row in above} == {("NCT01920555", 1.0), ("NCT02752724", 1.0)}
    assert [row["study_id"] for row in above if row["needs_review"]] == ["NCT02752724"]  # the anaesthetic of ECT


def test_relapse_of_sustain_1_by_arm_and_of_two_schedules_by_frequency(answers: Answers) -> None:
    rows = [row for row in answers("relapse_after_withdrawal") if row["source"] == "registry"]
    assert {
        (row["at_risk"], row["treatment_status"], row["n"], row["denominator"])
        for row in rows
        if row["study_id"] == "NCT02493868"
    } == {
        ("remitters", "on_drug", 24, 90),
        ("remitters", "drug_free", 39, 86),
        ("responders", "on_drug", 16, 62),
        ("responders", "drug_free", 34, 59),
    }
    assert {
        (row["arm_label"], row["doses_a_week"], row["time_to_relapse_days"], row["value_absence"])
        for row in rows
        if row["study_id"] == "NCT99999902"
    } == {("Weekly", 1.0, None, "not reached"), ("Every 2 weeks", 0.5, 88.0, None)}


def test_follow_up_is_counted_from_the_last_dose_only(answers: Answers) -> None:
    watched = {row["study_id"]: row["follow_up_weeks"] for row in answers("follow_up_after_last_dose", weeks=8)}
    assert (watched["PMID28490030"], watched["NCT02918318"]) == (8.0, 24.0)
    assert "NCT02497287" not in watched  # a year, all of it on the drug
    assert studies(answers("follow_up_after_last_dose", weeks=24)) == {"PMID32591498", "PMID35020871", "NCT02918318"}


def test_race_beside_the_census(answers: Answers) -> None:
    (row,) = answers("race_reported")
    assert (row["study_id"], row["n"], row["pct_black"], row["us_pct_black"]) == ("NCT99999901", 24, 16.67, 12.4)


def test_registered_outcomes_that_nobody_reported(answers: Answers) -> None:
    rows = {(row["study_id"], row["outcome_title"]): row for row in answers("registered_outcomes_never_reported")}
    assert rows["NCT02556606", "Time to relapse"]["why"] == "neither results nor paper"
    assert "NCT02493868" not in {study for study, _ in rows}  # posted under another title
    assert "NCT02417064" not in {study for study, _ in rows}


def test_serious_events_and_deaths_of_sustain_2(answers: Answers) -> None:
    counted = {
        row["item"]: (row["n_affected"], row["n_at_risk"])
        for row in answers("serious_harms_and_deaths")
        if row["study_id"] == "NCT02497287"
    }
    assert counted == {"any_serious": (55, 802), "death": (2, 802)}


def test_a_study_with_posted_harms_does_not_say_nothing_of_harms(answers: Answers) -> None:
    silent = studies(answers("harms_not_reported"))
    assert silent & studies(answers("serious_harms_and_deaths")) == set()
    assert silent & studies(answers("harm")) == set()
    assert "PMID24268616" in silent


def test_a_trial_that_was_stopped(answers: Answers) -> None:
    assert [(row["study_id"], row["status"]) for row in answers("stopped_early")] == [("NCT99999903", "TERMINATED")]


def test_a_parameter_changes_the_answer(client: duckdb.DuckDBPyConnection) -> None:
    recipe = cookbook.recipe("doses_above")
    above = {dose: len(ask(client, recipe, dose=dose)) for dose in (0.3, 0.5, 5.0)}
    assert above[0.3] > above[0.5] > above[5.0] == 0


def test_a_parameter_cannot_become_sql() -> None:
    given = cookbook.recipe("doses_above").values({"route": "iv' or '1' = '1", "dose": "1"})
    assert given == {"route": "iv' or '1' = '1", "dose": 1.0}


@pytest.mark.parametrize(
    ("given", "told"), [({"dosage": "1"}, "no parameter dosage"), ({"dose": "much"}, "dose is a number, not much")]
)
def test_a_parameter_that_is_wrong_is_told(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        cookbook.recipe("doses_above").values(given)


def test_a_misspelt_recipe_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(SettingsError, match="no recipe dose_above") as caught:
        cookbook.recipe("dose_above")
    assert caught.value.hint.startswith("Did you mean doses_above?")


@pytest.mark.parametrize(
    "head",
    [
        "-- title: x\n-- topic: dosing\n-- question: x\n",
        "-- title: x\n-- topic: astrology\n-- question: x\n-- answer: a int\n",
        "-- a remark\n",
        "-- title: x\n-- topic: dosing\n-- question: x\n-- parameter p: x\n-- answer: a int\n",
    ],
)
def test_a_malformed_recipe_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    (tmp_path / "cookbook").mkdir()
    (tmp_path / "cookbook" / "odd.sql").write_text(head + "select 1 as a\norder by a;\n")
    monkeypatch.setattr(cookbook, "sql_folder", lambda: tmp_path)
    with pytest.raises(WarehouseError, match=r"cookbook/odd\.sql"):
        recipes()
