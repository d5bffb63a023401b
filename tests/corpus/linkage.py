"""Measure links and candidates and write docs/linkage.md: the second half of what `make accuracy` runs.

Links: the registry ids that papers of ../shared/reference/reference_trials.csv should be joined to.

Candidates: papers whose trial is known, because they state its id or a registration cites them, are stripped of the
id in title and abstract, of DataBank and of the citation, a part of them at a time while the other papers keep theirs.
Then an offer is right if it is the study of a hidden id. Registrations at hand are the sample's, titles and
descriptions of 270 on ketamine, and 673 on other topics. These abstracts hardly ever come with authors and dates.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from ketalit.candidates import OFFERED, Profile, candidates, of_publication, of_registration
from ketalit.extract.read import facts
from ketalit.interpretation import interpret
from ketalit.linkage import links, studies
from ketalit.model.document import Document
from ketalit.model.publication import Publication, StatedRegistryId
from ketalit.model.registration import Registration
from ketalit.model.study import Candidate
from ketalit.replay import Corpus
from ketalit.sources import registry_ids
from ketalit.sources.pubmed.parse import text_units
from ketalit.vocabulary import Source
from tests.wrapping import as_pubmed_xml

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared"
DOCUMENT: Final = ROOT / "docs" / "linkage.md"
PARTS: Final = 8
"""Parts of the known papers that are hidden in turn."""
THRESHOLDS: Final = (8, 10, 12, 14, 16)


class Paper(Struct, frozen=True):
    """A paper without any id, its profile, and the ids that were taken away."""

    record: Publication
    profile: Profile | None
    ids: frozenset[str]


class Material:
    """The real records, read once."""

    def __init__(self, shared: Path = SHARED) -> None:
        self.shared = shared

    @cached_property
    def registrations(self) -> dict[str, tuple[Registration, Profile | None]]:
        """Those of the sample, of other topics, and on ketamine as far as their text is known."""
        found: dict[str, tuple[Registration, Profile | None]] = {}
        for nct_id, body in self._registry_bodies():
            if nct_id not in found:
                read = interpret(Document(Source.CTGOV, nct_id, body, "", "", ""))
                assert isinstance(read.record, Registration)
                found[nct_id] = read.record, of_registration(read.record, read.facts)
        return found

    def _registry_bodies(self) -> Iterator[tuple[str, bytes]]:
        yield from Corpus.sample().studies.items()
        folder = self.shared / "corpus" / "ctgov"
        for line in (folder / "ketamine_registry_text.jsonl").read_text("utf-8").splitlines():
            text = json.loads(line)
            yield text["nct_id"], _as_study(text)
        yield from Corpus.from_files([folder / "v2_studies.jsonl"]).studies.items()

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """PMID → each abstract of the corpus, without ids."""
        lines = (self.shared / "corpus" / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
        known = self._known_ids()
        return {record["pmid"]: _paper(record, known.get(record["pmid"], set())) for record in map(json.loads, lines)}

    def _known_ids(self) -> dict[str, set[str]]:
        """PMID → ids that somebody else connects with it: the reference table, and registrations that cite it."""
        known = {pmid: set(ids) for pmid, ids in self.reference.items()}
        for registration, _ in self.registrations.values():
            for cited in registration.references:
                if cited.pmid and cited.kind in ("RESULT", "DERIVED"):
                    known.setdefault(cited.pmid, set()).add(registration.nct_id)
        return known

    @cached_property
    def reference(self) -> dict[str, frozenset[str]]:
        """PMID → ids of its trials in the table of reference trials."""
        with (self.shared / "reference" / "reference_trials.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["pmid"] and row["registry_id"]]
        return {row["pmid"]: frozenset(part.strip().upper() for part in row["registry_id"].split(";")) for row in rows}

    @cached_property
    def known(self) -> tuple[str, ...]:
        """PMIDs of papers on the topic whose trial is known: those that can be offered rightly or wrongly."""
        return tuple(sorted(pmid for pmid, paper in self.papers.items() if paper.ids and paper.profile))


def _as_study(text: Mapping[str, Any]) -> bytes:
    titles = {"nctId": text["nct_id"], "briefTitle": text["brief_title"]}
    description = {"briefSummary": text["brief_summary"], "detailedDescription": text["detailed_description"]}
    return json.dumps({"protocolSection": {"identificationModule": titles, "descriptionModule": description}}).encode()


def _paper(record: dict[str, Any], known: set[str]) -> Paper:
    title, abstract = record["title"] or "", record["abstract"] or ""
    stated = {found[1] for text in (title, abstract) for found in registry_ids.find(text)}
    bare = {**record, "title": _without_ids(title), "abstract": _without_ids(abstract), "nct": []}
    read = interpret(Document(Source.PUBMED, record["pmid"], as_pubmed_xml(bare), "", "", ""))
    assert isinstance(read.record, Publication)
    paper = read.record
    if not record["year"]:  # the wrapping writes 1900 for a year that the corpus does not give
        paper = replace(paper, published=replace(paper.published, earliest=None, latest=None))
    profile = of_publication(paper, facts(text_units(paper), publication_types=paper.publication_types))
    return Paper(paper, profile, frozenset(stated | set(record["nct"] or ()) | known))


def _without_ids(text: str) -> str:
    for _, _, start, end in sorted(registry_ids.find(text), key=lambda found: -found[2]):
        text = text[:start] + text[end:]
    return text


# ---- candidates


class Offers(Struct, frozen=True):
    """What was offered for each known paper, and which studies would have been right."""

    offered: Mapping[str, tuple[Candidate, ...]]
    right: Mapping[str, frozenset[str]]

    def counts(self, least: float, pmids: Iterable[str]) -> tuple[int, int, int, int]:
        """Offers, right ones among them, papers with a right offer, and papers for which there was a right study."""
        pmids = tuple(pmids)
        offers = [(pmid, offer) for pmid in pmids for offer in self.offered[pmid] if offer.score >= least]
        hits = [pmid for pmid, offer in offers if offer.study_id in self.right[pmid]]
        return len(offers), len(hits), len(set(hits)), sum(bool(self.right[pmid]) for pmid in pmids)


def offers(material: Material) -> Offers:
    """Hide the ids of each part of the known papers in turn and see what is offered for them."""
    offered: dict[str, tuple[Candidate, ...]] = {}
    right: dict[str, frozenset[str]] = {}
    for part in range(PARTS):
        hidden = set(material.known[part::PARTS])
        papers = [_with_ids(paper, hidden) for paper in material.papers.values()]
        trials = [_without_citations(record, hidden) for record, _ in material.registrations.values()]
        joined = studies(papers, trials, links(papers, trials))
        named = {registry_id: study.study_id for study in joined for registry_id in study.registry_ids}
        profiles = [paper.profile for paper in material.papers.values()]
        profiles += [profile for _, profile in material.registrations.values()]
        found = candidates([profile for profile in profiles if profile], joined, least=min(THRESHOLDS))
        for pmid in hidden:
            offered[pmid] = tuple(offer for offer in found if offer.pmid == pmid)
            right[pmid] = frozenset(named[i] for i in material.papers[pmid].ids if i in named)
    return Offers(offered, right)


def _with_ids(paper: Paper, hidden: set[str]) -> Publication:
    if paper.record.pmid in hidden:
        return paper.record
    stated = tuple(StatedRegistryId("", i, "databank", 0, len(i), i) for i in sorted(paper.ids))
    return replace(paper.record, registry_ids=stated)


def _without_citations(trial: Registration, hidden: set[str]) -> Registration:
    return replace(trial, references=tuple(cited for cited in trial.references if cited.pmid not in hidden))


# ---- links


def link_counts(material: Material) -> tuple[int, int, int, int]:
    """NCT links of the papers of the reference table, right ones, ids that should be found, and those found."""
    lines = (material.shared / "corpus" / "pubmed" / "ketamine_abstracts.jsonl").read_text("utf-8").splitlines()
    records = [record for record in map(json.loads, lines) if record["pmid"] in material.reference]
    papers = [interpret(Document(Source.PUBMED, r["pmid"], as_pubmed_xml(r), "", "", "")).record for r in records]
    trials = [record for record, _ in material.registrations.values()]
    joined = {
        (link.pmid, link.registry_id)
        for link in links([paper for paper in papers if isinstance(paper, Publication)], trials)
    }
    wanted = {(r["pmid"], registry_id) for r in records for registry_id in material.reference[r["pmid"]]}
    compared = {(pmid, i) for pmid, i in joined if i.startswith("NCT") or (pmid, i) in wanted}
    return len(compared), len(compared & wanted), len(wanted), len(joined & wanted)


# ---- what is written


def main() -> None:
    """Measure and write docs/linkage.md."""
    material = Material()
    found = offers(material)
    DOCUMENT.write_text(_text(link_counts(material), found, material.known), "utf-8")
    print(DOCUMENT.read_text("utf-8"))


def _text(linked: tuple[int, int, int, int], found: Offers, known: tuple[str, ...]) -> str:
    made, right, wanted, held = linked
    rows = "\n".join(_row(found, least, known) for least in THRESHOLDS)
    today = f"{datetime.now(UTC):%d %B %Y}"
    return f"""# Accuracy of linkage

Measured on {today}; `make accuracy` writes this file where the real records lie beside the checkout.

## Links

A paper is joined to a trial by DataBank, an id in title or abstract, a RESULT or DERIVED reference of the registration,
or an id of another registry that the registration names. Against a table of reference trials, whose ids were mostly
read in the same records: {right} of {made} links are right (precision {right / made:.3f}), and {held} of {wanted} ids
are found (recall {held / wanted:.3f}). An id that stands neither in the PubMed record nor in a registration cannot be
found; by the literature, half of all papers state none.

## Candidates

`evidence.link_candidates` offers a study for a paper that no id joins to a trial, from {OFFERED:g} points
(`ketalit/candidates/compare.py` has the points of each reason). For {len(known)} papers whose trial is known the ids
were hidden, a part at a time, and the offers compared with the hidden ids. An offer for a paper whose trial is not at
hand counts as wrong.

| points from | offers | right | precision | papers with a right offer | papers with a study to find | recall |
|---|---|---|---|---|---|---|
{rows}

The points were set by judgement, and the threshold with these papers in view: expect a little less elsewhere. With so
few offers the precision is uncertain by some 15 per cent either way. Nearly all of these abstracts lack authors,
affiliations and dates, and most of these registrations are titles and descriptions only; live records have them, and
they are what tells sister trials apart. Missed are mostly secondary analyses of a few large programmes. Nothing is
merged because of an offer.
"""


def _row(found: Offers, least: float, known: tuple[str, ...]) -> str:
    made, right, papers, findable = found.counts(least, known)
    name = f"**{least}** (offered)" if least == OFFERED else str(least)
    precision = f"{right / made:.2f}" if made else "–"
    return f"| {name} | {made} | {right} | {precision} | {papers} | {findable} | {papers / findable:.2f} |"


if __name__ == "__main__":
    main()
