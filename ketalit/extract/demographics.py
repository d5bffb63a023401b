"""Who was studied: age, sex, race. The age of the sample and the age of eligibility are told apart."""

from __future__ import annotations

import re

from ketalit.extract.numbers import whole_or_decimal
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Demographics, RaceShare, Reading, SampleSize
from ketalit.vocabulary import Design, SectionRole

FEMALE = re.compile(r"female|wom[ae]n|girl|lady|mother|^f$")
ELIGIBLE = re.compile(r"eligib|between|adults|criteria|aged|range of|were included|invited|recruit")


def demographics(document: Document, design: Design | None, size: SampleSize | None) -> Demographics:
    """Age, sex and race of the patients as stated, pooled over arms."""
    mean, sd = mean_age(document, design)
    low, high, eligibility = age_range(document)
    return Demographics(
        age_mean=mean,
        age_sd=sd,
        age_median=median_age(document),
        age_min=low,
        age_max=high,
        age_range_is_eligibility=eligibility,
        pct_female=pct_female(document, design, size),
        race=race(document),
    )


def reading(match: Match, value: float, confidence: float = 0.9, derived: bool = False, reason: str = "") -> Reading:
    """A number as a reading over the whole match."""
    return Reading(whole_or_decimal(value), match.span, match.rule.id, derived, confidence, reason)


def mean_age(document: Document, design: Design | None) -> tuple[Reading | None, Reading | None]:
    """Mean age and its standard deviation, unless arms have their own; for a single case the age of the patient."""
    found = [m for m in document.own("age.mean") if 5 <= (m.number("mean") or 0) <= 100 and not is_of_onset(m)]
    if found:
        if len({m["mean"] for m in found if m.sentence is found[0].sentence}) > 1:
            return None, None
        first = found[0]
        sd = first.number("sd")
        return reading(first, first.number("mean") or 0), None if sd is None else reading(first, sd)
    cases = [m for m in document.own("age.case")]
    if cases and len({m["age"] for m in cases}) == 1 and design is Design.CASE_SERIES:
        return reading(cases[0], cases[0].number("age") or 0, reason="age of the one patient"), None
    return None, None


def is_of_onset(match: Match) -> bool:
    """Whether an age is the age at onset of illness."""
    return re.search(r"onset", match.text + match.after(20)) is not None


def median_age(document: Document) -> Reading | None:
    """Median age."""
    found = document.own("age.median")
    return reading(found[0], found[0].number("median") or 0) if found else None


def age_range(document: Document) -> tuple[Reading | None, Reading | None, bool | None]:
    """The range of ages: the sample's own range in the results before the limits of eligibility."""
    ranges = [m for m in document.own("age.range") if bounds(m)[0] < bounds(m)[1] <= 100]
    if ranges:
        best = min(ranges, key=lambda m: (m.sentence.role is not SectionRole.RESULTS or "range" not in m.text, m.start))
        low, high = bounds(best)
        eligibility = best.sentence.role is not SectionRole.RESULTS
        return reading(best, low), reading(best, high), eligibility
    least = document.own("age.at_least")
    if least:
        low = float(next(value for value in (least[0]["low"], least[0]["low2"], least[0]["low3"]) if value))
        return reading(least[0], low), None, True
    return case_range(document)


def bounds(match: Match) -> tuple[float, float]:
    """The two ends of an age range."""
    ends = [match.number(name) for name in ("low", "high", "low2", "high2", "low3", "high3", "low4", "high4")]
    stated = [end for end in ends if end is not None]
    return stated[0], stated[1]


def case_range(document: Document) -> tuple[Reading | None, Reading | None, bool | None]:
    """The youngest and the oldest of several cases."""
    cases = sorted(document.own("age.case"), key=lambda m: m.number("age") or 0)
    ages = {m["age"] for m in cases}
    if len(ages) < 2:
        return None, None, None
    return reading(cases[0], cases[0].number("age") or 0), reading(cases[-1], cases[-1].number("age") or 0), False


def pct_female(document: Document, design: Design | None, size: SampleSize | None) -> Reading | None:
    """Per cent women: as stated, from per cent men, or from counts of either sex."""
    stated = [m for m in document.own("sex.pct") if not re.search(r"respond|response|remission|relapse|frequent|than", m.before(70) + m.after(15))]
    if stated and not per_arm(stated):
        match = stated[0]
        pct = match.number("pct") if match["pct"] else match.number("pct2")
        female = FEMALE.search(str(match["sex"] or match["sex2"])) is not None
        if pct is not None and pct <= 100:
            return reading(match, pct if female else round(100 - pct, 1), derived=not female)
    return from_counts(document, size) or from_case(document, design)


def per_arm(stated: list[Match]) -> bool:
    """Whether two shares of women stand in one sentence: they are those of arms."""
    women = [m for m in stated if m.sentence is stated[0].sentence and FEMALE.search(str(m["sex"] or m["sex2"]))]
    return len({m["pct"] or m["pct2"] for m in women}) > 1


def from_counts(document: Document, size: SampleSize | None) -> Reading | None:
    """Per cent women from numbers of women, men or both."""
    found = [m for m in document.own("sex.count") if not re.search(r"respond|response|remission|relapse|healthy", m.before(40) + m.after(25))]
    if not found:
        return None
    numbers = {bool(FEMALE.search(sex_of(m))): float(m["n"] or m["n2"] or m["n3"] or 0) for m in reversed(found) if m.sentence is found[0].sentence}
    if len(numbers) == 2 and sum(numbers.values()):
        return reading(found[0], round(100 * numbers[True] / sum(numbers.values()), 1), derived=True, reason="both sexes counted")
    whole = whole_sample(found[0], size)
    share = next(iter(numbers.values())) / whole if whole else 2
    if share > 1:
        return None
    return reading(found[0], round(100 * (share if True in numbers else 1 - share), 1), 0.75, True, "of the whole sample")


def sex_of(match: Match) -> str:
    """The word or letter that names the sex of the people counted."""
    return str(match["sex"] or match["sex2"] or match["sex3"])


def whole_sample(match: Match, size: SampleSize | None) -> float | None:
    """The number that a count of one sex is part of: people counted in front of it in its sentence, else the sample."""
    before = [int(m["n"] or 0) for m in match.document.find("n.people") if m.sentence is match.sentence and m.end <= match.start]
    total = re.search(r"total, (\d+) \($", match.before(30))
    if total or before:
        return float(total[1]) if total else float(max(before))
    return float(size.n.value) if size and isinstance(size.n.value, (int, float)) else None


def from_case(document: Document, design: Design | None) -> Reading | None:
    """Per cent women of single cases."""
    cases = document.own("sex.case")
    if not cases or design is not Design.CASE_SERIES:
        return None
    distinct = {m.text: m for m in cases}
    women = sum(1 for m in distinct.values() if FEMALE.search(str(m["sex"])))
    return reading(cases[0], round(100 * women / len(distinct), 1), 0.8, True, "of the cases described")


def race(document: Document) -> tuple[RaceShare, ...]:
    """The share of each race or ethnic group as stated."""
    shares: dict[str, RaceShare] = {}
    for match in document.own("race.pct"):
        group, pct = str(match["group"] or match["group2"]), match.number("pct") if match["pct"] else match.number("pct2")
        shares.setdefault(group, RaceShare(group, reading(match, pct or 0)))
    return tuple(shares.values())
