"""How many people were studied, and on which basis they were counted.

Randomised, enrolled, treated, analysed and completed are different numbers and never merged. Healthy controls are no
patients; responders and drop-outs are parts of the sample, not the sample.
"""

from __future__ import annotations

from functools import lru_cache

from ketalit.extract.arm_sizes import arms, each_arm
from ketalit.extract.context import said_in, says
from ketalit.extract.counts import Count, count, counts, is_of_patients, smaller
from ketalit.extract.reading import DERIVED, INFERRED, STATED, UNSURE, number
from ketalit.extract.rules import load, may_match
from ketalit.extract.scan import Document, Match, Sentence
from ketalit.model.evidence import Reading, SampleSize, Span
from ketalit.vocabulary import Design, NBasis, SectionRole

__all__ = ["groups", "sizes_of", "total"]

SUM_OF_SAMPLES = "sum of samples"
PARTS = ("n.by_outcome", "n.both_sexes", "n.both_disorders", "n.both_sizes")
"""Rules for a sample that is counted in two parts only."""
SPLIT = ("n.both_sexes", "n.both_disorders", "n.both_sizes")
"""Those of which the second part is told like a sample of its own: 30 unipolar and 12 bipolar patients."""
WITH_ENROLMENT = frozenset(
    {Design.RCT_PARALLEL, Design.RCT_CROSSOVER, Design.RCT_WITHDRAWAL, Design.OPEN_LABEL, Design.CASE_SERIES}
)
"""Designs in which people enter the study before they are treated: all who did are its sample."""
NOT_THE_SAMPLE = frozenset({NBasis.SCREENED, NBasis.PLANNED})


def total(document: Document, design: Design | None) -> SampleSize | None:
    """The size of the sample under study: the best count, else the sum of arms, else the patients of a case report."""
    told = cases_in_title(document) if design is Design.CASE_SERIES else None
    if told:
        return told
    found = [item for item in counts(document) if not item.part and item.basis not in NOT_THE_SAMPLE]
    if design is Design.SECONDARY_ANALYSIS:
        found = analysed_again(document, found)
    candidates = [item for item in found if not item.arm]
    whole = [item for item in candidates if is_of_this_study(item.match.sentence)] or candidates
    sizes = arms(document)
    if not whole:
        summed = sum_of(sizes) if sizes else equal_arms(document, None) or several_samples(document, None)
        return summed or last_resort(document, found, design)
    best = selected(best_of(document, whole), design)
    if is_first_of_two(best):
        return in_two_parts(document)
    if arms_tell_more(sizes, best):
        return sum_of(sizes)
    several = several_samples(document, best) or groups_of(best, whole) or equal_arms(document, best)
    return several or as_size(without_controls(document, best, whole))


def is_first_of_two(found: Count) -> bool:
    """Whether a count is the first of two parts that make up a sample."""
    match = found.match
    parts = (part for rule_id in SPLIT for part in match.document.own_in(match.sentence, rule_id))
    return any(part.start <= match.start < part.end for part in parts)


def analysed_again(document: Document, found: list[Count]) -> list[Count]:
    """The people of an analysis of a trial: those whose data were looked at, not all whom the trial had."""
    with_data = [count(match) for match in (*document.own("n.data_of"), *document.own("n.gave_data"))]
    here = [item for item in found if not is_of_the_trial(item) and is_of_a_sample(item)]
    if with_data and all(item.n > with_data[0].n for item in here):
        return with_data
    return here or found


def is_of_a_sample(found: Count) -> bool:
    """Whether a count is that of a sample: told by a word of inclusion or among methods, and not of a later time."""
    if says("n.at_follow_up", found.match.before(90)):
        return False
    return found.basis is not NBasis.UNSPECIFIED or found.match.sentence.role is not SectionRole.RESULTS


def is_of_the_trial(found: Count) -> bool:
    """Whether people are told as those of the trial that is looked at again: "a trial in which 80 adults"."""
    before = found.match.document.lower[max(found.match.sentence.start, found.start - 60) : found.start]
    return says("n.trial_in_front", before)


def is_of_this_study(sentence: Sentence) -> bool:
    """Whether numbers of people in a sentence count before others: not in conclusions nor on what is known."""
    if sentence.role is SectionRole.BACKGROUND:
        return said_in(sentence, "context.aim") or said_in(sentence, "context.strongly_own")
    return sentence.role is not SectionRole.CONCLUSIONS


def best_of(document: Document, whole: list[Count]) -> Count:
    """The count that comes first and is not that of earlier work; where all are, the first."""
    if len(whole) < 2:
        return whole[0]
    elsewhere = {match.end for match in document.own("n.of_other_work")}
    return min([item for item in whole if item.start not in elsewhere] or whole, key=precedence)


def selected(best: Count, design: Design | None) -> Count:
    """The people of a study without enrolment: those selected from all who were treated, where so many are told."""
    if design in WITH_ENROLMENT or best.basis is NBasis.RANDOMISED:
        return best
    left = (match for match in best.match.document.own("n.left") if int(match["n"] or 0) < best.n)
    kept = smaller(best.match, ("n.selected",)) or next(left, None)
    return count(kept) if kept else best


def precedence(found: Count) -> tuple[bool, int]:
    """Which count is the sample: the randomised before others, then the largest."""
    return found.basis is not NBasis.RANDOMISED, -found.n


def sizes_of(document: Document) -> tuple[SampleSize, ...]:
    """Every count of patients with its basis."""
    seen: dict[tuple[int, NBasis], SampleSize] = {}
    for found in counts(document):
        if not found.part and (found.n, found.basis) not in seen:
            seen[found.n, found.basis] = as_size(found)
    shared = each_arm(document)
    return (*seen.values(), shared) if shared else tuple(seen.values())


def as_size(found: Count) -> SampleSize:
    """A count as a sample size."""
    span = found.match.document.span(found.start, found.match.end)
    confidence = INFERRED if found.basis is NBasis.UNSPECIFIED else STATED
    return SampleSize(
        Reading(found.n, span, found.match.rule.id, False, confidence, f"counted as {found.basis}"), found.basis
    )


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


def equal_arms(document: Document, part: Count | None) -> SampleSize | None:
    """The size that arms share times the number of arms, where both are stated; `part` are those of whom more is told.

    Where the number of arms is not stated, there are two when the part is too large for one and not for two.
    """
    shared = each_arm(document) if part is None or part.basis is NBasis.UNSPECIFIED else None
    if shared is None:
        return None
    size_of_arm, groups = int(shared.n.value), document.own("n.groups")
    two = part is not None and size_of_arm < part.n < 2 * size_of_arm
    two = two or (part is None and any(s.own and says("n.two_arms", s.lower) for s in document.sentences))
    n = size_of_arm * (int(groups[0]["groups"] or 0) if groups else 2 * two)
    if n == 0 or (part and n < part.n):
        return None
    support = (groups[0].span,) if groups else ()
    size = Reading(n, shared.n.span, shared.n.rule, True, DERIVED, "size of an arm times arms", support)
    return SampleSize(size, shared.basis)


def several_samples(document: Document, best: Count | None) -> SampleSize | None:
    """The sum of samples that are named and counted apart: study 1 and study 2, a first and a second cohort."""
    named = samples_apart(document)
    both = [int(match["n"] or 0) for match in named.values()]
    if len(both) < 2 or (best and best.n not in both):
        return None
    first, *others = named.values()
    spans = tuple(match.span for match in others)
    n = number(first, sum(both), derived=True, confidence=INFERRED, reason=SUM_OF_SAMPLES, support=spans)
    return SampleSize(n, best.basis if best else NBasis.UNSPECIFIED)


@lru_cache(maxsize=1)  # asked for the sample and for its groups
def samples_apart(document: Document) -> dict[str, Match]:
    """The numbers of samples that are named and counted apart, by their names."""
    named: dict[str, Match] = {}
    counted = (*document.own("n.people"), *document.own("n.equals"))
    for match in counted if len(counted) > 1 else ():
        name = name_of_sample(match)  # asked first, as few are named
        if (
            name
            and name not in named
            and match.sentence.role is not SectionRole.CONCLUSIONS
            and is_counted_apart(match)
        ):
            named[name] = match
    return named


def groups(document: Document, whole: SampleSize | None) -> tuple[SampleSize, ...]:
    """The sizes of arms; where none are told, those of samples that are named apart and make up the whole."""
    told = arms(document)
    if told or whole is None or whole.n.reason != SUM_OF_SAMPLES:
        return told
    apart = samples_apart(document)
    if any(name.endswith("sample") for name in apart):  # one in which a finding is checked, not a group
        return told
    return tuple(SampleSize(number(match, int(match["n"] or 0)), whole.basis, name) for name, match in apart.items())


def is_counted_apart(match: Match) -> bool:
    """Whether a number behind the name of a sample counts its patients, outside the conclusions."""
    if match.sentence.role is SectionRole.CONCLUSIONS:
        return False
    return is_of_patients(match) if match.rule.id == "n.people" else not says("n.healthy", match.before(35))


def name_of_sample(match: Match) -> str | None:
    """The sample that is named last in front of a number, in its sentence."""
    rule, before = load()["n.named_sample"], match.before(110)
    finditer = rule.regex.finditer  # taken before the needs are looked at, so that the question is noted
    found = list(finditer(before)) if may_match(rule, before) else ()
    return found[-1][0] if found else None


def groups_of(best: Count, whole: list[Count]) -> SampleSize | None:
    """The sum of groups that are only listed: 17 patients with one disorder and 8 patients with another."""
    if len(whole) < 2 or best.basis is NBasis.RANDOMISED:
        return None
    listed = [item for item in whole if stands_beside(item, best) and is_listed_group(item)]
    total_of_groups = sum(item.n for item in listed)
    if len(listed) < 2 or any(item.n >= total_of_groups for item in whole):
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
        told_by_disorder = says("n.disorder_named", str(found.match["described"]))
        return told_by_disorder or found.match.after(7).startswith((" with", " in the"))
    return found.match.rule.id == "n.equals" and says(
        "n.beside_another", found.match.before(60) + found.match.text + found.match.after(60)
    )


def without_controls(document: Document, best: Count, whole: list[Count]) -> Count:
    """The patients alone, when the largest count is that of patients and healthy controls together."""
    if len(whole) < 2:
        return best
    controls = {(match.sentence.number, int(match["n"] or 0)) for match in document.own("n.controls")}
    beside = (item for item in whole if (item.match.sentence.number, best.n - item.n) in controls and item.n < best.n)
    return next(beside, best)


def last_resort(document: Document, found: list[Count], design: Design | None) -> SampleSize | None:
    """Without a count of the sample: the cases described, any `n = …`, the people of one arm, or those at risk."""
    case = cases(document) if design is Design.CASE_SERIES else None
    if case:
        return case
    together = in_two_parts(document)
    if together:
        return together
    equals = [match for match in document.own("n.equals") if is_of_people(match)]
    if equals:
        largest = max(equals, key=lambda match: int(match["n"] or 0))
        n = number(largest, int(largest["n"] or 0), confidence=UNSURE, reason="the largest n")
        return SampleSize(n, NBasis.UNSPECIFIED)
    return arms_apart(found) or (as_size(min(found, key=precedence)) if found else at_risk(document))


def is_of_people(match: Match) -> bool:
    """Whether any `n = …` may count the sample: not healthy people, and not those with a result."""
    if says("n.healthy", match.before(35)):
        return False
    return match.sentence.role is not SectionRole.RESULTS or not says("n.outcome", match.before(120))


def arms_apart(found: list[Count]) -> SampleSize | None:
    """The sum of arms that are each counted in a sentence of their own: 22 patients in the ketamine group …"""
    named: dict[str, Count] = {}
    for item in found:
        label = load()["n.in_the_group"].regex.search(item.match.after(60))
        if label and item.arm:
            named.setdefault(label["arm"], item)
    if len(named) < 2:
        return None
    first, *others = named.values()
    spans = tuple(other.match.span for other in others)
    n = number(first.match, sum(i.n for i in named.values()), derived=True, reason="sum of arms", support=spans)
    return SampleSize(n, first.basis)


def in_two_parts(document: Document) -> SampleSize | None:
    """The sum of two parts that make up a sample and are all that is counted: the sexes, or responders and others."""
    for rule_id in PARTS:
        for match in document.own(rule_id):
            parts = [int(n) for n in match.groups() if n]
            if not says("n.healthy", match.before(35)):
                n = number(match, sum(parts), derived=True, confidence=INFERRED, reason="sum of two parts")
                return SampleSize(n, NBasis.UNSPECIFIED)
    return None


def at_risk(document: Document) -> SampleSize | None:
    """The people of whom some are told, where no other number of them is stated and they were not chosen: 15 of 34."""
    of = [found for found in counts(document) if found.part and says("n.denominator", found.match.before(60))]
    if not of:
        return of_rates(document)
    if any(says("n.chosen", found.match.after(90)) for found in of):
        return None
    largest = max(of, key=lambda found: found.n)
    span = largest.match.document.span(largest.start, largest.match.end)
    return SampleSize(
        Reading(largest.n, span, largest.match.rule.id, False, UNSURE, "of whom some are told"), largest.basis
    )


def of_rates(document: Document) -> SampleSize | None:
    """The people of whom a share responded, where no number of people is told in words: 61% (27/44)."""
    telling = {match.sentence.number: match.sentence for match in document.own("event.response")}
    shares = [m for s in telling.values() for m in document.own_in(s, "rate.percent") if m["of_after"]]
    largest = max(shares, key=lambda match: int(match["of_after"] or 0), default=None)
    if largest is None:
        return None
    n = number(largest, int(largest["of_after"] or 0), confidence=UNSURE, reason="of whom a share responded")
    return SampleSize(n, NBasis.UNSPECIFIED)


def cases_in_title(document: Document) -> SampleSize | None:
    """So many cases, when the title counts them: other numbers are then those of earlier work."""
    counted = (m for m in document.own("n.cases") if m["n"] and m.sentence.role is SectionRole.TITLE)
    match = next(counted, None)
    return None if match is None else SampleSize(number(match, int(match["n"] or 0), reason="cases"), NBasis.TREATED)


def cases(document: Document) -> SampleSize | None:
    """The patients of a case report: so many cases, else one."""
    numbered = max(document.own("n.numbered_case"), key=lambda match: int(match["n"] or 0), default=None)
    if numbered and int(numbered["n"] or 0) > 1:
        return SampleSize(number(numbered, int(numbered["n"] or 0), derived=True, reason="cases"), NBasis.TREATED)
    several = document.own("n.cases")
    if several:
        n = number(several[0], int(several[0]["n"] or 2), derived=several[0]["n"] is None, reason="cases")
        return SampleSize(n, NBasis.TREATED)
    one = document.own("n.single_case")
    if not one:
        return None
    return SampleSize(number(one[0], 1, derived=True, reason="one patient is described"), NBasis.TREATED)
