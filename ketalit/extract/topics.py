"""What else a study takes up: care around the drug, suicidality as outcome, misuse, cost, people seldom studied.

A topic counts where the study speaks of itself, in what it did, found or plans; not in its background, and not beside
words that rule it out. Populations and phases that other readers decide are taken from them, never read twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ketalit.extract.context import said_in, says
from ketalit.extract.reading import word
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading, Regimen, Topic
from ketalit.vocabulary import Phase, SectionRole, TopicName

POPULATIONS: Final = (TopicName.ADOLESCENT, TopicName.LATE_LIFE, TopicName.POSTPARTUM, TopicName.BIPOLAR)
"""Special populations that the rules of `population` name."""
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
    found = {name: of_match(match, name) for name, match in _best(document, who)}
    maintained = next((regimen.drug for regimen in regimens if regimen.phase is Phase.MAINTENANCE), None)
    if maintained is not None:
        found.setdefault(TopicName.MAINTENANCE, Topic(_of_regimen(maintained)))
    return tuple(found[name] for name in TOPICS if name in found)


def _best(document: Document, who: Document) -> Iterator[tuple[TopicName, Match]]:
    """The place that says most of each topic."""
    places = [(name, matches(document)) for name, matches in FINDERS.items()]
    places += [(name, special_population(f"population.{name}", who)) for name in POPULATIONS]
    for name, matches in places:
        best = min(matches, key=_rank, default=None)
        if best is not None:
            yield name, best


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


# ---- populations


def special_population(rule_id: str, who: Document) -> Iterator[Match]:
    """People whom the study names as its own: narrower than `population`, which knows no exclusions."""
    for match in _studied(who, rule_id):
        if not is_ruled_out(match) and not says("topic.beside_the_sample", match.before(NEAR)):
            yield match


def veterans(document: Document) -> Iterator[Match]:
    """Veterans or service members who are studied."""
    return _found(document, "topic.veterans")


# ---- where a study speaks of itself


def _studied(document: Document, rule_id: str) -> Iterator[Match]:
    """Matches where the study speaks of what it does or finds."""
    for match in document.own(rule_id):
        is_late = match.sentence.role in LATE_ONLY or said_in(match.sentence, "context.future")
        if not is_late and _speaks_of_itself(match):
            yield match


def _speaks_of_itself(match: Match) -> bool:
    """The descriptions of a registration are background until they speak of the plan; every other field is the plan."""
    if not _field(match).startswith(DESCRIPTIONS):
        return True
    text = match.sentence.lower
    if says("context.earlier", text):
        return False
    return says("topic.planned", text) or says("context.own", text) or says("context.aim", text)


def _found(document: Document, rule_id: str) -> Iterator[Match]:
    """Matches that nothing around rules out or puts before or after the study."""
    for match in _studied(document, rule_id):
        if not is_ruled_out(match) and not says("topic.before_the_study", match.before(NEAR)):
            yield match


def is_ruled_out(match: Match) -> bool:
    """Whether the words around say that it was excluded, absent or denied."""
    return says("topic.ruled_out", match.before(NEAR)) or says("topic.ruled_out_behind", match.after(NEAR))


# ---- care around the drug


def psychotherapy(document: Document) -> Iterator[Match]:
    """Psychotherapy that is given with the drug; earlier or failed psychotherapy is none."""
    yield from _studied(document, "topic.assisted_therapy")
    for match in _studied(document, "topic.psychotherapy"):
        if _is_with_the_drug(match) and not _is_not_given(match) and not is_ruled_out(match):
            yield match


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


def maintenance(document: Document) -> Iterator[Match]:
    """Doses that keep an effect; not maintenance of anaesthesia, dialysis or another treatment."""
    for match in _studied(document, "topic.maintenance"):
        around = match.before(NEAR) + match.text + match.after(NEAR // 2)
        if not says("topic.other_maintenance", around):
            yield match


def home(document: Document) -> Iterator[Match]:
    """The drug taken at home."""
    return _found(document, "topic.home")


def telehealth(document: Document) -> Iterator[Match]:
    """Care at a distance."""
    return _found(document, "topic.telehealth")


# ---- matters of study


def suicidality(document: Document) -> Iterator[Match]:
    """Suicidality that is measured or reported: by a scale of its own, or by words of measurement and change."""
    is_suicidal = "suicid" in document.lower  # ssi is a surgical site infection as well
    for rule_id in SUICIDALITY_SCALES if is_suicidal else ():
        for match in _studied(document, rule_id):
            if not (says("topic.threshold", match.after(30)) or _selects(match)):
                yield match
    for match in _studied(document, "topic.suicidality"):
        if _is_measured(match):
            yield match


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


def abuse_potential(document: Document) -> Iterator[Match]:
    """Misuse of the drug as a studied matter; not a history of substance abuse."""
    for match in _studied(document, "topic.abuse_potential"):
        of_others = says("topic.other_substance", match.before(NEAR)) or _selects(match)
        if not of_others and not says("topic.before_the_study", match.before(NEAR)):
            yield match


def cost(document: Document) -> Iterator[Match]:
    """Cost as a matter of study."""
    return _found(document, "topic.cost")


def access(document: Document) -> Iterator[Match]:
    """Access to the drug as a matter of study."""
    return _found(document, "topic.access")


FINDERS: Final[dict[TopicName, Callable[[Document], Iterable[Match]]]] = {
    TopicName.PSYCHOTHERAPY: psychotherapy,
    TopicName.SUICIDALITY_OUTCOME: suicidality,
    TopicName.MAINTENANCE: maintenance,
    TopicName.ABUSE_POTENTIAL: abuse_potential,
    TopicName.COST: cost,
    TopicName.ACCESS: access,
    TopicName.HOME: home,
    TopicName.TELEHEALTH: telehealth,
    TopicName.VETERANS: veterans,
}
