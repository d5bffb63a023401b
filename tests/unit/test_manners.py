"""Manners of the command line: help that cannot drift, JSON where a script wants it, colours only on a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import typer

from ketalit import cli
from ketalit.cli.app import app
from ketalit.release import Releases
from ketalit.replay import ReplayServer
from ketalit.settings import Settings

Run = Callable[..., tuple[int, str, str]]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7][0-9;]*m")
every_verb = pytest.mark.parametrize("verb", COMMANDS)


# ---- help


def test_help_says_of_each_verb_what_it_is_for_in_one_whole_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run("--help")
    lines = {line.split()[0]: line for line in out.split("Commands:\n")[1].splitlines()}
    cut = [verb for verb in COMMANDS if not lines[verb].endswith(".") or lines[verb].endswith("...")]
    assert (code, set(lines), cut) == (0, set(COMMANDS), [])


@every_verb
def test_every_verb_shows_an_example(run: Run, verb: str) -> None:
    code, out, _ = run(verb, "--help")
    assert (code, f"\n    ketalit {verb} " in out or f"| ketalit {verb} " in out) == (0, True)


def examples() -> Iterator[tuple[str, list[str]]]:
    """Each call of ketalit in the examples of all verbs, without what the shell does around it."""
    for command in COMMANDS.values():
        text = re.split(r"Examples?:", command.help)
        for line in text[1].strip().splitlines() if len(text) > 1 else ():
            for call in _calls(_words(line.strip())):
                yield command.name, call


def readme() -> Iterator[tuple[str, list[str]]]:
    """Each call of ketalit in the blocks of README that a reader would paste into a shell."""
    text = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            for call in _calls(_words(line.split("  #")[0])):
                yield "README", call


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&>")
    lexer.whitespace_split = True
    return list(lexer)


def _calls(words: list[str]) -> Iterator[list[str]]:
    call: list[str] = []
    for word in [*words, "&&"]:
        if set(word) <= set("|&>"):
            if call[:1] == ["ketalit"]:
                yield call[1:]
            call = []
        else:
            call.append(word)


@pytest.mark.parametrize(
    ("verb", "call"), [*examples(), *readme()], ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_an_example_of_help_or_readme_is_understood_by_the_program(
    verb: str, call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if call[0].startswith("--"):
        assert call[0] in {option for param in typer.main.get_command(app).params for option in param.opts}
    else:
        COMMANDS[call[0]].make_context(call[0], call[1:])


def test_help_loads_none_of_the_heavy_libraries() -> None:
    heavy = (
        "{'prefect', 'pandas', 'numpy', 'altair', 'duckdb', 'pyarrow', 'lxml', 'Bio', 'requests', 'docx', 'jinja2',"
        " 'pydantic', 'rich', 'msgspec'}"
    )
    code = f"import sys; from ketalit import cli; cli._run(['--help']); print({heavy} & set(sys.modules))"
    assert _python(code).splitlines()[-1] == "set()"


def test_the_verbs_of_cron_load_no_prefect_no_pandas_and_no_charts() -> None:
    rooms = "cli, pipeline, interpretation, warehouse, release"
    heavy = "{'prefect', 'pandas', 'altair', 'docx'}"
    assert _python(f"import sys; from ketalit import {rooms}; print({heavy} & set(sys.modules))") == "set()\n"


def test_a_question_loads_neither_arrow_nor_numpy_nor_a_source(built: Settings) -> None:
    asked = f"['query', '--home', {str(built.home)!r}, 'select 1']"
    heavy = "{'prefect', 'pandas', 'numpy', 'altair', 'pyarrow', 'lxml', 'Bio', 'requests'}"
    code = f"import sys; from ketalit import cli; cli._run({asked}); print({heavy} & set(sys.modules))"
    assert _python(code).splitlines()[-1] == "set()"


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ketalit d", ["doctor", "diff", "dictionary"]),
        ("ketalit query --recipe doses_", ["doses_above"]),
        ("ketalit dictionary dosing", ["dosing_protocols"]),
        ("ketalit diff --format m", ["markdown"]),
    ],
)
def test_the_shell_completes(typed: str, offered: list[str]) -> None:
    asked = {"_KETALIT_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = subprocess.run([sys.executable, "-m", "ketalit"], capture_output=True, text=True, env=os.environ | asked)
    assert sorted(done.stdout.split()) == sorted(offered)


# ---- JSON


@pytest.fixture
def home(built: Settings, tmp_path: Path) -> Path:
    copytree(built.home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


@pytest.fixture
def live(sample_server: ReplayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ENTREZ_URL": sample_server.entrez_url,
        "CTGOV_URL": sample_server.ctgov_url,
        "EMAIL": "ada@example.org",
        "ENTREZ_PER_SECOND": "1000",
        "CTGOV_PER_SECOND": "1000",
    }.items():
        monkeypatch.setenv(f"KETALIT_{name}", value)


@pytest.mark.usefixtures("live")
def test_every_verb_that_a_script_would_call_speaks_json(run: Run, home: Path, sample_server: ReplayServer) -> None:
    def asked(*arguments: object) -> Any:
        code, out, err = run(*arguments, "--home", home)
        assert (code, err) == (0, "")
        return json.loads(out)

    release = Releases(home).current()
    built = asked("build", "--json")
    assert (built["release_id"], built["database"]) == (release.release_id, str(release.database))
    assert built["counts"] == dict(release.counts)
    assert asked("verify", "--json")["parts"] >= 2
    assert asked("status", "--json")["state"] == "fresh"
    assert asked("doctor", "--json")["exit_code"] == 0
    assert asked("diff", "current", "current", "--format", "json")["changes"] == []
    assert f"{home / 'out'}/report.html" in asked("publish", "--out", home / "out", "--json")
    runs = {told["source"]: told for told in asked("refresh", "--json")}
    assert (runs["pubmed"]["status"], runs["ctgov"]["missing"]) == ("complete", 0)


def test_an_import_and_the_codebook_speak_json(run: Run, tmp_path: Path) -> None:
    record = next((Path(cli.__file__).parents[1] / "replay" / "sample" / "ctgov").glob("*.json"))
    told = json.loads(run("import", "--source", "ctgov", record, "--home", tmp_path, "--json")[1])
    assert (told["source"], told["stored"]) == ("ctgov", 1)
    rules = json.loads(run("rules", "dosing", "--json")[1])
    assert {rule["file"] for rule in rules} == {"dosing.toml"}


def test_a_difference_as_json_holds_numbers_as_numbers() -> None:
    from ketalit.export.digest import as_json, comparison
    from ketalit.model.difference import Cell

    cell = Cell("safety", "row", "n_affected")
    (change,) = json.loads(as_json(comparison("a", {cell: "3"}, "b", {cell: "4"})))["changes"]
    assert change == {
        "change": "changed", "view": "safety", "row": "row", "column": "n_affected", "before": 3, "after": 4,
    }  # fmt: skip


# ---- colours


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What the program writes to a terminal of its own."""
    master, slave = pty.openpty()
    asked = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "CI"}}
    environment = {"TERM": "xterm-256color", "COLUMNS": "200", **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "ketalit", *arguments], stdout=slave, stderr=slave, env=asked | environment
    )
    os.close(slave)
    written = b""
    try:
        while chunk := os.read(master, 65_536):
            written += chunk
    except OSError:  # Linux says so when the other side is closed
        pass
    process.wait()
    os.close(master)
    return written.decode()


def test_a_terminal_gets_colours_and_one_with_no_color_gets_none(tmp_path: Path) -> None:
    arguments = ("doctor", "--offline", "--home", str(tmp_path))
    coloured, plain = on_a_terminal(*arguments), on_a_terminal(*arguments, NO_COLOR="1")
    assert (bool(COLOUR.search(coloured)), bool(COLOUR.search(plain))) == (True, False)
    assert "expat" in plain


def test_a_pipe_gets_no_escape_sequence(run: Run, built: Settings) -> None:
    shown = [
        run("query", "--recipe", "doses_above", "--home", built.home),
        run("doctor", "--offline", "--home", built.home),
        run("dictionary", "screening", "--home", built.home),
        run("query", "selec", "--home", built.home),
        run("--help"),
    ]
    assert [text for _, out, err in shown for text in (out, err) if "\x1b" in text] == []
