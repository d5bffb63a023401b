"""Refreshing against services whose records are added, revised, back-dated, merged and deleted between the runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from ketalit import pipeline
from ketalit.errors import Incomplete, SourceUnavailable, VolumeJump
from ketalit.ledger import withdrawals
from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.exchange import Reply, Request
from ketalit.settings import Settings
from ketalit.snapshot import Manifest, Store
from ketalit.vocabulary import Source
from ketalit.warehouse import read

STRATEGY = """
name = "small"
version = "1"
question = "What is found?"
[[pubmed.block]]
name = "drug"
lines = [{ query = "ketamine[ti]", reason = "the drug" }]
[[ctgov.block]]
name = "drug"
lines = [{ query = "ketamine", reason = "the drug" }]
"""


def _stamp(name: str, day: date) -> str:
    return f"<{name}><Year>{day.year}</Year><Month>{day.month:02}</Month><Day>{day.day:02}</Day>"


def article(pmid: str, added: date, revised: date, title: str = "Ketamine in depression") -> bytes:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>'
        f"{_stamp('DateRevised', revised)}</DateRevised><Article><ArticleTitle>{title}</ArticleTitle></Article>"
        f'</MedlineCitation><PubmedData><History><PubMedPubDate PubStatus="entrez">'
        f"{_stamp('PubMedPubDate', added).removeprefix('<PubMedPubDate>')}</PubMedPubDate>"
        f"</History><ArticleIdList/></PubmedData></PubmedArticle>"
    ).encode()


def study(nct_id: str, updated: date, title: str = "Ketamine in depression", aliases: tuple[str, ...] = ()) -> bytes:
    return msgspec.json.encode(
        {
            "protocolSection": {
                "identificationModule": {"nctId": nct_id, "nctIdAliases": list(aliases), "briefTitle": title},
                "statusModule": {"lastUpdatePostDateStruct": {"date": updated.isoformat(), "type": "ACTUAL"}},
            }
        }
    )


class World:
    """Two services, a calendar, and a home that follows them."""

    def __init__(self, server: ReplayServer, settings: Settings) -> None:
        self.server, self.settings = server, settings
        self.today = date(2024, 3, 1)
        self.articles: dict[str, bytes] = {}
        self.studies: dict[str, bytes] = {}

    @property
    def store(self) -> Store:
        return Store(self.settings.home)

    def add(self, pmid: str, *, added: date | None = None) -> None:
        self.articles[pmid] = article(pmid, added or self.today, added or self.today)

    def revise(self, pmid: str, title: str, *, revised: date | None = None) -> None:
        self.articles[pmid] = article(pmid, date(2020, 1, 1), revised or self.today, title)

    def pass_days(self, days: int) -> None:
        self.today += timedelta(days=days)

    def refresh(
        self, source: Source = Source.PUBMED, *, is_full: bool = False, accept: tuple[str, ...] = ()
    ) -> Manifest:
        self.server.hold(Corpus(self.articles, self.studies))
        (run,) = pipeline.refresh(self.settings, sources=(source,), is_full=is_full, accept=accept)
        return run

    def stored(self) -> dict[str, bytes]:
        """The newest version of each record, withdrawn ones among them."""
        return {document.source_id: document.body for _, document in self.store.documents()}

    def withdrawn(self) -> dict[str, str]:
        found = withdrawals(self.store, self.store.complete_runs())
        return {source_id: withdrawal.reason for (_, source_id), withdrawal in found.items()}


@pytest.fixture
def world(unhurried: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Ten articles and three studies of 2020, refreshed on 1 March 2024."""
    (tmp_path / "small.toml").write_text(STRATEGY)
    with ReplayServer(Corpus({}, {})) as server:
        made = World(server, unhurried(server, home=tmp_path / "home", strategy=str(tmp_path / "small.toml")))
        monkeypatch.setattr("ketalit.durable.now", lambda: f"{made.today}T08:00:00Z")
        for number in range(101, 111):
            made.add(str(number), added=date(2020, 1, 1))
        for number in range(1, 4):
            made.studies[f"NCT0000000{number}"] = study(f"NCT0000000{number}", date(2020, 1, 1))
        made.refresh()
        made.refresh(Source.CTGOV)
        yield made


def fetched(world: World, since: int) -> set[str]:
    asked = [request.get("id") for request in world.server.requests[since:] if "efetch" in request.path]
    return {pmid for ids in asked for pmid in ids.split(",")}


# ---- what a run asks for


def test_a_second_run_asks_only_for_what_was_added_or_revised(world: World) -> None:
    before = len(world.server.requests)
    world.pass_days(1)
    world.add("200")
    world.revise("101", "Ketamine once more")
    run = world.refresh()
    assert (run.mode, run.since, fetched(world, before)) == ("incremental", "2024-02-23", {"200", "101"})


def test_a_run_without_anything_new_is_complete(world: World) -> None:
    for source in Source:
        world.pass_days(1)
        run = world.refresh(source)
        assert (run.mode, run.promised, run.status) == ("incremental", 0, "complete")


def test_the_registry_is_asked_by_the_day_of_the_last_update(world: World) -> None:
    world.pass_days(3)
    world.studies["NCT00000002"] = study("NCT00000002", world.today, "Ketamine, changed")
    run = world.refresh(Source.CTGOV)
    assert (run.mode, run.promised, run.stored) == ("incremental", 1, 1)
    assert "AREA[LastUpdatePostDate]RANGE[2024-02-23,MAX]" in run.queries[1].sent


def test_a_record_that_was_indexed_on_the_day_of_the_last_run_but_after_it_is_not_missed(world: World) -> None:
    world.add("200", added=world.today - timedelta(days=2))
    assert (world.refresh().mode, "200" in world.stored()) == ("incremental", True)


def test_a_record_with_an_old_date_makes_the_count_differ_and_everything_is_listed(world: World) -> None:
    world.pass_days(1)
    world.add("200", added=date(2011, 5, 5))
    run = world.refresh()
    assert (run.mode, run.mode_reason) == ("full", "the source counts 11 records where the books hold 10")
    assert "200" in world.stored()


def test_everything_is_listed_again_after_thirty_days_however_often_there_were_windows(world: World) -> None:
    modes = []
    for days in (15, 15, 1, 1):
        world.pass_days(days)
        modes.append(world.refresh().mode)
    assert modes == ["incremental", "incremental", "full", "incremental"]


def test_everything_is_listed_when_asked_for(world: World) -> None:
    assert (world.refresh(is_full=True).mode_reason, world.refresh().mode) == ("asked for", "incremental")


def test_another_strategy_lists_everything_and_takes_nothing_for_withdrawn(world: World) -> None:
    path = Path(world.settings.strategy)
    path.write_text(path.read_text().replace('"ketamine[ti]"', '"ketamine[ti] AND mania[ti]"'))
    world.add("300")
    world.revise("300", "Ketamine in mania")
    for _ in range(2):
        run = world.refresh(is_full=True)
        world.pass_days(1)
    assert (run.promised, run.unlisted, world.withdrawn(), len(world.stored())) == (1, (), {}, 13 + 1)


def test_a_clock_that_was_ahead_makes_the_next_run_list_everything(world: World) -> None:
    world.pass_days(400)
    world.refresh()
    world.pass_days(-399)
    assert world.refresh().mode_reason == "the last run is dated 2025-04-05, after today"


def test_a_query_that_is_understood_anew_is_told_and_lists_everything(world: World) -> None:
    drifted = b"<eSearchResult><Count>10</Count><IdList/><QueryTranslation>else</QueryTranslation></eSearchResult>"
    world.server.script = First("esearch", Reply(drifted, "text/xml"))
    run = world.refresh()
    assert (run.mode, run.queries[0].understood) == ("full", "else")
    assert run.notes == ("pubmed understands the query differently from the last time; see core.query.",)


class First:
    """Answers the first request of a path; None lets the service answer."""

    def __init__(self, path: str, *replies: Reply | None) -> None:
        self.path, self.replies = path, list(replies)

    def respond(self, request: Request) -> Reply | None:
        return self.replies.pop(0) if self.path in request.path and self.replies else None


# ---- what became of a record


def test_a_revision_is_a_new_version_beside_the_old(world: World) -> None:
    old = world.stored()["101"]
    world.pass_days(1)
    world.revise("101", "Ketamine once more")
    world.refresh()
    bodies = [
        row["body"]
        for path in sorted(world.store.folder.glob("*/part-*.parquet"))
        for row in pq.read_table(path).to_pylist()
        if row["source_id"] == "101"
    ]
    assert (bodies, world.stored()["101"]) == ([old, world.articles["101"]], world.articles["101"])


def test_a_revision_that_is_dated_back_is_the_newest_version_all_the_same(world: World) -> None:
    world.revise("101", "Ketamine, dated back", revised=date(2019, 1, 1))
    run = world.refresh(is_full=True)
    again = world.refresh(is_full=True)
    assert (run.stored, again.stored, world.stored()["101"]) == (1, 0, world.articles["101"])


def test_an_absent_record_is_withdrawn_on_the_second_day_and_not_before(world: World) -> None:
    del world.articles["105"]
    told = []
    for days in (0, 0, 1):
        world.pass_days(days)
        run = world.refresh(is_full=days == 0)
        told.append((run.mode, run.absent, sorted(world.withdrawn())))
    assert told == [("full", ("105",), []), ("full", ("105",), []), ("full", ("105",), ["105"])]
    assert "on 2024-03-01 and on 2024-03-02" in world.withdrawn()["105"]
    assert (world.refresh().mode, "105" in world.stored()) == ("incremental", True)


def test_a_record_that_was_seen_between_two_absences_stands(world: World) -> None:
    body = world.articles.pop("105")
    world.refresh(is_full=True)
    world.pass_days(1)
    world.articles["105"] = body
    world.refresh(is_full=True)
    world.pass_days(1)
    del world.articles["105"]
    assert (world.refresh(is_full=True).absent, world.withdrawn()) == (("105",), {})


def test_a_withdrawn_record_that_is_listed_again_stands_again(world: World) -> None:
    body = world.articles.pop("105")
    for _ in range(2):
        world.refresh(is_full=True)
        world.pass_days(1)
    assert "105" in world.withdrawn()
    world.articles["105"] = body
    world.refresh()
    assert world.withdrawn() == {}


def test_a_record_that_the_search_no_longer_finds_but_that_exists_is_kept_in_its_new_version(world: World) -> None:
    world.revise("105", "Lithium in mania")
    for _ in range(2):
        run = world.refresh(is_full=True)
        world.pass_days(1)
    assert (run.unlisted, run.absent, world.withdrawn()) == (("105",), (), {})
    assert world.stored()["105"] == world.articles["105"]


def test_a_study_that_was_merged_is_withdrawn_at_once_and_its_successor_is_fetched(world: World) -> None:
    del world.studies["NCT00000002"]
    world.studies["NCT00000009"] = study("NCT00000009", world.today, "Another title", aliases=("NCT00000002",))
    run = world.refresh(Source.CTGOV)
    assert run.merged == (("NCT00000002", "NCT00000009"),)
    assert world.withdrawn() == {"NCT00000002": "ClinicalTrials.gov: now an alias of NCT00000009"}
    assert {"NCT00000002", "NCT00000009"} <= world.stored().keys()


def test_a_record_that_a_file_declares_deleted_is_shown_as_withdrawn_and_nowhere_else(
    world: World, tmp_path: Path
) -> None:
    gone = b'<PubmedArticleSet><DeleteCitation><PMID Version="1">105</PMID></DeleteCitation></PubmedArticleSet>'
    (tmp_path / "update.xml").write_bytes(gone)
    pipeline.import_files(world.settings, Source.PUBMED, [tmp_path / "update.xml"])
    with read(pipeline.build(world.settings, accept=("stale",)).database) as reader:  # the calendar is that of 2024
        (shown,) = reader.rows("select title, decision, reason from evidence.screening where source_id = '105'")
        read_as = reader.rows("select pmid from core.publication where pmid = '105'")
    reason = "withdrawn by its source: its source declares it deleted"
    assert (shown, read_as) == (
        {"title": "Ketamine in depression", "decision": "withdrawn", "reason": reason},
        [],
    )


def withhold(world: World, runs: int) -> list[Manifest]:
    """Refreshes, a day apart, in which PubMed lists 200 and gives no record for it, in its page or alone."""
    world.add("200", added=date(2020, 1, 1))
    withheld = []
    for _ in range(runs):
        world.server.script = Withholds("200")
        withheld.append(world.refresh(is_full=True))
        world.server.script = None
        world.pass_days(1)
    world.pass_days(-1)
    return withheld


class Withholds:
    """Leaves one record out of every answer."""

    def __init__(self, pmid: str) -> None:
        self.pmid = pmid

    def respond(self, request: Request) -> Callable[[Reply], Reply] | None:
        if "efetch" not in request.path:
            return None
        own = rb'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">%s<.*?</PubmedArticle>'
        return lambda true: msgspec.structs.replace(true, body=re.sub(own % self.pmid.encode(), b"", true.body))


def test_a_record_that_did_not_come_is_asked_for_again_by_the_next_run_of_the_same_day(world: World) -> None:
    (run,) = withhold(world, 1)
    again = world.refresh()
    assert (run.absent, again.mode, again.unlisted, again.stored) == (("200",), "incremental", ("200",), 1)
    assert (world.withdrawn(), "200" in world.stored(), world.refresh().unlisted) == ({}, True, ())


def test_a_record_that_was_kept_back_on_two_days_but_is_still_listed_is_asked_for_until_it_comes(world: World) -> None:
    withhold(world, 2)
    assert "200" in world.withdrawn()
    world.pass_days(1)
    run = world.refresh()
    assert (run.mode, run.unlisted, run.stored, world.withdrawn()) == ("incremental", ("200",), 1, {})


def test_a_record_that_is_gone_and_no_longer_listed_is_not_asked_for_for_ever(world: World) -> None:
    del world.articles["105"]
    for _ in range(2):
        world.refresh(is_full=True)
        world.pass_days(1)
    assert (world.refresh().promised, "105" in world.withdrawn()) == (0, True)


# ---- when something is wrong


def test_a_count_far_below_the_last_stops_the_run_and_the_build_until_it_is_accepted(world: World) -> None:
    kept = dict(world.articles)
    world.articles = dict(list(world.articles.items())[:5])
    with pytest.raises(VolumeJump, match="finds 5 records; it found 10 on 2024-03-01") as told:
        world.refresh()
    assert (told.value.exit_code, "--accept volume" in told.value.hint) == (3, True)
    with pytest.raises(Incomplete, match="finds 5 records; it found 10"):
        pipeline.build(world.settings)
    assert world.refresh(accept=("volume",)).accepted[0].startswith("volume: the search finds 5 records")
    assert (world.withdrawn(), world.stored().keys() >= kept.keys()) == ({}, True)


def test_a_count_far_above_the_last_stops_the_run(world: World) -> None:
    for number in range(200, 210):
        world.add(str(number))
    with pytest.raises(VolumeJump):
        world.refresh()


def test_a_few_records_more_or_less_are_no_jump(world: World) -> None:
    for pmid in ("101", "102", "103"):
        del world.articles[pmid]
    assert world.refresh().absent == ("101", "102", "103")


def test_a_run_that_breaks_off_while_it_looks_up_what_is_gone_is_not_complete(world: World) -> None:
    del world.articles["105"]
    down = Reply(b"Bad gateway", "text/plain", 502)
    world.server.script = First("efetch", None, *[down] * 3)
    with pytest.raises(Incomplete, match=r"1 of 10 promised records did not come \(first: 105\)") as told:
        world.refresh(is_full=True)
    assert isinstance(told.value.__cause__, SourceUnavailable)
    assert world.refresh(is_full=True).absent == ("105",)
