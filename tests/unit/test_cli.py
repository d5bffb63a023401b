"""The command line: what a person sees, and what a scheduler reads from the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from ketalit.settings import Settings
from ketalit.snapshot import Store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def live(sample_server: ReplayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a person whose services are the replay."""
    _point_at(sample_server, monkeypatch)


def _point_at(server: ReplayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "ENTREZ_URL": server.entrez_url,
        "CTGOV_URL": server.ctgov_url,
        "EMAIL": "ada@example.org",
        "ENTREZ_PER_SECOND": "1000",
        "CTGOV_PER_SECOND": "1000",
        "RETRY_SECONDS": "0",
        "TRIES": "2",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"KETALIT_{name}", value)


@pytest.mark.usefixtures("live")
def test_refresh_build_publish_say_what_they_did(run: Run, tmp_path: Path, sample: Corpus) -> None:
    refreshed = run("refresh", "--home", tmp_path)
    built = run("build", "--home", tmp_path)
    published = run("publish", "--home", tmp_path, "--out", tmp_path / "tables")
    assert (refreshed[0], built[0], published[0]) == (0, 0, 0)
    held = len(sample.articles)
    assert f"pubmed: {held} records promised; {held} stored" in refreshed[1]
    assert "evidence.dosing_protocols: " in built[1]
    assert str(tmp_path / "tables" / "report.html") in published[1]
    assert (tmp_path / "tables" / "report.html").is_file()


@pytest.mark.usefixtures("live")
def test_a_refresh_says_whether_it_asked_for_everything_and_why(run: Run, tmp_path: Path) -> None:
    arguments = ("refresh", "--home", tmp_path, "--source", "ctgov")
    told = [run(*arguments), run(*arguments), run(*arguments, "--full")]
    modes = ["full: first run with this strategy", "incremental: added or revised since", "full: asked for"]
    assert [mode in out for mode, (_, out, _) in zip(modes, told, strict=True)] == [True, True, True]


def test_a_count_that_collapsed_is_an_exit_code_of_3_until_it_is_accepted(
    run: Run, tmp_path: Path, sample: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("refresh", "--home", tmp_path, "--source", "ctgov")
    with ReplayServer(sample) as server:
        _point_at(server, monkeypatch)
        before = run(*arguments)
        server.hold(Corpus({}, dict(list(sample.studies.items())[:12])))
        refused, accepted = run(*arguments), run(*arguments, "--accept", "volume")
    assert (before[0], refused[0], accepted[0]) == (0, 3, 0)
    assert (f"it found {len(sample.studies)} on" in refused[2], "--accept volume" in refused[2]) == (True, True)


def test_home_may_come_from_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALIT_HOME", str(tmp_path / "elsewhere"))
    assert str(tmp_path / "elsewhere") in run("publish")[2]


def test_a_missing_address_is_one_line_and_what_to_do(run: Run, tmp_path: Path) -> None:
    code, out, err = run("refresh", "--home", tmp_path)
    assert (code, out) == (2, "")
    assert err == (
        "ketalit: NCBI requires your e-mail address with each request.\n"
        "  Give --email you@example.org or set KETALIT_EMAIL.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["refresh", "--email", "a@b.org", "--strategy", "nothing"], 2, "There is no search strategy nothing."),
        (["refresh", "--email", "nobody"], 2, "email must be an e-mail address"),
        (["refresh", "--source", "embase"], 2, "embase"),
        (["import", "--source", "pubmed", "none.xml"], 2, "none.xml cannot be read: No such file or directory."),
        (["import", "none.xml"], 2, "--source"),
        (["build"], 2, "holds no complete run"),
        (["publish"], 2, "There is no release"),
        (["extract", "none.jsonl"], 2, "none.jsonl cannot be read"),
        (["rules", "astrology"], 2, "There are no rules on astrology."),
        (["rules", "dose.amonut"], 2, "There is no rule dose.amonut.\n  Did you mean dose.amount"),
        (["rules", "registry.enrollment"], 2, "The registry's own field, as posted; it is not read by a rule"),
        (["replay", "--corpus", "nowhere"], 2, "nowhere"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_a_mistake_is_told_with_its_exit_code_and_no_traceback(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ended, _, err = run(*arguments)
    assert (ended, told in err, "Traceback" in err) == (code, True, False)


def test_no_network_is_told_in_a_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALIT_ENTREZ_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("KETALIT_TRIES", "1")
    code, _, err = run("refresh", "--home", tmp_path, "--email", "a@b.org", "--source", "pubmed")
    assert (code, "PubMed: no answer from http://127.0.0.1:9/esearch.fcgi (ConnectionError)." in err) == (1, True)


def test_an_incomplete_run_ends_with_three(
    run: Run, tmp_path: Path, sample: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def respond(self, request: Request) -> Reply | None:
            return Reply(b"", "text/plain", 503) if "efetch" in request.path else None

    with ReplayServer(sample, script=Broken()) as server:
        _point_at(server, monkeypatch)
        code, _, err = run("refresh", "--home", tmp_path, "--source", "pubmed")
    held = len(sample.articles)
    assert (code, f"{held} of {held} promised records did not come" in err) == (3, True)


def test_a_locked_store_ends_with_five(run: Run, tmp_path: Path) -> None:
    with Store(tmp_path).locked():
        code, _, err = run("build", "--home", tmp_path)
    assert (code, "holds" in err) == (5, True)


def test_a_damaged_part_is_found_by_verify(
    run: Run, tmp_path: Path, sample_server: ReplayServer, unhurried: Callable[..., Settings]
) -> None:
    from ketalit import pipeline

    pipeline.refresh(unhurried(sample_server, home=tmp_path))
    whole = run("verify", "--home", tmp_path)
    part = next(tmp_path.glob("snapshots/*/part-*.parquet"))
    part.write_bytes(part.read_bytes()[:-1])
    damaged = run("verify", "--home", tmp_path)
    assert (whole[0], damaged[0], "differs from what was written" in damaged[2]) == (0, 1, True)


def test_ctrl_c_says_that_nothing_is_lost(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ketalit import pipeline

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "refresh", interrupted)
    code, _, err = run("refresh", "--home", tmp_path, "--email", "a@b.org")
    assert (code, "What was stored is kept" in err) == (130, True)


# ---- asking a release


@pytest.fixture
def ask(run: Run, built: Settings) -> Run:
    def call(verb: str, *arguments: object) -> tuple[int, str, str]:
        return run(verb, "--home", built.home, *arguments)

    return call


def test_a_query_is_a_table_csv_or_json(ask: Run) -> None:
    sql = "select study_id, '=1+1' as text from study_overview order by study_id limit 1"
    table, as_csv, as_json = ask("query", sql), ask("query", sql, "--csv"), ask("query", sql, "--json")
    (row,) = json.loads(as_json[1])
    assert (table[0], row["study_id"] in table[1]) == (0, True)
    assert as_csv[1].splitlines() == ["study_id,text", f"{row['study_id']},'=1+1"]


def test_a_query_that_has_more_rows_says_so_beside_the_answer(ask: Run) -> None:
    code, out, err = ask("query", "from screening select source_id", "--rows", 2, "--json")
    assert (code, len(json.loads(out)), err) == (0, 2, "Only the first 2 rows; --rows gives more.\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["from read_text('/etc/passwd')"], 2),
        (["drop view safety"], 2),
        (["selec 1"], 2),
        (["select 1", "--csv", "--json"], 2),
        (["select 1", "--seconds", "-1"], 2),
        (["select count(*) from range(1000000000) a, range(1000000) b", "--seconds", "0.1"], 1),
    ],
)
def test_a_query_that_is_not_answered_ends_with_its_code(ask: Run, arguments: list[str], code: int) -> None:
    ended, out, err = ask("query", *arguments)
    assert (ended, out, "Traceback" in err, len(err.splitlines()) >= 2) == (code, "", False, True)


def test_a_trace_shows_the_quote_as_text_or_json(ask: Run) -> None:
    sql = "from cell_source where rule = 'dose.amount' order by all limit 1"
    (cell,) = json.loads(ask("query", sql, "--json")[1])
    place = (cell["view_name"], cell["row_id"], cell["column_name"])
    code, out, _ = ask("trace", *place)
    assert (code, f"[[{cell['quote']}]]" in out, cell["sha256"] in out) == (0, True, True)
    assert json.loads(ask("trace", *place, "--json")[1])["origins"][0]["quote"] == cell["quote"]


def test_a_trace_of_nothing_and_a_difference_to_nothing_are_usage(ask: Run) -> None:
    assert (ask("trace", "dosing_protocols", "nobody")[0], ask("diff")[0], ask("diff", "x", "y")[0]) == (2, 2, 2)


@pytest.mark.parametrize(("form", "told"), [("text", "say the same"), ("csv", "change,view"), ("markdown", "# What")])
def test_a_difference_has_three_forms(ask: Run, form: str, told: str) -> None:
    code, out, _ = ask("diff", "current", "current", "--format", form)
    assert (code, told in out) == (0, True)


def test_the_version_is_shown(run: Run) -> None:
    from ketalit import __version__

    assert run("--version") == (0, f"{__version__}\n", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [("CTGOV_PER_SECOND", "0"), ("CONNECT_SECONDS", "0"), ("TOOL", "kétalit"), ("TRIES", "0"), ("RUN_SECONDS", "-1")],
)
def test_a_setting_that_cannot_work_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"KETALIT_{name}", value)
    code, _, err = run("refresh", "--home", tmp_path, "--email", "a@b.org")
    assert (code, name.lower() in err) == (2, True)


def test_a_strategy_that_is_no_text_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(b"\xff\xfe\x00")
    code, _, err = run("refresh", "--email", "a@b.org", "--strategy", tmp_path / "s.toml")
    assert (code, "s.toml cannot be read" in err) == (2, True)


def test_the_codebook_shows_meaning_examples_and_what_is_left(run: Run) -> None:
    code, out, _ = run("rules", "dosing")
    assert (code, out.startswith("dosing: "), "  takes   " in out, "  leaves  " in out) == (0, True, True, True)


def test_a_rule_is_shown_in_full_by_the_id_that_cells_name(run: Run) -> None:
    code, out, _ = run("rules", "event.response")
    shown = [line.split()[0] for line in out.splitlines() if not line.startswith("   ")]
    assert (code, shown) == (0, ["event.response", "Response", "file", "value", "takes", "takes", "leaves", "pattern"])
    assert ("durability.toml" in out, "(?:se|ses|ded" in out.partition("pattern")[2]) == (True, True)


def test_rules_are_shown_by_how_their_ids_begin(run: Run) -> None:
    told = json.loads(run("rules", "dose", "--json")[1])
    assert {(rule["id"].split(".")[0], rule["file"]) for rule in told} == {("dose", "dosing.toml")}
    assert [rule["id"] for rule in json.loads(run("rules", "time.code", "--json")[1])] == ["time.code"]


def test_extract_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"pmid": "1", "title": "t", "abstract": "Patients received ketamine 0.5 mg/kg."})
    monkeypatch.setattr("sys.stdin", iter([line]))
    assert json.loads(run("extract", "-")[1])["pmid"] == "1"
