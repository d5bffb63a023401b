"""Candidates: publications and studies that may belong together although no id says so.

A candidate is offered with its score and reasons, and never merged: no study changes because of it. A paper is compared
only with records that share something telling with it (a rare word, a name, a person, a number of people), so the work
grows with the number of records and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ketalit.candidates.compare import Rarity, folded, parts
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
MOST_SHARING: Final = 60
"""Records behind one key; a key that more share tells too little to compare them all."""
TELLING_WORDS: Final = 24
"""Words of a publication by which records are looked up: the rarest of those that stand in some record."""

Index = dict[str, list[Profile]]


def candidates(profiles: Iterable[Profile], studies: Iterable[Study], least: float = OFFERED) -> tuple[Candidate, ...]:
    """For every publication that stands alone: the studies that it may belong to, best first, sorted by publication."""
    compared = sorted((profile for profile in profiles if profile.is_compared), key=lambda p: (p.source, p.source_id))
    study_of = _studies_by_record(studies)
    rarity = Rarity(compared)
    index = {source: _index([profile for profile in compared if profile.source is source]) for source in Source}
    found: list[Candidate] = []
    for report in compared:
        if report.source is Source.PUBMED and _stands_alone(report, study_of):
            found.extend(_offers(report, index, study_of, rarity, least))
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


# ---- which records are compared


def _index(profiles: Sequence[Profile]) -> Index:
    """Key → the records of one source that hold it, for keys that few hold."""
    index: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in _keys(profile):
            index[key].append(profile)
    return {key: held for key, held in index.items() if len(held) <= MOST_SHARING}


def _keys(profile: Profile) -> Iterator[str]:
    yield from (f"word {word}" for word in sorted(profile.words | profile.title_words))
    yield from _telling_keys(profile)


def _telling_keys(profile: Profile) -> Iterator[str]:
    yield from sorted({f"name {folded(span.quote)}" for span in profile.names})
    yield from sorted({f"person {person.key}" for person in profile.people})
    for size in profile.sizes:
        for drug in profile.drugs:
            yield f"size {size.value} {drug.value}"


def _comparable(report: Profile, index: Index, rarity: Rarity) -> list[Profile]:
    """The records of one source that share something telling with a publication, in a fixed order."""
    held = [word for word in report.words | report.title_words if f"word {word}" in index]
    rarest = sorted(held, key=lambda word: (-rarity.words[word], word))[:TELLING_WORDS]
    keys = [f"word {word}" for word in rarest] + list(_telling_keys(report))
    found = {other.source_id: other for key in keys for other in index.get(key, ())}
    return [found[source_id] for source_id in sorted(found) if found[source_id] is not report]


# ---- what is offered


def _offers(
    report: Profile,
    index: Mapping[Source, Index],
    study_of: Mapping[tuple[Source, str], tuple[Study, ...]],
    rarity: Rarity,
    least: float,
) -> list[Candidate]:
    """The best candidate of each study, at most MOST_OFFERED studies."""
    own = {study.study_id for study in study_of.get((report.source, report.source_id), ())}
    best: dict[str, Candidate] = {}
    for record in (other for source in Source for other in _comparable(report, index[source], rarity)):
        if not _may_be_its_study(record, report):
            continue
        reasons = parts(report, record, rarity)
        score = round(sum(part.points for part in reasons), 2)
        for study in study_of.get((record.source, record.source_id), ()):
            known = best.get(study.study_id)
            if study.study_id not in own and score >= least and (known is None or score > known.score):
                best[study.study_id] = Candidate(
                    report.source_id, study.study_id, record.source, record.source_id, score, reasons
                )
    offers = sorted(best.values(), key=lambda offer: (-offer.score, offer.study_id))[:MOST_OFFERED]
    return [offer for offer in offers if offer.score >= offers[0].score - WORSE]


def _may_be_its_study(record: Profile, report: Profile) -> bool:
    """A registration, or an older paper that shares an author or of which this one may be a further report.

    Of two papers the later is offered to the study of the earlier, so that no pair stands twice; two papers by other
    authors that both present their results first are on two studies.
    """
    if record.source is Source.CTGOV:
        return True
    is_further = record.is_further or report.is_further
    return _age(record) < _age(report) and (is_further or not _people(record).isdisjoint(_people(report)))


def _people(profile: Profile) -> set[str]:
    return {person.key for person in profile.people}


def _age(profile: Profile) -> tuple[str, int, str]:
    published = profile.published.latest if profile.published else None
    return published or "9999", len(profile.source_id), profile.source_id
