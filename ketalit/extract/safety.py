"""Adverse effects that the results name as occurring; what was only looked for does not count."""

from __future__ import annotations

from collections.abc import Set

from ketalit.extract.context import says
from ketalit.extract.reading import word
from ketalit.extract.rules import Rule, family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading
from ketalit.vocabulary import SectionRole

RESULT_ROLES = frozenset({SectionRole.RESULTS, SectionRole.UNLABELLED, SectionRole.CONCLUSIONS})
OF_THE_ILLNESS = frozenset(
    {
        "anxiety", "suicidal ideation", "insomnia", "fatigue", "cognitive impairment", "agitation",
        "irritability", "restlessness", "dysphoria", "crying", "decreased appetite", "increased weight", "hypersomnia",
        "panic", "amnesia",
    }
)  # fmt: skip
"""Effects that are symptoms of depression as well: they count only where adverse effects are listed."""
ALSO_MEASURED = frozenset(
    {
        "dissociation", "hypertension", "tachycardia", "hemodynamic change", "mania", "hypomania", "psychotic symptoms",
        "psychotomimetic symptoms", "psychotomimetic effects", "suicide", "death", "fall", "euphoria", "confusion",
        "sedation", "altered consciousness", "perceptual disturbance", "cardiovascular effects", "hypotension",
        "neurological effects", "neuropsychiatric symptoms", "hypoxia", "respiratory depression", "bradycardia",
        "cystitis", "urinary tract infection", "suicide attempt", "feeling abnormal", "incoordination",
        "emergence reaction",
    }
)  # fmt: skip
"""Effects that are also rated, monitored or feared: results that name them need not say that they occurred."""
WARNING_ROLES = frozenset({SectionRole.CONCLUSIONS, SectionRole.UNLABELLED})
"""Where authors warn of effects that nobody had."""
WIDER: dict[str, Set[str]] = {
    "psychotomimetic effects": {"psychotomimetic symptoms"},
    "cardiovascular effects": {"hypertension", "tachycardia"},
    "hemodynamic change": {"hypertension", "tachycardia"},
}
"""Wider names, and the narrower ones beside which they say nothing more."""
NO_NARROWER: frozenset[str] = frozenset()


def safety(document: Document) -> tuple[Reading, ...]:
    """Each adverse effect that occurred, once."""
    rules = sorted(document.tried_of(family("safety")), key=is_of_the_illness)
    if not rules:
        return ()
    roles = roles_of_results(document)
    found: dict[str, Reading] = {}
    listing: set[int] = set()
    for rule in rules:
        for match in document.own(rule.id):
            if rule.value and (occurred(match, roles) or is_listed(match, listing, roles)):
                found.setdefault(rule.value, word(match, rule.value))
                listing.add(match.sentence.number)
                break
    return tuple([reading for value, reading in found.items() if WIDER.get(value, NO_NARROWER).isdisjoint(found)])


def roles_of_results(document: Document) -> frozenset[SectionRole]:
    """Where results stand: in case reports without a section of results, they are told with the case."""
    if SectionRole.RESULTS in {sentence.role for sentence in document.sentences}:
        return RESULT_ROLES
    return RESULT_ROLES | {SectionRole.METHODS}


def is_of_the_illness(rule: Rule) -> bool:
    """Whether an effect is a symptom of depression as well."""
    return rule.value in OF_THE_ILLNESS


def is_listed(match: Match, listing: set[int], roles: frozenset[SectionRole]) -> bool:
    """Whether a symptom of the illness stands in a sentence of results beside effects that occurred."""
    sentence = match.sentence
    if sentence.number not in listing or sentence.role is not SectionRole.RESULTS or not is_of_the_illness(match.rule):
        return False
    return not is_ruled_out(match, roles) and not says("effects.relieved", match.before(60))


def is_ruled_out(match: Match, roles: frozenset[SectionRole]) -> bool:
    """Whether the words around an effect, or the section, say that it did not occur with the drug."""
    sentence, before, behind = match.sentence, match.before(110), match.after(90)
    if sentence.role not in roles or is_denied(before):
        return True
    if sentence.role in WARNING_ROLES and says("effects.feared", before):
        return True
    return is_not_of_the_drug(behind)


def is_not_of_the_drug(behind: str) -> bool:
    """Whether what stands behind an effect says that it did not occur, or not with the drug."""
    if says("effects.of_scale", behind) or says("effects.absent_behind", behind):
        return True
    return says("effects.of_control", behind)


def is_denied(before: str) -> bool:
    """Whether the words in front of an effect deny it, or begin a list of those under the control."""
    names_control = ":" in before or "placebo" in before or "saline" in before or "midazolam" in before
    return says("effects.absent", before) or (names_control and says("effects.of_control_in_front", before))


def occurred(match: Match, roles: frozenset[SectionRole]) -> bool:
    """Whether the sentence says that the effect occurred."""
    if match.document.is_tried("effects.induced_by_drug") and was_induced(match):
        return not is_denied(match.before(110))
    if is_ruled_out(match, roles):
        return False
    sentence = match.sentence
    if match.rule.value in OF_THE_ILLNESS:
        return says("effects.adverse", sentence.lower) and not says("effects.relieved", match.before(60))
    if match.rule.id == "safety.rise_of_cadss" or says("effects.occurred", sentence.lower):
        return True
    named_by_results = sentence.role is SectionRole.RESULTS and match.rule.value not in ALSO_MEASURED
    return named_by_results or was_seen(match)


def was_induced(match: Match) -> bool:
    """Whether the words beside an effect say that the drug induced it, wherever that is told."""
    return says("effects.induced_by_drug", match.before(50)) or says("effects.induced_by_drug", match.after(50))


def was_seen(match: Match) -> bool:
    """Whether the words beside an effect say that it was felt or seen."""
    return says("effects.induced_in_front", match.before(70)) or says("effects.induced_behind", match.after(120))
