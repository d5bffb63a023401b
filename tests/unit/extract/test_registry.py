"""Registrations: each reader gets only the text that can state what it reads, and only the ketamine's own words."""

from __future__ import annotations

from typing import Any

from ketalit.extract.registry import facts
from ketalit.model.evidence import Facts, Regimen
from ketalit.model.registration import Arm, Intervention, PlannedOutcome, Registration
from ketalit.sources.ctgov.parse import text_units
from tests.unit.warehouse.examples import registration

AT = "/protocolSection/armsInterventionsModule"
KETAMINE = "Ketamine", "Intravenous infusion"
INFUSION = "Ketamine 0.5 mg/kg over 40 minutes."


def trial(arms: list[Arm], given: list[Intervention], **changes: Any) -> Registration:
    plain: dict[str, Any] = {
        "brief_title": "An invented trial in treatment-resistant depression",
        "conditions": ("Treatment-resistant depression",),
        "arms": tuple(arms),
        "interventions": tuple(given),
    }
    return registration(**{**plain, **changes})


def arm(text: str, *names: str, label: str = "Active", kind: str = "EXPERIMENTAL", place: int = 0) -> Arm:
    return Arm(label, kind, text, tuple(f"Drug: {name}" for name in names), f"{AT}/armGroups/{place}")


def drug(name: str, text: str | None = None, place: int = 0, other_names: tuple[str, ...] = ()) -> Intervention:
    return Intervention("DRUG", name, text, other_names, (), f"{AT}/interventions/{place}")


def read(registered: Registration) -> Facts:
    return facts(registered, text_units(registered))


def regimens(*args: Any, **changes: Any) -> tuple[Regimen, ...]:
    return read(trial(*args, **changes)).regimens


def values(found: tuple[Regimen, ...], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(item, n) and getattr(item, n).value for n in names) for item in found]


class TestArms:
    def test_the_route_of_another_drug_is_not_the_route_of_ketamine(self) -> None:
        text = "Ketamine 0.5 mg/kg over 40 minutes; clonidine by mouth, 0.2 mg a day"
        found = regimens([arm(text, "Ketamine", "Clonidine")], [drug(*KETAMINE), drug("Clonidine", "Oral tablets", 1)])
        assert values(found, "route", "dose") == [("iv", 0.5)]

    def test_sentences_on_another_drug_are_left_out_until_ketamine_is_named_again(self) -> None:
        text = "Ketamine 0.5 mg/kg. Midazolam 2 mg is swallowed before. It is an oral syrup. Ketamine lasts 40 minutes."
        [found] = regimens([arm(text, "Ketamine")], [drug(*KETAMINE)])
        assert (found.route and found.route.value) == "iv"

    def test_the_intervention_supplies_the_route_that_the_arm_leaves_out(self) -> None:
        found = regimens([arm("Ketamine 0.5 mg/kg", "Ketamine")], [drug("Ketamine", "Subcutaneous injection")])
        assert values(found, "route", "dose") == [("sc", 0.5)]

    def test_the_size_of_a_device_is_no_dose_where_the_arm_states_one(self) -> None:
        spray = drug("Esketamine", "Nasal spray that holds 28 mg in a device")
        found = regimens([arm("Esketamine nasal spray 84 mg", "Esketamine")], [spray])
        assert values(found, "dose", "dose_max", "unit") == [(84, None, "mg")]

    def test_the_intervention_states_the_dose_where_the_arm_states_none(self) -> None:
        found = regimens([arm("Active treatment", "Ketamine")], [drug("Ketamine", "Infusion of 0.5 mg/kg")])
        assert values(found, "dose", "unit") == [(0.5, "mg/kg")]

    def test_dose_levels_of_one_arm_are_one_flexible_dose(self) -> None:
        text = "Esketamine nasal spray: 28 mg on the first day, later 56 mg, then 84 mg if it is tolerated"
        found = regimens([arm(text, "Esketamine")], [drug("Esketamine")])
        assert values(found, "dose", "dose_max") == [(28, 84)]

    def test_dose_levels_to_which_people_are_allocated_stay_apart(self) -> None:
        text = "Ketamine infusion; participants are randomised to 0.1 mg/kg, 0.5 mg/kg or 1.0 mg/kg"
        found = regimens([arm(text, "Ketamine")], [drug("Ketamine")])
        assert sorted(values(found, "dose", "dose_max")) == [(0.1, None), (0.5, None), (1.0, None)]

    def test_doses_that_only_the_intervention_lists_may_be_those_of_several_arms(self) -> None:
        found = regimens([arm("Active", "Ketamine")], [drug("Ketamine", "Ketamine at 0.1, 0.5 or 1.0 mg/kg by vein")])
        assert sorted(values(found, "dose", "dose_max")) == [(0.1, None), (0.5, None), (1.0, None)]

    def test_the_course_of_a_drug_that_follows_is_not_the_course_of_ketamine(self) -> None:
        text = "One infusion of ketamine 0.5 mg/kg, followed by riluzole 100 mg a day for 4 weeks"
        found = regimens([arm(text, "Ketamine", "Riluzole")], [drug(*KETAMINE), drug("Riluzole", "Capsules", 1)])
        assert values(found, "dose", "course_days") == [(0.5, None)]

    def test_doses_of_a_crossover_stay_apart(self) -> None:
        text = "Ketamine infusion of 0.1 mg/kg first, 0.5 mg/kg a week later"
        found = regimens([arm(text, "Ketamine")], [drug("Ketamine")], intervention_model="CROSSOVER")
        assert sorted(values(found, "dose", "dose_max")) == [(0.1, None), (0.5, None)]

    def test_each_dose_arm_is_a_regimen_with_its_label(self) -> None:
        arms = [arm(f"Ketamine {d} mg/kg", "Ketamine", label=f"Dose {d}", place=n) for n, d in enumerate((0.2, 0.5))]
        found = regimens(arms, [drug(*KETAMINE)])
        assert [(item.arm, item.dose and item.dose.value) for item in found] == [("Dose 0.2", 0.2), ("Dose 0.5", 0.5)]

    def test_an_arm_of_another_drug_has_no_regimen_whatever_its_text_compares(self) -> None:
        control = arm("Midazolam in place of ketamine 0.5 mg/kg", "Midazolam", label="Control", place=1)
        found = regimens([arm(INFUSION, "Ketamine"), control], [drug(*KETAMINE), drug("Midazolam", place=1)])
        assert [item.arm for item in found] == ["Active"]

    def test_a_placebo_named_after_ketamine_is_no_ketamine(self) -> None:
        control = arm("Placebo for ketamine", "Placebo for ketamine", label="Control", place=1)
        found = regimens([arm(INFUSION, "Ketamine"), control], [drug(*KETAMINE), drug("Placebo for ketamine", place=1)])
        assert [item.arm for item in found] == ["Active"]

    def test_a_code_name_counts_through_the_other_names(self) -> None:
        found = regimens(
            [arm("Study spray", "XY-1")], [drug("XY-1", "Nasal spray, 56 mg", other_names=("esketamine",))]
        )
        assert [item.arm for item in found] == ["Active"]

    def test_every_quote_stands_where_its_span_says(self) -> None:
        text = "Saline first.\nKetamine 0.5 mg/kg over 40 minutes; clonidine by mouth"
        registered = trial([arm(text, "Ketamine")], [drug(*KETAMINE)])
        fields = {unit.field: unit.text for unit in text_units(registered)}
        [found] = read(registered).regimens
        spans = [reading.span for reading in (found.drug, found.dose, found.route, found.infusion_minutes) if reading]
        assert [fields[span.field][span.start : span.end] for span in spans] == [span.quote for span in spans]


class TestFittingText:
    CRITERIA = (
        "Inclusion Criteria:\n\n* Aged 18 to 65 years\n* Ill for at least 2 years\n\nExclusion Criteria:\n\n"
        "* Bipolar disorder\n* More than 20 infusions of ketamine 1.0 mg/kg\n* A score on the YMRS of 12 or more"
    )

    def registered(self, **changes: Any) -> Registration:
        plain = registration()
        eligibility = type(plain.eligibility)(self.CRITERIA, "ALL", "18 Years", 18, "65 Years", 65, False, ("ADULT",))
        return trial([arm(INFUSION, "Ketamine")], [drug(*KETAMINE)], eligibility=eligibility, **changes)

    def test_the_exclusions_are_no_population(self) -> None:
        assert [reading.value for reading in read(self.registered()).population] == ["trd"]

    def test_eligibility_gives_no_dose_and_no_sessions(self) -> None:
        assert values(read(self.registered()).regimens, "dose", "sessions", "sessions_max") == [(0.5, None, None)]

    def test_eligibility_gives_no_scale(self) -> None:
        madrs = PlannedOutcome("primary", "MADRS", None, "Day 28", "/protocolSection/outcomesModule/primaryOutcomes/0")
        assert [reading.value for reading in read(self.registered(outcomes=(madrs,))).scales] == ["madrs"]

    def test_ages_size_follow_up_and_results_are_left_to_structured_fields(self) -> None:
        text = "Sixty adults are followed for 6 months. Earlier, 70% responded and the effect lasted for 4 weeks."
        found = read(self.registered(brief_summary=text, detailed_description=text))
        assert (found.follow_up, found.n_total, found.sample_sizes, found.rates, found.effect_until_days) == (
            None, None, (), (), None,
        )  # fmt: skip

    def test_a_dose_read_in_an_arm_is_not_missing(self) -> None:
        found = read(self.registered(brief_summary="Some get 0.5 mg/kg of an agent."))
        assert found.not_understood == ()


class TestDescriptions:
    """Summary and description tell of earlier work as well as of the plan."""

    def doses(self, text: str) -> list[tuple[Any, ...]]:
        described = registration(brief_title="Ketamine for depression", conditions=("Depression",), brief_summary=text)
        return values(read(described).regimens, "dose")

    def test_a_dose_of_earlier_work_is_not_planned(self) -> None:
        earlier = "Recently two small trials showed relief by ketamine 0.5 mg/kg. "
        assert self.doses(f"{earlier}Patients will receive one infusion of ketamine 0.8 mg/kg.") == [(0.8,)]

    def test_a_dose_of_an_author_named_with_et_al_is_not_planned(self) -> None:
        assert self.doses("Garcia et al. gave ketamine at 0.5 mg/kg. Patients will receive ketamine.") == [(None,)]

    def test_own_wording_beside_a_word_on_earlier_work_counts(self) -> None:
        text = "Participants who have been found eligible are randomised, and 12 patients get ketamine 0.8 mg/kg."
        assert self.doses(text) == [(0.8,)]

    def test_a_dose_without_wording_of_its_own_counts(self) -> None:
        assert self.doses("Six infusions of ketamine 0.5 mg/kg over two weeks.") == [(0.5,)]


class TestComparators:
    def test_a_trial_of_two_arms_never_compares_with_nothing(self) -> None:
        arms = [arm("Ketamine spray weekly", "Ketamine"), arm("Ketamine spray monthly", "Ketamine", label="B", place=1)]
        found = read(trial(arms, [drug("Ketamine", "Nasal spray")])).comparators
        assert [reading.value for reading in found] == ["ketamine_other"]

    def test_a_single_arm_is_compared_with_nothing(self) -> None:
        found = read(
            trial([arm(INFUSION, "Ketamine")], [drug(*KETAMINE)], allocation="NA", intervention_model="SINGLE_GROUP")
        )
        assert [reading.value for reading in found.comparators] == ["none"]

    def test_the_kind_of_an_arm_tells_a_placebo_that_no_text_names(self) -> None:
        control = arm("The other infusion", "Inert agent", label="B", kind="PLACEBO_COMPARATOR", place=1)
        found = read(trial([arm(INFUSION, "Ketamine"), control], [drug(*KETAMINE), drug("Inert agent", place=1)]))
        assert [(reading.value, reading.span.quote) for reading in found.comparators] == [
            ("placebo", "PLACEBO_COMPARATOR")
        ]


def test_a_registration_without_any_text_is_judged() -> None:
    empty = registration(brief_title=None, conditions=())
    assert read(empty).judgement.reason == "no arm is given ketamine"


def test_a_cohort_without_registered_arms_is_for_a_human_to_judge() -> None:
    cohort = registration(
        brief_title="Ketamine for depression in one clinic", conditions=("Depression",), study_type="OBSERVATIONAL"
    )
    found = read(cohort).judgement
    assert (found.include, found.doubtful) == (False, True)


def test_a_trial_of_another_drug_is_not_doubtful_for_naming_ketamine() -> None:
    other = trial([arm("Midazolam", "Midazolam")], [drug("Midazolam")], brief_summary="Ketamine is not given.")
    assert (read(other).judgement.include, read(other).judgement.doubtful) == (False, False)
