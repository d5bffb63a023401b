"""How the study was designed."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract.context import says
from ketalit.extract.reading import INFERRED, LIKELY, UNSURE, word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match, by_start
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Design, SectionRole

FEW = 5
"""So many patients without a named design are cases, not a trial."""
MANY = 12
"""So many patients are no case series unless the title says so."""
MOST_CASES = 40
"""So many patients are no case series whatever the title says."""
REAL_WORLD = frozenset({"real-world", "real world", "real-life", "real life"})
"""Words that speak of a setting as often as of a design."""
PLANNING = frozenset({SectionRole.TITLE, SectionRole.METHODS, SectionRole.UNLABELLED, SectionRole.BACKGROUND})
"""Where a study says what it is: its results name analyses that are only a part of it."""
OF_ANAESTHESIA = frozenset({"comparator.anaesthetic", "comparator.remifentanil", "comparator.fentanyl"})
REPORTING = PLANNING | {SectionRole.RESULTS}
CASES = ("design.case", "design.case_of_one", "design.case_by_age")
"""The ways in which reports present a case."""


def first(document: Document, rule_id: str, roles: frozenset[SectionRole] = REPORTING) -> Match | None:
    """The first match of a rule in a sentence that speaks of this study."""
    for match in document.own(rule_id):
        if match.sentence.role in roles:
            return match
    return None


def named(document: Document, rule_id: str) -> Match | None:
    """The match of a rule in the title, else the first one in the study's own sentences."""
    if rule_id not in document.own_matches:
        return None  # most rules, in most studies
    return document.titled(rule_id) or first(document, rule_id)


def design(document: Document, publication_types: Sequence[str]) -> Reading | None:
    """The design: kinds of paper without new data first, then cases, analyses of other trials, and trials."""
    without_data = no_new_data(document, publication_types)
    described = without_data or case_design(document) or secondary(document) or trial_design(document)
    return described or of_other_kind(document) or by_subject(document)


def of_other_kind(document: Document) -> Reading | None:
    """A model of costs, or interviews, where no design of a trial or cohort is named."""
    match = first(document, "design.model") or first(document, "design.qualitative")
    return None if match is None else word(match, Design.OTHER)


def no_new_data(document: Document, publication_types: Sequence[str]) -> Reading | None:
    """Notices, protocols, meta-analyses and reviews."""
    notice = document.titled("design.notice")
    if notice:
        return word(notice, Design.OTHER)
    protocol = named(document, "design.protocol")
    if protocol and (protocol.sentence.role is SectionRole.TITLE or not reports_results(document)):
        return word(protocol, Design.PROTOCOL)
    planned = protocol and first(document, "design.protocol_own")
    if planned and not says("design.p_value", document.lower):
        return word(planned, Design.PROTOCOL)
    pooled = named(document, "design.meta_analysis")
    if pooled and is_the_authors_own(pooled) and (is_named_by(pooled) or not reports_patients(document)):
        return word(pooled, Design.META_ANALYSIS)
    return review(document, publication_types)


def is_the_authors_own(match: Match) -> bool:
    """Whether a kind of paper is that of this paper: in the title, or said by the authors of their work."""
    if match.sentence.role is SectionRole.TITLE or says("design.authors", match.sentence.lower):
        return True
    return match.sentence.own and says("design.was_done", match.after(40))


def is_named_by(match: Match) -> bool:
    """Whether the authors call their paper so ("in this meta-analysis, we …")."""
    return match.before(12).endswith((" this ", "this ", "the present "))


def reports_results(document: Document) -> bool:
    """Whether a results section or numbers of results stand in the text."""
    return any(s.role is SectionRole.RESULTS for s in document.sentences) or says("design.p_value", document.lower)


def reports_patients(document: Document) -> bool:
    """Whether the text counts patients of its own who were randomised, and the title names no meta-analysis."""
    counted = document.own("n.equals") and document.own("basis.randomised")
    return bool(counted) and document.titled("design.meta_analysis") is None


def review(document: Document, publication_types: Sequence[str]) -> Reading | None:
    """A review by its title, its publication type, or its wording when no patients are counted."""
    match = document.titled("design.review")
    if match:
        return word(match, Design.REVIEW)
    by_authors = first(document, "design.own_review")
    if by_authors:
        return word(by_authors, Design.REVIEW)
    wording = first(document, "design.review")
    if wording and ("Review" in publication_types or (not counts_people(document) and not case_cue(document))):
        return word(wording, Design.REVIEW, confidence=LIKELY)
    return None


def counts_people(document: Document) -> bool:
    """Whether the text counts people of its own."""
    return bool(document.own("n.people") or document.own("n.equals"))


def case_cue(document: Document) -> Match | None:
    """Wording of a case report, in the title or where cases are described."""
    cues = [match for rule_id in CASES if (match := named(document, rule_id))]
    return min(cues, key=by_start) if cues else None


def case_design(document: Document) -> Reading | None:
    """A case report or series: called so in the title or by its authors, else told like one and of few patients."""
    cue = case_cue(document)
    titled_so = cue if cue and cue.sentence.role is SectionRole.TITLE else None
    called_so = first(document, "design.case_series") or titled_so
    if called_so:
        return None if many_patients(document, MOST_CASES) else word(called_so, Design.CASE_SERIES)
    if cue is None or first(document, "design.randomised") or many_patients(document, MANY):
        return None
    return word(cue, Design.CASE_SERIES)


def many_patients(document: Document, most: int) -> bool:
    """Whether more patients are counted than a case series has."""
    counted = (*document.own("n.people"), *document.own("n.equals"))
    return any(int(match["n"] or 0) > most for match in counted)


def secondary(document: Document) -> Reading | None:
    """An analysis of a trial that is reported elsewhere; clinic cohorts stay observational."""
    matches = [match for match in document.own_of(family("secondary")) if looks_back_at_a_trial(match)]
    in_title = [match for match in matches if match.sentence.role is SectionRole.TITLE]
    match = next(iter(in_title or matches), None)
    looks_back = match or document.titled("design.secondary_outcome") or looked_at_again(document)
    if looks_back is None:
        return None
    cohort = cohort_looked_back_at(document, looks_back)
    if cohort:
        return word(cohort, Design.OBSERVATIONAL, confidence=LIKELY)
    return word(looks_back, Design.SECONDARY_ANALYSIS)


def looks_back_at_a_trial(match: Match) -> bool:
    """Whether a sentence that plans speaks of another trial, and not of people who go on from it into this one."""
    return match.sentence.role in PLANNING and not says("design.enters_this_study", match.sentence.lower)


def looked_at_again(document: Document) -> Match | None:
    """A trial that the authors reported before, when its people are the sample of this study."""
    again = first(document, "design.same_people", PLANNING)
    earlier = next(iter(document.find("design.earlier_report")), None) if again else None
    return earlier if earlier and again and earlier.end <= again.start else None


def cohort_looked_back_at(document: Document, match: Match) -> Match | None:
    """Data of a clinic, not of a trial: the same sentence says so, or the study is retrospective."""
    cohort = named(document, "design.observational")
    if cohort is None or "trial" in match.text:
        return None
    beside = [other for other in document.own("design.observational") if other.sentence is match.sentence]
    if beside and "trial" not in match.sentence.lower:
        return beside[0]
    titled_so = match.sentence.role is SectionRole.TITLE
    return cohort if "retrospective" in document.lower and not titled_so else None


def trial_design(document: Document) -> Reading | None:
    """Randomised, open-label or observational."""
    random = named(document, "design.randomised")
    crossover = named(document, "design.crossover")
    withdrawal = named(document, "design.withdrawal")
    observed = named(document, "design.observational")
    if random and observed and document.titled("design.observational") and not document.titled("design.randomised"):
        return word(observed, Design.OBSERVATIONAL, confidence=LIKELY)
    if random and withdrawal:
        return word(withdrawal, Design.RCT_WITHDRAWAL)
    if crossover:
        return word(crossover, Design.RCT_CROSSOVER)
    if random:
        return word(random, Design.RCT_PARALLEL)
    return uncontrolled(document, observed)


def uncontrolled(document: Document, observed: Match | None) -> Reading | None:
    """Observational before open-label ("open-label naturalistic"), then blinded trials, cohorts, the conclusions."""
    opened, recruited = named(document, "design.open_label"), first(document, "design.open_recruited")
    if observed and not (recruited and observed.text in REAL_WORLD):
        return word(observed, Design.OBSERVATIONAL)
    if opened:
        return word(opened, Design.OPEN_LABEL)
    blinded = named(document, "design.blinded")
    if blinded:
        return word(blinded, Design.RCT_PARALLEL, confidence=INFERRED, reason="controlled, randomisation is not named")
    cohort = document.own("design.cohort")
    if cohort:
        return word(cohort[0], Design.OBSERVATIONAL, confidence=INFERRED, reason="patients of a clinic or register")
    late = [match for rule_id in ("design.observational", "design.open_label") for match in document.own(rule_id)]
    return word(late[0], str(late[0].rule.value), reason="named in the conclusions only") if late else None


def by_subject(document: Document) -> Reading | None:
    """Without a word on design: animals are other; patients who all got the drug are an open-label study."""
    animal = first(document, "design.animal")
    people = (*document.own("n.people"), *document.own("n.equals"))
    if animal and not people:
        return word(animal, Design.OTHER, confidence=LIKELY)
    if people and all(int(match["n"] or 0) <= FEW for match in people):
        return word(people[0], Design.CASE_SERIES, confidence=UNSURE, reason="no design is named; only a few patients")
    control = control_arm(document) if people or document.own("design.treated") else None
    if control:
        return control
    treated = people[0] if people else first(document, "design.treated")
    if treated:
        return word(treated, Design.OPEN_LABEL, confidence=UNSURE, reason="no design is named; everyone got the drug")
    return None


def control_arm(document: Document) -> Reading | None:
    """What a control tells of the design where no word does: midazolam stands for blinding, other controls may not."""
    both = first(document, "design.both_conditions")
    if both:
        return word(
            both, Design.RCT_CROSSOVER, confidence=UNSURE, reason="data after drug and control, order not named"
        )
    midazolam = controlled_by(document, "comparator.midazolam")
    if midazolam:
        return word(midazolam, Design.RCT_PARALLEL, confidence=UNSURE, reason="blinded control, no design is named")
    other = controlled_by(document, "comparator.placebo") or controlled_by(document, "comparator.ect")
    if other:
        return word(other, Design.OTHER, confidence=UNSURE, reason="controlled; how patients were assigned is not said")
    return None


def controlled_by(document: Document, rule_id: str) -> Match | None:
    """The first mention of a control as a condition of this study."""
    for match in document.own(rule_id):
        if match.sentence.role in REPORTING and is_condition(match):
            return match
    return None


def is_condition(match: Match) -> bool:
    """Whether a control is one: not wished for or ruled out, not what ketamine is dissolved in, not the anaesthesia."""
    before = match.before(120)
    if says("design.lacking", before[-40:]):
        return False
    if match.rule.id == "comparator.placebo":
        if match.text == "placebo":
            return match.after(11) != "-controlled" or not says("comparator.parent_in_front", before)
        return not says("comparator.vehicle_in_front", before[-60:])
    return match.rule.id not in OF_ANAESTHESIA or not says("comparator.anaesthesia_in_front", before)
