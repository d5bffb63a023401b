"""Rows of the catalogue that are no single bad answer: what lies between two answers, or between two runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ketalit import pipeline
from ketalit.errors import SettingsError, SourceError
from ketalit.replay import Corpus, ReplayServer, eutils
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.sources.ctgov import client as registry
from ketalit.sources.pubmed import client as pubmed
from ketalit.sources.pubmed.client import PubMedClient
from ketalit.vocabulary import Source
from tests.faults.figures import Figures

OWN = "rows of the catalogue played in a way of their own"


def record(number: int, day: str) -> bytes:
    year, month, date = day.split("-")
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{number}</PMID><Article>'
        f"<ArticleTitle>Ketamine {number}</ArticleTitle></Article></MedlineCitation><PubmedData><History>"
        f'<PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>{month}</Month><Day>{date}</Day></PubMedPubDate>'
        f"</History><ArticleIdList/></PubmedData></PubmedArticle>"
    ).encode()


@pytest.fixture
def cap_of_30(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PubMed that lists 29 ids of a query, and a client that knows it: the cap of 9,999 without 10,000 records."""
    monkeypatch.setattr(eutils, "LARGEST_RESULT", 30)
    monkeypatch.setattr(pubmed, "LISTED_AT_MOST", 30)


@pytest.mark.usefixtures("cap_of_30")
@pytest.mark.parametrize("number", [29, 30, 31, 32, 300])
def test_n07_n09_a_walk_over_uneven_days_lists_every_record_once(
    unhurried: Callable[..., Settings], figures: Figures, number: int
) -> None:
    days = ["2020-01-01"] * 25 + [
        f"20{year}-{month:02d}-{day:02d}" for year in (19, 24) for month in (2, 12) for day in (1, 28)
    ]
    days += [f"2021-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(300)]
    corpus = Corpus({str(n): record(n, days[n - 1]) for n in range(1, number + 1)}, {})
    with ReplayServer(corpus) as server:
        ids = PubMedClient(unhurried(server)).search("ketamine[ti]").ids
    assert sorted(ids, key=int) == list(corpus.articles)
    figures.add(OWN)


@pytest.mark.usefixtures("cap_of_30")
def test_n07_a_day_at_the_cap_is_listed_by_ranges_of_ids_and_never_cut(
    unhurried: Callable[..., Settings], figures: Figures
) -> None:
    corpus = Corpus({str(n): record(n, "2020-02-29") for n in range(1, 31)}, {})
    with ReplayServer(corpus) as server:
        listing = PubMedClient(unhurried(server)).search("ketamine[ti]")
    assert sorted(listing.ids, key=int) == [str(n) for n in range(1, 31)]
    figures.add(OWN)


@pytest.mark.parametrize("source", list(Source))
def test_n14_c11_a_record_that_changed_is_a_new_version_beside_the_old(
    unhurried: Callable[..., Settings], tmp_path: Path, sample: Corpus, figures: Figures, source: Source
) -> None:
    corpus = Corpus(sample.articles, sample.studies)
    held = corpus.articles if source is Source.PUBMED else corpus.studies
    changed, old = next(iter(held.items()))
    new = old.replace(b"etamine", b"etamine (changed)", 1)
    with ReplayServer(corpus) as server:
        chosen = unhurried(server, home=tmp_path)
        pipeline.refresh(chosen, sources=(source,))
        held[changed] = new
        (run,) = pipeline.refresh(chosen, sources=(source,), is_full=True)  # its date of revision did not change
    stored = {d.source_id: d.body for _, d in Store(tmp_path).documents()}
    earlier = {d.source_id: d.body for _, d in Store(tmp_path).documents(Store(tmp_path).complete_runs()[:1])}
    assert (run.stored, run.unchanged, stored[changed], earlier[changed]) == (1, len(held) - 1, new, old)
    figures.add(OWN)


@pytest.mark.parametrize("size", [1, 199, 200, 5_000])
def test_n25_a_page_of_any_size_is_posted_and_whole(
    unhurried: Callable[..., Settings], tmp_path: Path, sample: Corpus, figures: Figures, size: int
) -> None:
    with ReplayServer(sample) as server:
        (run,) = pipeline.refresh(unhurried(server, home=tmp_path, efetch_size=size), sources=(Source.PUBMED,))
        methods = {request.method for request in server.requests}
    assert (run.stored, methods) == (len(sample.articles), {"POST"})
    figures.add(OWN)


def test_n27_without_an_address_nothing_is_sent_and_nothing_written(
    unhurried: Callable[..., Settings], tmp_path: Path, sample: Corpus, figures: Figures
) -> None:
    with ReplayServer(sample) as server:
        nameless = unhurried(server, home=tmp_path / "home").model_copy(update={"email": None})
        with pytest.raises(SettingsError, match="requires your e-mail address"):
            pipeline.refresh(nameless)
        assert (server.requests, (tmp_path / "home").exists()) == ([], False)
    figures.add(OWN)


def test_c03_with_a_token_of_other_parameters_the_register_would_give_wrong_rows_and_ours_never_are(
    unhurried: Callable[..., Settings],
    tmp_path: Path,
    sample: Corpus,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "LISTING_PAGE", 5)
    with ReplayServer(sample, bound_tokens=True) as server:
        pipeline.refresh(unhurried(server, home=tmp_path), sources=(Source.CTGOV,))
        listings = [dict(r.parameters) for r in server.requests if "sort" in r.names]
    assert {tuple((n, v) for n, v in p.items() if n != "pageToken") for p in listings} == {tuple(listings[0].items())}
    assert {d.source_id for _, d in Store(tmp_path).documents()} == set(sample.studies)
    figures.add(OWN)


def test_c05_a_register_that_never_stops_reloading_ends_the_walk(
    unhurried: Callable[..., Settings], tmp_path: Path, sample: Corpus, figures: Figures
) -> None:
    class Reloads:
        def __init__(self) -> None:
            self.number = 0

        def respond(self, request: object) -> None:
            self.number += 1
            server.clinical_trials.data_timestamp = f"2026-01-01T09:00:{self.number:02d}"

    with ReplayServer(sample, script=Reloads()) as server:
        with pytest.raises(SourceError, match="reloaded its data during each of 3 listings"):
            pipeline.refresh(unhurried(server, home=tmp_path), sources=(Source.CTGOV,))
        assert Store(tmp_path).runs() == ()
    figures.add(OWN)


def test_h11_proxies_and_netrc_of_the_environment_are_not_taken(
    unhurried: Callable[..., Settings],
    tmp_path: Path,
    sample: Corpus,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ada password hush\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with ReplayServer(sample) as server:
        runs = pipeline.refresh(unhurried(server, home=tmp_path / "home"))
    assert [run.status for run in runs] == ["complete", "complete"]
    figures.add(OWN)
