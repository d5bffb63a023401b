"""Is this a clinical report on (es)ketamine given for depression? Recall first: a doubtful record goes to a human."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.extract.context import says
from ketalit.extract.design import first, named, titled
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


DEPRESSION_SCALES = ("scale.madrs", "scale.hamd", "scale.qids", "scale.bdi", "scale.phq9", "scale.epds")
"""Where one of these was rated, the sample may be depressed although no sentence says so."""


SICK_IN_TITLE = ("population.trd", "population.mdd", "population.bipolar", "population.suicidal")
"""Words for patients that keep a title on healthy people from meaning them alone."""


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
    measured = next((match for name in DEPRESSION_SCALES for match in document.own(name)), None)
    if depressed is None and measured is None:
        return no("no depression in the sample", mentions[0])
    if not own:
        return no("ketamine only in the background", mentions[0], doubtful=True)
    if not any(says("include.treated", match.sentence.lower) for match in own):
        return no("nobody is said to be treated with ketamine", own[0], doubtful=True)
    doubtful = (not document.own("n.people") and not document.own("n.equals")) or depressed is None
    shown = [match.span for match in (depressed or measured, own[0]) if match]
    return Judgement(True, doubtful, "patients with depression were given ketamine", tuple(shown))


def reason_against(document: Document, design: Reading | None) -> Judgement | None:
    """Why a record is no clinical report on ketamine for depression."""
    if design and design.value in NO_NEW_DATA:
        return Judgement(False, design.confidence < 0.8, NO_NEW_DATA[Design(str(design.value))], (design.span,))
    animal = first(document, "design.animal")
    people = document.own("n.people") or document.own("n.equals")
    if animal and not people and not patients_are_depressed(document):
        return no("animals or cells", animal)
    return wrong_people(document)


def wrong_people(document: Document) -> Judgement | None:
    """Samples that are not depressed patients treated with ketamine."""
    misuse = first(document, "include.ketamine_misuse")
    if misuse and not patients_are_depressed(document):
        return no("people who misuse ketamine", misuse)
    model = named(document, "include.model")
    if model:
        return no("a simulation", model, doubtful=True)
    remitted = titled(document, "include.remitted")
    if remitted:
        return no("people who have recovered from depression", remitted, doubtful=True)
    depressed_title = titled(document, "population.depressed") or titled(document, "population.trd")
    healthy = named(document, "population.healthy")
    healthy_title = titled(document, "include.healthy_sample")
    if healthy_title and not any(titled(document, rule_id) for rule_id in SICK_IN_TITLE):
        return no("healthy people only", healthy_title)
    if healthy and not depressed_title and not patients_are_depressed(document):
        return no("healthy people only", healthy)
    anaesthetic = named(document, "population.ect_anaesthesia")
    if anaesthetic and titled(document, "include.ect") and not first(document, "comparator.ect"):
        return no("ketamine as the anaesthetic of ECT", anaesthetic, doubtful=True)
    prophylaxis = named(document, "population.prophylaxis")
    if prophylaxis and not treats_the_depressed(document):
        return no("prevention or anaesthesia in people without depression", prophylaxis, doubtful=bool(depressed_title))
    other = titled(document, "population.other_disorder")
    if other and not depressed_title and not patients_are_depressed(document):
        return no(
            "another condition than depression", other, doubtful=first(document, "population.depressed") is not None
        )
    return None


def patients_are_depressed(document: Document) -> bool:
    """Whether the sample is called depressed outside the background."""
    return any(
        match.sentence.role in (SectionRole.METHODS, SectionRole.UNLABELLED, SectionRole.RESULTS)
        for rule_id in (
            "population.trd",
            "population.mdd",
            "population.bipolar",
            "population.suicidal",
            "include.comorbid_depression",
        )
        for match in document.own(rule_id)
    )


def treats_the_depressed(document: Document) -> bool:
    """Whether people around an operation or birth were depressed before they got the drug."""
    return any(
        document.own(rule_id)
        for rule_id in ("population.trd", "population.mdd", "population.bipolar", "include.already_depressed")
    )
