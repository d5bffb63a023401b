"""How many people were studied, and on which basis they were counted.

Randomised, enrolled, treated, analysed and completed are different numbers and never merged. Healthy controls are no
patients; responders and drop-outs are parts of the sample, not the sample.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ketalit.extract.context import says
from ketalit.extract.rules import load
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, SampleSize, Span
from ketalit.vocabulary import Design, NBasis, SectionRole

BASES = ("screened", "randomised", "completed", "enrolled", "treated", "analysed")
class Count(Struct, frozen=True):
    """A number of people as found: which one, on which basis, and how much it looks like the whole sample."""

    n: int
    basis: NBasis
    match: Match
    part: bool
    arm: bool
    start: int
    end: int


def basis_of(before: str, after: str) -> NBasis:
    """The basis that the words around a number name: the verb behind it first, then the one in front."""
    for text in (after, before):
        nearest = [(place, basis) for basis in BASES if (place := place_of(f"basis.{basis}", text, text is before)) is not None]
        if nearest:
            return NBasis(min(nearest)[1])
    return NBasis.UNSPECIFIED


def place_of(rule_id: str, text: str, from_end: bool) -> int | None:
    """How far away a rule matches, None when it does not."""
    rule = load()[rule_id]
    if not any(need in text for need in rule.needs):
        return None
    places = [found.start() for found in rule.regex.finditer(text)]
    if not places:
        return None
    return len(text) - max(places) if from_end else min(places)


def counts(document: Document) -> Iterator[Count]:
    """Every number of patients in sentences of this study."""
    for match in document.own("n.people"):
        if is_of_patients(match):
            yield count(match, "n")
    for match in document.own("n.verb"):
        group = next(name for name in ("before", "of", "after") if match[name])
        if not overlaps(match, document.find("n.people")):
            yield count(match, group)
    for match in document.own("n.equals"):
        if is_total(match):
            yield count(match, "n")


def overlaps(match: Match, others: tuple[Match, ...]) -> bool:
    """Whether one of other matches stands in the same place."""
    return any(other.start < match.end and match.start < other.end for other in others)


def count(match: Match, group: str) -> Count:
    """A match as a count with its basis."""
    start, end = match.place(group)
    document, sentence = match.document, match.sentence
    before = document.lower[max(sentence.start, start - 60) : start]
    after = document.lower[match.end : min(sentence.end, match.end + 170)]
    if re.search(r"target|planned|required|calculated|sample size", before[-35:]):
        return Count(int(match[group] or 0), NBasis.PLANNED, match, False, False, start, end)
    basis = basis_of(re.split(r"[;:]|, (?:and|with) ", before)[-1], re.split(r"[;]|, (?:and|with|of whom) ", after)[0])
    return Count(int(match[group] or 0), basis, match, is_part(match, before, after), says("n.arm_like", after), start, end)


def is_part(match: Match, before: str, after: str) -> bool:
    """Whether the people are a part of the sample: "7 of 14 patients", "5 patients relapsed"."""
    if is_one_sex(match, before):
        return True
    if re.search(r"(?:\d|none|all|most|half) (?:out )?of (?:the |these )?$", before) and not re.match(r" (?:were |who were )?(?:randomi|enrol)", after):
        return "randomi" not in match.text
    if says("n.subset", after):
        return not re.search(r"\bof (?:the |these |all )?$", before)
    return re.match(r" ?(?:of|out of|from) (?:the |these |whom|all )?\d", after) is not None or "subsample" in before or "subset" in before or "subgroup" in before


def is_one_sex(match: Match, before: str) -> bool:
    """Whether the people counted are the women or the men of a sample."""
    who = match["who"] if match.rule.id == "n.people" else None
    return who in ("women", "men", "females", "males", "female", "male", "woman", "man") and re.search(r"[(,] ?$|\band $", before) is not None


def is_of_patients(match: Match) -> bool:
    """Whether a number of people counts patients: not healthy controls, not an age, not a site."""
    text = match.text + match.after(12)
    if match["who"] in ("patient", "participant", "subject", "adult") and match["n"] != "1":
        return False
    if says("n.healthy", text) or re.search(r"healthy|control", match.text + match.before(12)):
        return False
    if re.search(r"(?:aged?|age of|years?|phase|day|days|week|weeks|month|months|visit|item|score|step|part|group|level|dsm-?|type|table|stage|[<>]=?) ?(?:\d+ ?(?:-|to|and|or) ?)?$", match.before(22)):
        return False
    return re.match(r"[ -]?(?:sites?|centers|centres|years?)", match.after(10)) is None


def is_total(match: Match) -> bool:
    """Whether `n = …` counts the whole sample: it stands beside people, a cohort or a ratio, not beside an arm."""
    if re.match(r" (?:\\w+ )?(?:adults|patients|participants|subjects|individuals)", match.after(20)):
        return True
    before = match.before(60)
    people = r"(?:patients?|participants?|subjects?|adults?|individuals?|adolescents?|outpatients?|inpatients?|cohort|sample|trd|mdd|total|depression|disorder|veterans|cases|women|md|ratio)"
    return re.search(people + r"[^,;()]{0,25}[ (;,]*$", before) is not None and not says("n.healthy", before[-35:])


def sizes_of(document: Document) -> tuple[SampleSize, ...]:
    """Every count of patients with its basis."""
    seen: dict[tuple[int, NBasis], SampleSize] = {}
    for found in counts(document):
        if not found.part:
            seen.setdefault((found.n, found.basis), as_size(found))
    return tuple(seen.values())


def as_size(found: Count) -> SampleSize:
    """A count as a sample size."""
    span = found.match.document.span(found.start, found.match.end)
    confidence = 0.6 if found.basis is NBasis.UNSPECIFIED else 0.9
    return SampleSize(Reading(found.n, span, found.match.rule.id, False, confidence, f"counted as {found.basis}"), found.basis)


def arms(document: Document) -> tuple[SampleSize, ...]:
    """The sizes of arms: two or more `n = …` beside treatments, or so many to one arm and so many to the other."""
    for match in document.own("n.to_arm"):
        names = ("first", "second") if match["first"] else ("first2", "second2")
        return tuple(arm_size(match, name) for name in names)
    by_sentence: dict[int, list[Match]] = {}
    for match in document.own("n.equals"):
        if not says("n.healthy", match.before(30)) and not is_sum_of_others(match) and is_arm_label(label_before(match)):
            by_sentence.setdefault(match.sentence.number, []).append(match)
    for group in by_sentence.values():
        if len(group) >= 2:
            return tuple(arm_size(match, "n", label_before(match)) for match in group)
    return ()


def is_sum_of_others(match: Match) -> bool:
    """Whether an `n = …` is the sum of the others in its sentence: then it is no arm."""
    others = [int(m["n"] or 0) for m in match.document.find("n.equals") if m.sentence is match.sentence and m.start != match.start]
    return len(others) >= 2 and sum(others) == int(match["n"] or 0)


def is_arm_label(label: str | None) -> bool:
    """Whether the words in front of a count name a treatment or a group."""
    return label is not None and re.search(r"ketamine|placebo|saline|midazolam|group|arm\b|control|mg|esk|active|dose|riluzole|\+|ect\b|tms|quetiapine|pbo|iv|oral|soc\b|sham|training|received|experimental", label) is not None


def label_before(match: Match) -> str | None:
    """The words in front of `(n = …)`: the label of the arm as written."""
    words = re.split(r"[,;:()]|\b(?:or|and|either|to|received?|versus|vs)\b", match.before(60).rstrip(" (;,"))[-1].strip()
    return words or None


def arm_size(match: Match, group: str, label: str | None = None) -> SampleSize:
    """The size of one arm."""
    start, end = match.place(group)
    before = match.document.lower[max(match.sentence.start, match.start - 150) : match.start]
    basis = basis_of(before, match.after(40))
    return SampleSize(Reading(int(match[group] or 0), match.document.span(start, end), match.rule.id), basis, label or "arm")


def total(document: Document, design: Design | None) -> SampleSize | None:
    """The size of the sample under study: the best count, else the sum of the arms, else the patients of a case report."""
    found = [item for item in counts(document) if not item.part and item.basis not in (NBasis.SCREENED, NBasis.PLANNED)]
    sizes = arms(document)
    summed = sum(int(size.n.value) for size in sizes)
    whole = [item for item in found if not item.arm and item.match.sentence.role not in WEAK] or [item for item in found if not item.arm]
    if not whole:
        return sum_of(sizes, summed) if summed else last_resort(document, found, design)
    best = min(whole, key=order)
    if best.basis is not NBasis.RANDOMISED and summed and sizes[0].basis is NBasis.RANDOMISED or summed > best.n and best.n in {size.n.value for size in sizes}:
        return sum_of(sizes, summed)
    return groups_of(best, whole) or as_size(without_controls(document, best, whole))


def without_controls(document: Document, best: Count, whole: list[Count]) -> Count:
    """The patients alone, when the largest count is that of patients and healthy controls together."""
    controls = {int(m["n"] or 0) for m in document.own("n.people") if not is_of_patients(m)}
    return next((item for item in whole if best.n - item.n in controls and item.n < best.n), best)


WEAK = frozenset({SectionRole.CONCLUSIONS})


def order(found: Count) -> tuple[bool, int]:
    """Which count is the sample: the randomised before others, then the largest."""
    return found.basis is not NBasis.RANDOMISED, -found.n


def groups_of(best: Count, whole: list[Count]) -> SampleSize | None:
    """The sum of groups that are only listed: 17 patients with one disorder and 8 patients with another."""
    listed = [item for item in whole if item.match.sentence is best.match.sentence and item.match.rule.id == "n.people" and item.match.after(6).startswith((" with", " in the"))]
    total_of_groups = sum(item.n for item in listed)
    if len(listed) < 2 or best.basis is NBasis.RANDOMISED or any(item.n >= total_of_groups for item in whole):
        return None
    spans = tuple(item.match.span for item in listed[1:])
    return SampleSize(Reading(total_of_groups, listed[0].match.span, "n.people", True, 0.7, "sum of groups", spans), best.basis)


def last_resort(document: Document, found: list[Count], design: Design | None) -> SampleSize | None:
    """Without a count of the sample: any `n = …`, the cases described, or the people of one arm."""
    case = single_case(document) if design is Design.CASE_SERIES else None
    if case:
        return case
    equals = [m for m in document.own("n.equals") if not says("n.healthy", m.before(35))]
    if equals:
        largest = max(equals, key=lambda m: int(m["n"] or 0))
        return SampleSize(Reading(int(largest["n"] or 0), largest.span, largest.rule.id, False, 0.5, "largest n"), NBasis.UNSPECIFIED)
    return as_size(min(found, key=order)) if found else None


def sum_of(sizes: tuple[SampleSize, ...], summed: int) -> SampleSize:
    """The whole sample as the sum of its arms."""
    support: tuple[Span, ...] = tuple(size.n.span for size in sizes[1:])
    return SampleSize(Reading(summed, sizes[0].n.span, sizes[0].n.rule, True, 0.8, "sum of arms", support), sizes[0].basis)


def single_case(document: Document) -> SampleSize | None:
    """The patients of a case report: so many cases, else one."""
    several = document.own("n.cases")
    if several:
        n = int(several[0]["n"] or 2)
        return SampleSize(Reading(n, several[0].span, several[0].rule.id, several[0]["n"] is None, 0.8, "cases"), NBasis.TREATED)
    found = document.own("n.single_case")
    if not found:
        return None
    return SampleSize(Reading(1, found[0].span, found[0].rule.id, True, 0.8, "one patient is described"), NBasis.TREATED)
