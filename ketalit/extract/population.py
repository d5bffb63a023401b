"""Who the sample is, by what the study calls it."""

from __future__ import annotations

import re

from ketalit.extract.context import says
from ketalit.extract.design import PLANNING, REPORTING, named
from ketalit.extract.reading import INFERRED, word
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Population, SectionRole

POPULATIONS = {str(kind): kind for kind in Population}
"""By what rules name: sooner looked up than made anew for each rule."""
DISORDERS = frozenset({Population.TRD, Population.MDD, Population.BIPOLAR, Population.SUICIDAL, Population.POSTPARTUM})

COUNTED = re.compile(
    r"\d (?:\w+ ){0,2}(?:patients|participants|adults|subjects|people|inpatients|outpatients) (?:\w+ ){0,2}$"
)
OF_SUBGROUPS = frozenset({"population.trd", "population.failed_trials", "population.mdd", "population.suicidal"})
"""What results say of subgroups and predictors more often than of the sample."""


def population(document: Document) -> tuple[Reading, ...]:
    """Everything the sample is called; `other` when only depression is said."""
    found: dict[Population, Reading] = {}
    for rule in document.tried_of(family("population")):
        if rule.value is None or (kind := POPULATIONS[rule.value]) in found:
            continue
        match = described(document, rule.id)
        if match:
            found[kind] = word(match, kind)
    if Population.TRD in found and Population.MDD not in found:
        of_mdd = document.find("population.trd_of_mdd")
        found |= {Population.MDD: word(of_mdd[0], Population.MDD)} if of_mdd else {}
    if DISORDERS.isdisjoint(found):
        found |= told_in_results(document)
    depressed = named(document, "population.depressed") if DISORDERS.isdisjoint(found) else None
    if depressed:
        reason = "depression of unstated kind"
        found[Population.OTHER] = word(depressed, Population.OTHER, confidence=INFERRED, reason=reason)
    return tuple(found.values())


def told_in_results(document: Document) -> dict[Population, Reading]:
    """What only the results call the sample: `1,203 patients with TRD received one dose or more`."""
    found: dict[Population, Reading] = {}
    for rule in document.tried_of(family("population")):
        match = described(document, rule.id, REPORTING) if rule.id in OF_SUBGROUPS else None
        if match and rule.value and COUNTED.search(match.before(40)):
            kind = POPULATIONS[rule.value]
            found[kind] = word(match, kind)
    return found


def described(document: Document, rule_id: str, roles: frozenset[SectionRole] | None = None) -> Match | None:
    """The first match in the title, else in a sentence on this study, that does not name people left out."""
    roles = roles or (PLANNING if rule_id in OF_SUBGROUPS else REPORTING)
    matches = [match for match in document.own(rule_id) if match.sentence.role in roles]
    for match in sorted(matches, key=by_title) if len(matches) > 1 else matches:
        if not left_out(match):
            return match
    return None


def by_title(match: Match) -> bool:
    """Order of matches: those of the title first."""
    return match.sentence.role is not SectionRole.TITLE


def left_out(match: Match) -> bool:
    """Whether people with the condition were not in the sample."""
    return says("population.excluded_in_front", match.before(40)) or says("population.excluded_behind", match.after(90))
