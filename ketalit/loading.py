"""From the store to `core`: every run, document, fact, version, link and study that a release is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ketalit import candidates, history, linkage
from ketalit.interpretation import version
from ketalit.interpreted import Interpretations
from ketalit.kept import Essentials, ReportIds, TrialIds
from ketalit.ledger import withdrawals
from ketalit.model.integrity import RetractionList
from ketalit.progress import Report
from ketalit.snapshot import Manifest, Store
from ketalit.versions import histories
from ketalit.vocabulary import Source
from ketalit.warehouse import rows
from ketalit.warehouse.database import Warehouse
from ketalit.workers import makers


def load(
    warehouse: Warehouse,
    store: Store,
    runs: Sequence[Manifest],
    *,
    listed: RetractionList | None,
    workers: int,
    report: Report,
) -> None:
    """Fill the empty `core` of a new warehouse from the runs, with what a list besides PubMed says of the papers."""
    for run in runs:
        warehouse.load(rows.of_run(run))
    documents = tuple(_standing(warehouse, store, runs, workers, report))
    papers = [one.ids for one in documents if isinstance(one.ids, ReportIds)]
    trials = [one.ids for one in documents if isinstance(one.ids, TrialIds)]
    links = linkage.links(papers, trials)
    studies = linkage.studies(papers, trials, links)
    profiles = [one.profile for one in documents if one.profile is not None]
    for link in links:
        warehouse.load(rows.of_link(link))
    for study in studies:
        warehouse.load(rows.of_study(study))
    for candidate in candidates.candidates(profiles, studies):
        warehouse.load(rows.of_candidate(candidate))
    _load_histories(warehouse, store, runs)
    if listed:
        dois = {paper.doi.lower() for paper in papers if paper.doi}
        warehouse.load(rows.of_retractions(listed, {paper.pmid for paper in papers}, dois))


def _standing(
    warehouse: Warehouse, store: Store, runs: Sequence[Manifest], workers: int, report: Report
) -> Iterator[Essentials]:
    """Load every document, and give what linkage needs of those that their source still holds."""
    withdrawn = withdrawals(store, runs)
    kept = Interpretations(store.home / "interpreted", warehouse.schemas(), makers(workers))
    for found in kept.of(store.holdings(runs), report):
        gone = {one.place: one for one in found.documents if (one.source, one.source_id) in withdrawn}
        standing = [one for one in found.documents if one.place not in gone]
        for table, batch in found.tables([one.place for one in standing]):
            warehouse.append(table, batch)
        for place, document in found.holding.documents() if gone else ():
            if place in gone:
                withdrawal = withdrawn[document.source, document.source_id]
                warehouse.load(rows.of_withdrawn(document, gone[place].title, withdrawal))
        yield from standing


def _load_histories(warehouse: Warehouse, store: Store, runs: Sequence[Manifest]) -> None:
    """What changed between the stored versions of each registration."""
    for seen in histories(store, Source.CTGOV, runs, version):
        versions = [replace(found, number=number) for number, found in enumerate(seen, 1)]
        for found in versions:
            warehouse.load(rows.of_version(found))
        warehouse.load(rows.of_changes(history.changes(versions)))
