"""Who was studied: age, sex, race. The age of the sample and the age of eligibility are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketalit.extract.context import says
from ketalit.extract.design import PLANNING, first
from ketalit.extract.reading import INFERRED, LIKELY, number
from ketalit.extract.scan import Document, Match, overlaps
from ketalit.extract.severity import baseline_severity, failed_treatments
from ketalit.model.evidence import Demographics, RaceShare, Reading, SampleSize
from ketalit.vocabulary import Design, SectionRole

FEMALE = re.compile(r"female|wom[ae]n|girl|lady|mother|^(?:f|she|mrs|ms)$")
IN_TOTAL = re.compile(r"total, (\d+) \($")
OF_THOSE = re.compile(
    r"(\d+)(?: (?:completed|finished|were|had|took|entered|received|started|provided|attended)\b[^()\d]{0,40})?"
    r" \([^()]*$"
)
"""The number of people whom a remark in brackets describes: 28 (…, 18 finished both phases (…."""
OF_OTHERS = re.compile(r" ?/ ?(\d{1,5})\b")
AGE = re.compile(r"\d+")
YOUNGEST, OLDEST = 5, 100
"""Outside these years a number is no mean age."""
LOW_ENDS, HIGH_ENDS = ("low", "low2", "low3", "low4", "low5"), ("high", "high2", "high3", "high4", "high5")

Range = tuple[Reading | None, Reading | None, bool | None]
"""The two ends of an age range, and whether they limit eligibility."""


def demographics(document: Document, design: Design | None, size: SampleSize | None) -> Demographics:
    """Age, sex and race of the patients as stated, pooled over arms."""
    mean, sd = mean_age(document, design, size)
    low, high, eligibility = age_range(document, design)
    sexes = sex_counts(document)
    return Demographics(
        age_mean=mean,
        age_sd=sd,
        age_median=median_age(document),
        age_min=low,
        age_max=high,
        age_range_is_eligibility=eligibility,
        pct_female=pct_female(document, design, size, sexes),
        n_female=count_of(sexes, True),
        n_male=count_of(sexes, False),
        race=race(document, design),
        baseline_severity=baseline_severity(document),
        failed_treatments_min=failed_treatments(document),
    )


def mean_age(
    document: Document, design: Design | None, size: SampleSize | None
) -> tuple[Reading | None, Reading | None]:
    """Mean age and its standard deviation, unless arms have their own; for a single case the age of the patient."""
    found = [
        m
        for m in document.own("age.mean")
        if YOUNGEST <= (m.number("mean") or 0) <= OLDEST and not is_of_onset(m) and not counts_controls_in(m, size)
    ]
    if not found:
        return case_age(document, size) if design is Design.CASE_SERIES else None, None
    first = found[0]
    if len({m["mean"] for m in found if m.sentence is first.sentence}) > 1:
        return None, None
    sd = first.number("sd")
    return number(first, first.number("mean") or 0), None if sd is None else number(first, sd)


def counts_controls_in(match: Match, size: SampleSize | None) -> bool:
    """Whether a sentence speaks of more people than there are patients: healthy controls are among them."""
    document = match.document
    if size is None or not document.own("population.healthy"):
        return False
    people = [m for m in document.own("n.people") if m.sentence is match.sentence and m.start < match.start]
    return any(int(m["n"] or 0) > float(size.n.value) for m in people)


def is_of_onset(match: Match) -> bool:
    """Whether an age is the age at onset of illness."""
    return "onset" in match.text + match.after(20)


def case_age(document: Document, size: SampleSize | None) -> Reading | None:
    """The age of the one patient of a case report."""
    cases = document.own("age.case")
    if is_of_several(size) or len({match["age"] for match in cases}) != 1:
        return None
    return number(cases[0], cases[0].number("age") or 0, reason="age of the one patient")


def is_of_several(size: SampleSize | None) -> bool:
    """Whether more than one patient is known to be described."""
    return size is not None and float(size.n.value) > 1


def median_age(document: Document) -> Reading | None:
    """Median age."""
    found = document.own("age.median")
    return number(found[0], found[0].number("median") or 0) if found else None


def age_range(document: Document, design: Design | None) -> Range:
    """The range of ages: the sample's own range in the results before the limits of eligibility."""
    told = (*document.own("age.range_of_mean"), *document.own("age.range"))
    ranges = [match for match in told if is_age_range(match)]
    if ranges:
        best = min(ranges, key=is_limit)
        low, high = bounds(best)
        return number(best, low), number(best, high), is_limit(best)
    limits = (*document.own("age.at_least"), *document.own("age.or_older"))
    least = [match for match in limits if not says("age.band_in_front", match.before(24))]
    if least:
        return number(least[0], end_of(least[0], LOW_ENDS)), None, True
    return case_range(document) if design is Design.CASE_SERIES else (None, None, None)


def is_age_range(match: Match) -> bool:
    """Whether two numbers are the youngest and the oldest age, not a band of ages set against another."""
    low, high = bounds(match)
    return low < high <= OLDEST and not (
        says("age.band_behind", match.after(12)) or says("age.band_in_front", match.before(24))
    )


def is_limit(match: Match) -> bool:
    """Whether a range limits eligibility: it stands behind no mean age and is no `range` in the results."""
    if match.rule.id == "age.range_of_mean":
        return False
    return match.sentence.role is not SectionRole.RESULTS or "range" not in match.text


def bounds(match: Match) -> tuple[float, float]:
    """The two ends of an age range."""
    return end_of(match, LOW_ENDS), end_of(match, HIGH_ENDS)


def end_of(match: Match, groups: tuple[str, ...]) -> float:
    """The one of several groups that took part, as a number."""
    return next(float(str(match[group])) for group in groups if match[group])


def case_range(document: Document) -> Range:
    """The youngest and the oldest of several cases."""
    cases = sorted(document.own("age.case"), key=lambda match: match.number("age") or 0)
    if len({match["age"] for match in cases}) < 2:
        return listed_range(document)
    return number(cases[0], cases[0].number("age") or 0), number(cases[-1], cases[-1].number("age") or 0), False


def listed_range(document: Document) -> Range:
    """The youngest and the oldest of cases whose ages are listed: 71, 74, 78 and 80 years."""
    listed = document.own("age.listed")
    if len(listed) != 1:
        return None, None, None
    ages = sorted(int(age) for age in AGE.findall(str(listed[0]["ages"])))
    return number(listed[0], ages[0]), number(listed[0], ages[-1]), False


def pct_female(
    document: Document, design: Design | None, size: SampleSize | None, sexes: list[Match]
) -> Reading | None:
    """Per cent women: as stated, from per cent men, or from counts of either sex."""
    stated = [m for m in first_of(document, "sex.pct", "sex.pct_behind") if is_share_of_sample(m, size)]
    if stated and not per_arm(stated):
        match = stated[0]
        pct = match.number("pct") or 0
        if pct <= 100:
            return number(match, pct) if is_female(match) else number(match, round(100 - pct, 1), derived=True)
    counted_people = from_pair(document, size) or (from_counts(sexes, size) if sexes else None)
    if counted_people is None and design is Design.CASE_SERIES:
        counted_people = from_cases(document) or (None if is_of_several(size) else from_pronoun(document))
    return counted_people or one_sex(document)


def first_of(document: Document, rule_id: str, behind: str) -> Sequence[Match]:
    """The matches of two rules for a share in front of its name and behind it; the first goes before the second."""
    in_front, others = document.own(rule_id), document.own(behind)
    if not others:
        return in_front
    matches = [*in_front, *(match for match in others if not overlaps(match, in_front))]
    return sorted(matches, key=lambda match: match.start)


def from_pair(document: Document, size: SampleSize | None) -> Reading | None:
    """Per cent women from the numbers of both sexes side by side: 31 F/22 M, F:M = 13:7."""
    for match in (*document.own("sex.pair"), *document.own("sex.ratio")):
        women, men = match.number("n") or 0, match.number("n2") or 0
        if not is_female(match):
            women, men = men, women
        if str(match["sex"])[0] != str(match["sex2"])[0] and women + men and is_share_of_sample(match, size):
            return number(match, round(100 * women / (women + men), 1), derived=True, reason="both sexes counted")
    return None


def is_share_of_sample(match: Match, size: SampleSize | None) -> bool:
    """Whether a share of one sex is that of the patients: not of an outcome, not with healthy controls."""
    return not says("sex.of_outcome", around(match, 70, 15)) and not counts_controls_in(match, size)


def around(match: Match, before: int = 40, after: int = 25) -> str:
    """The words around a number of one sex, up to the end of its bracket."""
    return match.before(before) + match.after(after).split(")")[0]


def one_sex(document: Document) -> Reading | None:
    """All are of one sex: the title names a condition of women or a sample of men, or the methods begin with women."""
    match = document.titled("sex.by_condition")
    if match:
        return number(match, 100, derived=True, reason="a condition of women")
    men = document.titled("sex.men_only")
    if men:
        return number(men, 0, derived=True, reason="a sample of men")
    women = first(document, "sex.women_only", PLANNING)
    if women and women.start == women.sentence.start:
        return number(women, 100, derived=True, reason="a sample of women")
    return None


def is_female(match: Match) -> bool:
    """Whether the word or letter for a sex is a female one."""
    groups = ("sex", "sex2", "sex3") if match.rule.id == "sex.count" else ("sex",)
    return FEMALE.search(next(str(match[group]) for group in groups if match[group])) is not None


def per_arm(stated: list[Match]) -> bool:
    """Whether two shares of women stand in one sentence: they are those of arms."""
    women = [match for match in stated if match.sentence is stated[0].sentence and is_female(match)]
    return len({match["pct"] for match in women}) > 1


def from_counts(sexes: list[Match], size: SampleSize | None) -> Reading | None:
    """Per cent women from numbers of women, men or both."""
    found = [match for match in sexes if not counts_controls_in(match, size)]
    if not found:
        return None
    here = [match for match in found if match.sentence is found[0].sentence]
    people: dict[bool, float] = {}
    for match in here:
        people.setdefault(is_female(match), counted(match))
    both = sum(people.values())
    if len(people) == 2 and both:
        return number(found[0], round(100 * people[True] / both, 1), derived=True, reason="both sexes counted")
    whole = whole_sample(found[0], size)
    if not whole or both > whole:
        return None
    women = people.get(True, whole - people.get(False, 0))
    women = whole - women if says("sex.all_but", found[0].before(16)) else women
    pct = round(100 * women / whole, 1)
    return number(found[0], pct, derived=True, confidence=LIKELY, reason="of the whole sample")


def sex_counts(document: Document) -> list[Match]:
    """Numbers of women and of men in the sample, not in an outcome."""
    return [m for m in document.own("sex.count") if not says("sex.of_outcome", around(m))]


def counted(match: Match) -> float:
    """The number of people that a match counts."""
    return float(match["n"] or match["n2"] or match["n3"] or 0)


def count_of(sexes: list[Match], female: bool) -> Reading | None:
    """The number of women or of men as stated."""
    for match in sexes:
        if is_female(match) is female:
            return number(match, counted(match))
    return None


def whole_sample(match: Match, size: SampleSize | None) -> float | None:
    """The number that a count of one sex is part of: the one beside it, people counted in front, else the sample."""
    if match["whole"]:
        return match.number("whole")
    others = OF_OTHERS.match(match.after(8)) or OF_THOSE.search(match.before(80))
    if others:
        return float(others[1])
    total = IN_TOTAL.search(match.before(30))
    if total:
        return float(total[1])
    people = [m for m in match.document.own("n.people") if m.sentence is match.sentence and m.end <= match.start]
    if people:
        return max(float(m["n"] or 0) for m in people)
    return float(size.n.value) if size else None


def from_cases(document: Document) -> Reading | None:
    """Per cent women of single cases."""
    cases = {match.text: match for match in document.own("sex.case")}
    if not cases:
        return None
    women = sum(FEMALE.search(str(match["sex"])) is not None for match in cases.values())
    first = next(iter(cases.values()))
    return number(
        first, round(100 * women / len(cases), 1), derived=True, confidence=INFERRED, reason="of the cases described"
    )


def from_pronoun(document: Document) -> Reading | None:
    """Per cent women of one case, by the words for the patient, where they all tell the same."""
    told = document.own("sex.pronoun")
    if len({is_female(match) for match in told}) != 1:
        return None
    return number(told[0], 100 * is_female(told[0]), derived=True, confidence=INFERRED, reason="of the one patient")


def race(document: Document, design: Design | None) -> tuple[RaceShare, ...]:
    """The share of each race or ethnic group as stated; of single cases, of those described."""
    shares: dict[str, RaceShare] = {}
    for match in first_of(document, "race.pct", "race.pct_behind"):
        group = str(match["group"])
        shares.setdefault(group, RaceShare(group, number(match, match.number("pct") or 0)))
    return tuple(shares.values()) or (race_of_cases(document) if design is Design.CASE_SERIES else ())


def race_of_cases(document: Document) -> tuple[RaceShare, ...]:
    """The share of each race among single cases, where that of every case is stated."""
    cases = {match["age"]: str(match["group"]) for match in document.own("race.case")}
    told = {match["age"] for match in document.own("age.case")}
    if not cases or told - set(cases):
        return ()
    match = document.own("race.case")[0]
    groups = list(cases.values())
    return tuple(
        RaceShare(group, number(match, round(100 * groups.count(group) / len(groups), 1), derived=True))
        for group in dict.fromkeys(groups)
    )
