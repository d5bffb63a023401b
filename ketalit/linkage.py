"""Linkage: which publications and registrations are about one trial or cohort.

A link joins a publication to a registry id and keeps the place that says so. A study is one registration with its
publications. Two trials are never merged because one paper reports both: that paper belongs to both studies. Every step
is one pass over sorted input, so the answer does not depend on the order of the records.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from ketalit.model.evidence import Span
from ketalit.model.publication import Correction, StatedRegistryId
from ketalit.model.registration import Reference, SecondaryId
from ketalit.model.study import Link, Study
from ketalit.sources import registry_ids
from ketalit.vocabulary import Integrity, LinkKind, Source

_NOTICE_TO_ARTICLE = frozenset({"RetractionOf", "PartialRetractionOf", "ErratumFor", "ExpressionOfConcernFor"})
_ARTICLE_TO_NOTICE = frozenset({"RetractionIn", "PartialRetractionIn", "ErratumIn", "ExpressionOfConcernIn"})
_NAMES_ITS_NOTICE = frozenset({"RetractionIn", "PartialRetractionIn", "ExpressionOfConcernIn"})
"""The article's word is enough: the notice may be marked later. An erratum may stand in another article."""
_VERSION_TO_ARTICLE = frozenset(
    {"CorrectedandRepublishedFrom", "RetractedandRepublishedFrom", "RepublishedFrom", "ReprintOf", "UpdateOf"}
)
_ARTICLE_TO_VERSION = frozenset(
    {"CorrectedandRepublishedIn", "RetractedandRepublishedIn", "RepublishedIn", "ReprintIn", "UpdateIn"}
)
"""Reprints, corrected and later versions; PubMed links a preprint and its journal article as an update."""

_REFERENCE_KINDS = {
    "RESULT": LinkKind.REGISTRY_RESULT_REFERENCE,
    "DERIVED": LinkKind.REGISTRY_DERIVED_REFERENCE,
}
"""BACKGROUND is missing on purpose: it cites what others did."""


class ReportIds(Protocol):
    """What linkage needs of a publication; `Publication` has it, and a lighter object will do."""

    @property
    def pmid(self) -> str:
        """The PubMed id."""

    @property
    def registry_ids(self) -> tuple[StatedRegistryId, ...]:
        """The trial registry ids that the record states."""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Its CommentsCorrections."""

    @property
    def integrity(self) -> Integrity:
        """Whether it still stands, or is itself a notice."""


class TrialIds(Protocol):
    """What linkage needs of a registration; `Registration` has it, and a lighter object will do."""

    @property
    def nct_id(self) -> str:
        """The id at ClinicalTrials.gov."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Obsolete NCT ids of the same record."""

    @property
    def secondary_ids(self) -> tuple[SecondaryId, ...]:
        """Ids elsewhere."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """Publications that the record cites."""


# ---------------------------------------------------------------------------------------------------------------- links


def links(publications: Iterable[ReportIds], registrations: Iterable[TrialIds]) -> tuple[Link, ...]:
    """Every statement that joins a publication that we hold to a registry id, sorted, each once.

    Read from the publication: DataBank and abstract ids. Read from the registration: references of kind RESULT or
    DERIVED, and the other registries' ids that a publication states.
    """
    publications, registrations = tuple(publications), tuple(registrations)
    held = {publication.pmid for publication in publications}
    other_names = _other_names(registrations)
    found: set[Link] = set()
    for publication in publications:
        found.update(_stated_links(publication, other_names))
    for registration in registrations:
        found.update(link for link in _reference_links(registration) if link.pmid in held)
    return tuple(sorted(found, key=_link_order))


def _link_order(link: Link) -> tuple[str | int, ...]:
    span = link.span
    return link.pmid, link.registry_id, link.kind, span.source, span.source_id, span.field, span.start, span.quote


def _stated_links(publication: ReportIds, other_names: dict[str, tuple[_OtherName, ...]]) -> Iterator[Link]:
    for stated in publication.registry_ids:
        kind = LinkKind.DATABANK if stated.where == "databank" else LinkKind.ABSTRACT_ID
        span = Span(Source.PUBMED, publication.pmid, stated.where, stated.start, stated.end, stated.quote)
        yield Link(publication.pmid, stated.registry_id, kind, span)
        for name in other_names.get(stated.registry_id, ()):
            yield Link(publication.pmid, name.nct_id, LinkKind.SECONDARY_ID, name.span)


def _reference_links(registration: TrialIds) -> Iterator[Link]:
    for reference in registration.references:
        kind = _REFERENCE_KINDS.get(reference.kind or "")
        if kind is not None and reference.pmid is not None:
            span = _registry_span(registration.nct_id, f"{reference.pointer}/pmid", reference.pmid)
            yield Link(reference.pmid, registration.nct_id, kind, span)


def _registry_span(nct_id: str, pointer: str, quote: str) -> Span:
    return Span(Source.CTGOV, nct_id, pointer, 0, len(quote), quote)


class _OtherName(NamedTuple):
    """A registration that is known under another id, and the place in it that says so."""

    nct_id: str
    span: Span


def _other_names(registrations: Iterable[TrialIds]) -> dict[str, tuple[_OtherName, ...]]:
    """Other id → the registrations that name it as their own: aliases, and ids of other registries."""
    names: defaultdict[str, dict[str, _OtherName]] = defaultdict(dict)
    for registration in registrations:
        nct_id = registration.nct_id
        for index, alias in enumerate(registration.aliases):
            pointer = f"/protocolSection/identificationModule/nctIdAliases/{index}"
            names[alias].setdefault(nct_id, _OtherName(nct_id, _registry_span(nct_id, pointer, alias)))
        for secondary in registration.secondary_ids:
            span = _registry_span(nct_id, f"{secondary.pointer}/id", secondary.id)
            for registry_id in _ids_elsewhere(secondary):
                names[registry_id].setdefault(nct_id, _OtherName(nct_id, span))
    return {registry_id: tuple(found[nct_id] for nct_id in sorted(found)) for registry_id, found in names.items()}


def _ids_elsewhere(secondary: SecondaryId) -> Iterator[str]:
    """Another NCT number is not a name of this trial: an extension study lists its parent so."""
    return (registry_id for registry_id in _ids_in(secondary) if not _is_nct(registry_id))


def _ids_in(secondary: SecondaryId) -> Iterator[str]:
    return (registry_id for _registry, registry_id, _start, _end in registry_ids.find(secondary.id))


def _is_nct(registry_id: str) -> bool:
    return registry_id.startswith("NCT")


# -------------------------------------------------------------------------------------------------------------- studies


def studies(
    publications: Iterable[ReportIds], registrations: Iterable[TrialIds], links: Iterable[Link]
) -> tuple[Study, ...]:
    """The studies, sorted by id; each publication and each registration is in at least one.

    A publication joins every trial that it is linked to. One that states no id of a trial stands alone, but notices
    (retraction, erratum, expression of concern), reprints and later versions go with the article that they are about,
    and the versions of one article state their ids together.
    """
    publications, registrations = tuple(publications), tuple(registrations)
    trial_of = _merged_registrations(registrations)
    ids_of_report = _ids_of_all_versions(publications, _ids_by_report(publications, links))
    trials_of_id = _trials_by_id(registrations, trial_of, ids_of_report)
    articles = _articles_by_follower(publications)
    members = _Members()
    for registration in registrations:
        members.add_registration(trial_of[registration.nct_id], registration)
    for registry_id, trials in trials_of_id.items():
        members.add_id(trials, registry_id)
    for pmid in ids_of_report:
        members.add_report(_trials_of_report(pmid, articles, ids_of_report, trials_of_id), pmid)
    return members.studies()


class _Members:
    """Who belongs to each trial, gathered under the trial's key (an id of one member)."""

    def __init__(self) -> None:
        self._nct_ids: defaultdict[str, set[str]] = defaultdict(set)
        self._registry_ids: defaultdict[str, set[str]] = defaultdict(set)
        self._pmids: defaultdict[str, set[str]] = defaultdict(set)

    def add_registration(self, trial: str, registration: TrialIds) -> None:
        self._nct_ids[trial].add(registration.nct_id)
        self._registry_ids[trial].update((registration.nct_id, *registration.aliases))
        for secondary in registration.secondary_ids:
            self._registry_ids[trial].update(_ids_elsewhere(secondary))

    def add_id(self, trials: Iterable[str], registry_id: str) -> None:
        for trial in trials:
            self._registry_ids[trial].add(registry_id)

    def add_report(self, trials: Iterable[str], pmid: str) -> None:
        for trial in trials:
            self._pmids[trial].add(pmid)

    def studies(self) -> tuple[Study, ...]:
        trials = {*self._nct_ids, *self._pmids}
        return tuple(sorted(map(self._study, trials), key=lambda study: study.study_id))

    def _study(self, trial: str) -> Study:
        nct_ids = tuple(sorted(self._nct_ids.get(trial, ())))
        names = tuple(sorted(self._registry_ids.get(trial, ()), key=_registry_order))
        pmids = tuple(sorted(self._pmids.get(trial, ()), key=_number_order))
        return Study((nct_ids or names or (trial,))[0], names, nct_ids, pmids)


def _registry_order(registry_id: str) -> tuple[bool, str]:
    """ClinicalTrials.gov first: its ids name most studies."""
    return not _is_nct(registry_id), registry_id


def _number_order(pmid: str) -> tuple[int, str]:
    return len(pmid), pmid


# ---------------------------------------------------------------------------------------------- which id is which trial


def _merged_registrations(registrations: Iterable[TrialIds]) -> dict[str, str]:
    """NCT id → the first NCT id of its trial. An alias, or two records that name each other, are one trial."""
    aliases = {registration.nct_id: set(registration.aliases) for registration in registrations}
    named = {registration.nct_id: _nct_ids_named(registration) for registration in registrations}
    groups = _Groups(named)
    for nct_id, others in named.items():
        for other in others & named.keys():
            if other in aliases[nct_id] or nct_id in named[other]:
                groups.join(nct_id, other)
    return {nct_id: groups.first(nct_id) for nct_id in named}


def _nct_ids_named(registration: TrialIds) -> set[str]:
    stated = {
        registry_id
        for secondary in registration.secondary_ids
        for registry_id in _ids_in(secondary)
        if _is_nct(registry_id)
    }
    return (stated | set(registration.aliases)) - {registration.nct_id}


class _Groups:
    """Union-find: groups of ids, each called by its smallest."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {identifier: identifier for identifier in ids}

    def first(self, identifier: str) -> str:
        while (parent := self._parent[identifier]) != identifier:
            self._parent[identifier] = self._parent[parent]
            identifier = parent
        return identifier

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._parent[high] = low


def _ids_by_report(publications: Iterable[ReportIds], links: Iterable[Link]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {publication.pmid: set() for publication in publications}
    for link in links:
        if link.pmid in found:
            found[link.pmid].add(link.registry_id)
    return {pmid: tuple(sorted(ids, key=_registry_order)) for pmid, ids in found.items()}


def _trials_by_id(
    registrations: Iterable[TrialIds], trial_of: dict[str, str], ids_of_report: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Registry id → the trials that it names.

    Ids of a registration that we hold name its trial. An id that we do not hold follows the first id of the reports
    that state both, if they all lead to the same trial; else it is a trial of its own.
    """
    trials = _trials_of_held_ids(registrations, trial_of)
    leaders = _leaders(ids_of_report)
    stated = {registry_id for ids in ids_of_report.values() for registry_id in ids}
    for registry_id in sorted(stated - trials.keys(), key=_registry_order):
        led_to = {trials[leader] for leader in leaders[registry_id]}
        trials[registry_id] = led_to.pop() if len(led_to) == 1 else (registry_id,)
    return trials


def _trials_of_held_ids(registrations: Iterable[TrialIds], trial_of: dict[str, str]) -> dict[str, tuple[str, ...]]:
    trials = {
        other_id: tuple(sorted({trial_of[name.nct_id] for name in names}))
        for other_id, names in _other_names(registrations).items()
    }
    return trials | {nct_id: (trial,) for nct_id, trial in trial_of.items()}


def _leaders(ids_of_report: dict[str, tuple[str, ...]]) -> defaultdict[str, set[str]]:
    """Registry id → the ids that reports state before it as names of the same trial.

    A report that states one id of each registry (an NCT and a EudraCT number) names one trial by all of them; one that
    states two of the same registry reports two trials and says nothing about a third id.
    """
    leaders: defaultdict[str, set[str]] = defaultdict(set)
    for ids in ids_of_report.values():
        if len({_registry_of(registry_id) for registry_id in ids}) == len(ids):
            for registry_id in ids[1:]:
                leaders[registry_id].add(ids[0])
    return leaders


def _registry_of(registry_id: str) -> str:
    letters = re.match("[A-Z]+", registry_id)
    return letters[0] if letters else "EUDRACT"


# ------------------------------------------------------------------------------------------ which report is which trial


def _articles_by_follower(publications: Iterable[ReportIds]) -> dict[str, set[str]]:
    """Notice or later version → the articles that it is about, said by either side, as far as we hold them."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for follower, article in (*_notices(publications), *_versions(publications)):
        articles[follower].add(article)
    return articles


def _notices(publications: Iterable[ReportIds]) -> Iterator[tuple[str, str]]:
    """Pairs of a notice and the article that it is about; either may be the one that says so."""
    integrity = {publication.pmid: publication.integrity for publication in publications}
    for pmid, kind, other in _words_on_others(publications):
        if kind in _NOTICE_TO_ARTICLE and integrity[pmid] is Integrity.NOTICE:
            yield pmid, other
        elif kind in _NAMES_ITS_NOTICE or (kind in _ARTICLE_TO_NOTICE and integrity[other] is Integrity.NOTICE):
            yield other, pmid


def _versions(publications: Iterable[ReportIds]) -> Iterator[tuple[str, str]]:
    """Pairs of a later version or reprint and the article that it repeats."""
    for pmid, kind, other in _words_on_others(publications):
        if kind in _VERSION_TO_ARTICLE:
            yield pmid, other
        elif kind in _ARTICLE_TO_VERSION:
            yield other, pmid


def _words_on_others(publications: Iterable[ReportIds]) -> Iterator[tuple[str, str, str]]:
    """What each publication says of another that we hold: its own id, the kind, the other's id."""
    held = {publication.pmid for publication in publications}
    for publication in publications:
        for correction in publication.corrections:
            if correction.pmid in held and correction.pmid != publication.pmid:
                yield publication.pmid, correction.kind, correction.pmid


def _ids_of_all_versions(
    publications: Iterable[ReportIds], ids_of_report: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The ids that each publication or another version of it states: the people are the same."""
    groups = _Groups(ids_of_report)
    for later, article in _versions(publications):
        groups.join(later, article)
    stated: defaultdict[str, set[str]] = defaultdict(set)
    for pmid, ids in ids_of_report.items():
        stated[groups.first(pmid)].update(ids)
    return {pmid: tuple(sorted(stated[groups.first(pmid)], key=_registry_order)) for pmid in ids_of_report}


def _trials_of_report(
    pmid: str,
    articles: dict[str, set[str]],
    ids_of_report: dict[str, tuple[str, ...]],
    trials_of_id: dict[str, tuple[str, ...]],
) -> set[str]:
    """The trials of the report's own ids and of the articles that it follows; a report without any stands alone."""
    ends = _followed(pmid, articles)
    ids = {registry_id for report in (pmid, *ends) for registry_id in ids_of_report[report]}
    trials = {trial for registry_id in ids for trial in trials_of_id[registry_id]}
    return trials | {f"PMID{article}" for article in ends if not ids_of_report[article]}


def _followed(pmid: str, articles: dict[str, set[str]]) -> set[str]:
    """The articles at the end of a chain of notices and reprints: the publication itself, if it follows none."""
    ends, seen, ahead = set(), {pmid}, [pmid]
    while ahead:
        current = ahead.pop()
        further = articles.get(current, set())
        if not further:
            ends.add(current)
        ahead.extend(further - seen)
        seen |= further
    return ends or {min(seen)}
