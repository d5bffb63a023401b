"""Response, remission and relapse: how many, of whom, when; and the time until relapse.

A percentage is a rate only when it is a share of patients: thresholds, intervals, changes of scores and predictive
values are none. Each rate goes to the event that its sentence names beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, structs

from ketalit.extract.context import says
from ketalit.extract.numbers import whole_or_decimal
from ketalit.extract.scan import Document, Match, Sentence
from ketalit.extract.schedule import days_of
from ketalit.extract.timing import assessed_times
from ketalit.model.evidence import Rate, Reading, SampleSize, TimeToRelapse
from ketalit.vocabulary import AtRisk, OutcomeKind, SectionRole

EVENTS = (
    ("event.response", OutcomeKind.RESPONSE),
    ("event.improved", OutcomeKind.RESPONSE),
    ("event.remission", OutcomeKind.REMISSION),
    ("event.relapse", OutcomeKind.RELAPSE),
)
KINDS = {"resp": OutcomeKind.RESPONSE, "remi": OutcomeKind.REMISSION, "rela": OutcomeKind.RELAPSE}
RESULT_ROLES = frozenset({SectionRole.RESULTS, SectionRole.UNLABELLED, SectionRole.CONCLUSIONS})
ACHIEVES = re.compile(r"[)\] ]*(?:of (?:the |all )?\S+ |patients? |participants |subjects |adolescents )?(?:also |had |have |who )?(?:achiev|attain|met|show|reach|were in|was in|in |experienc|fulfil|respon|remit|relaps|exhibit|report)")


class Event(Struct, frozen=True):
    """A mention of response, remission or relapse."""

    kind: OutcomeKind
    match: Match
    real: bool = True
    """Whether it happened in this sample; a partial or predicted event takes its number with it."""


def rates(document: Document, size: SampleSize | None) -> tuple[Rate, ...]:
    """Every rate of response, remission and relapse in the results of this study; a repeated rate counts once."""
    kept: dict[tuple[object, ...], Rate] = {}
    for sentence in document.sentences:
        if sentence.own and sentence.role in RESULT_ROLES:
            for rate in rates_in(document, sentence, size):
                kept.setdefault((rate.kind, rate.pct.value, rate.arm), rate)
    return tuple(kept.values())


def rates_in(document: Document, sentence: Sentence, size: SampleSize | None) -> Iterator[Rate]:
    """The rates of one sentence: percentages first, then so many of so many, then bare counts."""
    if not any(stem in sentence.lower for stem in ("respon", "remi", "relaps", "improvement", "or greater", "or more")):
        return
    events = events_in(document, sentence)
    percents = [m for m in in_sentence(document, "rate.percent", sentence) if is_rate(m, events)]
    fractions = in_sentence(document, "rate.fraction", sentence)
    found = list(both_of(document, sentence))
    if not found and percents and events:
        found = list(percent_rates(percents, events))
    elif not found and fractions and events:
        found = list(fraction_rates(fractions, events))
    found += count_rates(document, sentence, size, alone=not found)
    yield from found
    if found and in_sentence(document, "rate.none_in_control", sentence):
        match = in_sentence(document, "rate.none_in_control", sentence)[0]
        yield structs.replace(found[0], pct=Reading(0, match.span, match.rule.id, True, 0.8), n=None, arm="control")


def in_sentence(document: Document, rule_id: str, sentence: Sentence) -> list[Match]:
    """The matches of a rule in one sentence."""
    return [match for match in document.find(rule_id) if match.sentence is sentence]


def events_in(document: Document, sentence: Sentence) -> list[Event]:
    """The mentions of events that happened in this sample, in order of place."""
    found = [Event(kind, m) for rule_id, kind in EVENTS for m in in_sentence(document, rule_id, sentence) if not is_at_risk(m)]
    marked = [structs.replace(event, real=happened(event)) for event in found]
    return sorted(marked, key=lambda event: event.match.start)


def is_at_risk(match: Match) -> bool:
    """Whether responders are the people in whom another event is counted ("27% of responders had not relapsed")."""
    before = match.before(40)
    if re.search(r"(?:dose|stress|immune|inflammatory|exposure|hemodynamic|placebo)[ -]$", before):
        return True
    if re.search(r"who (?:\w+ )?(?:achieved|attained|had|met) (?:an? )?$|\bwho $", before):
        return re.search(r"% (?:of )?|\d of|among|of the \d", match.before(60)) is not None
    return match.text.startswith(("responder", "remitter")) and re.search(r"(?:%\)? of|\d of|among|all) (?:the |all )?(?:\w+ )?$", before) is not None


def happened(event: Event) -> bool:
    """Whether an event is one of this sample, not predicted, previous, partial, or only kept."""
    if says("event.not_one", event.match.before(30)) and not is_complement(event):
        return False
    return not re.match(r" (?:in|of) (?:ocd|ptsd|anxiety)|[ -](?:to|criteri\w+) (?:the )?(?:cbt|ect)|-free", event.match.after(18))


def is_complement(event: Event) -> bool:
    """Whether a relapse is said not to have happened: the rate is what is left to 100 %."""
    return event.kind is OutcomeKind.RELAPSE and re.search(r"(?:had|have|did|has) not $", event.match.before(12)) is not None


def is_rate(match: Match, events: list[Event]) -> bool:
    """Whether a percentage is a share of patients."""
    if says("rate.not_a_rate", match.before(130)) or re.search(r"\d ?(?:-|to) ?$", match.before(5)):
        return False
    return not says("rate.change_behind", match.after(40)) and not any(e.match.start <= match.start < e.match.end for e in events)


def percent_rates(percents: list[Match], events: list[Event]) -> Iterator[Rate]:
    """Each percentage with its event: in the order of a list when events are listed, else the one beside it."""
    order = listed(events, percents) or [beside(match, events, percents) for match in percents]
    for match, event in zip(percents, repeated(order, percents), strict=True):
        if event is not None and event.real:
            pct = match.number("pct") or 0
            made = rate(match, event, pct, match["n"] or match["n_after"], match["of"] or match["of_after"])
            yield complement(made) if is_complement(event) else made


def complement(found: Rate) -> Rate:
    """The rate of what happened, from the rate of what did not."""
    left = structs.replace(found.pct, value=whole_or_decimal(round(100 - float(found.pct.value), 1)), derived=True, reason="complement")
    return structs.replace(found, pct=left, n=None)


def listed(events: list[Event], percents: list[Match]) -> list[Event | None] | None:
    """For "response and remission rates were 61% and 46%": the events in the order of the percentages."""
    first, last = percents[0], percents[-1]
    front = [event for event in events if event.match.end <= first.start]
    if len(front) < 2 or len(percents) % 2 or front[-1].kind is front[-2].kind:
        return None
    gap = between(front[-2].match, front[-1].match)
    if not re.fullmatch(r"(?: rates?| criteria)?(?: ?\(.{0,40}\))?(?: and |/| or |, )(?:the )?", gap) or any(first.start < e.match.start < last.start for e in events):
        return None
    half = len(percents) // 2
    halves = re.search(r"\bvs|versus|compared|than", between(percents[0], percents[1])) is not None
    pair: list[Event | None] = [front[-2], front[-1]]
    return [front[-2]] * half + [front[-1]] * half if halves and half > 1 else pair * half


def beside(match: Match, events: list[Event], percents: list[Match]) -> Event | None:
    """The event of a percentage: behind it when it counts who achieved what, else the last one in front."""
    front = [e for e in events if e.match.end <= match.start]
    behind = [e for e in events if e.match.start >= match.end]
    if not behind or not front:
        return front[-1] if front else (behind[0] if not re.search(r";|\. ", between(match, behind[0].match)) else None)
    gap = between(match, behind[0].match)
    next_percent = next((p for p in percents if p.start > match.start), None)
    taken = next_percent is not None and next_percent.start < behind[0].match.start and re.search(r"[,;]", between(match, next_percent)) is not None
    starts_behind = percents[0].start < events[0].match.start
    if not taken and not re.search(r"[;:]", gap) and (starts_behind or ACHIEVES.match(gap + behind[0].match.text) is not None):
        return behind[0]
    return front[-1]


def repeated(order: list[Event | None], percents: list[Match]) -> list[Event | None]:
    """For "response (41%) and remission (29%) against (13% and 7%, respectively)": the second pair as the first."""
    kinds = [event.kind if event else None for event in order]
    if len(order) == 4 and kinds[1:] == [kinds[1]] * 3 and kinds[0] is not kinds[1] and "respectively" in percents[0].sentence.lower:
        return [order[0], order[1], order[0], order[1]]
    return order


def between(one: Match, other: Match) -> str:
    """The text between two matches."""
    return one.document.lower[min(one.end, other.end) : max(one.start, other.start)]


def rate(match: Match, event: Event, pct: float, n: str | None, of: str | None) -> Rate:
    """A rate with its count, denominator, time and people at risk."""
    return Rate(
        kind=event.kind,
        pct=Reading(whole_or_decimal(pct), match.span, match.rule.id, match.rule.id != "rate.percent", 0.85),
        arm=arm_near(match),
        n=None if n is None else Reading(int(n), match.span, match.rule.id),
        denominator=None if of is None else Reading(int(of), match.span, match.rule.id),
        time_days=time_near(match),
        at_risk=people_at_risk(match, event),
    )


def fraction_rates(fractions: list[Match], events: list[Event]) -> Iterator[Rate]:
    """Rates computed from so many of so many, for each event that follows."""
    for match in fractions:
        of = int(match["of"] or 0)
        n = {"none": 0, "all": of}.get(str(match["n"]))
        n = int(match["n"] or 0) if n is None else n
        for event in events_behind(match, events):
            if 0 < of and n <= of:
                yield rate(match, event, round(100 * n / of, 1), str(n), str(of))


def events_behind(match: Match, events: list[Event]) -> list[Event]:
    """The first event behind a count within its clause, and one that is joined to it by `or` or `and`."""
    behind = [e for e in events if e.match.start >= match.end and len(between(match, e.match)) <= 75 and e.real]
    joined = [e for e in behind[1:2] if re.fullmatch(r" (?:or|and) (?:a )?", between(behind[0].match, e.match))]
    return behind[:1] + joined


def both_of(document: Document, sentence: Sentence) -> Iterator[Rate]:
    """Two counts of one denominator, and responders counted beside non-responders."""
    for match in in_sentence(document, "rate.both_of", sentence):
        of = int(match["of"] or 1)
        for count, name in (("first", "event_one"), ("second", "event_two")):
            event = Event(KINDS[str(match[name])[:4]], match)
            yield rate(match, event, round(100 * int(match[count] or 0) / of, 1), match[count], match["of"])
    for match in in_sentence(document, "rate.responders_n", sentence):
        n, others = int(match["n"] or 0), int(match["others"] or 0)
        if n + others:
            yield rate(match, Event(OutcomeKind.RESPONSE, match), round(100 * n / (n + others), 1), str(n), str(n + others))


def count_rates(document: Document, sentence: Sentence, size: SampleSize | None, alone: bool) -> list[Rate]:
    """Rates from a bare count: of the sample, or for relapse of the responders."""
    found = []
    for match in in_sentence(document, "rate.count", sentence):
        n, name = counted(match)
        kind = KINDS[name[:4]]
        whole = responders(document, match) if kind is OutcomeKind.RELAPSE else size_of(size)
        if (alone or match["n_whom"] or match["n_in"] or kind is OutcomeKind.RELAPSE) and whole and n <= whole and not is_part_of_other(match):
            kinds = [kind, OutcomeKind.REMISSION] if re.match(r" (?:and|or) remission", match.after(16)) else [kind]
            found += [rate(match, Event(each, match), round(100 * n / whole, 1), str(n), str(whole)) for each in kinds]
    return found


def counted(match: Match) -> tuple[int, str]:
    """The number and the name of the event in a bare count."""
    n = next(str(match[group]) for group in ("n", "n_whom", "n_last", "n_in") if match[group])
    return int(n), next(str(match[group]) for group in ("event", "event_whom", "event_first", "event_in") if match[group])


def is_part_of_other(match: Match) -> bool:
    """Whether a count stands behind `of` or names the time of an assessment."""
    if match.after(12).startswith((" in each", " each")):
        return True
    return re.search(r"(?:\bof|after|day|days|week|among|the \d+|those) (?:the )?$", match.before(10)) is not None


def size_of(size: SampleSize | None) -> int | None:
    """The size of the sample as a number."""
    return size.n.value if size and isinstance(size.n.value, int) else None


def responders(document: Document, match: Match) -> int | None:
    """The number of responders last counted in front of a relapse."""
    numbers = [int(m["n"] or 0) for m in document.own("rate.responders_at_risk") if m.end <= match.start and not m.before(3).endswith("of ")]
    counted_before = [int(m["n"] or 0) for m in document.own("rate.percent") if m["n"] and m.end <= match.start and "respon" in m.after(60)]
    both = numbers + counted_before
    return max(both) if both else None


def arm_near(match: Match) -> str | None:
    """The arm that a rate is said of: the words behind `in the … group` or `for …`."""
    found = re.match(r"\)? (?:(?:of|in|for|with|after|on) (?:the |patients (?:in|on) (?:the )?)?)([a-z][a-z0-9+ /-]{2,30}?)(?: group| arm)?(?=[,;.)]| and | vs| versus| compared|$)", match.after(60))
    return found[1] if found and not re.search(r"patients|participants|subjects|week|day|month|hour|baseline", found[1]) else None


def time_near(match: Match) -> Reading | None:
    """When a rate was counted: the nearest time of assessment in its sentence."""
    here = [time for time in assessed_times(match.document) if time.match.sentence is match.sentence]
    if not here:
        return None
    nearest = min(here, key=lambda time: abs(time.match.start - match.start))
    return Reading(whole_or_decimal(round(nearest.days, 4)), nearest.match.span, nearest.match.rule.id, False, 0.7)


def people_at_risk(match: Match, event: Event) -> AtRisk:
    """In whom a rate was counted."""
    front = match.before(60)
    if re.search(r"(?:among|of) (?:the )?(?:\w+ )?responders", front) or event.kind is OutcomeKind.RELAPSE and "responder" in match.sentence.lower:
        return AtRisk.RESPONDERS
    return AtRisk.REMITTERS if re.search(r"(?:among|of) (?:\w+ )?remitters", front) else AtRisk.ALL


def times_to_relapse(document: Document) -> tuple[TimeToRelapse, ...]:
    """Stated mean or median times until relapse, in days."""
    found: dict[float, TimeToRelapse] = {}
    for match in document.own("relapse.time"):
        unit = str(match["unit"] or match["unit2"] or match["unit3"])
        statistic = str(match["statistic"] or ("median" if match["length3"] else "mean")).replace("average", "mean")
        for group in ("length", "other", "length2", "length3", "other3"):
            if match[group]:
                days = round(days_of(float(str(match[group])), unit), 2)
                found.setdefault(days, TimeToRelapse(Reading(whole_or_decimal(days), match.span, match.rule.id), statistic))
    return tuple(found.values())
