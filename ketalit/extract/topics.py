"""What else a study takes up: care around the drug, suicidality as outcome, misuse, cost, people seldom studied.

A topic counts where the study speaks of itself, in what it did, found or plans; not in its background, and not beside
words that rule it out. Populations and phases that other readers decide are taken from them, never read twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from ketalit.extract.context import said_in, says
from ketalit.extract.reading import word
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, Regimen, Topic
from ketalit.vocabulary import Phase, SectionRole, TopicName

POPULATIONS: Final = {
    f"population.{name}": name
    for name in (TopicName.ADOLESCENT, TopicName.LATE_LIFE, TopicName.POSTPARTUM, TopicName.BIPOLAR)
}
"""Special populations by the rules that name them."""
SUICIDALITY_SCALES: Final = (
    "scale.c-ssrs", "scale.ssi", "scale.mssi", "scale.bss", "scale.s-sts", "scale.sibat", "scale.sps"
)  # fmt: skip
DESCRIPTIONS: Final = "/protocolSection/descriptionModule/"
ARMS: Final = "/protocolSection/armsInterventionsModule/"
"""Only arms that get the drug, and what they get, are handed in."""
OUTCOMES: Final = "/protocolSection/outcomesModule/"
TOPICS: Final = tuple(TopicName)
"""In the order in which they are told."""
OUTCOME_KINDS: Final = ("primary", "secondary", "other")
NEAR: Final = 60
"""Characters around a match in which words that rule it out, or that measure it, belong to it."""
LATE_ONLY: Final = frozenset({SectionRole.CONCLUSIONS})
"""Where a topic is praised or wished for as often as studied."""


def topics(document: Document, who: Document, regimens: Sequence[Regimen] = ()) -> tuple[Topic, ...]:
    """Every topic of a study, once. `who` holds the text that may name the people: the same text, for a paper."""
    found = {name: of_match(min(matches, key=_rank), name) for name, matches in _matches(document, who).items()}
    maintained = [regimen.drug for regimen in regimens if regimen.phase is Phase.MAINTENANCE]
    if maintained:
        found.setdefault(TopicName.MAINTENANCE, Topic(_of_regimen(maintained[0])))
    return tuple([found[name] for name in TOPICS if name in found]) if found else ()


def _matches(document: Document, who: Document) -> dict[TopicName, list[Match]]:
    """Every place that states a topic."""
    found: dict[TopicName, list[Match]] = {}
    for rule_id in filter(document.own_matches.__contains__, OF_STUDIES):  # few of them match anywhere
        name, counts = OF_STUDIES[rule_id]
        for match in document.own(rule_id):
            if _is_studied(match) and counts(match):
                found.setdefault(name, []).append(match)
    for rule_id, name in POPULATIONS.items():
        for match in who.own(rule_id):
            if _is_studied(match) and _is_of_the_sample(match):
                found.setdefault(name, []).append(match)
    return found


def of_match(match: Match, name: TopicName) -> Topic:
    """A topic as a match states it, with its sentence, and the kind of planned outcome that it stands in."""
    document, sentence = match.document, match.sentence
    context = (document.span(sentence.start, sentence.end),)
    kind = outcome_kind(match)
    planned = None if kind is None else replace(word(match, kind), support=context)
    return Topic(replace(word(match, name), support=context), planned)


def _of_regimen(drug: Reading) -> Reading:
    """Maintenance that the regimens decide: the words of the drug that is given in that phase."""
    return replace(drug, value=str(TopicName.MAINTENANCE), reason="a regimen of the maintenance phase", support=())


def outcome_kind(match: Match) -> str | None:
    """Which kind of planned outcome a match stands in, by its JSON pointer."""
    field = _field(match)
    if not field.startswith(OUTCOMES):
        return None
    return next((kind for kind in OUTCOME_KINDS if field.startswith(f"{OUTCOMES}{kind}Outcomes/")), None)


def _field(match: Match) -> str:
    return match.sentence.unit.field


def _rank(match: Match) -> tuple[int, int]:
    """A planned outcome first, the primary one before others, then the title, then the place."""
    kind = outcome_kind(match)
    if kind is not None:
        return OUTCOME_KINDS.index(kind), match.start
    return len(OUTCOME_KINDS) + (not _is_titled(match)), match.start


def _is_titled(match: Match) -> bool:
    return match.sentence.role is SectionRole.TITLE


# ---- where a study speaks of itself


def _is_studied(match: Match) -> bool:
    """Whether the study speaks of what it does or finds."""
    is_late = match.sentence.role in LATE_ONLY or said_in(match.sentence, "context.future")
    return not is_late and _speaks_of_itself(match)


def _speaks_of_itself(match: Match) -> bool:
    """The descriptions of a registration are background until they speak of the plan; every other field is the plan."""
    if not _field(match).startswith(DESCRIPTIONS):
        return True
    text = match.sentence.lower
    if says("context.earlier", text):
        return False
    return says("topic.planned", text) or says("context.own", text) or says("context.aim", text)


def _is_ruled_out(match: Match) -> bool:
    """Whether the words around say that it was excluded, absent or denied."""
    return says("topic.ruled_out", match.before(NEAR)) or says("topic.ruled_out_behind", match.after(NEAR))


def _is_of_the_study(match: Match) -> bool:
    """Whether nothing around rules a matter out, or puts it before or after the study."""
    return not _is_ruled_out(match) and not says("topic.before_the_study", match.before(NEAR))


def _is_of_the_sample(match: Match) -> bool:
    """Whether the study names people as its own: narrower than `population`, which knows no exclusions."""
    return not _is_ruled_out(match) and not says("topic.beside_the_sample", match.before(NEAR))


# ---- care around the drug


def _is_assisted(match: Match) -> bool:
    """Psychotherapy that has its name from being given with the drug: no word around it counts."""
    return True


def _goes_with_the_drug(match: Match) -> bool:
    """Psychotherapy that is given with the drug; earlier or failed psychotherapy is none."""
    return _is_with_the_drug(match) and not _is_not_given(match) and not _is_ruled_out(match)


def _is_with_the_drug(match: Match) -> bool:
    """Whether both are given: by the sentence, or because it describes an arm that gets the drug."""
    if _field(match).startswith(ARMS):
        return True
    text = match.sentence.lower
    names_the_drug = says("drug.ketamine", text) or says("drug.esketamine", text)
    return names_the_drug and says("topic.combined", text)


def _is_not_given(match: Match) -> bool:
    """Whether a treatment failed earlier, was compared, or is only thought of."""
    whole_front = len(match.sentence.lower)
    return says("topic.not_given", match.before(NEAR)) or says("topic.failed", match.before(whole_front))


def _keeps_an_effect(match: Match) -> bool:
    """Doses that keep an effect; not maintenance of anaesthesia, dialysis or another treatment."""
    return not says("topic.other_maintenance", match.before(NEAR) + match.text + match.after(NEAR // 2))


# ---- matters of study


def _is_rated(match: Match) -> bool:
    """Suicidality by a scale of its own, by which people were not chosen."""
    if "suicid" not in match.document.lower:  # ssi is a surgical site infection as well
        return False
    return not (says("topic.threshold", match.after(30)) or _selects(match))


def _selects(match: Match) -> bool:
    """Whether the words around speak of exclusion: by scales people are chosen as well."""
    return says("topic.ruled_out_behind", match.before(NEAR) + match.after(NEAR))


def _is_measured(match: Match) -> bool:
    """Not a trait of the people, an adverse event, or an item of a scale of depression that a registry explains."""
    sentence = match.sentence
    if says("topic.of_the_sample", match.before(NEAR)) or _selects(match):
        return False
    if says("topic.adverse", sentence.lower):
        return False
    field = _field(match)
    if field.startswith(OUTCOMES):
        return field.endswith("/measure")
    return says("topic.measured", match.before(NEAR) + match.text + match.after(NEAR))


def _is_of_the_drug(match: Match) -> bool:
    """Misuse of the drug as a studied matter; not a history of substance abuse."""
    if says("topic.other_substance", match.before(NEAR)) or _selects(match):
        return False
    return not says("topic.before_the_study", match.before(NEAR))


OF_STUDIES: Final[dict[str, tuple[TopicName, Callable[[Match], bool]]]] = {
    "topic.assisted_therapy": (TopicName.PSYCHOTHERAPY, _is_assisted),
    "topic.psychotherapy": (TopicName.PSYCHOTHERAPY, _goes_with_the_drug),
    **dict.fromkeys(SUICIDALITY_SCALES, (TopicName.SUICIDALITY_OUTCOME, _is_rated)),
    "topic.suicidality": (TopicName.SUICIDALITY_OUTCOME, _is_measured),
    "topic.maintenance": (TopicName.MAINTENANCE, _keeps_an_effect),
    "topic.abuse_potential": (TopicName.ABUSE_POTENTIAL, _is_of_the_drug),
    "topic.cost": (TopicName.COST, _is_of_the_study),
    "topic.access": (TopicName.ACCESS, _is_of_the_study),
    "topic.home": (TopicName.HOME, _is_of_the_study),
    "topic.telehealth": (TopicName.TELEHEALTH, _is_of_the_study),
    "topic.veterans": (TopicName.VETERANS, _is_of_the_study),
}
"""What each rule tells of a study, and when a match of it counts."""
