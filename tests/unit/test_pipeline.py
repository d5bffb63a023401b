"""The verbs on the bundled sample: what they store, refuse and leave behind."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from ketalit import pipeline, settings
from ketalit.errors import (
    AuditFailed,
    DocumentUnreadable,
    GateClosed,
    Incomplete,
    SettingsError,
    SourceRefused,
    SourceUnavailable,
    Stale,
)
from ketalit.release import Releases
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.vocabulary import Source
from ketalit.warehouse import read
from ketalit.warehouse.database import Warehouse


class FailsAfter:
    """Lets `pages` fetches through, then fails every one until it is mended."""

    def __init__(self, pages: int) -> None:
        self.pages, self.is_mended = pages, False

    def respond(self, request: Request) -> Reply | None:
        if "efetch" not in request.path or self.is_mended:
            return None
        self.pages -= 1
        return Reply(b"Bad gateway", "text/plain", 502) if self.pages < 0 else None


@pytest.fixture
def copy(built: Settings, tmp_path: Path) -> Settings:
    """A home of its own with the same content."""
    shutil.copytree(built.home, tmp_path / "home", symlinks=True)
    return built.model_copy(update={"home": tmp_path / "home"})


# ---- refresh


def test_a_refresh_keeps_books_that_balance(built: Settings, sample: Corpus) -> None:
    runs = Store(built.home).complete_runs()
    assert {(run.source, run.promised, run.stored) for run in runs} == {
        (Source.PUBMED, len(sample.articles), len(sample.articles)),
        (Source.CTGOV, len(sample.studies), len(sample.studies)),
    }


def test_the_manifest_keeps_the_query_as_sent_and_as_understood(built: Settings) -> None:
    query = next(run for run in Store(built.home).runs() if run.source is Source.PUBMED).queries[0]
    assert ("ketamin*[tiab]" in query.sent, "[Title/Abstract]" in (query.understood or "")) == (True, True)


def test_a_source_that_breaks_off_leaves_an_incomplete_run_and_a_rerun_asks_for_the_rest(
    sample: Corpus, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    script = FailsAfter(pages=2)
    held = len(sample.articles)
    with ReplayServer(sample, script=script) as server:
        chosen = unhurried(server, home=tmp_path, efetch_size=10)
        with pytest.raises(Incomplete, match=f"HTTP 502 .* {held - 20} of {held} promised records did not come"):
            pipeline.refresh(chosen, sources=(Source.PUBMED,))
        script.is_mended = True
        asked_before = len(server.requests)
        (run,) = pipeline.refresh(chosen, sources=(Source.PUBMED,))
        fetched = [r.get("id").count(",") + 1 for r in server.requests[asked_before:] if "efetch" in r.path]
    assert (run.status, run.stored, sum(fetched)) == ("complete", held, held - 20)


def test_an_incomplete_run_is_not_built_from(
    sample: Corpus, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    with ReplayServer(sample, script=FailsAfter(pages=1)) as server:
        chosen = unhurried(server, home=tmp_path, efetch_size=10)
        with pytest.raises(Incomplete):
            pipeline.refresh(chosen, sources=(Source.PUBMED,))
    with pytest.raises(SettingsError, match="holds no complete run"):
        pipeline.build(chosen)


def test_an_incomplete_refresh_stops_the_build_unless_it_is_accepted(
    sample: Corpus, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    with ReplayServer(sample, script=FailsAfter(pages=1)) as server:
        chosen = unhurried(server, home=tmp_path, efetch_size=10)
        with pytest.raises(Incomplete):
            pipeline.refresh(chosen)
    missing = f"pubmed: {len(sample.articles) - 10} records missing"
    with pytest.raises(Incomplete, match=rf"The last refresh is not complete \({missing}") as told:
        pipeline.build(chosen)
    release = pipeline.build(chosen, accept=("incomplete",))
    assert ("--accept incomplete" in told.value.hint, release.manifest.accepted[0][:18]) == (True, "incomplete: pubmed")


def test_a_search_that_finds_nothing_is_no_complete_run(
    sample: Corpus, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    with ReplayServer(Corpus({}, sample.studies)) as server, pytest.raises(SourceRefused, match="finds nothing"):
        pipeline.refresh(unhurried(server, home=tmp_path), sources=(Source.PUBMED,))
    assert Store(tmp_path).complete_runs() == ()


def test_one_source_that_is_down_does_not_keep_the_other_from_being_refreshed(
    sample: Corpus, unhurried: Callable[..., Settings], tmp_path: Path
) -> None:
    with ReplayServer(sample) as server:
        chosen = unhurried(server, home=tmp_path, entrez_url="http://127.0.0.1:9/", tries=1)
        with pytest.raises(SourceUnavailable, match="PubMed"):
            pipeline.refresh(chosen)
    assert [run.source for run in Store(tmp_path).complete_runs()] == [Source.CTGOV]


# ---- import


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_imported_files_are_the_same_documents_as_refreshed_ones(sample: Corpus, tmp_path: Path, packed: bool) -> None:
    page = b"<PubmedArticleSet>" + b"".join(sample.articles.values()) + b"</PubmedArticleSet>"
    file = tmp_path / ("set.xml.gz" if packed else "set.xml")
    file.write_bytes(gzip.compress(page) if packed else page)
    pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [file])
    stored = {d.source_id: d.body for _, d in Store(tmp_path / "home").documents()}
    assert stored == sample.articles


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda bodies: bodies[0], id="one study"),
        pytest.param(lambda bodies: b'{"studies": [' + b",".join(bodies) + b"]}", id="page"),
        pytest.param(lambda bodies: b"[" + b",".join(bodies) + b"]", id="list"),
        pytest.param(lambda bodies: b"\n".join(_on_one_line(body) for body in bodies), id="lines"),
    ],
)
def test_every_shape_of_registry_json_is_taken(
    sample: Corpus, tmp_path: Path, shape: Callable[[list[bytes]], bytes]
) -> None:
    bodies = list(sample.studies.values())[:3]
    file = tmp_path / "studies.json"
    file.write_bytes(shape(bodies))
    run = pipeline.import_files(settings.read(home=tmp_path / "home"), Source.CTGOV, [file])
    assert run.stored == (1 if file.read_bytes() == bodies[0] else 3)


def _on_one_line(body: bytes) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(body))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html>no</html>", "is not PubMed XML"),
        (b"<PubmedArticleSet></PubmedArticleSet>", "holds no record"),
        (b"<PubmedArticleSet><PubmedArticle>", "is not PubMed XML"),
        (b"\x1f\x8b\x08\x00broken", "damaged gzip"),
        (b'{"studies": []}', "is not PubMed XML"),
    ],
)
def test_a_file_that_is_something_else_is_told_and_nothing_is_stored(
    sample: Corpus, tmp_path: Path, content: bytes, told: str
) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(b"<PubmedArticleSet>" + b"".join(sample.articles.values()) + b"</PubmedArticleSet>")
    bad.write_bytes(content)
    chosen = settings.read(home=tmp_path / "home")
    with pytest.raises(DocumentUnreadable, match=told):
        pipeline.import_files(chosen, Source.PUBMED, [good, bad])
    assert Store(chosen.home).runs() == ()


@pytest.fixture
def in_small_pieces(monkeypatch: pytest.MonkeyPatch, sample: Corpus) -> bytes:
    """The sample's articles as a file that is read in many pieces."""
    monkeypatch.setattr("ketalit.sources.pubmed.bulk.PIECE", 20_000)
    return b"<PubmedArticleSet>" + b"".join(sample.articles.values()) + b"</PubmedArticleSet>"


def test_a_large_file_is_stored_piece_by_piece_and_holds_the_same_documents(
    in_small_pieces: bytes, sample: Corpus, tmp_path: Path
) -> None:
    (tmp_path / "large.xml").write_bytes(in_small_pieces)
    run = pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [tmp_path / "large.xml"])
    assert (run.status, run.stored, len(run.parts) > 3) == ("complete", len(sample.articles), True)
    stored = {found.source_id: found.body for _, found in Store(tmp_path / "home").documents()}
    assert stored == sample.articles


@pytest.mark.parametrize("end", [b"<PubmedArticle><PMID>1</PMID>", b"</PubmedArticle></PubmedArticleSet>", b""])
def test_a_large_file_that_is_damaged_at_its_end_leaves_nothing_of_its_beginning(
    in_small_pieces: bytes, tmp_path: Path, end: bytes
) -> None:
    (tmp_path / "large.xml").write_bytes(in_small_pieces.removesuffix(b"</PubmedArticleSet>") + end)
    with pytest.raises(DocumentUnreadable, match="is not PubMed XML"):
        pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [tmp_path / "large.xml"])
    assert (Store(tmp_path / "home").runs(), list((tmp_path / "home").rglob("part-*"))) == ((), [])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        pipeline.import_files(settings.read(home=tmp_path), Source.PUBMED, [tmp_path / "none.xml"])


def test_deletions_in_an_imported_file_are_told(sample: Corpus, tmp_path: Path) -> None:
    records = b"".join(list(sample.articles.values())[:2])
    gone = b'<DeleteCitation><PMID Version="1">123</PMID></DeleteCitation>'
    (tmp_path / "update.xml").write_bytes(b"<PubmedArticleSet>" + records + gone + b"</PubmedArticleSet>")
    run = pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [tmp_path / "update.xml"])
    assert run.notes == ("update.xml names 1 deleted records, which leave the evidence: 123",)


# ---- build


def test_a_record_that_cannot_be_read_becomes_a_row_with_its_reason(tmp_path: Path) -> None:
    broken = (
        b'<PubmedArticle><MedlineCitation><PMID Version="1">7</PMID><Article>\xff</Article></MedlineCitation>'
        b"</PubmedArticle>"
    )
    whole = (
        b'<PubmedArticle><MedlineCitation><PMID Version="1">8</PMID><Article><ArticleTitle>x</ArticleTitle></Article>'
        b"</MedlineCitation></PubmedArticle>"
    )
    file = tmp_path / "set.xml"
    file.write_bytes(b"<PubmedArticleSet>" + broken + whole + b"</PubmedArticleSet>")
    chosen = settings.read(home=tmp_path / "home")
    pipeline.import_files(chosen, Source.PUBMED, [file])
    with read(pipeline.build(chosen).database) as reader:
        rejected = reader.rows("select source_id, reason from core.rejected_document")
        screened = reader.rows("select source_id, decision from evidence.screening order by source_id")
    assert [row["source_id"] for row in rejected] == ["7"]
    assert [(row["source_id"], row["decision"]) for row in screened] == [("7", "unreadable"), ("8", "excluded")]


def test_the_evidence_views_hold_rows_that_lead_to_quotes(built: Settings) -> None:
    with read(Releases(built.home).current().database) as reader:
        rows = {
            view: reader.rows(
                "select count(distinct row_id) as n from evidence.cell_source where view_name = ? and quote <> ''",
                [view],
            )[0]["n"]
            for view in ("dosing_protocols", "durability_of_effect", "trial_demographics")
        }
    assert {view for view, n in rows.items() if n < 20} == set()


def test_the_same_snapshots_and_code_give_the_same_release(copy: Settings) -> None:
    first = Releases(copy.home).current()
    shutil.rmtree(first.folder)
    again = pipeline.build(copy)
    assert (again.release_id, again.manifest.counts) == (first.release_id, first.manifest.counts)


def test_a_build_with_nothing_new_makes_the_same_release_current_again(copy: Settings) -> None:
    before = Releases(copy.home).current()
    written = before.database.stat().st_mtime_ns
    again = pipeline.build(copy)
    assert (again.release_id, again.database.stat().st_mtime_ns) == (before.release_id, written)


def test_a_failed_audit_leaves_the_last_release_current(copy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Releases(copy.home).current().release_id
    run = Store(copy.home).begin(Source.PUBMED, "import")
    run.finish()

    def fail(_self: Warehouse) -> tuple[str, ...]:
        raise AuditFailed("Audit planted found 1 offender(s).")

    monkeypatch.setattr(Warehouse, "audit", fail)
    with pytest.raises(AuditFailed):
        pipeline.build(copy)
    assert Releases(copy.home).current().release_id == before


def test_a_reader_keeps_its_release_while_a_new_one_becomes_current(copy: Settings) -> None:
    link = copy.home / "releases" / "current"
    with read(link / "evidence.duckdb") as reader:
        before = reader.rows("select count(*) as n from core.run")
        _import_one_more(copy)
        pipeline.build(copy)
        assert reader.rows("select count(*) as n from core.run") == before
    with read(link / "evidence.duckdb") as reader:
        assert reader.rows("select count(*) as n from core.run")[0]["n"] == before[0]["n"] + 1


def _import_one_more(settings: Settings) -> None:
    record = (
        b'<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">99</PMID><Article>'
        b"<ArticleTitle>Ketamine in depression</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
        b"</PubmedArticleSet>"
    )
    file = settings.home / "one_more.xml"
    file.write_bytes(record)
    pipeline.import_files(settings, Source.PUBMED, [file])


def test_a_run_that_brought_nothing_new_on_the_same_day_makes_the_same_release_current_again(copy: Settings) -> None:
    before = Releases(copy.home).current()
    Store(copy.home).begin(Source.PUBMED, "import").finish()
    again = pipeline.build(copy)
    assert (again.release_id, again.database.stat().st_ino) == (before.release_id, before.database.stat().st_ino)


def test_a_build_that_lost_evidence_is_refused_until_it_is_accepted_by_name(copy: Settings) -> None:
    before = Releases(copy.home).current()
    (run,) = (run for run in Store(copy.home).complete_runs() if run.source is Source.CTGOV)
    shutil.rmtree(copy.home / "snapshots" / run.run_id)
    with pytest.raises(GateClosed, match=r"evidence\.trial_pipeline falls from \d+ to 0 rows") as told:
        pipeline.build(copy)
    assert Releases(copy.home).current().release_id == before.release_id
    assert "--accept volume --accept links" in told.value.hint
    release = pipeline.build(copy, accept=("volume", "links"))
    assert {text.split(":")[0] for text in release.manifest.accepted} == {"volume", "links"}


def test_a_build_of_old_searches_is_refused_until_it_is_accepted(copy: Settings) -> None:
    shutil.rmtree(copy.home / "releases")
    old = copy.model_copy(update={"stale_days": 1e-9})
    with pytest.raises(Stale, match="pubmed was last searched completely on"):
        pipeline.build(old)
    assert pipeline.build(old, accept=("stale",)).manifest.accepted[0].startswith("stale: ctgov")


def test_a_release_that_was_damaged_is_built_anew(copy: Settings) -> None:
    before = Releases(copy.home).current()
    before.database.unlink()
    again = pipeline.build(copy)
    assert (again.release_id, again.database.is_file()) == (before.release_id, True)


def test_what_a_killed_build_left_behind_is_swept_away(copy: Settings) -> None:
    leftover = copy.home / "releases" / ".building" / "evidence.duckdb"
    leftover.parent.mkdir()
    leftover.write_bytes(b"half")
    Store(copy.home).begin(Source.PUBMED, "import").finish()
    pipeline.build(copy)
    assert not leftover.parent.exists()


def test_without_anything_stored_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no complete run") as told:
        pipeline.build(settings.read(home=tmp_path))
    assert "ketalit refresh" in told.value.hint


# ---- extract


def test_each_line_gives_one_object_in_the_annotators_shape(tmp_path: Path) -> None:
    file = tmp_path / "abstracts.jsonl"
    line = {
        "pmid": "1",
        "title": "Ketamine in depression",
        "abstract": "Patients received ketamine 0.5 mg/kg over 40 min.",
    }
    file.write_text(json.dumps(line) + "\n\n" + json.dumps({**line, "pmid": "2", "abstract": None}) + "\n")
    read_lines = [json.loads(text) for text in pipeline.extract(file)]
    assert [record["pmid"] for record in read_lines] == ["1", "2"]
    assert (read_lines[0]["regimens"][0]["dose"], read_lines[0]["regimens"][0]["unit"]) == (0.5, "mg/kg")


@pytest.mark.parametrize("line", ["not json", '{"pmid": "1", "title": "x"}', "[]"])
def test_a_line_that_is_no_abstract_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    file = tmp_path / "abstracts.jsonl"
    file.write_text(line)
    with pytest.raises(DocumentUnreadable, match=r"abstracts\.jsonl:1 is not"):
        list(pipeline.extract(file))
