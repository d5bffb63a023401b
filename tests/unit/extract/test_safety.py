"""Adverse effects: what occurred, not what was looked for, feared, relieved, or seen with the control."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record

SAMPLE = "METHODS: Twenty patients with depression received ketamine. "


def safety(text: str) -> list[str]:
    """The effects that are read behind a plain sample, in alphabetical order."""
    return sorted(record(SAMPLE + text)["safety"])


@pytest.mark.parametrize(
    ("results", "effects"),
    [
        ("Nausea (n = 5), headache (n = 3).", ["headache", "nausea"]),
        ("Sixteen patients (32%) reported dissociation and nine (18%) had nausea.", ["dissociation", "nausea"]),
        ("Five patients vomited.", ["vomiting"]),
        ("One patient had a hypomanic episode in week 3.", ["hypomania"]),
        ("Affective switch: one hypomanic episode; mania in nobody.", ["hypomania"]),
        ("Two affective switches were seen.", ["mania"]),
        ("Three bipolar patients became hypomanic.", ["hypomania"]),
        ("Five suicide attempts took place, and two occurred in hospital.", ["suicide attempt"]),
        ("Two patients died by suicide.", ["suicide"]),
        ("There was one suicide during the year.", ["suicide"]),
        ("Three participants were hospitalised for suicidal ideation.", ["suicidal ideation"]),
        ("Bladder complaints were volunteered by four patients.", ["urinary symptoms"]),
        ("Two patients had transient liver enzyme elevation.", ["liver enzyme elevation"]),
        ("One patient stopped ketamine after 3 weeks because of lack of effect and nausea.", ["nausea"]),
        ("Side effects did not differ between groups and comprised vertigo and diarrhoea.", ["diarrhea", "vertigo"]),
        ("One subject on placebo developed hypomanic symptoms.", []),
        ("Nausea was common with the spray, and somnolence with the comparator.", ["nausea"]),
        ("Haemodynamic changes were minimal and dizziness was frequent.", ["dizziness"]),
        ("One patient stopped because of nausea and vomiting.", ["nausea", "vomiting"]),
        ("One patient dropped out because of anxiety during the infusion.", ["anxiety"]),
        ("Hallucinations and confusion led to withdrawal of one man.", ["confusion", "hallucination"]),
        ("Psychotomimetic effects were limited to the infusion.", ["psychotomimetic effects"]),
        ("Ketamine was associated with drowsiness, impaired coordination and tingling.",
         ["incoordination", "paresthesia", "sedation"]),
        ("Blood pressure increased by 19 mm Hg on average.", ["hypertension"]),
        ("Post-infusion dissociation was seen in 30% of sessions, vertigo in 8%.", ["dissociation", "vertigo"]),
        ("It elicited an altered state of consciousness in everyone.", ["altered state of consciousness"]),
        ("Sleepiness aside, scores of hallucinations, which were higher with the drug, were an adverse effect.",
         ["hallucination"]),
    ],
)  # fmt: skip
def test_an_effect_occurred_when_somebody_had_it(results: str, effects: list[str]) -> None:
    assert safety(f"RESULTS: {results}") == effects


@pytest.mark.parametrize(
    ("results", "effects"),
    [
        ("No serious adverse events, psychotic symptoms or mania were seen.", []),
        ("No patient had psychosis or urinary symptoms; euphoria was noted in two.", ["euphoria"]),
        ("No serious adverse events emerged, however nausea was experienced by one patient.", ["nausea"]),
        ("All tolerated the infusions, exhibiting nearly absent dissociation.", []),
        ("There was no dissociation, but sedation occurred in a third of patients.", ["sedation"]),
        ("No adverse effects were noted except nausea.", ["nausea"]),
        ("Blood pressure and side effects were constantly monitored.", []),
        ("Tolerability was good, with no change in pulse, minimal sedation and mild nausea.", ["nausea", "sedation"]),
    ],
)
def test_a_negation_reaches_to_the_next_verb_or_contrast(results: str, effects: list[str]) -> None:
    assert safety(f"RESULTS: {results}") == effects


@pytest.mark.parametrize(
    "results",
    [
        "Side effects were brief, whereas memory loss for the ECT group lasted a month.",
        "Psychotic symptoms were minimal following administration of lanicemine.",
    ],
)
def test_an_effect_of_the_control_is_none_of_the_drug(results: str) -> None:
    assert safety(f"RESULTS: {results}") == []


def test_more_of_an_effect_than_with_the_control_is_an_effect() -> None:
    assert safety("RESULTS: Ketamine caused more dissociation than midazolam.") == ["dissociation"]


def test_a_rise_of_the_scale_is_dissociation() -> None:
    assert safety("RESULTS: CADSS total scores increased at 40 min and fell again.") == ["dissociation"]
    assert safety("RESULTS: CADSS scores did not differ between groups.") == []


def test_what_the_drug_induced_occurred_wherever_it_is_told() -> None:
    assert safety("RESULTS: There was no difference in ketamine-induced dissociation.") == ["dissociation"]
    assert safety("RESULTS: We studied ketamine-induced reductions in anxiety.") == []


def test_what_authors_warn_of_did_not_occur() -> None:
    assert safety("CONCLUSIONS: Potential adverse effects such as cystitis must be watched.") == []
    assert safety("CONCLUSIONS: Ketamine was effective, with transient nausea as a side effect.") == ["nausea"]


@pytest.mark.parametrize(
    "results",
    [
        "Implicit ties to death were stronger at higher risk, and ketamine did not change them.",
        "Higher levels of symptoms on the 'depersonalization' CADSS subscale went with less benefit.",
        "Greater dissociation correlated with greater improvement.",
    ],
)
def test_what_is_only_related_to_the_outcome_is_no_adverse_effect(results: str) -> None:
    assert safety(f"RESULTS: {results}") == []


def test_a_case_tells_its_effects_with_the_case() -> None:
    abstract = "CASE REPORT: A 41-year-old man with depression received esketamine. Nausea was experienced once."

    assert record(abstract)["safety"] == ["nausea"]


def test_a_wider_name_says_nothing_beside_the_narrower_one() -> None:
    text = "RESULTS: Hypertension and tachycardia were common cardiovascular side effects."

    assert safety(text) == ["hypertension", "tachycardia"]


@pytest.mark.parametrize(
    ("results", "effects"),
    [
        ("Giddiness occurred in 9 and transient rise of BP in 6 patients.", ["dizziness", "hypertension"]),
        ("One fall occurred on the evening of a session.", ["fall"]),
        ("Nausea predominated with ketamine.", ["nausea"]),
        ("Treatment was stopped for vomiting in one case.", ["vomiting"]),
        ("Adverse events with esketamine: vertigo; with placebo: nausea, tremor.", ["vertigo"]),
        ("Urinary tract infection was more common.", ["urinary tract infection"]),
        ("There was a fall of 12 points.", []),
    ],
)
def test_effects_are_read_in_further_wordings(results: str, effects: list[str]) -> None:
    assert safety(f"RESULTS: {results}") == effects
