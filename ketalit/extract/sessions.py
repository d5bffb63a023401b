"""How many doses one patient gets.

Sessions of psychotherapy or ECT are no doses, totals over all patients are not the doses of one, and "after six
infusions" is a time of assessment unless nothing else tells how many there were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketalit.extract.context import says
from ketalit.extract.drugs import is_other_drug
from ketalit.extract.frequency import belongs_to_another, shared_with_drug
from ketalit.extract.patterns import compiled
from ketalit.extract.reading import INFERRED, LATE_ROLES, number
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading
from ketalit.vocabulary import Phase, SectionRole

Count = tuple[Match, Reading | None, Reading | None]
"""Where a number of doses stands, the number, and its upper end."""

MOST = 130
"""More doses than this are the total over all patients, never the number that one patient gets."""
MANY = 20
"""More doses than this are the total over all patients where they are told as a sum or of several patients."""
TIMES = {"once": 1, "twice": 2, "thrice": 3}
NUMBERED_ARM = re.compile(r"(?!^)\d")
"""A number inside `single versus 6 infusions`: the arms are told by it, `repeated` would only name a parent trial."""
DIGITS = re.compile(r"\d+")
NUMBERS = re.compile(r"\d[\d.]*")
TO_LEVELS = 60
"""Characters behind a number of doses within which their levels are listed."""
TWO_ARMS = re.compile(r"\d or \d")
WORDS = re.compile(r"[a-z][a-z0-9-]*")
PHASES = compiled(r"(?P<late>maintenance|continuation|optimi[sz]ation|thereafter)|induction|acute|initial")
OWN_PHASE = compiled(r"\bphase\b|open-label|relaps|maintenance|continuation|optimi[sz]ation|\bweekly|\bmonthly")
WHOLE_SERIES = re.compile(r" (?:course|series|protocol)\b")
"""What stands behind `the eight-session`, so that it is the number of all."""
CLAUSE_END = re.compile(r"[,;.] ")
TWICE = 2
TOLD_BESIDES = LATE_ROLES | {SectionRole.RESULTS}
"""Where a single dose may be that of another study, or one of several."""
ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12,
}  # fmt: skip
CONTROLS = frozenset({"midazolam", "mdz", "placebo", "saline", "sodium"})


def phase_of(text: str) -> Phase | None:
    """The phase of treatment that a passage names first."""
    named = PHASES.search(text)
    if named is None:
        return None
    return Phase.MAINTENANCE if named["late"] else Phase.ACUTE


def session_counts(document: Document) -> list[Count]:
    """Every number of doses that one patient gets."""
    found = list(numbers_stated(document))
    if found:
        found = with_first_dose(without_named_arms(found))
    several = any(most is not None or (count is not None and float(count.value) > 1) for _, count, most in found)
    found += [
        (match, number(match, 1), None)
        for match in document.own("sessions.single_versus")
        if not several or NUMBERED_ARM.search(match.text)
    ]
    for match in document.own("sessions.single") + document.own("sessions.one"):
        if is_one_dose(match) and not (several and match.sentence.role in TOLD_BESIDES):
            found.append((match, number(match, 1), None))
    if all(count is not None and count.value == 1 for _, count, _ in found):
        found = told_by_ordinal(document) or found
    return found or told_as_time(document)


def numbers_stated(document: Document) -> Iterator[Count]:
    """The numbers of doses that stand in the text, but those of a single dose."""
    ranges = document.own("sessions.range") + document.own("sessions.between")
    lists = document.own("sessions.listed")
    for match in document.own("sessions.counted"):
        if is_dose_count(match) and not any(stated.start <= match.start < stated.end for stated in ranges + lists):
            yield from counted(match)
    for match in ranges:
        yield range_of(match)
    for match in lists:
        if is_of_the_drug(match):
            yield from listed(match)
    for match in document.own("sessions.times"):
        if is_times_given(match):
            yield times_given(match)
    for match in document.own("sessions.single_or_double"):
        yield match, number(match, 1), number(match, 2)


def range_of(match: Match) -> Count:
    """A number of doses that differs between patients."""
    return match, number(match, match.number("sessions") or 0), number(match, match.number("sessions_max") or 0)


def listed(match: Match) -> Iterator[Count]:
    """Numbers of doses told in turn: each that of an arm, else a range over the patients."""
    if says("sessions.not_in_front", match.before(28)):
        return
    numbers = [float(count) for count in DIGITS.findall(str(match["list"]))]
    if says("sessions.of_arms", match.before(120)):
        yield from ((match, number(match, count), None) for count in numbers)
    else:
        yield match, number(match, min(numbers)), number(match, max(numbers))


def times_given(match: Match) -> Count:
    """A number of doses told as how often the drug was given."""
    return (
        match,
        number(match, TIMES.get(str(match["word"])) or match.number("times") or match.number("occasions") or 1),
        None,
    )


def is_times_given(match: Match) -> bool:
    """Whether `given twice` is said of the drug, not of an assessment or of another treatment."""
    if says("frequency.assessing_word", match.text):
        return False
    return shared_with_drug(match.before(240)) or not belongs_to_another(match.before(240), match.after(45))


def told_as_time(document: Document) -> list[Count]:
    """The largest number of doses that is only told as a time of assessment ("after eight infusions")."""
    for match in reversed(document.own("sessions.counted")):
        if says("sessions.as_time", match.before(40)) and is_of_the_drug(match):
            counts = list(counted(match))
            if counts:
                return counts[-1:]
    return []


def told_by_ordinal(document: Document) -> list[Count]:
    """The highest place in the series that is named as a time of assessment: rated after the sixth infusion."""
    named = document.own("sessions.ordinal") + document.own("sessions.ordinal_digits")
    timed = [match for match in named if says("sessions.as_time", match.before(60))]
    timed += document.own("sessions.numbered")
    if not timed:
        return []
    match = max(timed, key=place_in_series)
    place = place_in_series(match)
    return [(match, number(match, place, derived=True, confidence=INFERRED, reason="the last dose named"), None)]


def place_in_series(match: Match) -> int:
    """The place that an ordinal names."""
    named = str(match["place"])
    return ORDINALS.get(named) or int(named)


def counted(match: Match) -> Iterator[Count]:
    """A number of doses as stated: exact, at most, a range, or two arms (`either 3 or 6 infusions`)."""
    count, most = match.number("sessions") or 0, match.number("sessions_max") or 0
    if not 1 <= max(count, most) <= MOST or (count <= 1 and not most):
        return
    if count == TWICE and is_one_of_each(match):
        yield match, number(match, 1, reason="one of the drug, one of the control"), None
    elif says("sessions.at_most", match.before(70)):
        yield match, None, number(match, count, reason="at most this many")
    elif most <= count:
        yield match, number(match, count), None
    elif TWO_ARMS.search(match.text) and says("sessions.of_arms", match.before(120)):
        yield match, number(match, count), None
        yield match, number(match, most), None
    else:
        yield range_of(match)


def without_named_arms(found: list[Count]) -> list[Count]:
    """Counts without `one or two infusions` where another passage counts an arm of one of the two numbers."""
    exact = {count.value for _, count, most in found if count and most is None}
    return [
        (match, count, most)
        for match, count, most in found
        if not (count and most and TWO_ARMS.search(match.text) and {count.value, most.value} & exact)
    ]


def is_one_of_each(match: Match) -> bool:
    """Whether two infusions are one of the drug and one of its control, in a crossover."""
    return bool(match.document.own("sessions.crossover")) and says("sessions.one_of_each", match.after(90))


def with_first_dose(found: list[Count]) -> list[Count]:
    """Further doses are added to the first one, unless they are a phase of their own or the whole number is named."""
    numbers = {count.value for _, count, _ in found if count}
    kept: list[Count] = []
    for match, count, most in found:
        if count is None or not says("sessions.further", match.text) or is_own_phase(match):
            kept.append((match, count, most))
        elif len(numbers) == 1:
            kept.append(
                (
                    match,
                    number(match, float(count.value) + 1, derived=True, reason="the first and the further ones"),
                    most,
                )
            )
    return kept


def is_own_phase(match: Match) -> bool:
    """Whether further doses make up a phase of their own: continuation, or with a frequency of their own."""
    return OWN_PHASE.search(match.before(60) + match.after(60)) is not None or "weekly" in match.after(40)


def is_dose_count(match: Match) -> bool:
    """Whether a number counts the doses of the drug that one patient gets."""
    before, after = match.before(28), match.after(30)
    if says("sessions.not_behind", after) or ("dose" in match.text and says("sessions.levels_in_front", before)):
        return False
    if says("sessions.not_in_front", before) and not is_counted_all_the_same(match, before):
        return False
    if says("sessions.failed_in_front", before) or says("sessions.defined_in_front", match.before(70)):
        return False
    if (match.number("sessions") or 0) > MANY and is_sum_over_patients(match, before):
        return False
    several = match.text.endswith(("s", "ketamine")) or "-" in match.text
    return several and is_of_the_drug(match) and not counts_levels(match)


def counts_levels(match: Match) -> bool:
    """Whether as many levels of dose are listed behind: three doses of ketamine (0.1, 0.25 and 0.5 mg/kg).

    Doses that rise, or of which a patient gets up to so many, are levels and administrations at once.
    """
    if not match.text.endswith("doses") or says("sessions.in_turn", match.sentence.lower):
        return False
    if says("sessions.at_most", match.before(70)):
        return False
    behind = (dose for dose in match.document.own_in(match.sentence, "dose.amount") if dose.start >= match.end)
    listed = next(behind, None)
    if listed is None or listed.start - match.end > TO_LEVELS:
        return False
    return len(NUMBERS.findall(str(listed["amounts"]))) == match.number("sessions")


def is_counted_all_the_same(match: Match, before: str) -> bool:
    """Whether a number is one of doses although a word of time or comparison stands in front of it.

    Upper bounds and series are, further doses that follow the first, and what is spelled out behind `the acute phase`:
    a label of a phase, week or day is written in digits.
    """
    if says("sessions.at_most", match.before(70)) or says("sessions.series", before):
        return True
    if before.endswith("followed by "):
        return says("sessions.further", match.text) or OWN_PHASE.search(match.text) is not None
    if "-" in match.text and WHOLE_SERIES.match(match.after(12)):
        return True
    return before.endswith("phase ") and match.span.quote[:1].isalpha()


def is_sum_over_patients(match: Match, before: str) -> bool:
    """Whether a large number of doses is the sum over several patients."""
    return says("sessions.sum_in_front", before) or says("sessions.total_behind", match.after(90))


def is_of_the_drug(match: Match) -> bool:
    """Whether doses or sessions are those of the drug, not of psychotherapy, ECT or stimulation."""
    before, after = match.before(14), match.after(30)
    if says("sessions.of_control_behind", match.after(60)):
        return False
    named = CLAUSE_END.split(after[:14])[0]
    if says("sessions.other_therapy", named) and "ketamine" not in match.text + named:
        return False
    around = before + match.text + after
    if "ketamine" in around or "infusion" in match.text or "dosing" in match.text or "medication" in match.text:
        return True
    if says("sessions.other_therapy", around):
        return False
    return shared_with_drug(match.before(240)) or not belongs_to_another(match.before(240), match.after(45))


def is_one_dose(match: Match) -> bool:
    """Whether `single …` or `one …` is the one dose of the active drug."""
    before, after = match.before(24), match.after(28)
    if says("sessions.not_single", before):
        return False
    if match.text.startswith("1") and not says("sessions.one_given", before + "|" + match.text[1:] + after[:24]):
        return False
    words = WORDS.findall(match.text.removeprefix("single") + after)[:6]
    drug = next((name for name in words if name.endswith("ketamine") or is_other_drug(name)), "")
    return drug in CONTROLS or not is_other_drug(drug)


def doses_by_grammar(document: Document) -> Reading | None:
    """The number of doses where only the wording tells it: a crossover, or a study of `the infusion`."""
    repeated = [match for match in document.own("sessions.repeated") if match.sentence.role not in LATE_ROLES]
    crossover = document.own("sessions.crossover")
    if crossover and all(match.text.startswith(("each", "second")) for match in repeated):
        return of_crossover(crossover[0])
    return None if repeated else once_in_an_operation(document) or only_the_infusion(document)


def once_in_an_operation(document: Document) -> Reading | None:
    """One dose where the drug is part of an operation or its anaesthesia."""
    told = [match for match in document.own("sessions.intraoperative") if "ketamine" in match.sentence.lower]
    if not told or "patient-controlled" in document.lower:
        return None
    if document.own("frequency.daily") or document.own("sessions.both_periods"):  # such as a series of ECT
        return None
    return number(told[0], 1, derived=True, confidence=INFERRED, reason="given within an operation")


def of_crossover(crossover: Match) -> Reading | None:
    """A crossover gives the drug in one period; in both when only a pretreatment is crossed over."""
    document = crossover.document
    if document.own("sessions.pretreatment"):
        return number(crossover, 2, derived=True, confidence=INFERRED, reason="a crossover of the pretreatment")
    if document.own("sessions.both_periods"):
        return None
    return number(crossover, 1, derived=True, confidence=INFERRED, reason="a crossover with one day of the drug")


def only_the_infusion(document: Document) -> Reading | None:
    """A study that speaks of the infusion, and hardly of infusions, gave one."""
    plural, singular = document.own("sessions.plural"), document.own("sessions.singular")
    if len(singular) < max(1, 2 * len(plural)):
        singular = without_article(document)
        if not singular or len(singular) < 4 * len(plural):
            return None
    return number(singular[0], 1, derived=True, confidence=INFERRED, reason="the infusion, hardly ever infusions")


def without_article(document: Document) -> tuple[Match, ...]:
    """Mentions of one infusion or administration without an article; in routine care the singular says nothing."""
    if document.own("sessions.routine"):
        return ()
    infusion, administration = document.own("sessions.bare_infusion"), document.own("sessions.after_administration")
    if len(infusion) >= TWICE or document.own("sessions.hours_after"):
        return infusion
    return administration if len(administration) >= TWICE and "nasal" not in document.lower else ()
