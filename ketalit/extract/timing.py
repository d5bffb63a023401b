"""Times in a text: how long an administration, a treatment and a follow-up took, and from when they are counted.

The three are different quantities. A time is one of follow-up when mood or clinical outcome was assessed then.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from msgspec import structs

from ketalit.extract.context import said_in, says
from ketalit.extract.patterns import compiled
from ketalit.extract.reading import INFERRED, LIKELY, UNSURE, number
from ketalit.extract.scan import Document, Match, Sentence, overlaps
from ketalit.extract.schedule import length_of, lengths
from ketalit.extract.times import BRACKETS, Time, times
from ketalit.model.evidence import FollowUp, Reading
from ketalit.vocabulary import Anchor, SectionRole

LONGEST_ADMINISTRATION = 0.2
"""Days: a time below it may be the length of an infusion."""
BY_THE_MINUTE = 0.2
"""Days: a time below it, in a sentence about dissociation or sedation, is one of side effects."""
FOLLOW_UP_PROPER = 7
"""Days: a time from the last dose that is at least as long lies behind the end of the course."""
LATER_PHASES = frozenset({"maintenance", "continuation", "optimisation", "optimization"})
NEW_CLAUSE = compiled(
    r"; |, (?:but|whereas|while|although|however|yet|then|after which|before) "
    r"| but (?:not|no|similar|comparable|then|by|at|on|had|was|were|did|steadily|gradually) "
    r"| but (?:faded|waned|vanished|lost|gone) "
    r"| and (?:not|no longer) (?:on|at|by|after) "
    r"|, (?:and |with )?(?:not|no longer|no different|no (?:difference|effect|benefit)s?) (?:on|at|by|after) "
    r"| and (?:was|were|had) (?:lost|gone|no longer) "
    r"|, (?:and )?(?:this|these|the|it|clinical) "
    r"|, and (?:[\w-]+ ){1,4}?"
    r"(?:was|were|had|has|underwent|fell|rose|showed|exhibited|remained|increased|decreased|improved) "
)
INTRODUCTION = re.compile(r"(?:in|at|on|by|after|among|for|from|within|during) [^,;]{1,60}, th(?:e|is|ese) ")
"""The beginning of a sentence up to a comma, which is no clause: `At day 7, the scores were lower`."""
ROUNDED = 0.1
"""The share of a time by which conclusions may round it."""
LONGEST_POINT = 800
"""Days: a later `day 1000` is a number of something else."""
LONGEST_FOLLOW_UP = 3_650
"""Days: more years are those of an illness or a life."""
SUMMARIES = frozenset({SectionRole.TITLE, SectionRole.CONCLUSIONS})
"""Where times of the study are said again, and rounded."""
OF_OTHER = ("time.elsewhere", "time.about_medication")
"""Rules for sentences whose times are not those at which mood was assessed here."""
LENGTHS_REPORTED = frozenset({SectionRole.RESULTS})
REPORTED = LENGTHS_REPORTED | {SectionRole.CONCLUSIONS}
"""Sections in which what will be done is left to a later report."""
POINTS_REPORTED = LENGTHS_REPORTED | {SectionRole.UNLABELLED}
"""Sections in which a sentence on groups or effects is one of results, whatever was measured."""
NEVER = frozenset({SectionRole.METHODS, SectionRole.TITLE, SectionRole.BACKGROUND, SectionRole.REGISTRATION})
"""Sections that announce times but report no outcome."""


def is_told_of_outcome(time: Time) -> bool:
    """Whether a length of time stands in a sentence on an outcome, or beside a word of follow-up."""
    match = time.match
    if is_clinical(match.sentence):
        return True
    where = POINTS_REPORTED if time.point else LENGTHS_REPORTED
    if match.sentence.role in where and is_told_of_result(match):
        return True
    return time.days >= BY_THE_MINUTE and says("time.followed", match.before(90) + match.after(40))


@lru_cache(maxsize=1)  # asked for each time of a sentence, one after the other
def is_clinical(sentence: Sentence) -> bool:
    """Whether a sentence names mood, suicidality or another clinical outcome."""
    return says("time.clinical", sentence.lower)


@lru_cache(maxsize=1)  # asked for each time of a document
def gives_a_single_dose(document: Document) -> bool:
    """Whether the study gives a single dose and nothing over a stated time."""
    return not longest_course(document) and says("time.single_dose", document.lower)


def is_crossover(document: Document) -> bool:
    """Whether each patient gets one dose of each drug, so that `after each infusion` is after the only one."""
    return bool(document.own("sessions.crossover")) and not longest_course(document)


def is_told_of_result(match: Match) -> bool:
    """Whether results speak of groups or effects at that time, or of patients who had been treated for so long."""
    return says("time.result", match.sentence.lower) or says("time.treated_over", match.before(90))


def is_behind_the_dose(time: Time) -> bool:
    """Whether a time can be one of assessment by the words around it: not one of dosing, of samples or of the past."""
    match = time.match
    before, after = match.before(90), match.after(40)
    if match.rule.id == "time.one_unit":  # it is written without its number, so with the words in front of it
        before += match.text.removesuffix(str(match["unit"]))
    if before.endswith("within ") and not is_assessed_within(match, before, after):
        return False
    is_assessed = is_assessed_point(time, before) if time.point else is_assessed_length(time, before, after)
    return is_assessed and not is_of_the_past(before, after) and not is_not_clinical(time)  # what takes longest last


def is_assessed_point(time: Time, before: str) -> bool:
    """Whether a point in time is not a day of dosing, nor the number of something else."""
    is_number_of_else = time.days > LONGEST_POINT and str(time.match["unit"]).startswith("d")
    return not is_number_of_else and not says("time.dosing_day", before)


def is_of_the_past(before: str, after: str) -> bool:
    """Whether a time is an age, a history, a washout or the name of something else."""
    if says("time.not_behind", after) or is_of_eligibility(before, after):
        return True
    if not says("time.history", before[-60:]) or says("time.follow_up_ranged", before[-60:]):
        return False
    if before.endswith("for at least ") and says("time.lasting_in_front", before[-60:]):
        return says("time.illness_lasted", before)
    return not (before.endswith(("for at least ", "between ")) and says("time.counted_from", after))


def is_of_eligibility(before: str, after: str) -> bool:
    """Whether a time is one of remission that was asked for, or allowed, before the study."""
    return "remission" in before and says("time.of_eligibility", f"{before}|{after}")


def is_assessed_within(match: Match, before: str, after: str) -> bool:
    """Whether people were assessed within a time: it is counted from something, or response was judged then."""
    if says("time.from_behind", after) or says("time.event_within", before):
        return True
    return says("rate.definition", match.sentence.lower)


def is_assessed_length(time: Time, before: str, after: str) -> bool:
    """Whether a length of time is one after which patients were assessed, not one over which they were treated."""
    if says("time.given_over", before) and not says("time.from_behind", after):
        return False
    if str(time.match["unit"]).startswith("y"):
        told = says("time.over_years", before) or "follow" in after or says("time.from_behind", after)
        return told and time.days <= LONGEST_FOLLOW_UP
    if is_of_administration(time.match, time.days):
        return False
    if time.days >= 7:
        return not says("time.exposure", before)
    return says("time.follow_up", before[-45:] + after[:30]) or says("time.names_outcome", after)


def is_not_clinical(time: Time) -> bool:
    """Whether the sentence is about samples, scans or adverse events alone, or about the registration."""
    sentence = time.match.sentence
    if sentence.role is SectionRole.REGISTRATION:
        return True
    if not (names_other_measure(sentence) or is_of_side_effect(time, sentence.lower)):
        return False
    clause = clause_of(time.match)
    if clause != sentence.lower and (says("time.not_clinical", clause) or is_of_side_effect(time, clause)):
        return not says("time.clinical", clause)
    return not is_clinical(sentence)


@lru_cache(maxsize=1)  # as for `is_clinical`
def names_other_measure(sentence: Sentence) -> bool:
    """Whether a sentence names samples, scans, recordings or adverse events."""
    return said_in(sentence, "time.not_clinical")


def is_of_side_effect(time: Time, words: str) -> bool:
    """Whether some minutes stand beside words on what a dose does for an hour."""
    return time.days < BY_THE_MINUTE and says("time.side_effect", words)


def is_of_administration(match: Match, days: float) -> bool:
    """Whether a time is the length of an infusion: some minutes or hours over which something was given."""
    if days > LONGEST_ADMINISTRATION:
        return says("time.infusion_behind", match.after(30))
    return not says("time.from_behind", match.after(15)) and not says("time.at_point", match.before(25))


@lru_cache(maxsize=1)  # the rates of one document ask for it one after the other
def assessed_times(document: Document) -> tuple[Time, ...]:
    """The times at which patients were assessed; lengths of treatment and times until relapse are none."""
    behind = times_behind_the_dose(document)
    if not behind:
        return ()
    taken = [match for _, match in lengths_of_treatment(document)]
    taken += [*document.own("course.doses_in_time"), *document.own("relapse.time")]
    return tuple([time for time in behind if not overlaps(time.match, taken) and is_told_of_outcome(time)])


@lru_cache(maxsize=1)  # asked for the follow-up, and again for the time until which a benefit lasts
def times_behind_the_dose(document: Document) -> tuple[Time, ...]:
    """The times that can be those of assessment, without those of another report, of safety or of medication alone."""
    every = times(document)
    if not every:
        return ()
    elsewhere = {match.sentence.number for rule_id in OF_OTHER for match in document.own(rule_id)}
    later = [match for match in document.own("time.awaited") if is_left_to_later(match)]
    taken = [*later, *document.own("time.for_safety")]
    here = [t for t in every if t.match.sentence.number not in elsewhere and not overlaps(t.match, taken)]
    behind = [time for time in here if is_behind_the_dose(time)]
    points = [time for time in here if time.point]
    return tuple([counted_on(time, points) for time in behind] if points else behind)


def counted_on(time: Time, points: Sequence[Time]) -> Time:
    """A further length of time after one dose, with the day in front: at day 7, seen weekly for 3 further weeks."""
    match = time.match
    if time.point or not says("time.additional", phrase_of(match)) or not gives_a_single_dose(match.document):
        return time
    front = [t for t in points if t.match.sentence is match.sentence and t.match.end <= match.start]
    if not front or not says("time.seen_further", match.before(90)):
        return time
    return structs.replace(time, days=time.days + front[-1].days)


def is_left_to_later(match: Match) -> bool:
    """Whether outcomes are told to come in a later report; methods and protocols plan those of their own."""
    return not (match["plan"] or match["future"]) or match.sentence.role in REPORTED


def times_shared_with_mood(document: Document) -> list[Time]:
    """The times of scans and samples, where mood is said to have been rated at the same times."""
    if not document.own("time.at_the_same_times"):
        return []
    return [time for time in times(document) if is_time_of_measures(time)]


def is_time_of_measures(time: Time) -> bool:
    """Whether scans or samples were taken at a time."""
    before, after = time.match.before(90), time.match.after(40)
    if time.days < BY_THE_MINUTE or not is_not_clinical(time) or is_of_the_past(before, after):
        return False
    return says("time.follow_up", before[-45:] + after[:30])


def follow_up(document: Document) -> FollowUp | None:
    """The longest time at which patients were assessed, with its anchor."""
    longest = longest_assessed(document)
    if longest is None or not is_from_last(longest) or says("time.after_each_dose", longest.match.after(30)):
        end = end_of_treatment(document, of_the_trial=longest is None)
        if end and (longest is None or float(end.value) > longest.days):
            return FollowUp(end, Anchor.FIRST_DOSE)
    if longest is None:
        return over_the_course(document)
    if longest.days <= 0:
        return None
    reading = number(longest.match, longest.days, confidence=LIKELY, reason="longest time of assessment")
    return FollowUp(reading, anchor_of(longest))


def longest_assessed(document: Document) -> Time | None:
    """The longest time at which patients were assessed, as its words tell it."""
    assessed = [*assessed_times(document), *times_shared_with_mood(document)]
    every = list(where_defined(assessed, document)) if document.own("time.code") else assessed
    found = [time for time in every if time.match.sentence.role is not SectionRole.BACKGROUND] or every
    if len(found) < 2:
        return found[0] if found else None
    found = [time for time in found if not is_of_the_trial(time)] or found
    course = longest_course(document)
    return max(may_be_latest(without_restated(found), course), key=lambda time: rank(time, course))


def where_defined(found: Sequence[Time], document: Document) -> Iterator[Time]:
    """The times, a code by the words that define it, which tell from when it is counted."""
    for time in found:
        if time.match.rule.id != "time.code":
            yield time
            continue
        defined = (t for t in times(document) if t.match.rule.id != "time.code" and t.days == time.days)
        yield from islice((t for t in defined if is_behind_the_dose(t)), 1)


def without_restated(found: Sequence[Time]) -> Sequence[Time]:
    """The times without those of title and conclusions that round one of the others: over three years, of 36 months."""
    late = [time for time in found if time.match.sentence.role in SUMMARIES]
    if not late:
        return found
    told = [time for time in found if time.match.sentence.role not in SUMMARIES]
    return told + [time for time in late if all(abs(time.days - other.days) > ROUNDED * other.days for other in told)]


def over_the_course(document: Document) -> FollowUp | None:
    """The length of treatment, when no time of assessment is told and results on mood are."""
    stated = [*courses_here(document), *lengths_of_the_trial(document)]
    told = (s for s in document.sentences if s.own and s.role is SectionRole.RESULTS)
    if not stated or not any(says("time.mood_changed", sentence.lower) for sentence in told):
        return None
    if document.own("design.withdrawal"):  # what is told comes behind the treatment whose length is stated
        return None
    days, match = max([*stated, *with_further_phase(stated)], key=lambda item: item[0])
    reason = "no time of assessment is told: results are taken for those of the treatment"
    return FollowUp(number(match, days, derived=True, confidence=UNSURE, reason=reason), Anchor.FIRST_DOSE)


@lru_cache(maxsize=1)  # asked for the end of treatment, and again where no time of assessment is told
def lengths_of_the_trial(document: Document) -> tuple[tuple[float, Match], ...]:
    """How long the trial as a whole lasted."""
    here = [t for t in times_behind_the_dose(document) if t.match.sentence.role is not SectionRole.BACKGROUND]
    return tuple([(time.days, time.match) for time in here if is_of_the_trial(time)])


def is_of_the_trial(time: Time) -> bool:
    """Whether a time is the length of the trial as a whole; its visits tell more."""
    if time.point:
        return False
    return says("time.of_the_trial", time.match.after(40)) or says("time.trial_over", time.match.before(30))


def may_be_latest(found: Sequence[Time], course: float) -> list[Time]:
    """Times that are the latest if each is counted from the last dose; of the others it need not be known."""
    latest = max([time.days for time in found])
    return [time for time in found if elapsed(time, course) >= latest]


def rank(time: Time, course: float) -> tuple[float, bool, bool, int]:
    """Order of follow-up times: the latest; of equal ones a numbered day, then one with its anchor, then the first."""
    from_last = is_from_last(time)
    return elapsed(time, course if from_last else 0), time.point, from_last, -time.match.start


@lru_cache(maxsize=1)  # as for `times`
def lengths_of_treatment(document: Document) -> tuple[tuple[float, Match], ...]:
    """Every stated length of treatment in days, with its match."""
    return tuple([(days, match) for match, days, _ in lengths(document)])


@lru_cache(maxsize=1)  # as for `times`
def courses_here(document: Document) -> tuple[tuple[float, Match], ...]:
    """The lengths of treatment in this study, not in its background; also those over which so many doses were given."""
    stated = [*lengths_of_treatment(document), *[(length_of(m), m) for m in document.own("course.doses_in_time")]]
    return tuple([course for course in stated if course[1].sentence.role is not SectionRole.BACKGROUND])


def longest_course(document: Document) -> float:
    """The longest stated length of treatment in days, 0 where none is stated."""
    courses = courses_here(document)
    return max([days for days, _ in courses]) if courses else 0


def elapsed(time: Time, course: float) -> float:
    """Days from the first dose: a follow-up that begins at the last dose lies behind the course."""
    return time.days + course if time.days >= FOLLOW_UP_PROPER else time.days


def end_of_treatment(document: Document, *, of_the_trial: bool = False) -> Reading | None:
    """The length of treatment, or else of the trial if asked, when patients were assessed at its end."""
    stated = courses_here(document)
    if not stated and of_the_trial:
        stated = lengths_of_the_trial(document)
    ends = assessed_at_end(document) if stated else ()
    if not ends:
        return None
    days, match = max([*stated, *with_further_phase(stated)], key=lambda item: item[0])
    reason = "assessed at the end of treatment"
    return number(match, days, derived=True, confidence=INFERRED, reason=reason, support=(ends[0].span,))


def with_further_phase(stated: Sequence[tuple[float, Match]]) -> Iterator[tuple[float, Match]]:
    """Lengths of treatment that came on top of an earlier one, each with that one."""
    for days, match in stated:
        earlier = [(before, other) for before, other in stated if other.start < match.start]
        if is_later_phase(match):
            earlier = [(before, other) for before, other in earlier if not is_later_phase(other)]
        elif not says("time.additional", phrase_of(match)):
            continue
        if earlier:
            yield max(before for before, _ in earlier) + days, match


def is_later_phase(match: Match) -> bool:
    """Whether a length of treatment is that of a phase which always comes behind another."""
    return match.rule.id == "course.phase" and match["kind"] in LATER_PHASES


def phrase_of(match: Match) -> str:
    """A length of treatment with the words directly in front of it."""
    return match.before(20) + match.text


def assessed_at_end(document: Document) -> Sequence[Match]:
    """The passages that tell that patients were assessed at the end of treatment or all through it."""
    for rule_id in ("time.end_of_treatment", "time.each_session", "effect.through_the_course"):
        if document.own(rule_id):
            return document.own(rule_id)
    each = [time.match for time in times(document) if says("time.after_each_dose", time.match.after(30))]
    told = [time.match for time in times(document) if is_length_with_outcome(time)]
    return told or after_all_doses(document) or each


def after_all_doses(document: Document) -> list[Match]:
    """The numbers of doses in a length of time, when a result on mood is reported after all of them."""
    stated = list(document.own("course.doses_in_time"))
    told = [s for s in document.sentences if s.own and says("rate.at_the_end", s.lower)] if stated else ()
    reported = any(says("time.clinical" if s.role not in NEVER else "time.rated", s.lower) for s in told)
    return stated if reported else []


def is_length_with_outcome(time: Time) -> bool:
    """Whether an outcome on mood is reported for a length of treatment ("scores fell throughout the 4-week phase")."""
    match = time.match
    if match.rule.id != "time.length" or time.days < 1 or match.sentence.role in NEVER:
        return False
    behind = says("time.treatment_behind", match.after(50))
    return behind and says("time.throughout", match.before(20)) and is_clinical(match.sentence)


@lru_cache(maxsize=8)  # asked for the order of times, and again for the anchor of the chosen one
def is_from_last(time: Time) -> bool:
    """Whether a time is said to be counted from the last dose; a numbered day only when the words behind it say so."""
    match = time.match
    if match.rule.id == "time.next_day" and says("time.last_dose", match.text):
        return True
    if time.point and match.rule.id != "time.next_day":
        return says("time.from_behind", match.after(15)) and says("time.last_dose", match.after(45))
    after = match.after(70)
    if says("time.post_treatment_phase", after):
        return True
    if says("time.first_dose_behind", after) or says("time.from_baseline", match.before(30)):
        return False
    if says("time.after_each_dose", after[:30]) and is_crossover(match.document):
        return False
    around = match.before(90) + match.text + after.partition(" and at ")[0]
    if says("time.last_dose", around):
        return True
    if time.days < 1 or gives_a_single_dose(match.document):
        return False
    return says("time.post_treatment", around) or is_of_follow_up_phase(match)


def is_of_follow_up_phase(match: Match) -> bool:
    """Whether a length of time is that of a follow-up phase behind the phase of treatment, which does not go on."""
    behind, before = match.after(60), match.before(60)
    if not (says("time.follow_up_phase", behind) or says("time.then_followed", before)):
        return False
    return not says("time.on_the_drug", f"{before}|{behind}")


def anchor_of(time: Time) -> Anchor:
    """What a follow-up is counted from: the end of treatment when the sentence says so, else the first dose."""
    if is_from_last(time):
        return Anchor.LAST_DOSE
    around = time.match.before(90) + time.match.text + time.match.after(70)
    if says("time.other_zero", around) and not says("time.from_the_dose", around):
        return Anchor.UNSPECIFIED
    is_numbered = time.match.rule.id == "time.point"
    if says("time.anchor_unsaid", around) and not is_numbered and time.days >= 28 and "baseline" not in around:
        return Anchor.UNSPECIFIED
    return Anchor.FIRST_DOSE


def blank(found: re.Match[str]) -> str:
    """As many blanks as were found."""
    return " " * len(found[0])


@lru_cache(maxsize=1)  # as for `is_clinical`
def breaks_of(sentence: Sentence) -> tuple[int, ...]:
    """Where the clauses of a sentence begin, without the first; remarks in brackets are no clauses."""
    without_remarks = BRACKETS.sub(blank, BRACKETS.sub(blank, sentence.lower))
    places = [found.start() for found in NEW_CLAUSE.finditer(without_remarks)]
    introduction = INTRODUCTION.match(without_remarks) if places else None
    if introduction and places[0] < introduction.end():
        del places[0]
    return tuple([sentence.start + place for place in places])


def clauses_of(sentence: Sentence) -> list[str]:
    """The clauses of a sentence."""
    places = [0, *(at - sentence.start for at in breaks_of(sentence)), len(sentence.lower)]
    return [sentence.lower[start:end] for start, end in pairwise(places)]


def clause_of(match: Match) -> str:
    """The clause of a sentence in which a match stands."""
    sentence = match.sentence
    places = (sentence.start, *breaks_of(sentence), sentence.end)
    behind = bisect_right(places, match.start)
    return match.document.lower[places[behind - 1] : places[behind]]
