"""Registry history: what changed from one version of a registration to the next. Pure.

A number or date that was planned and is now a fact is told apart from a plan that was changed. Primary outcomes are
matched by their measure; one that was rewritten is found by the likeness of its words, and what was moved between the
primary and the other outcomes is called so: added, dropped, demoted and promoted outcomes are the major changes of
Holst M, et al. PLoS Med 2023;20:e1004306. Arms and interventions are matched by label; their doses are read by rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final, Protocol, TypeVar

from ketalit.extract.context import document_of
from ketalit.model.evidence import TextUnit
from ketalit.model.history import RegisteredPlan, RegistryChange, RegistryVersion, Side, Words
from ketalit.model.registration import PlannedOutcome, RegistryDate
from ketalit.vocabulary import SectionRole, Source

PROTOCOL: Final = "/protocolSection"
STATUS: Final = f"{PROTOCOL}/statusModule"
ELIGIBILITY: Final = f"{PROTOCOL}/eligibilityModule"
LIKE: Final = 0.6
"""Likeness of two wordings (0 to 1, difflib) from which they are one item rewritten rather than two items."""

COMPARED: Final = 500
"""Characters of a wording of which the likeness is measured: more than a measure has."""
PAIRS: Final = 2_500
"""Pairs of items that are held against each other word by word: no trial has more, and a made-up one stops nothing."""
WORDS: Final = re.compile(r"(?<!\w)[-−](?=\d)|[^\W_]+|[<>=≤≥%]")

KINDS: Final = {
    ("ESTIMATED", "ESTIMATED"): "plan changed",
    ("ESTIMATED", "ACTUAL"): "plan became fact",
    ("ACTUAL", "ACTUAL"): "fact changed",
    ("ACTUAL", "ESTIMATED"): "fact became plan",
}


class Placed(Protocol):
    """An item of a list in the record."""

    @property
    def pointer(self) -> str:
        """JSON pointer of the item."""


Item = TypeVar("Item", bound=Placed)


def changes(versions: Sequence[RegistryVersion]) -> Iterator[tuple[RegistryVersion, RegistryVersion, RegistryChange]]:
    """Each change between readable versions that follow each other, oldest first."""
    readable = [(version, version.plan) for version in versions if version.plan is not None]
    for (before, old), (after, new) in pairwise(readable):
        if before.sha256 != after.sha256:
            yield from ((before, after, change) for change in between(old, new))


def between(old: RegisteredPlan, new: RegisteredPlan) -> Iterator[RegistryChange]:
    """What differs between two versions, in a fixed order."""
    yield from _single("overall_status", old, new, _status)
    yield from _single("why_stopped", old, new, _why_stopped)
    yield from _single("enrollment", old, new, _enrollment)
    yield from _single("start", old, new, _start)
    yield from _single("primary_completion", old, new, _primary_completion)
    yield from _single("completion", old, new, _completion)
    yield from _single("results_posted", old, new, _results_posted)
    yield from _single("lead_sponsor", old, new, _lead_sponsor)
    yield from _single("eligible_age_min", old, new, _age_min)
    yield from _single("eligible_age_max", old, new, _age_max)
    yield from _outcomes(old.outcomes, new.outcomes)
    yield from _parts("arm", old.arms, new.arms, "label", ("kind", "type"), ("description", "description"))
    yield from _parts(
        "intervention", old.interventions, new.interventions, "name", ("kind", "type"), ("description", "description")
    )


# ---- single values


def _single(
    item: str, old: RegisteredPlan, new: RegisteredPlan, read: Callable[[RegisteredPlan], Side | None]
) -> Iterator[RegistryChange]:
    before, after = read(old), read(new)
    if (before and (before.value, before.kind)) != (after and (after.value, after.kind)):
        yield RegistryChange(item, None, _what(before, after), before, after)


def _what(before: Side | None, after: Side | None) -> str:
    if before is None or after is None:
        return "added" if before is None else "removed"
    return KINDS.get((before.kind or "", after.kind or ""), "changed")


def _side(value: str | None, pointer: str, kind: str | None = None) -> Side | None:
    """A whole value as written; None when there is none."""
    return Side(value, (Words(pointer, 0, len(value), value),), kind) if value else None


def _status(plan: RegisteredPlan) -> Side | None:
    return _side(plan.status, f"{STATUS}/overallStatus")


def _why_stopped(plan: RegisteredPlan) -> Side | None:
    return _side(plan.why_stopped, f"{STATUS}/whyStopped")


def _enrollment(plan: RegisteredPlan) -> Side | None:
    count = None if plan.enrollment is None else str(plan.enrollment)
    return _side(count, f"{PROTOCOL}/designModule/enrollmentInfo/count", plan.enrollment_kind)


def _date(stated: RegistryDate | None, name: str) -> Side | None:
    return None if stated is None else _side(stated.date.text, f"{STATUS}/{name}DateStruct/date", stated.kind)


def _start(plan: RegisteredPlan) -> Side | None:
    return _date(plan.start, "start")


def _primary_completion(plan: RegisteredPlan) -> Side | None:
    return _date(plan.primary_completion, "primaryCompletion")


def _completion(plan: RegisteredPlan) -> Side | None:
    return _date(plan.completion, "completion")


def _results_posted(plan: RegisteredPlan) -> Side | None:
    """The day on which results were posted, once they are; `true` where the record gives no day."""
    if not plan.has_results:
        return None
    first = plan.results_first_posted
    if first is None:
        return _side("true", "/hasResults")
    return _side(first.date.text, f"{STATUS}/resultsFirstPostDateStruct/date")


def _lead_sponsor(plan: RegisteredPlan) -> Side | None:
    return _side(plan.lead_sponsor, f"{PROTOCOL}/sponsorCollaboratorsModule/leadSponsor/name")


def _age_min(plan: RegisteredPlan) -> Side | None:
    return _side(plan.eligibility.min_age_text, f"{ELIGIBILITY}/minimumAge")


def _age_max(plan: RegisteredPlan) -> Side | None:
    return _side(plan.eligibility.max_age_text, f"{ELIGIBILITY}/maximumAge")


# ---- primary outcomes


def _outcomes(old: Sequence[PlannedOutcome], new: Sequence[PlannedOutcome]) -> Iterator[RegistryChange]:
    pairs, dropped, arrived = _same(_primary(old), _primary(new), _measure)
    moved = {_key(outcome.measure): outcome for outcome in reversed(new) if outcome.kind != "primary"}
    came = {_key(outcome.measure): outcome for outcome in reversed(old) if outcome.kind != "primary"}
    demoted = [outcome for outcome in dropped if _key(outcome.measure) in moved]
    promoted = [outcome for outcome in arrived if _key(outcome.measure) in came]
    rewritten, removed, added = _alike(
        [outcome for outcome in dropped if _key(outcome.measure) not in moved],
        [outcome for outcome in arrived if _key(outcome.measure) not in came],
        _measure,
    )
    for before, after in (*pairs, *rewritten):
        yield from _field("primary_outcome", "measure", before, after, _measure(after))
        yield from _field("primary_outcome", "time_frame", before, after, _measure(after))
        yield from _field("primary_outcome", "description", before, after, _measure(after))
    for before in demoted:
        after = moved[_key(before.measure)]
        yield _told("primary_outcome", "demoted to secondary", "measure", before, after, _measure(after))
    for after in promoted:
        before = came[_key(after.measure)]
        yield _told("primary_outcome", "promoted from secondary", "measure", before, after, _measure(after))
    for before in removed:
        yield _told("primary_outcome", "removed", "measure", before, None, _measure(before))
    for after in added:
        yield _told("primary_outcome", "added", "measure", None, after, _measure(after))


def _primary(outcomes: Iterable[PlannedOutcome]) -> list[PlannedOutcome]:
    return [outcome for outcome in outcomes if outcome.kind == "primary"]


def _measure(outcome: PlannedOutcome) -> str:
    return outcome.measure


# ---- arms and interventions


def _parts(
    item: str, old: Sequence[Item], new: Sequence[Item], label: str, *fields: tuple[str, str]
) -> Iterator[RegistryChange]:
    """Parts that came, went or changed; `fields` are pairs of an attribute and the registry's name of it."""

    def name(part: Item) -> str:
        return str(getattr(part, label))

    same, dropped, arrived = _same(old, new, name)
    rewritten, removed, added = _alike(dropped, arrived, name)
    for before, after in (*same, *rewritten):
        yield from _field(item, label, before, after, name(after))
        for attribute, field in fields:
            yield from _field(item, attribute, before, after, name(after), field)
        yield from _doses(before, after, label, name(after))
    for before in removed:
        yield _told(item, "removed", label, before, None, name(before))
    for after in added:
        yield _told(item, "added", label, None, after, name(after))


def _doses(before: Placed, after: Placed, label: str, element: str) -> Iterator[RegistryChange]:
    if all(getattr(before, field) == getattr(after, field) for field in (label, "description")):
        return
    old, new = _dose_words(before, label), _dose_words(after, label)
    if old.keys() != new.keys():
        sides = [_dose_side(words) for words in (old, new)]
        change = "changed" if all(sides) else "added" if sides[1] else "removed"
        yield RegistryChange("dose", element, change, *sides)


def _dose_words(part: Placed, label: str) -> dict[str, Words]:
    """Each dose that the label or description states, as normalised by the rules, with the words that state it."""
    found: dict[str, Words] = {}
    for field in (label, "description"):
        text = getattr(part, field)
        if text:
            unit = TextUnit(Source.CTGOV, "", f"{part.pointer}/{field}", text, SectionRole.METHODS)
            document = document_of([unit])
            for match in document.find("dose.amount"):
                span = match.span
                words = Words(span.field, span.start, span.end, span.quote)
                found.setdefault("".join(match.text.lower().split()), words)
    return found


def _dose_side(words: dict[str, Words]) -> Side | None:
    ordered = sorted(words.values(), key=lambda found: (found.pointer, found.start))
    return Side("; ".join(found.quote for found in ordered), tuple(ordered)) if ordered else None


# ---- items of lists


Matched = tuple[list[tuple[Item, Item]], list[Item], list[Item]]
"""Pairs of the same item, those that are gone, and those that are new."""


def _same(old: Sequence[Item], new: Sequence[Item], name: Callable[[Item], str]) -> Matched[Item]:
    """Items of one name, in the order of the lists."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j in reversed(range(len(new))):
        places[_key(name(new[j]))].append(j)
    pairs = {i: places[key].pop() for i, key in enumerate(_key(name(item)) for item in old) if places[key]}
    return _split(old, new, pairs)


def _alike(old: Sequence[Item], new: Sequence[Item], name: Callable[[Item], str]) -> Matched[Item]:
    """Items whose names are alike, the most alike first."""
    pairs: dict[int, int] = {}
    if len(old) * len(new) <= PAIRS:
        taken: set[int] = set()
        scored = [(_likeness(name(a), name(b)), i, j) for i, a in enumerate(old) for j, b in enumerate(new)]
        for score, i, j in sorted(scored, key=lambda found: (-found[0], *found[1:])):
            if score >= LIKE and i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)
    return _split(old, new, pairs)


def _split(old: Sequence[Item], new: Sequence[Item], pairs: dict[int, int]) -> Matched[Item]:
    taken = set(pairs.values())
    gone = [item for i, item in enumerate(old) if i not in pairs]
    came = [item for j, item in enumerate(new) if j not in taken]
    return [(old[i], new[j]) for i, j in sorted(pairs.items())], gone, came


def _key(text: str | None) -> str:
    """A wording without case, punctuation and markdown escapes: what is left when only these change is no change."""
    return " ".join(WORDS.findall((text or "").casefold()))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _key(one)[:COMPARED], _key(other)[:COMPARED], autojunk=False).ratio()


def _field(
    item: str, attribute: str, before: Any, after: Any, element: str, field: str | None = None
) -> Iterator[RegistryChange]:
    if _key(getattr(before, attribute)) != _key(getattr(after, attribute)):
        name = (field or attribute).replace("_", " ")
        yield _told(item, f"{name} changed", attribute, before, after, element, field)


def _told(
    item: str, change: str, attribute: str, before: Any, after: Any, element: str, field: str | None = None
) -> RegistryChange:
    named = _camel(field or attribute)
    old = None if before is None else _side(getattr(before, attribute), f"{before.pointer}/{named}")
    new = None if after is None else _side(getattr(after, attribute), f"{after.pointer}/{named}")
    return RegistryChange(item, element or None, change, old, new)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
