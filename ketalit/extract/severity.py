"""How ill the sample was at the start, what it had tried, and what counted as response or remission."""

from __future__ import annotations

from msgspec import structs

from ketalit.extract.reading import number, word
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import BaselineSeverity, Rate, Reading
from ketalit.vocabulary import OutcomeKind

SCALES = {
    "mont": "madrs",
    "madr": "madrs",
    "hami": "hamd",
    "hamd": "hamd",
    "ham-": "hamd",
    "hdrs": "hamd",
    "hrsd": "hamd",
}
"""The short name of a scale, by its first letters; other scales are named by what they are written as."""
KINDS = {"respon": OutcomeKind.RESPONSE, "remi": OutcomeKind.REMISSION}


def baseline_severity(document: Document) -> tuple[BaselineSeverity, ...]:
    """The baseline score on each scale, the first one stated."""
    found: dict[str, BaselineSeverity] = {}
    for match in document.own("severity.baseline"):
        written = str(match["scale"])
        scale = SCALES.get(written[:4], written.replace("phq-9", "phq9"))
        sd = match.number("sd")
        mean = number(match, match.number("mean") or 0)
        found.setdefault(scale, BaselineSeverity(scale, mean, None if sd is None else number(match, sd)))
    return tuple(found.values())


def failed_treatments(document: Document) -> Reading | None:
    """The least number of treatments that had failed, as the study requires or reports it."""
    found = document.own("severity.failed_treatments")
    return number(found[0], found[0].number("n") or 0) if found else None


def thresholds(document: Document) -> dict[OutcomeKind, Reading]:
    """What counts as response and as remission, in the study's own words; thresholds are never merged."""
    found: dict[OutcomeKind, Reading] = {}
    for match in document.own("threshold.stated"):
        found.setdefault(KINDS[str(match["event"])], threshold_of(match))
    return found


def threshold_of(match: Match) -> Reading:
    """The words of a threshold, as written."""
    span = match.document.span(*match.place("threshold"))
    return structs.replace(word(match, span.quote), span=span)


def with_thresholds(rates: tuple[Rate, ...], document: Document) -> tuple[Rate, ...]:
    """The rates, each with the threshold of its kind when the study states one."""
    stated = thresholds(document) if rates else {}
    if not stated:
        return rates
    return tuple([structs.replace(rate, threshold=stated.get(rate.kind)) for rate in rates])
