"""How many people were studied, and on which basis they were counted.

Randomised, enrolled, treated, analysed and completed are different numbers and never merged. Healthy controls are no
patients; responders and drop-outs are parts of the sample, not the sample.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ketalit.extract.context import says
from ketalit.extract.reading import DERIVED, INFERRED, STATED, UNSURE, number
from ketalit.extract.rules import family
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, SampleSize, Span
from ketalit.vocabulary import Design, NBasis, SectionRole

NOT_THE_SAMPLE = frozenset({NBasis.SCREENED, NBasis.PLANNED})
ONE_PERSON = frozenset({"patient", "participant", "subject", "adult", "individual"})
ONE_SEX = frozenset({"women", "men", "females", "males", "female", "male", "woman", "man"})
CLAUSE_IN_FRONT = re.compile(r"[;:]|, (?:and|with) ")
CLAUSE_BEHIND = re.compile(r";|, (?:and|with|of whom) ")
LABEL_ENDS = re.compile(r"[,;:()]|\b(?:or|and|either|to|received?|versus|vs)\b")
IN_BRACKETS = re.compile(r" ?[(\[][^()\[\]\n]{0,80}[)\]]")
VERB_IN_FRONT = re.compile(
    r"(?:screened|enrolled|recruited|included|randomi[sz]ed|treated|analy[sz]ed) (?:a total of )?$"
)
ARM_GROUPS = (
    ("first", "second"), ("first2", "second2"), ("first3", "second3"), ("first4", "second4", "third4")
)  # fmt: skip
"""Groups of the rule for arms, by its wordings."""
FIRST_YEAR, LAST_YEAR = 1960, 2060
"""Numbers that may be calendar years."""
WINDOW = 170
"""Characters behind a count in which its verb may stand."""


class Count(Struct, frozen=True):
    """A number of people as found: which one, on which basis, and how much it looks like the whole sample."""

    n: int
    basis: NBasis
    match: Match
    start: int
    end: int
    part: bool = False
    """Whether the people are singled out by what happened to them."""
    arm: bool = False
    """Whether the people are one arm."""


def total(document: Document, design: Design | None) -> SampleSize | None:
    """The size of the sample under study: the best count, else the sum of arms, else the patients of a case report."""
    told = cases_in_title(document) if design is Design.CASE_SERIES else None
    if told:
        return told
    found = [item for item in counts(document) if not item.part and item.basis not in NOT_THE_SAMPLE]
    candidates = [item for item in found if not item.arm]
    whole = [item for item in candidates if item.match.sentence.role is not SectionRole.CONCLUSIONS] or candidates
    sizes = arms(document)
    if not whole:
        return sum_of(sizes) if sizes else last_resort(document, found, design)
    best = min(whole, key=precedence)
    if arms_tell_more(sizes, best):
        return sum_of(sizes)
    return groups_of(best, whole) or as_size(without_controls(document, best, whole))


def precedence(found: Count) -> tuple[bool, int]:
    """Which count is the sample: the randomised before others, then the largest."""
    return found.basis is not NBasis.RANDOMISED, -found.n


def counts(document: Document) -> Iterator[Count]:
    """Every number of patients in sentences of this study."""
    for match in document.own("n.people"):
        if is_of_patients(match):
            yield count(match, "n")
    for match in document.own("n.verb"):
        group = next(name for name in ("before", "of", "after", "among") if match[name])
        if not overlaps(match, document.own("n.people")) and not is_year(match, group):
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
    document, sentence, n = match.document, match.sentence, int(match[group] or 0)
    before = document.lower[max(sentence.start, start - 60) : start]
    after = match.after(WINDOW)
    if says("n.planned", before[-35:]):
        return Count(n, NBasis.PLANNED, match, start, end)
    behind = document.lower[end : match.end] + IN_BRACKETS.sub("", IN_BRACKETS.sub("", after))
    basis = verb_in_front(before) or basis_of(CLAUSE_IN_FRONT.split(before)[-1], CLAUSE_BEHIND.split(behind)[0])
    return Count(n, basis, match, start, end, is_part(match, before, after), says("n.arm_like", after))


def verb_in_front(before: str) -> NBasis | None:
    """The basis that the authors' own verb names right in front of a number: "we screened 90 people"."""
    verb = VERB_IN_FRONT.search(before)
    return basis_of(verb[0], "") if verb else None


def basis_of(before: str, after: str) -> NBasis:
    """The basis that the words around a number name: the verb behind it first, then the one in front."""
    behind = [(place, rule_value) for rule_value, place in basis_places(after)]
    if behind:
        return NBasis(min(behind)[1])
    front = [(place, rule_value) for rule_value, place in basis_places(before)]
    return NBasis(max(front)[1]) if front else NBasis.UNSPECIFIED


def basis_places(text: str) -> Iterator[tuple[str, int]]:
    """Each basis named in a text, with its place."""
    for rule in family("basis"):
        if any(need in text for need in rule.needs):
            for found in rule.regex.finditer(text):
                yield str(rule.value), found.start()


def is_part(match: Match, before: str, after: str) -> bool:
    """Whether the people are a part of the sample: "7 of 14 patients", "5 patients relapsed"."""
    if is_one_sex_of_several(match, before):
        return True
    if verb_in_front(before) is NBasis.RANDOMISED:
        return False
    if says("n.denominator", before) and not says("n.randomised_behind", after):
        return "randomi" not in match.text
    if says("n.subset", after):
        return not says("n.of_in_front", before)
    return says("n.of_behind", after) or says("n.subsample", before)


def is_one_sex_of_several(match: Match, before: str) -> bool:
    """Whether the people counted are the women or the men of a sample."""
    who = match["who"] if match.rule.id == "n.people" else None
    return who in ONE_SEX and says("n.listed_in_front", before)


def is_of_patients(match: Match) -> bool:
    """Whether a number of people counts patients: not healthy controls, not an age, not a site, not a year."""
    if is_year(match, "n"):
        return False
    if match["who"] in ONE_PERSON and match["n"] != "1":
        return False
    if says("n.healthy", match.text + match.after(12)) or says(
        "n.control_word", match.text + " " + match.before(9)[-9:]
    ):
        return False
    return not says("n.other_number", match.before(22)) and not says("n.other_unit", match.after(10))


def is_year(match: Match, group: str) -> bool:
    """Whether a number is a calendar year: it looks like one and stands behind a month or a word of time."""
    if not FIRST_YEAR <= int(match[group] or 0) <= LAST_YEAR:
        return False
    place = match.place(group)[0]
    return says("n.time_in_front", match.document.lower[max(match.sentence.start, place - 30) : place])


def is_total(match: Match) -> bool:
    """Whether `n = …` counts the whole sample: it stands beside people, a cohort or a ratio, not beside an arm."""
    if says("n.people_behind", match.after(30)):
        return True
    before = match.before(60)
    return says("n.people_in_front", before) and not says("n.healthy", before[-35:])


def sizes_of(document: Document) -> tuple[SampleSize, ...]:
    """Every count of patients with its basis."""
    seen: dict[tuple[int, NBasis], SampleSize] = {}
    for found in counts(document):
        if not found.part:
            seen.setdefault((found.n, found.basis), as_size(found))
    return (*seen.values(), *each_arm(document))


def each_arm(document: Document) -> Iterator[SampleSize]:
    """The size that all arms share: so many in each group. How many groups there are is not read."""
    for match in document.own("n.each_arm")[:1]:
        yield arm_size(match, next(name for name in ("n", "n2", "n3") if match[name]), "each arm")


def as_size(found: Count) -> SampleSize:
    """A count as a sample size."""
    span = found.match.document.span(found.start, found.match.end)
    confidence = INFERRED if found.basis is NBasis.UNSPECIFIED else STATED
    return SampleSize(
        Reading(found.n, span, found.match.rule.id, False, confidence, f"counted as {found.basis}"), found.basis
    )


def arms(document: Document) -> tuple[SampleSize, ...]:
    """The sizes of arms: so many to one arm and so many to the other, or several `n = …` beside treatments."""
    for match in document.own("n.to_arm"):
        names = next(names for names in ARM_GROUPS if match[names[0]])
        return tuple(arm_size(match, name, "arm") for name in names if match[name])
    by_sentence: dict[int, list[Match]] = {}
    for match in document.own("n.equals"):
        if (
            (says("n.arm_label", label_before(match)) or says("n.arm_behind", match.after(40)))
            and not says("n.healthy", match.before(30))
            and not is_sum_of_others(match)
        ):
            by_sentence.setdefault(match.sentence.number, []).append(match)
    several = next((group for group in by_sentence.values() if len(group) >= 2), [])
    return tuple(arm_size(match, "n", label_before(match)) for match in several)


def is_sum_of_others(match: Match) -> bool:
    """Whether an `n = …` is the sum of the others in its sentence: then it is no arm."""
    document, sentence = match.document, match.sentence
    others = [int(m["n"] or 0) for m in document.own("n.equals") if m.sentence is sentence and m.start != match.start]
    return len(others) >= 2 and sum(others) == int(match["n"] or 0)


def label_before(match: Match) -> str:
    """The words in front of `(n = …)`: the label of the arm as written."""
    return LABEL_ENDS.split(match.before(60).rstrip(" (;,"))[-1].strip()


def arm_size(match: Match, group: str, label: str) -> SampleSize:
    """The size of one arm."""
    start, end = match.place(group)
    basis = basis_of(match.before(150), match.text + match.after(40))
    size = Reading(int(match[group] or 0), match.document.span(start, end), match.rule.id, False, STATED)
    return SampleSize(size, basis, label)


def arms_tell_more(sizes: tuple[SampleSize, ...], best: Count) -> bool:
    """Whether the sum of arms is a better count: randomised where the count is not, or the count is only one arm."""
    if not sizes:
        return False
    randomised = sizes[0].basis is NBasis.RANDOMISED and best.basis is not NBasis.RANDOMISED
    return randomised or (added(sizes) > best.n and best.n in {size.n.value for size in sizes})


def added(sizes: tuple[SampleSize, ...]) -> int:
    """The sum of the sizes of arms."""
    return sum(int(size.n.value) for size in sizes)


def sum_of(sizes: tuple[SampleSize, ...]) -> SampleSize:
    """The whole sample as the sum of its arms."""
    first, *others = (size.n for size in sizes)
    support: tuple[Span, ...] = tuple(other.span for other in others)
    total_of_arms = Reading(added(sizes), first.span, first.rule, True, DERIVED, "sum of arms", support)
    return SampleSize(total_of_arms, sizes[0].basis)


def groups_of(best: Count, whole: list[Count]) -> SampleSize | None:
    """The sum of groups that are only listed: 17 patients with one disorder and 8 patients with another."""
    listed = [item for item in whole if stands_beside(item, best) and is_listed_group(item)]
    total_of_groups = sum(item.n for item in listed)
    if len(listed) < 2 or best.basis is NBasis.RANDOMISED or any(item.n >= total_of_groups for item in whole):
        return None
    spans = tuple(item.match.span for item in listed[1:])
    first = listed[0].match
    n = number(first, total_of_groups, derived=True, confidence=INFERRED, reason="sum of groups", support=spans)
    return SampleSize(n, best.basis)


def stands_beside(one: Count, other: Count) -> bool:
    """Whether two counts are worded alike in one sentence."""
    return one.match.sentence is other.match.sentence and one.match.rule.id == other.match.rule.id


def is_listed_group(found: Count) -> bool:
    """Whether a count is one of several groups: "17 patients with …", "anxious (n = 30) and calm (n = 20)"."""
    if found.match.rule.id == "n.people":
        return found.match.after(7).startswith((" with", " in the"))
    return found.match.rule.id == "n.equals" and says(
        "n.beside_another", found.match.before(60) + found.match.text + found.match.after(60)
    )


def without_controls(document: Document, best: Count, whole: list[Count]) -> Count:
    """The patients alone, when the largest count is that of patients and healthy controls together."""
    controls = {int(m["n"] or 0) for m in document.own("n.people") if not is_of_patients(m)}
    return next((item for item in whole if best.n - item.n in controls and item.n < best.n), best)


def last_resort(document: Document, found: list[Count], design: Design | None) -> SampleSize | None:
    """Without a count of the sample: the cases described, any `n = …`, or the people of one arm."""
    case = cases(document) if design is Design.CASE_SERIES else None
    if case:
        return case
    equals = [match for match in document.own("n.equals") if not says("n.healthy", match.before(35))]
    if equals:
        largest = max(equals, key=lambda match: int(match["n"] or 0))
        n = number(largest, int(largest["n"] or 0), confidence=UNSURE, reason="the largest n")
        return SampleSize(n, NBasis.UNSPECIFIED)
    return as_size(min(found, key=precedence)) if found else None


def cases_in_title(document: Document) -> SampleSize | None:
    """So many cases, when the title counts them: other numbers are then those of earlier work."""
    counted = (m for m in document.own("n.cases") if m["n"] and m.sentence.role is SectionRole.TITLE)
    match = next(counted, None)
    return None if match is None else SampleSize(number(match, int(match["n"] or 0), reason="cases"), NBasis.TREATED)


def cases(document: Document) -> SampleSize | None:
    """The patients of a case report: so many cases, else one."""
    several = document.own("n.cases")
    if several:
        n = number(several[0], int(several[0]["n"] or 2), derived=several[0]["n"] is None, reason="cases")
        return SampleSize(n, NBasis.TREATED)
    one = document.own("n.single_case")
    if not one:
        return None
    return SampleSize(number(one[0], 1, derived=True, reason="one patient is described"), NBasis.TREATED)
