"""Is this a clinical report on (es)ketamine given for depression? Recall first: a doubtful record goes to a human."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract.context import says
from ketalit.extract.design import counts_people, first, named
from ketalit.extract.dosing import drug_mentions
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Judgement, Reading
from ketalit.vocabulary import Design, SectionRole

NO_NEW_DATA = {
    Design.PROTOCOL: "a protocol without results",
    Design.META_ANALYSIS: "a meta-analysis",
    Design.REVIEW: "a review",
    Design.OTHER: "no clinical report",
}


WITH_PATIENTS = ("comparator.", "design.qualitative")
"""Rules for another design of which the patients are nevertheless those of this study."""

DEPRESSION_SCALES = ("scale.madrs", "scale.hamd", "scale.qids", "scale.bdi", "scale.phq9", "scale.epds")
"""Where one of these was rated, the sample may be depressed although no sentence says so."""


SICK_IN_TITLE = ("population.trd", "population.mdd", "population.bipolar", "population.suicidal")
"""Words for patients that keep a title on healthy people from meaning them alone."""


GIVEN_IN = frozenset({SectionRole.METHODS, SectionRole.RESULTS, SectionRole.UNLABELLED})
"""Where a study says what its patients have and get."""


def no(reason: str, match: Match | None, doubtful: bool = False) -> Judgement:
    """Not included, and why."""
    return Judgement(False, doubtful, reason, (match.span,) if match else ())


def judgement(document: Document, design: Reading | None, mesh: Sequence[str] = ()) -> Judgement:
    """Include or not, with the reason and whether a human should look."""
    mentions = [match for match, _ in drug_mentions(document)]
    if not mentions:
        return no("ketamine is not named", None)
    if any("Animals" in term for term in mesh) and not any("Humans" in term for term in mesh):
        return no("animals by subject heading", mentions[0])
    reason = reason_against(document, design)
    if reason:
        return reason
    depressed = named(document, "population.depressed")
    own = [match for match in mentions if match.sentence.own]
    shows_depression = depressed or depression_scale(document)
    if shows_depression is None:
        return no("no depression in the sample", mentions[0])
    if not own:
        return no("ketamine only in the background", mentions[0], doubtful=True)
    if not any(tells_of_treatment(match) for match in own):
        return no("nobody is said to be treated with ketamine", own[0], doubtful=True)
    if design is None and not counts_people(document) and not reports_results(document):
        return no("no study is described", own[0], doubtful=True)
    doubtful = not counts_people(document) or depressed is None
    shown = shows_depression.span, own[0].span
    return Judgement(True, doubtful, "patients with depression were given ketamine", shown)


def depression_scale(document: Document) -> Match | None:
    """The first mention of a rating scale of depression."""
    return next((match for name in DEPRESSION_SCALES for match in document.own(name)), None)


def reports_results(document: Document) -> bool:
    """Whether the abstract has a section of results: then a study is described, whatever is missing from it."""
    return SectionRole.RESULTS in {sentence.role for sentence in document.sentences}


def tells_of_treatment(match: Match) -> bool:
    """Whether the sentence says that ketamine is given, and not only that it was or would be elsewhere."""
    text = match.sentence.lower
    return says("include.treated", text) and not says("include.only_named", text)


def reason_against(document: Document, design: Reading | None) -> Judgement | None:
    """Why a record is no clinical report on ketamine for depression."""
    if design and design.value in NO_NEW_DATA and not design.rule.startswith(WITH_PATIENTS):
        return Judgement(False, design.confidence < 0.8, NO_NEW_DATA[Design(str(design.value))], (design.span,))
    animal = first(document, "design.animal")
    if animal and (is_of_animals_alone(document) or not (counts_people(document) or patients_are_depressed(document))):
        return no("animals or cells", animal)
    return wrong_people(document)


def is_of_animals_alone(document: Document) -> bool:
    """Whether the title names animals and nobody else."""
    animal = document.titled("design.animal")
    return animal is not None and not says("include.people_named", animal.sentence.lower)


def wrong_people(document: Document) -> Judgement | None:
    """Samples that are not depressed patients treated with ketamine."""
    return not_treated(document) or not_ill(document) or treated_for_something_else(document)


def not_treated(document: Document) -> Judgement | None:
    """People who misuse ketamine, models of people, and people who get something else."""
    misuse = first(document, "include.ketamine_misuse")
    if misuse and not patients_are_depressed(document):
        return no("people who misuse ketamine", misuse)
    model = named(document, "include.model")
    if model:
        return no("a simulation", model, doubtful=True)
    elsewhere = given_elsewhere(document)
    if elsewhere:
        return no("the drug is not what people get", elsewhere, doubtful=True)
    return None


def not_ill(document: Document) -> Judgement | None:
    """People who are healthy, have recovered, or are said not to be depressed."""
    remitted = document.titled("include.remitted")
    if remitted:
        return no("people who have recovered from depression", remitted, doubtful=True)
    undepressed = first(document, "include.not_depressed")
    if undepressed:
        return no("people without depression", undepressed, doubtful=True)
    healthy_title = document.titled("include.healthy_sample")
    if healthy_title and not any(document.titled(rule_id) for rule_id in SICK_IN_TITLE):
        return no("healthy people only", healthy_title)
    healthy = named(document, "population.healthy")
    if healthy and not depressed_by_title(document) and not patients_are_depressed(document):
        return no("healthy people only", healthy)
    return None


def treated_for_something_else(document: Document) -> Judgement | None:
    """Anaesthesia, prevention, and other disorders."""
    anaesthetic = named(document, "population.ect_anaesthesia")
    if anaesthetic and document.titled("include.ect") and not first(document, "comparator.ect"):
        return no("ketamine as the anaesthetic of ECT", anaesthetic, doubtful=True)
    prophylaxis = named(document, "population.prophylaxis")
    if prophylaxis and not treats_the_depressed(document, prophylaxis):
        doubtful = depressed_by_title(document)
        return no("prevention or anaesthesia in people without depression", prophylaxis, doubtful)
    other = document.titled("population.other_disorder")
    if other and not depressed_by_title(document) and not patients_are_depressed(document):
        return no("another condition than depression", other, first(document, "population.depressed") is not None)
    return None


def depressed_by_title(document: Document) -> bool:
    """Whether the title speaks of depression."""
    return (document.titled("population.depressed") or document.titled("population.trd")) is not None


def given_elsewhere(document: Document) -> Match | None:
    """A title on opinions, or on a trial of another drug in which nobody is said to get ketamine."""
    another = document.titled("include.of_another")
    if another and not is_given(document):
        return another
    return document.titled("include.opinion")


def is_given(document: Document) -> bool:
    """Whether the study says of its own patients that they get ketamine."""
    return any(
        match.sentence.own and match.sentence.role in GIVEN_IN and tells_of_treatment(match)
        for match, _ in drug_mentions(document)
    )


def patients_are_depressed(document: Document) -> bool:
    """Whether the sample is called depressed outside the background."""
    return any(
        match.sentence.role in GIVEN_IN and says("population.depressed", match.sentence.lower)
        for rule_id in (
            "population.trd",
            "population.mdd",
            "population.bipolar",
            "population.suicidal",
            "include.comorbid_depression",
        )
        for match in document.own(rule_id)
    )


def treats_the_depressed(document: Document, prophylaxis: Match) -> bool:
    """Whether people around an operation or birth were depressed before they got the drug."""
    if document.own("include.already_depressed"):
        return True
    of_title = prophylaxis.sentence.role is SectionRole.TITLE and prophylaxis.text.startswith(("prevent", "prophyla"))
    if of_title and prophylaxis.text.endswith(("partum", "natal", "operative")):
        return False
    return any(document.own(rule_id) for rule_id in ("population.trd", "population.mdd", "population.bipolar"))
