"""Profiles: what a publication and a registration both state, side by side, so that the two can be compared.

Each value keeps the place where it stands. A profile is small, so that those of all records fit into memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from sys import intern
from typing import Final

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from ketalit.extract.rules import terms
from ketalit.model.dates import PartialDate
from ketalit.model.evidence import Facts, Reading, Span
from ketalit.model.publication import Author, Publication
from ketalit.model.registration import Investigator, Registration, RegistryDate
from ketalit.sources import registry_ids
from ketalit.vocabulary import Comparator, Design, Drug, Integrity, Population, Source

PROTOCOL: Final = "/protocolSection"
IDENTIFICATION: Final = f"{PROTOCOL}/identificationModule"
SPONSORS: Final = f"{PROTOCOL}/sponsorCollaboratorsModule"

_NO_STUDY: Final = frozenset({Design.REVIEW, Design.META_ANALYSIS, Design.OTHER})
"""Papers that report no study of their own: they name many trials and belong to none."""
_FURTHER: Final = frozenset({Design.SECONDARY_ANALYSIS, Design.PROTOCOL})
_UNTOLD: Final = frozenset({Comparator.NONE, Population.OTHER})
"""Words that say what was not told; two records that share them share nothing."""

DRUG_WORDS: Final = frozenset({*map(str, Drug), "spravato"})
_WORD: Final = re.compile(r"[a-z]{4,}")
_DEGREES: Final = re.compile(
    r"[,(;].*$|\s-\s.*$|\b(?:prof(?:essor)?|dr|md|m\.d|phd|ph\.d|mr|ms|mrs|sir)\b\.?", re.IGNORECASE
)
_ACRONYM: Final = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[- ]?(?:[0-9]{1,2}|I{1,3}|TRD|D))?\b")
_IS_A_TRIAL: Final = re.compile(
    r"[\s)]{1,3}(?:clinical[ ]|randomi[sz]ed[ ]|phase[ ]\w+[ ])?(?:trials?|study|studies|protocol)\b"
)
_CODE: Final = re.compile(r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*[0-9]{3})[A-Z0-9][A-Z0-9-]{5,}\b")


class Person(Struct, frozen=True, gc=False):
    """A name as both sources write it: family name and first initial, in plain lower-case letters."""

    family: str
    initial: str
    span: Span

    @property
    def key(self) -> str:
        """What two mentions of one person share."""
        return f"{self.family} {self.initial}"


class Profile(Struct, frozen=True):
    """What one record states of its study, as far as records can be compared by it."""

    source: Source
    source_id: str
    title: Span
    words: tuple[str, ...]
    title_words: tuple[str, ...]
    """Each once, in alphabetical order; a set of them would take ten times the memory."""
    drugs: tuple[Reading, ...] = ()
    routes: tuple[Reading, ...] = ()
    doses: tuple[Reading, ...] = ()
    """`value` holds amount and unit: `0.5 mg/kg`."""
    comparators: tuple[Reading, ...] = ()
    populations: tuple[Reading, ...] = ()
    sizes: tuple[Reading, ...] = ()
    is_size_planned: bool = False
    follow_up: Reading | None = None
    people: tuple[Person, ...] = ()
    organisations: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    """The study's acronyms and sponsors' codes; of a publication those that it calls a trial, or has in its title."""
    printed: tuple[Span, ...] = ()
    """Everything in capitals that a publication prints, among it perhaps the acronym of its trial."""
    published: PartialDate | None = None
    started: Reading | None = None
    completed: Reading | None = None
    """First day that the stated date may mean, as `yyyy-mm-dd`."""
    is_further: bool = False
    """Whether the paper says that it is not the primary one: a secondary analysis, follow-up, pooled, a protocol."""

    def __post_init__(self) -> None:
        """The records of a subject use the same words: each word stands once in memory for all of them."""
        force_setattr(self, "words", tuple(map(intern, self.words)))
        force_setattr(self, "title_words", tuple(map(intern, self.title_words)))


# ---- of a publication


def of_publication(publication: Publication, facts: Facts | None) -> Profile | None:
    """The profile of a paper; None where it can belong to no study: it is not on ketamine given to people, or a review
    or notice."""
    if facts is None or not _reports_a_study(publication, facts):
        return None
    title = Span(Source.PUBMED, publication.pmid, "title", 0, len(publication.title), publication.title)
    printed = tuple(_printed_names(publication))
    plain = Profile(
        source=Source.PUBMED,
        source_id=publication.pmid,
        title=title,
        words=words(f"{publication.title} {publication.abstract}"),
        title_words=words(publication.title),
        people=tuple(_authors(publication)),
        organisations=tuple(_affiliations(publication)),
        names=tuple(span for span in printed if _is_trial_name(publication, span)),
        printed=printed,
        published=publication.published if publication.published.earliest else None,
        is_further=_is_further(facts),
    )
    return _with_facts(plain, facts)


def _reports_a_study(publication: Publication, facts: Facts) -> bool:
    is_shown = facts.judgement.include or facts.judgement.doubtful
    is_review = facts.design is not None and facts.design.value in _NO_STUDY
    return is_shown and not is_review and publication.integrity is not Integrity.NOTICE


def _is_further(facts: Facts) -> bool:
    return bool(facts.roles) or (facts.design is not None and facts.design.value in _FURTHER)


def _authors(publication: Publication) -> Iterator[Person]:
    for place, author in enumerate(publication.authors, 1):
        name = " ".join(part for part in (author.last_name, author.initials or author.fore_name) if part)
        span = Span(Source.PUBMED, publication.pmid, f"author/{place}", 0, len(name), name)
        person = _of_author(author, span)
        if person is not None:
            yield person


def _of_author(author: Author, span: Span) -> Person | None:
    given = author.fore_name or author.initials
    if not author.last_name or not given:
        return None
    return Person(letters(author.last_name), letters(given)[:1], span)


def _affiliations(publication: Publication) -> Iterator[Span]:
    seen: set[str] = set()
    for place, author in enumerate(publication.authors, 1):
        for text in author.affiliations:
            if text not in seen:
                seen.add(text)
                yield Span(Source.PUBMED, publication.pmid, f"author/{place}/affiliation", 0, len(text), text)


def _printed_names(publication: Publication) -> Iterator[Span]:
    seen: set[str] = set()
    for field, text in (("title", publication.title), ("abstract", publication.abstract)):
        for pattern in (_ACRONYM, _CODE):
            for found in pattern.finditer(text):
                if found[0] not in seen and found[0].upper() not in terms("not_trial_names"):
                    seen.add(found[0])
                    yield Span(Source.PUBMED, publication.pmid, field, found.start(), found.end(), found[0])


def _is_trial_name(publication: Publication, span: Span) -> bool:
    text = publication.title if span.field == "title" else publication.abstract
    return span.field == "title" or _IS_A_TRIAL.match(text, span.end) is not None


# ---- of a registration


def of_registration(registration: Registration, facts: Facts | None) -> Profile | None:
    """The profile of a registered trial; None where neither its arms nor its text have to do with ketamine."""
    titles = registration.brief_title or "", registration.official_title or ""
    text = " ".join((*titles, registration.brief_summary or "", registration.detailed_description or ""))
    told = words(text)
    if not (facts and facts.regimens) and DRUG_WORDS.isdisjoint(told):
        return None
    is_official = registration.official_title is not None
    field = "officialTitle" if is_official else "briefTitle"
    plain = Profile(
        source=Source.CTGOV,
        source_id=registration.nct_id,
        title=_structured(registration, f"{IDENTIFICATION}/{field}", titles[is_official]),
        words=told,
        title_words=words(" ".join(titles)),
        sizes=tuple(_enrollment(registration)),
        is_size_planned=registration.enrollment_kind != "ACTUAL",
        people=tuple(_investigators(registration)),
        organisations=tuple(_organisations(registration)),
        names=tuple(_own_names(registration)),
        started=_dated(registration, "startDateStruct", registration.start),
        completed=_dated(registration, "primaryCompletionDateStruct", registration.primary_completion)
        or _dated(registration, "completionDateStruct", registration.completion),
    )
    return plain if facts is None else _with_facts(plain, facts)


def _structured(registration: Registration, pointer: str, text: str) -> Span:
    return Span(Source.CTGOV, registration.nct_id, pointer, 0, len(text), text)


def _dated(registration: Registration, name: str, stated: RegistryDate | None) -> Reading | None:
    if stated is None or stated.date.earliest is None:
        return None
    span = _structured(registration, f"{PROTOCOL}/statusModule/{name}/date", stated.date.text)
    return Reading(stated.date.earliest, span, "registry.dates")


def _enrollment(registration: Registration) -> Iterator[Reading]:
    if registration.enrollment:
        pointer = f"{PROTOCOL}/designModule/enrollmentInfo/count"
        span = _structured(registration, pointer, str(registration.enrollment))
        yield Reading(registration.enrollment, span, "registry.enrollment")


def _investigators(registration: Registration) -> Iterator[Person]:
    seen: set[str] = set()
    for investigator in registration.investigators:
        person = _of_investigator(registration, investigator)
        if person is not None and person.key not in seen:
            seen.add(person.key)
            yield person


def _of_investigator(registration: Registration, investigator: Investigator) -> Person | None:
    """`Ann B. Sample, MD` → sample a. What is no name of a person (`Clinical Trials`) matches no author."""
    names = [letters(part) for part in _DEGREES.sub(" ", investigator.name).split()]
    names = [name for name in names if name]
    if len(names) < 2:
        return None
    span = _structured(registration, investigator.pointer, investigator.name)
    return Person(names[-1], names[0][:1], span)


def _organisations(registration: Registration) -> Iterator[Span]:
    if registration.lead_sponsor:
        yield _structured(registration, f"{SPONSORS}/leadSponsor/name", registration.lead_sponsor)
    for place, name in enumerate(registration.collaborators):
        yield _structured(registration, f"{SPONSORS}/collaborators/{place}/name", name)
    for investigator in registration.investigators:
        if investigator.affiliation:
            pointer = f"{investigator.pointer.rpartition('/')[0]}/affiliation"
            yield _structured(registration, pointer, investigator.affiliation)


def _own_names(registration: Registration) -> Iterator[Span]:
    """Acronym, codes of sponsors and funders, and acronyms in the titles; ids of registries are links, not hints."""
    if registration.acronym:
        yield _structured(registration, f"{IDENTIFICATION}/acronym", registration.acronym)
    if registration.org_study_id and _CODE.search(registration.org_study_id):
        yield _structured(registration, f"{IDENTIFICATION}/orgStudyIdInfo/id", registration.org_study_id)
    for secondary in registration.secondary_ids:
        if _CODE.search(secondary.id) and not any(registry_ids.find(secondary.id)):
            yield _structured(registration, secondary.pointer, secondary.id)
    for field, title in (("briefTitle", registration.brief_title), ("officialTitle", registration.official_title)):
        for found in _ACRONYM.finditer(title or ""):
            if found[0].upper() not in terms("not_trial_names"):
                pointer = f"{IDENTIFICATION}/{field}"
                yield Span(Source.CTGOV, registration.nct_id, pointer, found.start(), found.end(), found[0])


# ---- of both


def _with_facts(profile: Profile, facts: Facts) -> Profile:
    """The profile with what rules read in the text."""
    return replace(
        profile,
        drugs=_distinct(regimen.drug for regimen in facts.regimens),
        routes=_distinct(regimen.route for regimen in facts.regimens),
        doses=_distinct(
            dose for regimen in facts.regimens for dose in _doses(regimen.dose, regimen.dose_max, regimen.unit)
        ),
        comparators=_distinct(facts.comparators),
        populations=_distinct(facts.population),
        sizes=profile.sizes + _sizes(facts),
        follow_up=facts.follow_up.days if facts.follow_up else None,
    )


def _doses(dose: Reading | None, dose_max: Reading | None, unit: Reading | None) -> Iterator[Reading]:
    for amount in (dose, dose_max):
        if amount is not None and unit is not None:
            number = float(amount.value)
            yield Reading(f"{number:g} {unit.value}", amount.span, amount.rule)


def _sizes(facts: Facts) -> tuple[Reading, ...]:
    return (facts.n_total.n,) if facts.n_total else ()


def _distinct(readings: Iterable[Reading | None]) -> tuple[Reading, ...]:
    """Each value once, in order of value; words that tell nothing are left out."""
    found: dict[str, Reading] = {}
    for reading in readings:
        if reading is not None and reading.value not in _UNTOLD:
            found.setdefault(str(reading.value), reading)
    return tuple(found[value] for value in sorted(found))


def words(text: str) -> tuple[str, ...]:
    """Words of four letters and more, plural and singular alike, each once."""
    return tuple(sorted({word.removesuffix("s") for word in _WORD.findall(text.lower())}))


def letters(name: str) -> str:
    """A name in plain lower-case letters: accents, hyphens and points do not tell people apart."""
    plain = unicodedata.normalize("NFKD", name).lower()
    return "".join(character for character in plain if character.isalpha())
