"""Candidates: publications and studies that may belong together although no id says so.

A candidate is offered with its score and reasons, and never merged: no study changes because of it. A paper is compared
only with records that share something telling with it (a rare word, a name, a person, a number of people), so the work
grows with the number of records and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from ketalit.candidates.compare import parts
from ketalit.candidates.compared import Compared, Rarity, Shelf
from ketalit.candidates.profile import Profile, of_publication, of_registration
from ketalit.model.study import Candidate, Study
from ketalit.vocabulary import Source

__all__ = ["OFFERED", "Profile", "candidates", "of_publication", "of_registration"]

OFFERED: Final = 12.0
"""Points from which a candidate is offered (docs/linkage.md: how many of those are right)."""
MOST_OFFERED: Final = 3
"""Studies that are offered for one publication."""
WORSE: Final = 4.0
"""Points by which a further offer may fall behind the best: what is much worse is noise."""


def candidates(profiles: Iterable[Profile], studies: Iterable[Study], least: float = OFFERED) -> tuple[Candidate, ...]:
    """For every publication that stands alone: the studies that it may belong to, best first, sorted by publication."""
    study_of = _studies_by_record(studies)
    held = sorted(profiles, key=lambda profile: (profile.source, profile.source_id))
    rarity = Rarity(held)
    compared = [Compared(profile, rarity) for profile in held]
    shelves = {source: Shelf([one for one in compared if one.profile.source is source], rarity) for source in Source}
    found: list[Candidate] = []
    for report in compared:
        if report.profile.source is Source.PUBMED and _stands_alone(report.profile, study_of):
            records = (
                record for source in Source for record in shelves[source].sharing(report, older=source is Source.PUBMED)
            )
            found.extend(_offers(report.for_looking_up(), records, study_of, rarity, least))
    return tuple(found)


def _studies_by_record(studies: Iterable[Study]) -> dict[tuple[Source, str], tuple[Study, ...]]:
    found: defaultdict[tuple[Source, str], list[Study]] = defaultdict(list)
    for study in studies:
        for nct_id in study.nct_ids:
            found[Source.CTGOV, nct_id].append(study)
        for pmid in study.pmids:
            found[Source.PUBMED, pmid].append(study)
    return {record: tuple(held) for record, held in found.items()}


def _stands_alone(report: Profile, study_of: Mapping[tuple[Source, str], tuple[Study, ...]]) -> bool:
    """Whether no registry id is known of any study of the publication."""
    return not any(study.registry_ids for study in study_of.get((report.source, report.source_id), ()))


# ---- what is offered


def _offers(
    report: Compared,
    records: Iterable[Compared],
    study_of: Mapping[tuple[Source, str], tuple[Study, ...]],
    rarity: Rarity,
    least: float,
) -> list[Candidate]:
    """The best candidate of each study, at most MOST_OFFERED studies."""
    paper = report.profile
    own = {study.study_id for study in study_of.get((paper.source, paper.source_id), ())}
    best: dict[str, Candidate] = {}
    for other in records:
        if not _may_be_its_study(other, report):
            continue
        record, reasons = other.profile, parts(report, other, rarity)
        score = round(sum(part.points for part in reasons), 2)
        for study in study_of.get((record.source, record.source_id), ()):
            known = best.get(study.study_id)
            if study.study_id not in own and score >= least and (known is None or score > known.score):
                best[study.study_id] = Candidate(
                    paper.source_id, study.study_id, record.source, record.source_id, score, reasons
                )
    offers = sorted(best.values(), key=lambda offer: (-offer.score, offer.study_id))[:MOST_OFFERED]
    return [offer for offer in offers if offer.score >= offers[0].score - WORSE]


def _may_be_its_study(record: Compared, report: Compared) -> bool:
    """A registration, or a paper that shares an author or of which this one may be a further report.

    Two papers by other authors that both present their results first are on two studies.
    """
    if record.profile.source is Source.CTGOV:
        return True
    is_further = record.profile.is_further or report.profile.is_further
    return is_further or not record.people.keys().isdisjoint(report.people)
