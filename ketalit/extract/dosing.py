"""Which drug, which dose, by which route, over how many minutes.

A dose belongs to a drug: the nearest one in its clause. Doses of comparators and adjuncts, of earlier work, thresholds
and averages are no regimens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import structs

from ketalit.extract.context import says
from ketalit.extract.drugs import is_other_drug, names
from ketalit.extract.numbers import minutes_of, whole_or_decimal
from ketalit.extract.reading import confidence_of
from ketalit.extract.rules import family, terms
from ketalit.extract.scan import Document, Match, Sentence, by_start
from ketalit.extract.titration import DoseFound, over_time
from ketalit.model.evidence import Reading
from ketalit.vocabulary import DoseUnit, Drug, Route, SectionRole

Levels = list[tuple[float, float | None]]
"""Levels of dose, each with its upper end where it is a range."""

WORD = re.compile(r"[a-z][a-z0-9-]*")
LAST_WORD = re.compile(r"[a-z][a-z0-9-]*(?= \(?$)")
WORD_IN_FRONT = 24
"""Characters in front of a dose in which the name of its drug stands."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")
UNIT_BETWEEN = re.compile(r"-?(?<![a-z])(?:mg|ug)\S*")
BODY_WEIGHT = re.compile(r"\d kg\b")
ONE_NUMBER = re.compile(r"\d\d?(?:,| and )")
PEOPLE_IN_BRACKETS = re.compile(r" \(n ?= ?\d+\)")
PEOPLE_TO = re.compile(r" to \d")
"""What stands behind a number of people who get the dose behind it: `30 to 56 mg, 31 to 84 mg`."""
RANGE_SIGN = re.compile(r"-|\bto\b|through")
CLAUSE_BREAK = re.compile(r"[,;]| and | or ")
CLOSING = re.compile(r"[,;:)]")
LINK = re.compile(r"\)? ?-? ?")
UNIT_SIGN = re.compile(r" per |\.")
UNITS = {
    "mg/kg/h": DoseUnit.MG_PER_KG_PER_HOUR,
    "mg/kg/hr": DoseUnit.MG_PER_KG_PER_HOUR,
    "mg/kg/hour": DoseUnit.MG_PER_KG_PER_HOUR,
    "mg/kg/min": DoseUnit.MG_PER_KG_PER_MINUTE,
    "mg/kg/minute": DoseUnit.MG_PER_KG_PER_MINUTE,
    "ug/kg/min": DoseUnit.UG_PER_KG_PER_MINUTE,
    "ug/kg/minute": DoseUnit.UG_PER_KG_PER_MINUTE,
    "mg/kg": DoseUnit.MG_PER_KG,
    "mg": DoseUnit.MG,
}
PLAUSIBLE = {DoseUnit.MG: (5, 1000), DoseUnit.MG_PER_KG: (0.01, 15)}
"""Outside these bounds a number is no dose of ketamine given for depression, whatever its unit says."""
WIDEST_RANGE = 20
"""Times the lowest dose that the highest of a range can be: what is less is a number of people ("two to 84 mg")."""
SPRAY_DOSES = frozenset({28.0, 56.0, 84.0})
FORMS = {"racemate": Drug.KETAMINE, "s-enantiomer": Drug.ESKETAMINE, "r-enantiomer": Drug.ARKETAMINE}
"""What the forms of ketamine are called where the name of the drug is left out."""
ENDS_OF_FORMS = ("ketamine", "r-107", "sls-002", "ket01", "spravato", "esk", "ket", "esket", "racemate", "enantiomer")
"""How the names of ketamine and its forms end."""
DRUG_RULES = ("drug.ketamine", "drug.ketamine_code", "drug.esketamine", "drug.s_ketamine", "drug.arketamine")
DRUGS: dict[str | None, Drug] = {None: Drug.KETAMINE, **{str(drug): drug for drug in Drug}}
BOTH_DRUGS = "drug.both"
ROUTES = {str(route): route for route in Route}
"""By what rules name: sooner looked up than made anew for each mention. Both drugs at once are taken as ketamine."""
BESIDE_DOSE = ("infusion.long", "infusion.behind_dose", "infusion.named", "infusion.duration")
TIMES = ("infusion.over", "infusion.hour")
"""Lengths that can also be times of assessment."""
TITLES = frozenset({SectionRole.TITLE})
KETAMINE = frozenset({Drug.KETAMINE})
CONCLUDING = frozenset({SectionRole.CONCLUSIONS})
DESCRIBING = frozenset({SectionRole.METHODS, SectionRole.RESULTS})
WITHOUT_DOSE = frozenset({"placebo", "saline"})
"""Controls that no milligrams belong to: `placebo or 30 mg` is a dose of the drug."""
IN_SHORT = re.compile(r"\(([a-z]{2,5})\)")
LONGEST_NAME = 30
"""Characters in front of a short name in brackets in which the name stands."""
SHORTEST_NAME = 6
"""Letters of an unknown word that is taken to name what a dose is of: `5 mg of …`."""
OFTEN = 3
"""A drug that the title does not name is given when it is mentioned so often and has a dose."""


@lru_cache(maxsize=1)  # several decisions on one document ask for them
def drug_mentions(document: Document) -> tuple[tuple[Match, Drug], ...]:
    """Every mention of an active drug in sentences of this study, in order; without any, those of the background."""
    found = [match for rule_id in DRUG_RULES for match in document.own(rule_id)]
    if found:
        found += document.own(BOTH_DRUGS)
    else:
        found = [match for rule_id in (*DRUG_RULES, BOTH_DRUGS) for match in document.find(rule_id)]
    return tuple([(match, DRUGS[match.rule.value]) for match in sorted(found, key=by_start)])


def study_drugs(document: Document) -> dict[Drug, Match]:
    """The active drugs of this study, each with its best mention: in the title, else where the study is described."""
    mentions = drug_mentions(document)
    if not mentions:
        return {}
    given: dict[Drug, Match] = {}
    for match, drug in mentions:
        if drug not in given and is_given(match):
            given[drug] = match
    titled: dict[Drug, Match] = {}
    counts = dict.fromkeys(DRUGS.values(), 0)
    for match, drug in reversed(mentions):
        if match.sentence.role in TITLES:
            titled[drug] = match
        else:
            counts[drug] += 1
    if Drug.ESKETAMINE in given and titled.keys() == KETAMINE and is_dosed_only_as_esketamine(mentions, document):
        return {Drug.ESKETAMINE: given[Drug.ESKETAMINE]}
    if not titled:
        return frequent(given, counts) if given else dict([max_mention(mentions, counts)])
    return {
        **titled,
        **{drug: match for drug, match in given.items() if counts[drug] >= OFTEN and has_dose_of_its_own(match)},
    }


def is_dosed_only_as_esketamine(mentions: Sequence[tuple[Match, Drug]], document: Document) -> bool:
    """Whether the `ketamine` of a title is a short word for esketamine, to which every dose of the text belongs."""
    if any(drug is Drug.KETAMINE and match.sentence.role in DESCRIBING for match, drug in mentions):
        return False
    dosed = {drug_of(match, document) for match in document.own("dose.amount")}
    return Drug.ESKETAMINE in dosed and Drug.KETAMINE not in dosed


def max_mention(mentions: Sequence[tuple[Match, Drug]], counts: dict[Drug, int]) -> tuple[Drug, Match]:
    """The drug that is mentioned most."""
    match, drug = max(mentions, key=lambda pair: counts[pair[1]])
    return drug, match


def frequent(given: dict[Drug, Match], counts: dict[Drug, int]) -> dict[Drug, Match]:
    """Of the drugs given, those mentioned at least a third as often as the first."""
    most = max(counts.values())
    return {drug: match for drug, match in given.items() if 3 * counts[drug] >= most}


def is_given(match: Match) -> bool:
    """Whether the mention stands where treatments are described, and not as a parent substance."""
    return match.sentence.role not in CONCLUDING and not says("drug.parent_in_front", match.before(40))


def has_dose_of_its_own(match: Match) -> bool:
    """Whether a number of milligrams stands right behind the drug."""
    return says("drug.dose_behind", match.after(45))


def amounts(match: Match) -> Levels:
    """The dose levels of a match: each single number a level, numbers joined by a dash or `to` one range."""
    text = PEOPLE_IN_BRACKETS.sub("", str(match["amounts"]))
    groups: list[list[float]] = []
    end = 0
    is_between = match.before(8) == "between "
    numbers = list(NUMBER.finditer(text))
    has_unit = False
    for found in numbers[is_number_of_session(match) :]:
        if has_unit and PEOPLE_TO.match(text, found.end()):
            has_unit = False
            end = found.end() + len(" to")
            continue
        between = text[end : found.start()]
        link = UNIT_BETWEEN.sub("", between)
        joined = RANGE_SIGN.search(link) or (is_between and "and" in link)
        if groups and joined and is_no_dose(groups[-1][-1], float(found[0]), UNIT_BETWEEN.search(between) is not None):
            groups[-1] = [float(found[0])]
        elif groups and joined:
            groups[-1].append(float(found[0]))
        else:
            groups.append([float(found[0])])
        has_unit = UNIT_BETWEEN.match(text, found.end()) is not None or text.startswith(" mg", found.end())
        end = found.end()
    return [(min(group), max(group) if len(set(group)) > 1 else None) for group in groups]


def is_no_dose(first: float, second: float, with_unit: bool) -> bool:
    """Whether what stands in front of `to` is a day or a number of people: no range falls or is so wide.

    A number with a unit of its own, or with decimals, is a dose.
    """
    if with_unit:
        return False
    return second < first or (first.is_integer() and second > WIDEST_RANGE * first)


def is_number_of_session(match: Match) -> bool:
    """Whether the first number of a list is that of a session or day, not a dose: `in session 2, 1 mg/kg`."""
    return ONE_NUMBER.match(str(match["amounts"])) is not None and says("dose.session_in_front", match.before(12))


def levels(match: Match, document: Document) -> Levels:
    """The dose levels, where two sizes of the nasal spray are one flexible dose unless arms are fixed."""
    found = amounts(match)
    if len(found) == 1 or is_allotted(match):
        return found
    sizes = {dose for dose, _ in found}
    by_choice = sizes == {56.0, 84.0} or (sizes == SPRAY_DOSES and not document.own("design.randomised"))
    flexible = "flexibl" in document.lower or (by_choice and "fixed" not in document.lower)
    if flexible and len(sizes) > 1 and sizes <= SPRAY_DOSES:
        return [(min(sizes), max(sizes))]
    return found


def is_allotted(match: Match) -> bool:
    """Whether patients are allotted to the doses of a match, so that none is flexible."""
    return says("dose.allotted_in_front", match.before(50))


def drug_of(match: Match, document: Document) -> Drug | str | None:
    """The drug that a dose belongs to: named right behind it, else nearest in front, else behind in the same clause.

    A string is another drug; None means that no drug is named in the sentence.
    """
    behind = drug_right_behind(match)
    if behind:
        return behind
    named = [found for found in drug_names(match.sentence, document) if found[1] not in WITHOUT_DOSE]
    before = [found for found in named if found[0] < match.start]
    if before:
        return before[-1][1]
    after = [found for found in named if found[0] >= match.end]
    if after and not CLAUSE_BREAK.search(document.lower[match.end : after[0][0]]):
        return after[0][1]
    return None


def drug_right_behind(match: Match) -> Drug | str | None:
    """The drug named behind a dose with nothing but linking words in between; another drug may go `with` the dose.

    An unknown word behind `of` is another drug.
    """
    text = match.after(70)
    link = LINK.match(text)
    place = link.end() if link else 0
    beside, last, short = False, "", short_names(match.document)
    for word in WORD.finditer(text, place):
        if CLOSING.search(text[place : word.start()].rstrip("(")):
            return None
        drug = short.get(word[0]) or drug_named(text, word)
        if drug:
            return None if beside and not isinstance(drug, Drug) else drug
        if word[0] not in terms("dose_links"):
            return word[0] if last == "of" and len(word[0]) >= SHORTEST_NAME else None
        last = word[0]
        beside = beside or word[0] == "with"
        place = word.end()
    return None


def drug_named(text: str, word: re.Match[str]) -> Drug | str | None:
    """The drug that a word names, if it names one."""
    name = word[0]
    if is_other_drug(name):
        return name
    if name in FORMS:
        return FORMS[name]
    if (
        name.endswith("ketamine")
        or name in ("r-107", "sls-002", "ket01", "spravato")
        or (name.endswith(("esk", "ket")) and name.split("-")[-1] in ("esk", "ket", "esket"))
    ):
        return which_ketamine(text[max(0, word.start() - 8) : word.end()])
    return None


def which_ketamine(text: str) -> Drug:
    """Ketamine, esketamine or arketamine, by what stands in front of the name."""
    if says("drug.arketamine", text):
        return Drug.ARKETAMINE
    return Drug.ESKETAMINE if says("drug.esketamine", text) or says("drug.s_ketamine", text) else Drug.KETAMINE


@lru_cache(maxsize=16)  # each dose in a sentence asks for them
def drug_names(sentence: Sentence, document: Document) -> list[tuple[int, Drug | str]]:
    """Place and name of every drug in a sentence, also by a short name that the text gives to another drug."""
    found: list[tuple[int, Drug | str]] = []
    listed, stems = names()
    ends, short = ENDS_OF_FORMS + stems, short_names(document)
    for word in WORD.finditer(sentence.lower):
        name = word[0]
        if not (name in listed or name.endswith(ends) or name in short):
            continue  # most words: told sooner than by asking what they name
        drug = short.get(name) or drug_named(sentence.lower, word)
        if drug:
            found.append((sentence.start + word.start(), drug))
    return found


@lru_cache(maxsize=1)  # each sentence with a dose asks for them
def short_names(document: Document) -> dict[str, str]:
    """The short names that a text gives to other drugs: with `dextromethorphan (DXM)`, 30 mg DXM are not ketamine."""
    lower, given = document.lower, {}
    for found in IN_SHORT.finditer(lower):
        words = lower[max(0, found.start() - LONGEST_NAME) : found.start()].split()
        if words and is_other_drug(words[-1]):
            given[found[1]] = words[-1]
    return given


def is_regimen_dose(match: Match) -> bool:
    """Whether a dose is one that patients get: not an average, a cap, a step or the content of one device."""
    range_of_average = match.before(2).endswith("(") and RANGE_SIGN.search(str(match["amounts"])) is not None
    if says("dose.average", match.before(90)) and not range_of_average:
        return False
    before = match.before(40)
    if says("dose.cap_in_front", before) or says("dose.part_in_front", before):
        return False
    if says("dose.equivalent_in_front", before):
        return False
    if says("dose.part_behind", match.after(20)) or (
        match["unit"] == "mg" and says("dose.limit_in_front", match.before(60))
    ):
        return False
    return not is_for_the_old(match) or match.document.titled("population.late_life") is not None


def is_for_the_old(match: Match) -> bool:
    """Whether only the older patients of a sample get a dose: a smaller spray, never so much for a kilogram."""
    if match["unit"] != "mg":
        return False
    return says("dose.for_the_old_behind", match.after(80)) or says("dose.for_the_old_in_front", match.before(60))


def plausible(dose: float, unit: DoseUnit) -> bool:
    """Whether a number can be a dose in this unit."""
    low, high = PLAUSIBLE.get(unit, (0, 10_000))
    return low <= dose <= high


def doses(document: Document, drugs: dict[Drug, Match]) -> list[DoseFound]:
    """Every dose level of an active drug in this study, the same level once; steps within a range do not count."""
    if not document.own("dose.amount"):
        return []
    found = [dose for dose in all_doses(document, drugs) if plausible(dose.dose, dose.unit)]
    found += flexible_sprays(found, document)
    known: dict[tuple[Drug, float, float | None, DoseUnit], DoseFound] = {}
    for dose in sorted(found, key=late_and_single_last):
        level = (dose.drug, dose.dose, dose.dose_max, dose.unit)
        first = known.setdefault(level, dose)
        if first is not dose:
            known[level] = structs.replace(first, places=first.places | dose.places)
    told = [dose for dose in known.values() if not any(is_step_of(dose, other) for other in known.values())]
    return without_doses_of_conclusions(told)


def without_doses_of_conclusions(found: list[DoseFound]) -> list[DoseFound]:
    """The doses without those that only conclusions name, such as for other trials, where a drug has others."""
    described = {dose.drug for dose in found if dose.match.sentence.role not in CONCLUDING}
    return [dose for dose in found if dose.drug not in described or dose.match.sentence.role not in CONCLUDING]


def flexible_sprays(found: Sequence[DoseFound], document: Document) -> list[DoseFound]:
    """Sizes of the nasal spray that are named apart, as one flexible dose: in care, nobody is allotted to one size."""
    sizes = [dose for dose in found if dose.drug is Drug.ESKETAMINE and dose.unit is DoseUnit.MG]
    named = {size for dose in sizes for size in (dose.dose, dose.highest)}
    if len(named) < 2 or not named <= SPRAY_DOSES or any(is_by_weight(dose.match) for dose in sizes):
        return []
    if any(is_allotted(dose.match) for dose in sizes):
        return []
    if "fixed" in document.lower or document.own("design.randomised"):
        return []
    sizes.sort(key=lambda dose: dose.dose)
    low, high = sizes[0], max(sizes, key=lambda dose: dose.highest)
    places = frozenset(dose.match.sentence.number for dose in sizes)
    return [DoseFound(low.drug, low.dose, high.highest, low.unit, low.match, places, True, high.match)]


def is_by_weight(match: Match) -> bool:
    """Whether the size of a spray is told by the weight of patients: `28 mg for those under 40 kg`."""
    return BODY_WEIGHT.search(match.after(40)) is not None


def late_and_single_last(dose: DoseFound) -> tuple[bool, bool]:
    """Order of doses: those of conclusions behind the others, titrations in front."""
    return dose.match.sentence.role in CONCLUDING, not dose.titrated


def all_doses(document: Document, drugs: dict[Drug, Match]) -> Iterator[DoseFound]:
    """Every dose that belongs to an active drug, before repetitions are merged."""
    stated, limits = [], []
    for match, drug, unit, found in doses_of_people(document, drugs):
        here = frozenset({match.sentence.number})
        if is_regimen_dose(match):
            stated += [DoseFound(drug, dose, dose_max, unit, match, here) for dose, dose_max in found]
        elif is_limit(match):
            limits += [DoseFound(drug, most or dose, None, unit, match, here) for dose, most in found[-1:]]
    yield from stated
    yield from over_time(sorted(stated + limits, key=lambda dose: dose.match.start), document)


def doses_of_people(document: Document, drugs: dict[Drug, Match]) -> Iterator[tuple[Match, Drug, DoseUnit, Levels]]:
    """Every passage with doses of an active drug in a sentence about people, with its unit and levels."""
    of_animals = {found.sentence.number for found in document.own("dose.of_animals")}
    for match in document.own("dose.amount"):
        if match.sentence.number in of_animals:
            continue
        drug, unit = drug_of(match, document) or only(drugs), unit_of(str(match["unit"]))
        if isinstance(drug, Drug) and unit:
            yield match, drug, unit, levels(match, document)
        elif drug:
            yield from doses_before_control(match)


def doses_before_control(match: Match) -> Iterator[tuple[Match, Drug, DoseUnit, Levels]]:
    """Doses of the active drug in front, where only the last of a list is that of the control named behind it.

    In `ketamine 0.5 mg/kg or 0.03 mg/kg midazolam` each dose has a unit of its own.
    """
    own_unit, named = UNIT_BETWEEN.search(str(match["amounts"])), LAST_WORD.search(match.before(WORD_IN_FRONT))
    if own_unit is None or named is None:
        return
    drug, unit = drug_named(named.string, named), unit_of(own_unit[0])
    if isinstance(drug, Drug) and unit:
        yield match, drug, unit, amounts(match)[:-1]


def is_limit(match: Match) -> bool:
    """Whether a number that is no regimen tells how far a dose may be raised: `by 0.1 up to 0.5`, `no more than 1`."""
    before = match.before(40)
    return says("dose.cap_in_front", before) or (
        says("dose.part_in_front", before) and RANGE_SIGN.search(str(match["amounts"])) is not None
    )


def unit_of(written: str) -> DoseUnit | None:
    """The unit of a dose, however it is written."""
    return UNITS.get(UNIT_SIGN.sub("/", written).replace("-1", ""))


def only(drugs: dict[Drug, Match]) -> Drug | None:
    """The study's drug, when it has just one."""
    return next(iter(drugs)) if len(drugs) == 1 else None


def is_step_of(dose: DoseFound, other: DoseFound) -> bool:
    """Whether a dose only repeats a step of another dose's range; the fixed dose of another arm is none."""
    if other is dose or other.dose_max is None or other.kind != dose.kind:
        return False
    if dose.dose < other.dose or other.dose_max < dose.highest:
        return False
    return other.match is dose.match or not says("dose.fixed_in_front", dose.match.before(60))


def dose_reading(match: Match, value: float) -> Reading:
    """A dose as a reading, with the span of the whole phrase."""
    every_decimal = whole_or_decimal(value)  # 0.00225 mg/kg/min
    sure, reason = confidence_of(match, derived=False), f"dose in the {match.sentence.role}"
    return Reading(every_decimal, match.span, match.rule.id, confidence=sure, reason=reason)


def route_mentions(document: Document, own: bool = True) -> list[tuple[Match, Route]]:
    """Every mention of a route in own sentences, in order of place; `infusion` only where no other route is near."""
    found = document.own_of(family("route")) if own else document.all_of(family("route"))
    places = [m.start for m in found if m.rule.id != "route.infusion"]
    return [
        (m, ROUTES[str(m.rule.value)])
        for m in found
        if m.rule.id != "route.infusion" or not any(abs(m.start - place) < 60 for place in places)
    ]


def infusion_lengths(document: Document) -> list[tuple[Match, float]]:
    """Every length of one administration, in minutes: beside an infusion or a dose, never a time of assessment."""
    found = [match for rule_id in BESIDE_DOSE for match in document.own(rule_id)]
    found += [match for rule_id in TIMES for match in document.own(rule_id) if speaks_of_administration(match)]
    return [(match, minutes_in(match)) for match in sorted(found, key=by_start)] if found else []


def minutes_in(match: Match) -> float:
    """The length that a match states."""
    if match.rule.id == "infusion.hour":
        return 30.0 if match["half"] else 60.0
    return minutes_of(match.number("length") or 0, str(match["unit"]))


def speaks_of_administration(match: Match) -> bool:
    """Whether the words in front of a time are about giving the drug."""
    before = match.before(90)
    return says("infusion.given_in_front", before) and not says("infusion.assessed_in_front", before)
