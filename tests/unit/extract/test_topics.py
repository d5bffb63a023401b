"""Topics: what the study takes up, where it speaks of itself; never its background, its exclusions or its failures."""

from __future__ import annotations

from typing import Any

import pytest

from ketalit.extract import registry
from ketalit.model.evidence import Facts, Topic
from ketalit.model.registration import Arm, Eligibility, Intervention, PlannedOutcome, Registration
from ketalit.sources.ctgov.parse import text_units
from tests.unit.extract.reading import read
from tests.unit.warehouse.examples import registration

AT = "/protocolSection"
ARMS = f"{AT}/armsInterventionsModule"
SAMPLE = "METHODS: Thirty adults with depression received ketamine 0.5 mg/kg. "


def topics(abstract: str, title: str = "Ketamine for depression.") -> set[str]:
    return {str(topic.name.value) for topic in read(abstract, title).topics}


def only(facts: Facts, name: str) -> Topic:
    [found] = [topic for topic in facts.topics if topic.name.value == name]
    return found


class TestPapers:
    @pytest.mark.parametrize(
        ("sentence", "topic"),
        [
            ("Six infusions of ketamine were combined with weekly psychotherapy.", "psychotherapy"),
            ("All underwent a course of ketamine-assisted therapy.", "psychotherapy"),
            ("Suicidal ideation was measured on days 1 and 9.", "suicidality_outcome"),
            ("The C-SSRS was given weekly to look at suicidality.", "suicidality_outcome"),
            ("Responders went on to maintenance infusions every third week.", "maintenance"),
            ("We looked for signs of misuse with a diary.", "abuse_potential"),
            ("Mean costs per patient were compared between the arms.", "cost"),
            ("Insurance coverage and travel distance were taken from the charts.", "access"),
            ("Lozenges of ketamine were taken at home twice a week.", "home"),
            ("Dosing was overseen by telehealth.", "telehealth"),
            ("Eleven veterans were enrolled.", "veterans"),
        ],
    )
    def test_a_topic_is_read_where_the_study_speaks_of_itself(self, sentence: str, topic: str) -> None:
        assert topics(SAMPLE + sentence) == {topic}

    @pytest.mark.parametrize(
        "sentence",
        [
            "They had failed two drugs and a year of cognitive behavioural therapy before ketamine.",
            "Ketamine was compared with psychotherapy.",
            "Suicidal patients were excluded.",
            "Seven of the adults had a history of suicide attempts.",
            "The severity of baseline suicidality was high.",
            "One suicide attempt was recorded as a serious adverse event.",
            "The SSI had to be at least 4; SSI >= 4 was an entry criterion for suicidal adults.",
            "Anaesthesia maintenance therapy was with propofol.",
            "A history of alcohol abuse or risk of drug misuse was an exclusion.",
            "It is a cost-effective drug.",
            "Adults were discharged home after two hours.",
            "Remote raters scored the interviews.",
            "Adults with bipolar disorder were excluded.",
            "The trial ran at a Veterans General Hospital.",
        ],
    )
    def test_what_failed_was_excluded_or_only_resembles_a_topic_is_none(self, sentence: str) -> None:
        assert topics(SAMPLE + sentence) == set()

    @pytest.mark.parametrize(
        "sentence",
        [
            "Previous studies combined ketamine with psychotherapy.",
            "The abuse potential of ketamine has been reported.",
            "Suicidal ideation has been shown to improve.",
        ],
    )
    def test_the_background_takes_up_no_topic(self, sentence: str) -> None:
        assert topics(f"BACKGROUND: {sentence} {SAMPLE}") == set()

    @pytest.mark.parametrize(
        "sentence",
        [
            "Future trials should measure costs per patient.",
            "Combining ketamine with psychotherapy is promising.",
        ],
    )
    def test_wishes_of_the_conclusions_take_up_no_topic(self, sentence: str) -> None:
        assert topics(f"{SAMPLE}CONCLUSIONS: {sentence}") == set()

    def test_the_title_goes_before_the_text(self) -> None:
        found = read(SAMPLE + "Antisuicidal effects were seen.", "Ketamine reduces suicidal ideation in depression.")
        assert only(found, "suicidality_outcome").name.span.field == "title"

    def test_the_words_and_their_sentence_are_kept(self) -> None:
        name = only(read(SAMPLE + "Dosing was overseen by telehealth."), "telehealth").name
        assert (name.span.quote, [span.quote for span in name.support]) == (
            "telehealth",
            ["Dosing was overseen by telehealth."],
        )

    @pytest.mark.parametrize(
        ("title", "topic"),
        [
            ("Ketamine for adolescents with depression.", "adolescent"),
            ("Ketamine in late-life depression.", "late_life"),
            ("Ketamine for postpartum depression.", "postpartum"),
            ("Ketamine in bipolar depression.", "bipolar"),
        ],
    )
    def test_special_populations_are_those_that_the_populations_name(self, title: str, topic: str) -> None:
        found = read(SAMPLE, title)
        assert topics(SAMPLE, title) == {topic}
        assert topic in {reading.value for reading in found.population}

    def test_families_and_subgroups_are_not_the_sample(self) -> None:
        assert topics(SAMPLE + "One was a mother of young children. It helped, especially in late life.") == set()

    def test_a_regimen_of_the_maintenance_phase_is_maintenance(self) -> None:
        schedule = "METHODS: Adults received ketamine 0.5 mg/kg twice weekly for 4 weeks, then once weekly maintenance."
        assert topics(schedule) == {"maintenance"}


def registered(**changes: Any) -> Facts:
    arm = Arm("Active", "EXPERIMENTAL", None, ("Drug: Ketamine",), f"{ARMS}/armGroups/0")
    drug = Intervention("DRUG", "Ketamine", None, (), ("Active",), f"{ARMS}/interventions/0")
    plain: dict[str, Any] = {"brief_title": "An invented trial in depression", "arms": (arm,), "interventions": (drug,)}
    record: Registration = registration(**{**plain, **changes})
    return registry.facts(record, text_units(record))


def names(facts: Facts) -> set[str]:
    return {str(topic.name.value) for topic in facts.topics}


def ages(**changes: Any) -> Eligibility:
    plain: dict[str, Any] = {
        "criteria": None, "sex": "ALL", "min_age_text": None, "min_age_years": None, "max_age_text": None,
        "max_age_years": None, "healthy_volunteers": False, "std_ages": (),
    }  # fmt: skip
    return Eligibility(**{**plain, **changes})


def outcome(measure: str, description: str | None = None, kind: str = "primary") -> PlannedOutcome:
    return PlannedOutcome(kind, measure, description, "Day 1", f"{AT}/outcomesModule/{kind}Outcomes/0")


class TestRegistrations:
    def test_a_planned_outcome_says_its_kind_and_pointer(self) -> None:
        topic = only(
            registered(outcomes=(outcome("Change in suicidal ideation", kind="secondary"),)), "suicidality_outcome"
        )
        assert topic.outcome_kind is not None
        assert topic.outcome_kind.value == "secondary"
        assert topic.name.span.field == f"{AT}/outcomesModule/secondaryOutcomes/0/measure"

    def test_the_primary_outcome_goes_before_the_others(self) -> None:
        both = (outcome("C-SSRS, suicidality", kind="secondary"), outcome("Suicidal ideation"))
        kind = only(registered(outcomes=both), "suicidality_outcome").outcome_kind
        assert kind is not None
        assert kind.value == "primary"

    def test_items_of_a_depression_scale_are_no_outcome_on_suicidality(self) -> None:
        explained = "The scale has ten items, such as sadness, sleep and suicidal thoughts; lower scores are better."
        assert names(registered(outcomes=(outcome("Change in MADRS", explained),))) == set()

    def test_a_surgical_site_infection_is_no_scale_of_suicidal_ideation(self) -> None:
        assert names(registered(outcomes=(outcome("SSI rate"),))) == set()

    def test_the_eligibility_text_is_never_read(self) -> None:
        criteria = "Inclusion: veterans. Exclusion: bipolar disorder, adolescents, psychotherapy with ketamine at home."
        assert names(registered(eligibility=ages(criteria=criteria))) == set()

    @pytest.mark.parametrize(("limit", "expected"), [(65.0, {"late_life"}), (60.0, {"late_life"}), (18.0, set())])
    def test_late_life_is_read_from_the_youngest_age(self, limit: float, expected: set[str]) -> None:
        assert names(registered(eligibility=ages(min_age_text=f"{limit:.0f} Years", min_age_years=limit))) == expected

    @pytest.mark.parametrize(("limit", "expected"), [(17.0, {"adolescent"}), (21.0, {"adolescent"}), (25.0, set())])
    def test_adolescence_is_read_from_the_oldest_age(self, limit: float, expected: set[str]) -> None:
        assert names(registered(eligibility=ages(max_age_text=f"{limit:.0f} Years", max_age_years=limit))) == expected

    def test_an_age_limit_is_quoted_as_written(self) -> None:
        name = only(registered(eligibility=ages(min_age_text="65 Years", min_age_years=65.0)), "late_life").name
        assert (name.span.field, name.span.quote) == (f"{AT}/eligibilityModule/minimumAge", "65 Years")

    def test_psychotherapy_of_another_arm_is_not_given_with_the_drug(self) -> None:
        alone = Arm("Talk", "ACTIVE_COMPARATOR", None, ("Behavioral: CBT",), f"{ARMS}/armGroups/1")
        active = Arm("Active", "EXPERIMENTAL", None, ("Drug: Ketamine",), f"{ARMS}/armGroups/0")
        drug = Intervention("DRUG", "Ketamine", None, (), (), f"{ARMS}/interventions/0")
        talk = Intervention("BEHAVIORAL", "CBT", "CBT instead of ketamine", (), (), f"{ARMS}/interventions/1")
        assert names(registered(arms=(active, alone), interventions=(drug, talk))) == set()

    def test_psychotherapy_of_the_same_arm_is(self) -> None:
        active = Arm("Both", "EXPERIMENTAL", None, ("Drug: Ketamine", "Behavioral: CBT"), f"{ARMS}/armGroups/0")
        drug = Intervention("DRUG", "Ketamine", None, (), (), f"{ARMS}/interventions/0")
        talk = Intervention("BEHAVIORAL", "CBT", None, (), (), f"{ARMS}/interventions/1")
        assert names(registered(arms=(active,), interventions=(drug, talk))) == {"psychotherapy"}

    def test_the_summary_is_background_until_it_speaks_of_the_plan(self) -> None:
        known = "Many veterans have no other treatment."
        assert names(registered(brief_summary=known)) == set()
        assert names(registered(brief_summary=f"{known} Forty veterans will get two doses.")) == {"veterans"}

    def test_conditions_name_the_people(self) -> None:
        assert names(registered(conditions=("Bipolar Depression",))) == {"bipolar"}
