"""Response, remission and relapse: how many, of whom, when.

A percentage is a rate only when it is a share of patients: thresholds, intervals, changes of scores and predictive
values are none. Each rate goes to the event that its sentence names beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from msgspec import Struct, structs

from ketalit.extract.arm_sizes import arms, each_arm
from ketalit.extract.context import says
from ketalit.extract.numbers import whole_or_decimal
from ketalit.extract.rate_times import time_near
from ketalit.extract.reading import DERIVED, number
from ketalit.extract.rules import HAS_DIGIT, load
from ketalit.extract.scan import Document, Match, Sentence
from ketalit.model.evidence import Rate, SampleSize
from ketalit.vocabulary import AtRisk, OutcomeKind, SectionRole

EVENTS = (
    ("event.response", OutcomeKind.RESPONSE),
    ("event.improved", OutcomeKind.RESPONSE),
    ("event.remission", OutcomeKind.REMISSION),
    ("event.relapse", OutcomeKind.RELAPSE),
)
KINDS = {
    "resp": OutcomeKind.RESPONSE,
    "remi": OutcomeKind.REMISSION,
    "rela": OutcomeKind.RELAPSE,
    "lost": OutcomeKind.RELAPSE,
}
RESULT_ROLES = frozenset({SectionRole.RESULTS, SectionRole.UNLABELLED, SectionRole.CONCLUSIONS})
RANGE_IN_FRONT = re.compile(r"\d ?(?:-|to) ?$")
NEW_CLAUSE = re.compile(r"[,;]")
NEW_SENTENCE = re.compile(r";|\. ")
JOINED_EVENTS = re.compile(r" (?:or|and) (?:a )?")
AND_REMISSION = re.compile(r" (?:and|or) remission")
FRACTIONS = ("rate.fraction", "rate.none_or_all")
COUNTS = ("rate.count", "rate.count_of_whom", "rate.count_behind")
SHARES_IN_WORDS = ("rate.share_in_words", "rate.share_in_words_behind")
IN_WORDS = ("rate.nobody", *SHARES_IN_WORDS)
TWO_COUNTS = ("rate.two_counts", "rate.two_arms_had")
TOLD_OTHERWISE = (*TWO_COUNTS, *IN_WORDS)
"""Rules for rates without a share or a denominator, of which few abstracts hold the words."""
WHOLE_AND_HALF = {"all": 100, "half": 50}
BARE_COUNT = re.compile(r"\d+ (?:of (?:them|these|those) )?(?:had |also )?(?:responded|remitted|relapsed)")
"""So many without a word for people."""
PART_OF = re.compile(r"[\d%)] (?:out )?of $")
"""In front of a denominator."""
REACH = 75
"""Characters between a count and the event that it is a count of."""


OF_THE_SAMPLE = re.compile(r"[^.;]{0,40}\b\d{1,3} (?:of (?:these|those|them|whom)|others?)\b")


class Event(Struct, frozen=True):
    """A mention of response, remission or relapse."""

    kind: OutcomeKind
    match: Match
    real: bool = True
    """Whether it happened in this sample; a partial or predicted event takes its number with it."""


def rates(document: Document, size: SampleSize | None) -> tuple[Rate, ...]:
    """Every rate of response, remission and relapse in the results of this study; a repeated rate counts once."""
    telling = {match.sentence.number for rule_id, _ in EVENTS for match in document.own(rule_id)}
    if not telling:
        return ()
    kept: list[Rate] = []
    otherwise = any(map(document.is_tried, TOLD_OTHERWISE))
    for sentence in map(document.sentences.__getitem__, sorted(telling)):
        if sentence.role in RESULT_ROLES and tells_how_many(document, sentence):
            for rate in rates_in(document, sentence, size, otherwise, {rate.kind for rate in kept}):
                if not any(repeats(rate, known) for known in kept):
                    kept.append(at_time_told(rate, kept))
    return tuple(kept)


def at_time_told(rate: Rate, earlier: Sequence[Rate]) -> Rate:
    """A rate of an arm or subgroup without a time, with that of all rates of its kind that were told before it."""
    if rate.time_days or not earlier:
        return rate
    alike = [known for known in earlier if known.kind is rate.kind]
    times = {known.time_days.value: known.time_days for known in alike if known.time_days}
    if len(times) != 1 or not all(known.time_days for known in alike):
        return rate
    (time,) = times.values()
    return structs.replace(rate, time_days=structs.replace(time, derived=True, reason="time of the rates told before"))


def tells_how_many(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence holds a number, or tells one in words."""
    return HAS_DIGIT.search(sentence.lower) is not None or any(document.own_in(sentence, r) for r in IN_WORDS)


def repeats(later: Rate, known: Rate) -> bool:
    """Whether a rate says again what is known: the same share of the same people, at no other time."""
    if (later.kind, later.pct.value, later.arm) != (known.kind, known.pct.value, known.arm):
        return False
    times = {found.time_days.value for found in (later, known) if found.time_days}
    return len(times) < 2


def rates_in(
    document: Document, sentence: Sentence, size: SampleSize | None, otherwise: bool, earlier: set[OutcomeKind]
) -> Iterator[Rate]:
    """The rates of one sentence: percentages first, then so many of so many, then bare counts, then those in words.

    `earlier` are the kinds of the rates that earlier sentences told.
    """
    events = events_in(document, sentence)
    percents = [m for m in document.own_in(sentence, "rate.percent") if is_rate(m, events)]
    found = list(counted_together(document, sentence))
    if not found and percents and events:
        found = list(percent_rates(percents, events))
    if not found and events:
        fractions = [match for rule_id in FRACTIONS for match in document.own_in(sentence, rule_id)]
        found = list(fraction_rates(fractions, events))
    found += count_rates(document, sentence, size, {rate.kind for rate in found}, earlier)
    yield from found
    if otherwise:
        told = {rate.kind for rate in found}
        without_share = chain(of_equal_arms(document, sentence), in_words(document, sentence))
        yield from (rate for rate in without_share if rate.kind not in told)
    nobody = document.own_in(sentence, "rate.none_in_control")
    if found and nobody:
        none = number(nobody[0], 0, derived=True, confidence=DERIVED)
        yield structs.replace(found[0], pct=none, n=None, arm="control")


def events_in(document: Document, sentence: Sentence) -> list[Event]:
    """The mentions of events in a sentence, in order of place; those that only say who was at risk are left out."""
    matches = [(kind, m) for rule_id, kind in EVENTS for m in document.own_in(sentence, rule_id)]
    with_relapse = any(kind is OutcomeKind.RELAPSE for kind, _ in matches)
    found = [
        Event(kind, match, happened(kind, match))
        for kind, match in matches
        if not is_at_risk(match) and not (with_relapse and kind is not OutcomeKind.RELAPSE and is_state(match))
    ]
    return sorted(found, key=lambda event: event.match.start)


def is_at_risk(match: Match) -> bool:
    """Whether responders are the people in whom another event is counted ("27% of responders had not relapsed")."""
    before = match.before(60)
    if match.text.startswith("respon") and says("event.compound", before):
        return True
    if says("event.who_achieved", before):
        return says("event.of_a_share", before)
    return match.text.startswith(("responder", "remitter")) and says("event.group_of", before)


def is_state(match: Match) -> bool:
    """Whether remission or response is the state from which patients relapse ("of 90 in stable remission")."""
    if match.text in ("responders", "remitters"):
        return not match.before(8).endswith(("were ", "became "))
    return says("event.state_of", match.before(60))


def happened(kind: OutcomeKind, match: Match) -> bool:
    """Whether an event is one of this sample, not predicted, previous, partial, or only kept."""
    if (
        says("event.not_one", match.before(30))
        and not did_not_happen(kind, match)
        and not has_rates_behind(kind, match)
    ):
        return False
    return not says("event.of_other", match.after(18))


def did_not_happen(kind: OutcomeKind, match: Match) -> bool:
    """Whether a relapse is said not to have happened: the rate is what is left to 100 %."""
    return kind is OutcomeKind.RELAPSE and says("event.did_not", match.before(12))


def has_rates_behind(kind: OutcomeKind, match: Match) -> bool:
    """Whether a risk of relapse is given as rates: `a lower risk of relapse (22% vs 45%)`."""
    return kind is OutcomeKind.RELAPSE and match.before(8) == "risk of " and says("event.rates_behind", match.after(90))


def is_rate(match: Match, events: list[Event]) -> bool:
    """Whether a percentage is a share of patients."""
    front = match.before(400)
    if says("rate.not_a_rate", front[-50:]) or RANGE_IN_FRONT.search(front[-5:]):
        return False
    if says("rate.of_something_else", front[-130:]) or says("rate.of_a_test", front):
        return False
    if says("rate.second_of_two", front[-25:]) and says("rate.on_two_scales", front):
        return False
    if "%" not in match.text and says("rate.numbered_in_front", front[-30:]):
        return False
    inside_event = any(event.match.start <= match.start < event.match.end for event in events)
    return not inside_event and not says("rate.change_behind", match.after(40)) and not is_of_effect(match, events)


def is_of_effect(match: Match, events: list[Event]) -> bool:
    """Whether a clause behind the last event tells the share with an adverse effect: relapse was rare, nausea 25%."""
    last = max((event.match.end for event in events if event.match.end <= match.start), default=None)
    return last is not None and says("rate.of_effects_in_front", match.document.lower[last : match.start])


def percent_rates(percents: list[Match], events: list[Event]) -> Iterator[Rate]:
    """Each percentage with its event: in the order of a list when events are listed, else the one beside it."""
    order = listed(events, percents) or [beside(match, events, percents) for match in percents]
    for match, event in zip(percents, repeated(carried_over(order, percents, events), percents), strict=True):
        if event is not None and event.real:
            made = rate(
                match, event.kind, match.number("pct") or 0, count_beside(match), match["of"] or match["of_after"]
            )
            yield complement(made) if did_not_happen(event.kind, event.match) else made


def count_beside(match: Match) -> str | None:
    """The count of a percentage; the number of a day or of an infusion in front of it is none."""
    if match["n"] and says("rate.numbered_in_front", match.before(14)):
        return match["n_after"]
    return match["n"] or match["n_after"]


def complement(found: Rate) -> Rate:
    """The rate of what happened, from the rate of what did not."""
    left = whole_or_decimal(round(100 - float(found.pct.value), 1))
    pct = structs.replace(found.pct, value=left, derived=True, confidence=DERIVED, reason="complement")
    return structs.replace(found, pct=pct, n=None)


def listed(events: list[Event], percents: list[Match]) -> list[Event | None] | None:
    """For "response and remission rates were 61% and 46%": the events in the order of the percentages."""
    first, last = percents[0], percents[-1]
    front = [event for event in events if event.match.end <= first.start]
    if len(front) < 2 or len(percents) % 2 or front[-1].kind is front[-2].kind:
        return None
    together = says("rate.listed_events", between(front[-2].match, front[-1].match))
    if not together or any(first.start < event.match.start < last.start for event in events):
        return None
    half = len(percents) // 2
    arm_by_arm = half > 1 and says("rate.against", between(percents[0], percents[1]))
    pair: list[Event | None] = [front[-2], front[-1]]
    return [pair[0]] * half + [pair[1]] * half if arm_by_arm else pair * half


def beside(match: Match, events: list[Event], percents: list[Match]) -> Event | None:
    """The event of a percentage: behind it when it counts who achieved what, else the last one in front."""
    inside = [event for event in events if match.start <= event.match.start < match.end]
    if inside:  # 23 responders (52%)
        return inside[0]
    front = [event for event in events if event.match.end <= match.start]
    behind = [event for event in events if event.match.start >= match.end]
    if not behind:
        return front[-1] if front and not is_told_of_something_else(match, front[-1]) else None
    gap = between(match, behind[0].match)
    if not front:
        return None if NEW_SENTENCE.search(gap) or OF_THE_SAMPLE.match(gap) else behind[0]
    starts_behind = first_beside(match, percents).start < events[0].match.start
    counts_those = starts_behind or says("rate.achieves", gap + behind[0].match.text)
    return behind[0] if counts_those and ";" not in gap and not is_taken(match, behind[0], percents) else front[-1]


def is_told_of_something_else(match: Match, event: Event) -> bool:
    """Whether a percentage begins a clause of its own, which goes on with what these people had."""
    return ";" in between(event.match, match) and says("rate.of_something_told_behind", match.after(20))


def first_beside(match: Match, percents: list[Match]) -> Match:
    """The first percentage that no semicolon parts from another."""
    return next(percent for percent in percents if ";" not in between(percent, match) or percent is match)


def is_taken(match: Match, event: Event, percents: list[Match]) -> bool:
    """Whether another percentage, in a clause of its own, stands between a percentage and an event."""
    following = next((other for other in percents if other.start > match.start), None)
    if following is None or following.start > event.match.start:
        return False
    return NEW_CLAUSE.search(between(match, following)) is not None


def carried_over(order: list[Event | None], percents: list[Match], events: list[Event]) -> list[Event | None]:
    """For "at week 6, 48% responded and 17% remitted; at week 26, 45% and 18%": the second pair as the first."""
    groups: list[list[int]] = [[0]]
    for place in range(1, len(percents)):
        if ";" in between(percents[place - 1], percents[place]):
            groups.append([])
        groups[-1].append(place)
    carried = list(order)
    for earlier, later in pairwise(groups):
        start, end = percents[earlier[-1]].end, percents[later[-1]].end
        named = any(
            start < event.match.start < end and ";" in between(percents[earlier[-1]], event.match) for event in events
        )
        if len(earlier) == len(later) > 1 and not named:
            carried[later[0] : later[-1] + 1] = carried[earlier[0] : earlier[-1] + 1]
    return carried


def repeated(order: list[Event | None], percents: list[Match]) -> list[Event | None]:
    """For "response (41%) and remission (29%) against (13% and 7%, respectively)": the second pair as the first."""
    kinds = [event.kind if event else None for event in order]
    second_pair = len(order) == 4 and kinds[1:] == [kinds[1]] * 3 and kinds[0] is not kinds[1]
    return order[:2] * 2 if second_pair and "respectively" in percents[0].sentence.lower else order


def between(one: Match, other: Match) -> str:
    """The text between two matches."""
    return one.document.lower[min(one.end, other.end) : max(one.start, other.start)]


def rate(match: Match, kind: OutcomeKind, pct: float, n: str | None, of: str | None) -> Rate:
    """A rate with its count, denominator, time and people at risk."""
    return Rate(
        kind=kind,
        pct=number(match, pct, derived=match.rule.id != "rate.percent"),
        arm=arm_of(match),
        n=None if n is None else number(match, int(n)),
        denominator=None if of is None else number(match, int(of)),
        time_days=time_near(match, kind),
        at_risk=people_at_risk(match, kind),
    )


def share(n: int, whole: int) -> float:
    """Per cent, with one decimal."""
    return round(100 * n / whole, 1)


def fraction_rates(fractions: list[Match], events: list[Event]) -> Iterator[Rate]:
    """Rates computed from so many of so many, for each event that follows."""
    for match in fractions:
        if says("rate.stayed_well", match.after(60)):
            continue
        of = int(match["of"] or 0)
        n = int(match["n"] or 0) if match.rule.id == "rate.fraction" else of * match.text.startswith("all")
        for event in events_behind(match, events):
            if of > 0 and n <= of:
                yield rate(match, event.kind, share(n, of), str(n), str(of))


def events_behind(match: Match, events: list[Event]) -> list[Event]:
    """The event that is said to have occurred in so many, else the first behind them and one joined to it by `or`."""
    front = [e for e in events if e.match.end <= match.start]
    if front and front[-1].real and is_told_behind(match, front):
        return front[-1:]
    behind = [e for e in events if e.real and e.match.start >= match.end and len(between(match, e.match)) <= REACH]
    joined = [e for e in behind[1:2] if JOINED_EVENTS.fullmatch(between(behind[0].match, e.match))]
    return behind[:1] + joined


def is_told_behind(match: Match, front: list[Event]) -> bool:
    """Whether so many of so many had the event named last, by the verb between them or by that of an earlier event."""
    gap = between(front[-1].match, match)
    return says("rate.fraction_behind", gap) or (len(front) > 1 and says("rate.fraction_elided", gap))


def counted_together(document: Document, sentence: Sentence) -> Iterator[Rate]:
    """Two counts of one denominator, and responders counted beside non-responders."""
    for match in document.own_in(sentence, "rate.both_of"):
        of = int(match["of"] or 1)
        for count, name in (("first", "event_one"), ("second", "event_two")):
            kind = KINDS[str(match[name])[:4]]
            yield rate(match, kind, share(int(match[count] or 0), of), match[count], match["of"])
    for match in document.own_in(sentence, "rate.responders_n"):
        n = int(match["n"] or 0)
        whole = n + int(match["others"] or 0)
        if whole:
            yield rate(match, OutcomeKind.RESPONSE, share(n, whole), str(n), str(whole))


def in_words(document: Document, sentence: Sentence) -> Iterator[Rate]:
    """Rates told without a number: that of an event which nobody had, and halves, thirds and quarters."""
    for match in document.own_in(sentence, "rate.nobody"):
        yield rate(match, KINDS[str(match["event"])[:4]], 0, "0", None)
    for rule_id in SHARES_IN_WORDS:
        for match in document.own_in(sentence, rule_id):
            yield rate(match, KINDS[str(match["event"])[:4]], share_named(str(match["share"])), None, None)


def of_equal_arms(document: Document, sentence: Sentence) -> Iterator[Rate]:
    """Rates of two arms of one stated size, from the numbers of people who had the event."""
    for match in (match for rule_id in TWO_COUNTS for match in document.own_in(sentence, rule_id)):
        sizes = {int(size.n.value) for size in (*arms(document), each_arm(document)) if size}
        if len(sizes) != 1:
            return
        of, kind = sizes.pop(), KINDS[str(match["event"])[:4]]
        for count in ("first", "second"):
            if int(match[count] or 0) <= of:
                yield rate(match, kind, share(int(match[count] or 0), of), match[count], str(of))


def share_named(words: str) -> float:
    """Per cent of a share in words: all, half, a third, 2 thirds, 1 quarter."""
    if words in WHOLE_AND_HALF:
        return WHOLE_AND_HALF[words]
    return share(1 if words[0] == "a" else int(words[0]), 3 if "third" in words else 4)


def count_rates(
    document: Document, sentence: Sentence, size: SampleSize | None, told: set[OutcomeKind], earlier: set[OutcomeKind]
) -> list[Rate]:
    """Rates from a bare count: of the sample or of those just counted, for relapse of the responders."""
    found = []
    for match in [match for rule_id in COUNTS for match in document.own_in(sentence, rule_id)]:
        n, kind = int(match["n"] or 0), KINDS[str(match["event"])[:4]]
        known = told | earlier if BARE_COUNT.fullmatch(match.text) else told  # `6 remitted` is then a part of these
        is_new = kind not in known or match.rule.id == "rate.count_of_whom" or kind is OutcomeKind.RELAPSE
        if not is_new or is_part_of_other(match):
            continue
        whole = responders(document, match) if kind is OutcomeKind.RELAPSE else whole_of(document, sentence, size)
        if whole and n <= whole:
            both = (kind, OutcomeKind.REMISSION) if AND_REMISSION.match(match.after(16)) else (kind,)
            found += [rate(match, each, share(n, whole), str(n), str(whole)) for each in both]
    return found


def whole_of(document: Document, sentence: Sentence, size: SampleSize | None) -> int | None:
    """What a bare count is a part of: the one denominator of its sentence, else the sample."""
    named = {int(match["of"] or 0) for match in document.own_in(sentence, "rate.fraction")}
    return named.pop() if len(named) == 1 else size_of(size)


def is_part_of_other(match: Match) -> bool:
    """Whether a count is a denominator, a time, or one in each group."""
    return match.after(12).startswith((" in each", " each")) or says("rate.part_in_front", match.before(10))


def size_of(size: SampleSize | None) -> int | None:
    """The size of the sample as a number."""
    return size.n.value if size and isinstance(size.n.value, int) else None


def responders(document: Document, match: Match) -> int | None:
    """The number of responders counted in front of a relapse: of its own sentence, else the largest."""
    own = [m for m in document.own_in(match.sentence, "rate.fraction") if says("risk.of_responders", m.after(14))]
    if own and match.rule.id == "rate.count_of_whom":
        return int(own[0]["of"] or 0)
    stated = [m for m in document.own("rate.responders_at_risk") if not PART_OF.search(m.before(12))]
    stated += [m for m in document.own("rate.percent") if m["n"] and "respon" in m.after(60)]
    counted = [int(m["n"] or 0) for m in stated if m.end <= match.start]
    if "who had" in match.text and len(set(counted)) > 1:  # those at one of several times
        return None
    return max(counted, default=None)


def arm_of(match: Match) -> str | None:
    """The arm that a rate is said of: named behind it, or in turn at the end of a list of two, or in front of it."""
    behind = match.after(90)
    for rule_id in ("rate.arm_behind", "rate.treatment_behind"):
        found = load()[rule_id].regex.search(behind)
        if found:
            return found["arm"]
    in_turn = load()["rate.arms_in_turn"].regex.search(behind)
    if in_turn:
        return in_turn["second"] if says("rate.second_of_two", match.before(25)) else in_turn["first"]
    front = load()["rate.arm_in_front"].regex.search(match.before(70))
    return front["arm"] if front else treatment_in_front(match)


def treatment_in_front(match: Match) -> str | None:
    """The treatment named right in front of a rate: esketamine 25%, placebo 60%; rarer with esketamine (25%)."""
    found = load()["rate.treatment_in_front"].regex.search(f"{match.before(70)}|{match.after(1)}")
    return found["listed"] or found["arm"] if found else None


def people_at_risk(match: Match, kind: OutcomeKind) -> AtRisk:
    """In whom a rate was counted."""
    front = match.before(120)
    if kind is OutcomeKind.RESPONSE:
        return AtRisk.ALL
    if says("risk.responders", front[-60:]):
        return AtRisk.RESPONDERS
    if says("risk.remitters", front[-60:]):
        return AtRisk.REMITTERS
    return people_who_relapse(match, front) if kind is OutcomeKind.RELAPSE else AtRisk.ALL


def people_who_relapse(match: Match, front: str) -> AtRisk:
    """Who could relapse: people in remission or response when it is said, else responders when they are named."""
    behind = match.after(30)
    remission = says("risk.remission", front) or says("risk.remission", behind)
    response = says("risk.response", front) or says("risk.response", behind)
    if remission and not response:
        return AtRisk.REMITTERS
    return AtRisk.RESPONDERS if response or "responder" in match.sentence.lower else AtRisk.ALL
