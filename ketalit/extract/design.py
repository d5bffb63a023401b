"""How the study was designed, who its sample is, and what the drug was compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, Regimen, Span
from ketalit.vocabulary import Comparator, Design, Population, SectionRole

FEW = 5
"""So many patients without a named design are cases, not a trial."""
REPORTING = frozenset({SectionRole.TITLE, SectionRole.METHODS, SectionRole.RESULTS, SectionRole.UNLABELLED, SectionRole.BACKGROUND})


def first(document: Document, rule_id: str, roles: frozenset[SectionRole] = REPORTING) -> Match | None:
    """The first match of a rule in a sentence that speaks of this study."""
    return next((match for match in document.own(rule_id) if match.sentence.role in roles), None)


def titled(document: Document, rule_id: str) -> Match | None:
    """The match of a rule in the title."""
    return next((match for match in document.own(rule_id) if match.sentence.role is SectionRole.TITLE), None)


def reading(match: Match, value: str, confidence: float = 0.9, reason: str = "") -> Reading:
    """A match as a reading of a word."""
    return Reading(str(value), match.span, match.rule.id, False, confidence, reason)


def design(document: Document, publication_types: Sequence[str]) -> Reading | None:
    """The design: kinds of paper without new data first, then cases, analyses of other trials, and trials."""
    found = no_new_data(document, publication_types) or case_design(document) or secondary(document) or trial_design(document)
    return found or by_subject(document)


def no_new_data(document: Document, publication_types: Sequence[str]) -> Reading | None:
    """Notices, protocols, meta-analyses and reviews."""
    notice = titled(document, "design.notice")
    if notice:
        return reading(notice, Design.OTHER)
    protocol = titled(document, "design.protocol") or first(document, "design.protocol")
    if protocol and (protocol.sentence.role is SectionRole.TITLE or not reports_results(document)):
        return reading(protocol, Design.PROTOCOL)
    pooled = titled(document, "design.meta_analysis") or first(document, "design.meta_analysis")
    if pooled and not reports_patients(document) and (pooled.sentence.role is SectionRole.TITLE or re.search(r"\b(?:we|this|our|the authors)\b", pooled.sentence.lower)):
        return reading(pooled, Design.META_ANALYSIS)
    return review(document, publication_types)


def reports_results(document: Document) -> bool:
    """Whether a results section or numbers of results stand in the text."""
    return any(s.role is SectionRole.RESULTS for s in document.sentences) or bool(re.search(r"\bp ?[<=] ?0?\.\d", document.lower))


def reports_patients(document: Document) -> bool:
    """Whether the text counts patients of its own who were treated."""
    return bool(document.own("n.equals")) and bool(document.own("basis.randomised")) and titled(document, "design.meta_analysis") is None


def review(document: Document, publication_types: Sequence[str]) -> Reading | None:
    """A review by its title, its publication type, or its wording when no patients are counted."""
    match = titled(document, "design.review")
    if match:
        return reading(match, Design.REVIEW)
    wording = first(document, "design.review")
    if wording and ("Review" in publication_types or not counts_people(document) and not case_cue(document)):
        return reading(wording, Design.REVIEW, 0.7)
    return None


def counts_people(document: Document) -> bool:
    """Whether the text counts people of its own."""
    return bool(document.own("n.people") or document.own("n.equals"))


def case_cue(document: Document) -> Match | None:
    """Wording of a case report, in the title or where cases are described."""
    return titled(document, "design.case") or first(document, "design.case")


def case_design(document: Document) -> Reading | None:
    """A case report or series."""
    match = titled(document, "design.case")
    if match and many_patients(document, 40):
        return None
    if match is None:
        match = first(document, "design.case")
        if match and (first(document, "design.randomised") or many_patients(document, 12)):
            return None
    return reading(match, Design.CASE_SERIES) if match else None


def many_patients(document: Document, most: int) -> bool:
    """Whether more patients are counted than a case series has."""
    return any(int(match["n"] or 0) > most for match in document.own("n.people"))


def secondary(document: Document) -> Reading | None:
    """An analysis of a trial that is reported elsewhere; clinic cohorts stay observational."""
    match = titled(document, "design.secondary") or first(document, "design.secondary")
    if match is None:
        return None
    observational = titled(document, "design.observational") or first(document, "design.observational")
    if observational and not titled(document, "design.secondary") and "retrospective" in document.lower:
        return reading(observational, Design.OBSERVATIONAL, 0.7)
    return reading(match, Design.SECONDARY_ANALYSIS, 0.8)


def trial_design(document: Document) -> Reading | None:
    """Randomised, open-label or observational."""
    random = titled(document, "design.randomised") or first(document, "design.randomised")
    crossover = titled(document, "design.crossover") or first(document, "design.crossover")
    withdrawal = titled(document, "design.withdrawal") or first(document, "design.withdrawal")
    observed = titled(document, "design.observational") or first(document, "design.observational")
    if random and observed and observed.sentence.role is SectionRole.TITLE and random.sentence.role is not SectionRole.TITLE:
        return reading(observed, Design.OBSERVATIONAL, 0.7)
    if random and withdrawal:
        return reading(withdrawal, Design.RCT_WITHDRAWAL, 0.8)
    if crossover:
        return reading(crossover, Design.RCT_CROSSOVER)
    if random:
        return reading(random, Design.RCT_PARALLEL)
    return uncontrolled(document, observed)


def uncontrolled(document: Document, observed: Match | None) -> Reading | None:
    """Observational before open-label ("an open-label naturalistic study"), blinded trials, then what the conclusions say."""
    blinded = titled(document, "design.blinded") or first(document, "design.blinded")
    if observed:
        return reading(observed, Design.OBSERVATIONAL)
    opened = titled(document, "design.open_label") or first(document, "design.open_label")
    if opened:
        return reading(opened, Design.OPEN_LABEL)
    if blinded:
        return reading(blinded, Design.RCT_PARALLEL, 0.6, "controlled, randomisation is not named")
    late = [match for rule_id in ("design.observational", "design.open_label") for match in document.own(rule_id)]
    return reading(late[0], str(late[0].rule.value), 0.6, "named in the conclusions only") if late else None


def by_subject(document: Document) -> Reading | None:
    """Without a word on design: animals are other; patients who all got the drug are an open-label study."""
    animal = first(document, "design.animal")
    people = (*document.own("n.people"), *document.own("n.equals"))
    if animal and not people:
        return reading(animal, Design.OTHER, 0.7)
    if people and all(int(match["n"] or 0) <= FEW for match in people):
        return reading(people[0], Design.CASE_SERIES, 0.5, "no design is named; only a few patients")
    control_arm = control(document, "comparator.placebo") or control(document, "comparator.midazolam")
    if people and control_arm:
        return reading(control_arm, Design.RCT_PARALLEL, 0.5, "controlled, no design is named")
    if people:
        return reading(people[0], Design.OPEN_LABEL, 0.5, "no design is named; everyone got the drug")
    return None


def population(document: Document) -> tuple[Reading, ...]:
    """Everything the sample is called; `other` when only depression is said."""
    found: list[Reading] = []
    for rule in family("population"):
        match = sample_mention(document, rule.id) if rule.value else None
        if match and rule.value:
            found.append(reading(match, Population(rule.value)))
    if not any(r.value in DISORDERS for r in found):
        depressed = first(document, "population.depressed")
        if depressed:
            found.append(reading(depressed, Population.OTHER, 0.6, "depression of unstated kind"))
    return tuple(found)


DISORDERS = frozenset({Population.TRD, Population.MDD, Population.BIPOLAR, Population.SUICIDAL, Population.POSTPARTUM})


def sample_mention(document: Document, rule_id: str) -> Match | None:
    """A mention that describes this sample: in the title, methods or results, or in an aim."""
    return titled(document, rule_id) or first(document, rule_id)


def comparators(document: Document, design: Reading | None, found: tuple[Regimen, ...], spot: Span) -> tuple[Reading, ...]:
    """What the drug was compared with; `none` when nobody got anything else."""
    controlled = design is not None and design.value in (
        Design.RCT_PARALLEL, Design.RCT_CROSSOVER, Design.RCT_WITHDRAWAL, Design.SECONDARY_ANALYSIS,
    )  # fmt: skip
    addon = first(document, "arms.addon")
    if addon:
        return (reading(addon, Comparator.KETAMINE_OTHER, 0.7),)
    named = [match for match in (control(document, rule.id) for rule in family("comparator")) if match]
    if any(match.rule.value == Comparator.MIDAZOLAM for match in named) and "saline" not in document.lower:
        named = [match for match in named if match.rule.value != Comparator.PLACEBO]
    if named:
        return tuple(reading(match, Comparator(str(match.rule.value))) for match in named)
    compared = controlled and first(document, "design.randomised") or first(document, "arms.compared")
    if compared and len({key(regimen) for regimen in found}) > 1:
        return (Reading(str(Comparator.KETAMINE_OTHER), found[0].drug.span, "comparator.other_regimen", True, 0.7, "only active arms"),)
    return (Reading(str(Comparator.NONE), spot, "comparator.absent", True, 0.7, "no control is named"),)


def key(regimen: Regimen) -> tuple[object, ...]:
    """What makes two active arms different."""
    return regimen.drug.value, regimen.route and regimen.route.value, regimen.dose and regimen.dose.value


def control(document: Document, rule_id: str) -> Match | None:
    """A control as a condition of this study: not one that is only wished for or ruled out."""
    for match in document.own(rule_id):
        if not re.search(r"(?:without|lack of|no|absence of|lacked|lacking|did not include|future|need)(?: an?| any)?(?: \w+){0,2} $", match.before(40)):
            if match.sentence.role in REPORTING:
                return match
    return None
