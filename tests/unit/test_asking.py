"""`ketalit query` and `ketalit dictionary`: what a person on a committee types."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest
from rich.console import Console

from ketalit.cli import screen
from ketalit.settings import Settings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(run: Run, built: Settings) -> Run:
    def call(verb: str, *arguments: object) -> tuple[int, str, str]:
        return run(verb, "--home", built.home, *arguments)

    return call


def test_the_cookbook_is_listed_without_a_release(run: Run, tmp_path: object) -> None:
    code, out, _ = run("query", "--home", tmp_path, "--recipes", "--json")
    listed = {row["recipe"]: row for row in json.loads(out)}
    assert (code, len(listed) >= 30, listed["doses_above"]["parameters"][0]) == (0, True, "dose=0.5")


def test_the_cookbook_is_listed_in_lines_that_a_person_can_read(run: Run) -> None:
    code, out, _ = run("query", "--recipes")
    assert (code, "Durability\n" in out) == (0, True)
    assert re.search(r"(?m)^  doses_above +Doses above 0.5 mg/kg IV \[dose=0.5 dose_unit=mg/kg route=iv\]$", out)
    assert max(map(len, out.splitlines())) <= 130


def test_a_recipe_is_a_table_with_its_title_and_how_to_read_it(ask: Run) -> None:
    code, out, err = ask("query", "--recipe", "doses_above")
    assert (code, err, out.splitlines()[0]) == (0, "", "Doses above 0.5 mg/kg IV")
    notes = out.splitlines()[-4:]
    assert "the highest dose counts" in notes[0]
    assert [notes[1][:8], notes[2][:12], notes[3][:18]] == ["Release ", "Sample data:", "1 retracted report"]


def test_an_answer_without_rows_says_so(ask: Run) -> None:
    code, out, _ = ask("query", "select study_id, dose from dosing_protocols where dose < 0")
    assert (code, out) == (0, "No rows. Columns: study_id, dose\n")


def test_a_recipe_is_csv_json_or_markdown(ask: Run) -> None:
    as_csv, as_json, as_markdown = (
        ask("query", "--recipe", "doses_above", form)[1] for form in ("--csv", "--json", "--markdown")
    )
    rows = json.loads(as_json)
    assert as_csv.splitlines()[0].split(",") == list(rows[0])
    assert (as_markdown[:13], as_markdown.count("\n| ")) == ("**Doses above", len(rows) + 2)


def test_what_was_set_stands_in_the_title(ask: Run) -> None:
    out = ask("query", "--recipe", "doses_above", "--set", "dose=0.3", "--set", "route=iv")[1]
    assert out.startswith("Doses above 0.5 mg/kg IV (here: dose = 0.3, route = iv)\n")


def test_a_recipe_is_shown_to_be_changed_and_read_from_standard_input(
    ask: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ask("query", "--recipe", "doses_above", "--show-sql")[1]
    monkeypatch.setattr("sys.stdin", io.StringIO(shown.replace("0.5)", "0.3)")))
    changed = json.loads(ask("query", "-", "--json")[1])
    assert changed == json.loads(ask("query", "--recipe", "doses_above", "--set", "dose=0.3", "--json")[1])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Give one of"),
        (["select 1", "--recipes"], "Give one of"),
        (["select 1", "--set", "a=1"], "belong to --recipe"),
        (["--recipe", "doses_above", "--set", "dose"], "name=value"),
        (["--recipe", "doses_above", "--csv", "--markdown"], "--csv and --markdown"),
        (["--recipe", "dose_above"], "Did you mean doses_above?"),
        (["--recipe", "doses_above", "--set", "dose=x"], "dose is a number"),
    ],
)
def test_a_question_that_is_not_understood_says_what_to_type(ask: Run, arguments: list[str], told: str) -> None:
    code, out, err = ask("query", *arguments)
    assert (code, out, told in err) == (2, "", True)


def test_the_shell_completes_the_names_of_recipes() -> None:
    from ketalit.cli.asking import _names

    assert _names("doses_") == ["doses_above"]


def test_the_dictionary_has_four_forms(ask: Run) -> None:
    text, as_csv, as_json, as_markdown = (
        ask("dictionary", "screening", *form)[1] for form in ([], ["--csv"], ["--json"], ["--markdown"])
    )
    assert text.startswith("evidence.screening: ")
    assert as_csv.startswith("relation,column,heading")
    assert json.loads(as_json)[0]["name"] == "evidence.screening"
    assert as_markdown.startswith("## evidence.screening")


# ---- on a screen


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def show(width: int, *, is_terminal: bool, **console: bool) -> str:
        file = io.StringIO()
        made = Console(file=file, width=width, force_terminal=is_terminal, highlight=False, **console)
        monkeypatch.setattr(screen, "Console", lambda **_: made)
        screen.show(
            ("study", "n", "words"), [("[red]A[/]", 7, "long " * 30), ("B", None, "=1+1")], title="T", notes=["N"]
        )
        return file.getvalue()

    return show


def test_a_narrow_screen_shows_record_below_record(shown: Callable[..., str]) -> None:
    out = shown(12, is_terminal=True, no_color=True)
    assert "1 of 2" in out
    assert "study  n" not in out


def test_a_pipe_gets_every_row_on_one_line_and_no_colour(shown: Callable[..., str]) -> None:
    out = shown(20, is_terminal=False)
    assert "\x1b" not in out
    assert [line.split()[0] for line in out.splitlines() if "A[/]" in line or "=1+1" in line] == ["[red]A[/]", "B"]


def test_what_records_state_is_no_markup(shown: Callable[..., str]) -> None:
    assert "[red]A[/]" in shown(200, is_terminal=True)
