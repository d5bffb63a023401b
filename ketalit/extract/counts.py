"""Numbers of people in a text: whom each counts, on which basis, and whether they are the sample, a part or an arm.

Healthy controls are no patients; ages, years, sites and trial numbers are no people.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from ketalit.extract.context import SHORT, said_in, says
from ketalit.extract.patterns import compiled
from ketalit.extract.rules import family, holds, load
from ketalit.extract.scan import Document, Match, overlaps
from ketalit.vocabulary import NBasis, SectionRole

ONE_SEX = frozenset({"women", "men", "females", "males", "female", "male"})
CLAUSE_IN_FRONT = re.compile(r"[;:]|, (?:and|with) ")
CLAUSE_BEHIND = re.compile(r";|, (?:and|with|of whom) ")
NEXT_GROUP = re.compile(r"[;.,)]| and | vs")
SO_MANY_OF = re.compile(r"\d (?:\([^()\n]{1,12}\) )?(?:out )?of (?:the |all )?$")
SHARED_SIZE = re.compile(r"(?:groups|arms|cohorts) of (?:about )?$")
"""In front of the people whom each of several groups has."""
BEGAN = ("n.began", "n.selected")
"""Rules for the people who took part, of more who could have."""
IN_BRACKETS = compiled(r" ?[(\[][^()\[\]\n]{0,80}[)\]]")
VERB_IN_FRONT = re.compile(
    r"(?:screened|screening of|enrolled|recruited|included|randomi[sz]ed|treated|analy[sz]ed) (?:a total of )?$"
)
ENDS_OF_VERB = ("ed ", "of ")
"""How it ends: looked at first, as few do."""
INCLUSION = (
    "n.verb",
    "n.behind_verb",
    "n.among",
    "n.overall",
    "n.forms",
    "n.disorder",
    "n.went_on_to_randomisation",
)
"""Rules for numbers of people that no noun follows."""
BASES = {basis.value: basis for basis in NBasis}
TOLD_BY_RULE = {"n.of_screened": NBasis.ENROLLED, "n.went_on_to_randomisation": NBasis.RANDOMISED}
"""Rules that tell the basis by themselves."""
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


@lru_cache(maxsize=1)
def counts(document: Document) -> tuple[Count, ...]:
    """Every number of patients in sentences of this study; kept for the document that is being read."""
    people = document.own("n.people")
    found = [match for match in people if is_of_patients(match)]
    others = [match for rule_id in INCLUSION for match in document.own(rule_id)]
    found += [match for match in others if not overlaps(match, people) and not is_other_number(match)]
    found += [match for match in document.own("n.equals") if is_total(match)]
    found += document.own("n.of_screened")
    if not found:
        return ()
    told = tuple(map(count, found))
    began = [kept for item in told if item.basis is NBasis.SCREENED and (kept := smaller(item.match, BEGAN))]
    if not began:
        return told
    return (*told, *(count(kept) for kept in began if all(kept.start != item.start for item in told)))


def count(match: Match) -> Count:
    """A match as a count with its basis."""
    start, end = match.place("n")
    document, sentence, n = match.document, match.sentence, int(match["n"] or 0)
    before = document.lower[max(sentence.start, start - 60) : start]
    after = match.after(WINDOW)
    if match.rule.id in TOLD_BY_RULE:
        randomised = basis_of("", CLAUSE_BEHIND.split(after, maxsplit=1)[0]) is NBasis.RANDOMISED
        return Count(n, NBasis.RANDOMISED if randomised else TOLD_BY_RULE[match.rule.id], match, start, end)
    if says("n.planned", before) or says("n.planned_behind", after[:90]):
        return Count(n, NBasis.PLANNED, match, start, end)
    if is_larger_pool(match, before):
        return Count(n, NBasis.SCREENED, match, start, end)
    basis_in_front = verb_in_front(before)
    basis = basis_in_front or basis_around(before, document.lower[end : match.end] + without_remarks(after))
    if is_part(match, before, after, basis_in_front):
        return Count(n, basis, match, start, end, part=True)
    is_arm = says("n.arm_like", after) or says("n.one_of_two", before) or SHARED_SIZE.search(before) is not None
    return Count(n, basis, match, start, end, arm=is_arm)


def is_larger_pool(match: Match, before: str) -> bool:
    """Whether the people are those who could have taken part, of whom the smaller number of those who did is told."""
    if not said_in(match.sentence, "n.could_take_part"):  # asked first, as few are told so
        return False
    if SO_MANY_OF.search(before):
        return says("n.could_take_part", match.text)
    began = smaller(match, BEGAN)
    told = match.text if began is None else match.document.lower[match.start : began.start]
    return began is not None and says("n.could_take_part", told) and not says("basis.randomised", told)


def smaller(match: Match, rule_ids: tuple[str, ...]) -> Match | None:
    """The smaller number of people who were taken from those that a match counts, behind it in its sentence."""
    document, sentence = match.document, match.sentence
    end = min(sentence.end, match.end + WINDOW)
    for rule in map(load().__getitem__, rule_ids):
        found = rule.regex.search(document.lower, match.end, end)
        if found and int(found["n"]) < int(match["n"] or 0):
            return Match(document, rule, sentence, found, *found.span())
    return None


def without_remarks(text: str) -> str:
    """A text without what stands in brackets, also in brackets within brackets."""
    for _ in range(2):
        if "(" in text or "[" in text:
            text = IN_BRACKETS.sub("", text)
    return text


def verb_in_front(before: str) -> NBasis | None:
    """The basis that the authors' own verb names right in front of a number: "we screened 90 people"."""
    verb = VERB_IN_FRONT.search(before) if before.endswith(ENDS_OF_VERB) else None
    return basis_behind(verb[0]) if verb else None


def basis_around(before: str, after: str) -> NBasis:
    """The basis that is named in the clause of a number: behind it first, then in front."""
    behind = basis_behind(CLAUSE_BEHIND.split(after, maxsplit=1)[0])
    return behind or basis_of(CLAUSE_IN_FRONT.split(before)[-1], "")


def basis_of(before: str, after: str) -> NBasis:
    """The basis that the words around a number name: the verb behind it first, then the one in front."""
    behind = basis_behind(after)
    if behind:
        return behind
    front = basis_places(before)
    return max(front)[1] if front else NBasis.UNSPECIFIED


def basis_behind(text: str) -> NBasis | None:
    """The basis that a text names first."""
    places = basis_places(text)
    return min(places)[1] if places else None


def basis_places(text: str) -> list[tuple[int, NBasis]]:
    """The place of each word that names a basis, with the basis."""
    if not text:
        return []
    return [
        (found.start(), BASES[str(rule.value)])
        for rule in family("basis").noted  # before the needs are looked at, as they are part of the question
        if holds(text, rule.needs)
        for found in rule.regex.finditer(text)
    ]


def is_part(match: Match, before: str, after: str, basis_in_front: NBasis | None) -> bool:
    """Whether the people are a part of the sample: "7 of 14 patients", "5 patients relapsed"."""
    if is_one_sex_of_several(match, before) or says("n.excluded", after[:SHORT]):
        return True
    if basis_in_front is NBasis.RANDOMISED:
        return False
    if says("n.denominator", before) and not says("n.randomised_behind", after):
        return "randomi" not in match.text
    if says("n.subset", after):
        return not (says("n.of_in_front", before) or says("n.went_on", after))
    if says("n.of_behind", after) or says("n.subsample", before) or is_share(match):
        return True
    return says("n.event_in_front", before) and not says("n.recording_in_front", before)


def is_share(match: Match) -> bool:
    """Whether people in the results are told with their share of the whole and no word of taking part: 12 (19%)."""
    if match.rule.id != "n.people" or match.sentence.role is not SectionRole.RESULTS:
        return False
    return says("n.share_behind", match.after(12)) and basis_of("", match.after(60)) is NBasis.UNSPECIFIED


def is_one_sex_of_several(match: Match, before: str) -> bool:
    """Whether the people counted are the women or the men of a sample."""
    who = match["who"] if match.rule.id == "n.people" else None
    return who in ONE_SEX and says("n.listed_in_front", before)


def is_of_patients(match: Match) -> bool:
    """Whether a number of people counts patients: not healthy controls, not an age, not a site, not a year."""
    if is_other_number(match) or says("n.healthy", match.text + NEXT_GROUP.split(match.after(12), maxsplit=1)[0]):
        return False
    if says("n.control_word", match.text + " " + match.before(18)):
        return False
    return not says("n.other_unit", match.after(10))


def is_other_number(match: Match) -> bool:
    """Whether a number counts no people by what stands in front of it: an age, a trial's number, a year."""
    return says("n.other_number", match.before(22)) or is_year(match)


def is_year(match: Match) -> bool:
    """Whether a number is a calendar year: it looks like one and stands behind a month or a word of time."""
    if not FIRST_YEAR <= int(match["n"] or 0) <= LAST_YEAR:
        return False
    place = match.place("n")[0]
    return says("n.time_in_front", match.document.lower[max(match.sentence.start, place - 30) : place])


def is_total(match: Match) -> bool:
    """Whether `n = …` counts the whole sample: it stands beside people, a cohort or a ratio, not beside an arm."""
    if says("n.people_behind", match.after(30)):
        return True
    before = match.before(60)
    if says("n.healthy", before[-35:]):
        return False
    if says("n.people_in_front", before):
        return True
    clause = CLAUSE_IN_FRONT.split(match.before(200))[-1]
    return says("n.cohort_in_front", clause) and not says("n.part_in_front", clause)
