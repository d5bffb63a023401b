"""How often the drug is given, in doses a week. Frequencies of visits and of other treatments do not count."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from ketalit.extract.context import says
from ketalit.extract.drugs import is_other_drug
from ketalit.extract.numbers import days_of
from ketalit.extract.rules import load
from ketalit.extract.scan import Document, Match

Rate = tuple[Match, tuple[float, ...]]
"""Where a frequency stands and the doses a week; NaN when it is flexible, two numbers when two are named."""

WEEKLY_TIMES = {
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "weekly": 1.0,
    "every 2 weeks": 0.5,
    "every other week": 0.5,
    "fortnightly": 0.5,
}
TIMES_A_DAY = {"b": 2.0, "t": 3.0}
"""Doses a day of b.i.d. and t.i.d."""
NTH_DAYS = {"third": 3, "fourth": 4, "fifth": 5}
WORDS = re.compile(r"[a-z][a-z0-9-]*")
ALTERNATIVE = re.compile(r",? ?(?:or )?,? ?(?:once )?")
FLEXIBLE = re.compile(r" (?:to|or|-) (?:once )?(?:weekly|monthly|bi-?weekly|fortnightly|every (?:other|\d))")
"""Behind a frequency: the other end of a range."""
CONTROLS = frozenset({"midazolam", "mdz", "placebo", "saline", "sodium"})
DRUG_WORDS = ("ketamine", "infus", "inject", "spray", "esk ")


def frequencies(document: Document) -> Iterator[Rate]:
    """Every frequency of dosing, each passage read once."""
    taken: list[tuple[int, int]] = []
    for rule_id, doses_a_week in READERS:
        for match in document.own(rule_id):
            if any(start < match.end and match.start < end for start, end in taken):
                continue
            values = doses_a_week(match)
            if values and is_of_dosing(match):
                taken.append((match.start, match.end))
                yield match, (math.nan,) if FLEXIBLE.match(match.after(20)) else values


def times_a_week(text: str | None) -> float:
    """The doses a week that a word or a digit names, 0 when it names none."""
    if text is None:
        return 0
    return WEEKLY_TIMES.get(text) or (float(text) if text.isdigit() else 0)


def or_times(match: Match) -> tuple[float, ...]:
    """Two frequencies named at once: two arms, or one flexible frequency when weeks may be left out."""
    if match["second"] == "biweekly":
        return (math.nan,)
    both = times_a_week(match["first"]), times_a_week(match["second"])
    if "week" not in match.text or not all(both):
        return ()
    return (math.nan,) if both == (1.0, 0.5) else both


def times_weekly(match: Match) -> tuple[float, ...]:
    """So many times a week; a stated range gives no single number."""
    if match["word_max"] or match["times_max"]:
        return (math.nan,)
    return (times_a_week(match["word"] or match["times"]),)


def every_days(match: Match) -> tuple[float, ...]:
    """A dose every so many days; every 3 to 4 days is twice a week."""
    shortest, longest = match.number("days") or 7, match.number("days_max")
    return (float(math.ceil(7 / longest)) if longest else round(7 / shortest, 2),)


def every_nth_day(match: Match) -> tuple[float, ...]:
    """A dose every third, fourth or fifth day."""
    return (round(7 / NTH_DAYS[str(match["nth"])], 2),)


def every_weeks(match: Match) -> tuple[float, ...]:
    """A dose every so many weeks."""
    return (1 / (match.number("weeks") or 2),)


def daily(match: Match) -> tuple[float, ...]:
    """Doses a week when they are given every day, also several times a day."""
    times = TIMES_A_DAY.get(str(match["latin"])) or times_a_week(match["times"] or match["number"])
    return (7 * (times or 1),)


def spaced(match: Match) -> tuple[float, ...]:
    """Doses a week when a fixed time lies between two of them."""
    length = match.number("number") or match.number("interval") or 7
    if match["least"]:
        return (float(math.ceil(7 / days_of(length, str(match["unit"])))),)
    return (round(7 / days_of(length, str(match["unit"] or match["interval_unit"])), 2),)


def at_intervals(match: Match) -> tuple[float, ...]:
    """Doses a week when the distance between them is told alone, where it is one of several doses of the drug."""
    if lies_between_two(match) or not lies_between_several(match):
        return ()
    length = match["number"] or match["interval"] or match["adjective"]
    days = days_of(1 if length == "a" else float(str(length)), str(unit_of(match)))
    is_range = match["least"] or match["shortest"] or match["from"]
    return (float(math.ceil(7 / days)) if is_range else round(7 / days, 2),)


def lies_between_two(match: Match) -> bool:
    """Whether a distance is that of only two doses, or of the drug and its control: no frequency."""
    if match.document.own("sessions.crossover") or says("frequency.between_two", match.before(60)):
        return True
    return not CONTROLS.isdisjoint(WORDS.findall(match.after(30)))


def lies_between_several(match: Match) -> bool:
    """Whether several distances are told, or doses in the plural beside the one."""
    return "intervals" in match.text or says("frequency.several_doses", f"{match.before(60)}|{match.after(30)}")


def unit_of(match: Match) -> str | None:
    """The unit of a distance between doses."""
    return match["unit"] or match["interval_unit"] or match["adjective_unit"]


def always(doses: float) -> Callable[[Match], tuple[float, ...]]:
    """A frequency that the rule itself names."""
    return lambda match: (doses,)


READERS: tuple[tuple[str, Callable[[Match], tuple[float, ...]]], ...] = (
    ("frequency.or_times", or_times),
    ("frequency.times_weekly", times_weekly),
    ("frequency.weekdays", always(3)),
    ("frequency.two_weekdays", always(2)),
    ("frequency.alternate_days", always(3.5)),
    ("frequency.spaced", spaced),
    ("frequency.intervals", at_intervals),
    ("frequency.every_days", every_days),
    ("frequency.every_nth_day", every_nth_day),
    ("frequency.every_weeks", every_weeks),
    ("frequency.daily", daily),
    ("frequency.weekly", always(1)),
)


def is_of_dosing(match: Match) -> bool:
    """Whether a frequency is one of dosing the active drug: dosing words stand nearer than words of assessment."""
    before, after = match.before(200), match.after(45)
    if says("frequency.of_other_behind", after) or says("frequency.of_other_in_front", before[-60:]):
        return False
    if says("frequency.of_ect_in_front", before[-120:]):
        return False
    if belongs_to_another(before, after) and not shared_with_drug(before):
        return False
    if says("frequency.of_drug_behind", after) or says("frequency.of_doses", match.text):
        return True
    if not says("frequency.dosing_word", before) and not says("frequency.assessing_word", before):
        return says("frequency.dosing_word", after) and not says("frequency.assessing_word", after[:25])
    return dosing_is_nearer(before)


def dosing_is_nearer(text: str) -> bool:
    """Whether the last word in front is one of dosing, not one of assessment."""
    return last_place("frequency.dosing_word", text) >= last_place("frequency.assessing_word", text)


def belongs_to_another(before: str, after: str) -> bool:
    """Whether the last treatment named in front is another drug or another therapy."""
    if last_drug_is_another(before):
        return True
    therapy = last_place("sessions.other_therapy", before)
    return therapy >= 0 and therapy > place_of_drug(before) and "ketamine" not in after


def last_drug_is_another(before: str) -> bool:
    """Whether the last drug named in front, but for controls, is not ketamine."""
    for word in reversed(WORDS.findall(before)):
        if is_other_drug(word) and word not in CONTROLS:
            return True
        if word.endswith("ketamine") or word == "esk":
            return False
    return False


def place_of_drug(text: str) -> int:
    """Where the drug or a way to give it is named last, -1 when nowhere."""
    return max([text.rfind(word) for word in DRUG_WORDS])


def shared_with_drug(before: str) -> bool:
    """Whether ketamine and another therapy are joined by `or`, so that what follows is said of both."""
    drug = place_of_drug(before)
    return drug >= 0 and says("frequency.either", before[drug:])


def last_place(rule_id: str, text: str) -> int:
    """Where a rule matches last, -1 when nowhere."""
    place = -1
    for found in load()[rule_id].regex.finditer(text):
        place = found.end()
    return place


def flexible(rates: list[Rate]) -> list[Rate]:
    """Frequencies in order of place; several joined by `or` are one flexible frequency when weeks may be left out."""
    kept: list[Rate] = []
    end = 0
    for rate in sorted(rates, key=lambda item: item[0].start):
        gap = rate[0].document.lower[end : rate[0].start] if kept else ""
        if kept and ALTERNATIVE.fullmatch(gap) and rate[1][0] < 1:
            kept[-1] = (kept[-1][0], (math.nan,))
        else:
            kept.append(rate)
        end = rate[0].end
    return kept
