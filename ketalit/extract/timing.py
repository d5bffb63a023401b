"""Times in a text: how long an administration, a treatment and a follow-up took, and from when they are counted.

The three are different quantities. A time is one of follow-up when mood or clinical outcome was assessed then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ketalit.extract.context import says
from ketalit.extract.numbers import whole_or_decimal
from ketalit.extract.scan import Document, Match
from ketalit.extract.schedule import days_of, lengths
from ketalit.model.evidence import FollowUp, Reading
from ketalit.vocabulary import Anchor, SectionRole

HISTORY = re.compile(
    r"(?:aged?|ages|age of|stable|washout|previous|prior|past|last|preceding|recruit\w*|between|since|duration of (?:illness|episode|current)|began|episode|every|medication|free|apart|half-li\w+|experience during|screen\w*(?: over| between)?|relapse(?:d)? (?:being|was|of|after)|history|of age|older|diagnos\w+|lasting (?:at least )?|separated by(?: at least)?|mean duration of|intervals? of|enrolled over|over the past|period of|for at least) ?(?:the |a |an )?(?:at least |approximately |about |more than )?$"
)
NOT_FOLLOW_UP_BEHIND = re.compile(
    r"^[ -]?(?:old|of age|before|prior|apart|pre-?\w*|washout|ago|per |each|sessions?|earlier|stable|(?:period )?of stable|window|infusion (?:of|period)|data frames|intravenous|iv |infusions?|history|intervals?|recordings?|resting|between|or older|trial duration|of education|experience|course of (?:cbt|psycho|ect)|session)"
)


ORDINALS = {word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}


class Time(Struct, frozen=True):
    """A time as found, in days."""

    days: float
    match: Match
    point: bool
    """Whether it was written as a point (day 28), not as a length (4 weeks)."""


def times(document: Document) -> Iterator[Time]:
    """Every time in sentences of this study, the longest of each list."""
    for match in document.own("time.point"):
        numbers = [float(n) for n in re.findall(r"\d+", re.sub(r"\([^()]*\)", "", str(match["list"])))]
        day_one = str(match["unit"]).startswith("day") and document.find("time.day_one_is_baseline")
        yield Time(days_of(max(numbers), str(match["unit"])) - bool(day_one), match, True)
    for match in document.own("time.ordinal"):
        yield Time(days_of(ORDINALS[str(match["ordinal"])], str(match["unit"])), match, True)
    for match in document.own("time.next_day"):
        yield Time(1.0, match, True)
    for match in document.own("time.length"):
        numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", str(match["list"]))]
        yield Time(days_of(max(numbers), str(match["unit"])), match, False)


def is_follow_up(time: Time) -> bool:
    """Whether patients were assessed at this time."""
    match = time.match
    before, after = match.before(70), match.after(30)
    if match.sentence.role is SectionRole.REGISTRATION or HISTORY.search(before) or NOT_FOLLOW_UP_BEHIND.match(after):
        return False
    if before.endswith("within ") and not re.match(r" (?:of|after|post|following)", after):
        return False
    if says("time.not_clinical", match.sentence.lower) and not says("time.clinical", match.sentence.lower):
        return False
    if time.point:
        return time.days <= 800 and not is_dosing_day(before)
    if str(match["unit"]).startswith("y"):
        return re.search(r"(?:follow\w*|up to|over|after|through|for|to) (?:an? |the )?(?:average |mean |median )?(?:of )?$", before) is not None or "follow" in after
    if is_of_administration(match, time.days):
        return False
    return says("time.follow_up", before[-45:] + after) or time.days >= 7


def is_dosing_day(before: str) -> bool:
    """Whether a day is one of dosing: "received 5 mg on day 4", "(days 1, 4, 8)", "treatment day 1"."""
    if re.search(r"(?:treatment|dosing|randomi[sz]ation) $", before):
        return True
    return re.search(r"(?:receiv\w+|administered|given|dosed|infused|randomi[sz]ed|assigned|phase|infusions?)(?:(?!assess|rated|score|evaluat|measur|baseline|follow)[^.;,]){0,60}(?:[ (,]on $|\($)", before) is not None


def is_of_administration(match: Match, days: float) -> bool:
    """Whether a time is the length of an infusion: some minutes or hours, over which something was given."""
    if days > 0.2:
        return re.match(r"[ -]?(?:iv |intravenous )?(?:ketamine )?infusion\b", match.after(30)) is not None
    if re.match(r"[ -]?(?:post|after|following|later)", match.after(15)) or re.search(r"\b(?:at|until|to) (?:\S+ ){0,4}$", match.before(25)):
        return False
    return True


def assessed_times(document: Document) -> list[Time]:
    """The times at which patients were assessed; lengths of treatment are none."""
    courses = [m for m, _, _ in lengths(document)] + list(document.own("course.doses_in_time"))
    return [time for time in times(document) if is_follow_up(time) and not any(c.start < time.match.end and time.match.start < c.end for c in courses)]


def follow_up(document: Document) -> FollowUp | None:
    """The longest time at which patients were assessed, with its anchor."""
    every = [time for time in assessed_times(document) if not in_relapse_time(time, document)]
    found = [time for time in every if time.match.sentence.role is not SectionRole.BACKGROUND] or every
    if not found:
        end = end_of_treatment(document)
        return FollowUp(end, Anchor.FIRST_DOSE) if end else None
    longest = max(found, key=lambda time: (time.days, -time.match.start))
    if longest.days <= 0:
        return None
    end = end_of_treatment(document)
    if end and float(end.value) > longest.days:
        return FollowUp(end, Anchor.FIRST_DOSE)
    value = round(longest.days, 4)
    reading = Reading(whole_or_decimal(value), longest.match.span, longest.match.rule.id, False, 0.8, "longest time of assessment")
    return FollowUp(reading, anchor_of(longest))


def in_relapse_time(time: Time, document: Document) -> bool:
    """Whether a time is the time until relapse, not one of assessment."""
    return any(m.start < time.match.end and time.match.start < m.end for m in document.find("relapse.time"))


def end_of_treatment(document: Document) -> Reading | None:
    """The length of treatment, when patients were assessed at its end."""
    ends = document.own("time.end_of_treatment")
    stated = [(days, m) for m, days, _ in lengths(document) if m.sentence.role is not SectionRole.BACKGROUND]
    if not ends or not stated:
        return None
    days, match = max(stated, key=lambda item: item[0])
    return Reading(whole_or_decimal(days), match.span, match.rule.id, True, 0.6, "assessed at the end of treatment", (ends[0].span,))


def anchor_of(time: Time) -> Anchor:
    """What a follow-up is counted from: the end of treatment when the sentence says so, else the first dose."""
    around = time.match.before(90) + time.match.text + time.match.after(70)
    if says("time.last_dose", around):
        return Anchor.LAST_DOSE
    if re.search(r"discharge|follow-?up", around) and not time.point and time.days >= 28 and "baseline" not in around:
        return Anchor.UNSPECIFIED
    return Anchor.FIRST_DOSE


def effect_until(document: Document) -> Reading | None:
    """The latest time at which the text says that the benefit lasts or is still significant."""
    found = []
    for time in times(document):
        sentence = time.match.sentence
        if sentence.role in (SectionRole.METHODS, SectionRole.TITLE, SectionRole.BACKGROUND, SectionRole.REGISTRATION):
            continue
        if is_follow_up(time) and says("effect.persisted", sentence.lower) and not re.search(r"\bnot?\b|fail|relaps|adverse|side effect|dissoci|predict", sentence.lower):
            found.append(time)
    if not found:
        return None
    latest = max(found, key=lambda time: time.days)
    return Reading(whole_or_decimal(round(latest.days, 4)), latest.match.span, "effect.persisted", False, 0.6)
