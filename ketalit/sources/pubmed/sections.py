"""What a section of an abstract is for: NLM's category first, then the words of its label, in many spellings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ketalit.vocabulary import SectionRole

OF_CATEGORY: Final = {
    "BACKGROUND": SectionRole.BACKGROUND,
    "OBJECTIVE": SectionRole.BACKGROUND,
    "METHODS": SectionRole.METHODS,
    "RESULTS": SectionRole.RESULTS,
    "CONCLUSIONS": SectionRole.CONCLUSIONS,
}
"""NlmCategory; UNASSIGNED says nothing."""

_REGISTRATION = re.compile(
    r"REGIST(?:RATION|RY|ER|RO)|CLINICAL\s*TRIALS?(?:\.GOV)?\b|TRIAL\s+(?:NUMBER|ID)|PROSPERO|ISRCTN|\bNCT",
    re.IGNORECASE,
)

OF_LABEL: Final = (
    # a section that also reports counts as results: METHODS AND FINDINGS, RESULTS AND DISCUSSION
    (SectionRole.RESULTS, r"RESULT|R[ÉE]SULTAT|FINDING|ERGEBNIS|SYNTHESIS|CASE|OBSERVATION(?:S)?\b"),
    (
        SectionRole.CONCLUSIONS,
        r"CONCLU|INTERPRETATION|DISCUSS|IMPLICATION|SIGNIFICANCE|LIMITATION|RELEVANCE|RECOMMENDATION|SUMMARY|"
        r"SCHLUSSFOLGERUNG|FAZIT|KEY\s+(?:POINT|MESSAGE)|TAKE|WHAT\s+(?:THIS|IS\s+NEW)",
    ),
    (
        SectionRole.METHODS,
        r"METHOD|M[ÉE]THOD|M[ÉE]TOD|DESIGN|SETTING|PATIENT|PARTICIPANT|SUBJECT|INTERVENTION|MEASURE|MATERIAL|PROCEDURE|"
        r"SAMPLE|POPULATION|EXPOSURE|DATA|SEARCH|SELECTION|ANALYS|STATISTIC|ELIGIBILITY|TREATMENT|OUTCOME|ENDPOINT|"
        r"END\s+POINT|RANDOMI[SZ]|PROTOCOL|EVIDENCE\s+ACQUISITION|APPROACH",
    ),
    (
        SectionRole.BACKGROUND,
        r"BACKGROUND|AIMS?\b|OBJECTI[VF]|OBJETIVO|PURPOSE|INTRODUCTION|CONTEXT|RATIONALE|HYPOTHES|IMPORTANCE|QUESTION|"
        r"GOALS?\b|PROBLEM|ZIEL|HINTERGRUND|ANTECEDENTE|INTRODUC|WHAT\s+IS|STATE\s+OF",
    ),
)
"""Words that labels are made of, tried in this order."""

_OF_LABEL = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in OF_LABEL)


@lru_cache(maxsize=4096)
def role(label: str | None, nlm_category: str | None) -> SectionRole:
    """What a section is for. A section on the trial's registration is that, whatever its category."""
    if label and _REGISTRATION.search(label):
        return SectionRole.REGISTRATION
    of_category = OF_CATEGORY.get(nlm_category or "")
    if of_category is not None:
        return of_category
    return next((role for role, words in _OF_LABEL if words.search(label or "")), SectionRole.UNLABELLED)
