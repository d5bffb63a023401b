"""What the active drug was compared with."""

from __future__ import annotations

from ketalit.extract.design import controlled_by, first
from ketalit.extract.reading import LIKELY, word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, Regimen, Span
from ketalit.vocabulary import Comparator, Design

RANDOMISED = frozenset({Design.RCT_PARALLEL, Design.RCT_CROSSOVER, Design.RCT_WITHDRAWAL})
CONTROLLED = RANDOMISED | {Design.SECONDARY_ANALYSIS}
ACTIVE_PLACEBOS = frozenset({Comparator.MIDAZOLAM, Comparator.REMIFENTANIL, Comparator.FENTANYL})


def comparators(
    document: Document, design: Reading | None, found: tuple[Regimen, ...], title: Span
) -> tuple[Reading, ...]:
    """What the drug was compared with; `none` when nobody got anything else, nothing when a trial hides its control."""
    addon = compared_addon(document, design) or first(document, "arms.partner")
    if addon:
        reason = "everyone gets the drug, what goes with it is compared"
        return (word(addon, Comparator.KETAMINE_OTHER, confidence=LIKELY, reason=reason),)
    named = () if only_active(document, design) else controls(document)
    if named:
        return named
    several = len({arm_of(regimen) for regimen in found}) > 1 or first(document, "sessions.single_versus")
    if several and sets_arms_against_each_other(document, design):
        drug = found[0].drug.span
        return (Reading(str(Comparator.KETAMINE_OTHER), drug, "arms.compared", True, LIKELY, "only active arms"),)
    if hides_its_control(document, design):
        return ()
    return (Reading(str(Comparator.NONE), title, "comparator.absent", True, LIKELY, "no control is named"),)


def compared_addon(document: Document, design: Reading | None) -> Match | None:
    """What is compared beside the drug that all get; in an open study all get that as well."""
    if design is not None and design.value == Design.OPEN_LABEL:
        return None
    randomised = first(document, "arms.addon") or first(document, "arms.addon_randomised")
    return randomised or first(document, "arms.addon_or_placebo")


def controls(document: Document) -> tuple[Reading, ...]:
    """Every control that the study names; an active placebo is the drug that it is."""
    rules = document.tried_of(family("comparator"))
    matches = [match for rule in rules if rule.value and (match := controlled_by(document, rule.id))]
    if not matches:
        return ()
    values = {str(match.rule.value) for match in matches}
    left_out: set[str] = set()
    if Comparator.PLACEBO in values and stands_for_placebo(document, values):
        left_out.add(Comparator.PLACEBO)
    if Comparator.ECT in values:  # given under an anaesthetic, which is no control
        left_out.add(Comparator.OTHER_ANAESTHETIC)
    return tuple([word(match, str(match.rule.value)) for match in matches if match.rule.value not in left_out])


def only_active(document: Document, design: Reading | None) -> bool:
    """Whether an analysis of a trial looks only at people who got the drug."""
    return is_secondary(design) and first(document, "arms.only_active") is not None


def hides_its_control(document: Document, design: Reading | None) -> bool:
    """Whether a control was there although the text does not name it."""
    if design is None or only_active(document, design):
        return False
    controlled = first(document, "design.randomised") or document.titled("arms.controlled_trial")
    return design.value in RANDOMISED or (is_secondary(design) and controlled is not None)


def is_secondary(design: Reading | None) -> bool:
    """Whether data of a trial reported elsewhere are analysed."""
    return design is not None and design.value == Design.SECONDARY_ANALYSIS


def stands_for_placebo(document: Document, values: set[str]) -> bool:
    """Whether `placebo` is another word for an active drug: midazolam, or one that is called an active placebo."""
    if "saline" in document.lower:
        return False
    called_so = first(document, "comparator.active_placebo") is not None
    return Comparator.MIDAZOLAM in values or (called_so and bool(values & ACTIVE_PLACEBOS))


def sets_arms_against_each_other(document: Document, design: Reading | None) -> bool:
    """Whether active arms are compared: by randomisation, or in so many words."""
    if only_active(document, design):
        return first(document, "arms.compared") is not None
    randomised = design is not None and design.value in CONTROLLED and first(document, "design.randomised")
    return bool(randomised or first(document, "arms.compared"))


def arm_of(regimen: Regimen) -> tuple[object, ...]:
    """What makes two active arms different."""
    return regimen.drug.value, regimen.route and regimen.route.value, regimen.dose and regimen.dose.value
