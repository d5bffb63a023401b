"""Adverse effects that the results name as occurring; what was only looked for does not count."""

from __future__ import annotations

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
NOT_OF_THE_DRUG = ("effects.of_scale", "effects.absent_behind", "effects.of_control")
"""What stands behind the name of an effect that did not occur, or not with the drug."""
WIDER = {
    "psychotomimetic effects": {"psychotomimetic symptoms"},
    "cardiovascular effects": {"hypertension", "tachycardia"},
    "hemodynamic change": {"hypertension", "tachycardia"},
}
"""Wider names, and the narrower ones beside which they say nothing more."""


def safety(document: Document) -> tuple[Reading, ...]:
    """Each adverse effect that occurred, once."""
    roles = roles_of_results(document)
    found: dict[str, Reading] = {}
    listing: set[int] = set()
    for rule in sorted(document.tried_of(family("safety")), key=is_of_the_illness):
        match = next((m for m in document.own(rule.id) if occurred(m, roles) or is_listed(m, listing, roles)), None)
        if match and rule.value:
            found.setdefault(rule.value, word(match, rule.value))
            listing.add(match.sentence.number)
    return tuple(reading for value, reading in found.items() if not WIDER.get(value, set()) & found.keys())


def roles_of_results(document: Document) -> frozenset[SectionRole]:
    """Where results stand: in case reports without a section of results, they are told with the case."""
    if any(sentence.role is SectionRole.RESULTS for sentence in document.sentences):
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
    return any(says(rule_id, behind) for rule_id in NOT_OF_THE_DRUG)


def is_denied(before: str) -> bool:
    """Whether the words in front of an effect deny it, or begin a list of those under the control."""
    names_control = ":" in before or "placebo" in before or "saline" in before or "midazolam" in before
    return says("effects.absent", before) or (names_control and says("effects.of_control_in_front", before))


def occurred(match: Match, roles: frozenset[SectionRole]) -> bool:
    """Whether the sentence says that the effect occurred."""
    sentence, before, behind = match.sentence, match.before(110), match.after(120)
    if match.document.is_tried("effects.induced_by_drug") and was_induced(before, behind):
        return not is_denied(before)
    if is_ruled_out(match, roles):
        return False
    if match.rule.value in OF_THE_ILLNESS:
        return says("effects.adverse", sentence.lower) and not says("effects.relieved", before[-60:])
    if match.rule.id == "safety.rise_of_cadss" or says("effects.occurred", sentence.lower):
        return True
    named_by_results = sentence.role is SectionRole.RESULTS and match.rule.value not in ALSO_MEASURED
    return named_by_results or was_seen(before, behind)


def was_induced(before: str, behind: str) -> bool:
    """Whether the words beside an effect say that the drug induced it, wherever that is told."""
    return says("effects.induced_by_drug", before[-50:]) or says("effects.induced_by_drug", behind[:50])


def was_seen(before: str, behind: str) -> bool:
    """Whether the words beside an effect say that it was felt or seen."""
    return says("effects.induced_in_front", before[-70:]) or says("effects.induced_behind", behind)
