"""The bundled sample through replay, refresh and build: the figures of known trials, as their registrations give them.

A value here was checked against the record by eye. Where an expected cell is None the registration does not say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ketalit import pipeline
from ketalit.replay import ReplayServer
from ketalit.settings import Settings
from ketalit.warehouse import Reader, read

TRANSFORM_1 = "NCT02417064"
TRANSFORM_2 = "NCT02418585"
TRANSFORM_3 = "NCT02422186"
SUSTAIN_1 = "NCT02493868"
SUSTAIN_2 = "NCT02497287"
SUSTAIN_3 = "NCT02782104"
ESCAPE_TRD = "NCT04338321"
ASPIRE_1 = "NCT03039192"
ELEKT_D = "NCT03113968"
JAPANESE_DOSE_FINDING = "NCT02918318"
KETAMINE_DOSE_RANGING = "NCT01920555"
NINETY_SIX_HOURS = "NCT01179009"
INVENTED_CROSSOVER = "NCT99999901"
INVENTED_SCHEDULES = "NCT99999902"
INVENTED_TERMINATED = "NCT99999903"
RETRACTED = "99999901"
REPRINT = "37153136"
SECONDARY_ANALYSIS = "34090255"

Values = list[tuple[Any, ...]]
Ask = Callable[..., Values]


@pytest.fixture(scope="module")
def reader(
    sample_server: ReplayServer, unhurried: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    chosen = unhurried(sample_server, home=tmp_path_factory.mktemp("goldens"))
    pipeline.refresh(chosen)
    with read(pipeline.build(chosen).database) as opened:
        yield opened


@pytest.fixture
def registry(reader: Reader) -> Ask:
    """The values of some columns in the rows that a view takes from one registration, in the view's order."""

    def ask(view: str, nct_id: str, *columns: str) -> Values:
        rows = reader.rows(f"select * from evidence.{view} where nct_id = ?", [nct_id])  # noqa: S608 – our own names
        return [tuple(row[column] for column in columns) for row in rows]

    return ask


class TestDosing:
    REGIMEN = ("drug", "route", "dose", "dose_max", "dose_unit")
    SCHEDULE = ("sessions", "per_week", "course_days")

    def test_transform_1_gives_fixed_56_or_84_mg_twice_a_week(self, registry: Ask) -> None:
        assert registry("dosing_protocols", TRANSFORM_1, *self.REGIMEN, *self.SCHEDULE, "n", "n_basis") == [
            ("esketamine", "intranasal", 56, None, "mg", 8, 2, 28, 346, "enrolled"),
            ("esketamine", "intranasal", 84, None, "mg", 8, 2, 28, 346, "enrolled"),
        ]

    def test_transform_2_gives_a_flexible_56_or_84_mg_and_not_the_28_mg_of_a_device(self, registry: Ask) -> None:
        assert registry("dosing_protocols", TRANSFORM_2, *self.REGIMEN, "n", "n_basis") == [
            ("esketamine", "intranasal", 56, 84, "mg", 236, "enrolled")
        ]

    def test_transform_3_titrates_from_28_to_84_mg(self, registry: Ask) -> None:
        assert registry("dosing_protocols", TRANSFORM_3, *self.REGIMEN, *self.SCHEDULE, "n") == [
            ("esketamine", "intranasal", 28, 84, "mg", 8, 2, 28, 139)
        ]

    def test_sustain_1_keeps_56_or_84_mg_in_the_arm_that_is_not_withdrawn(self, registry: Ask) -> None:
        assert registry("dosing_protocols", SUSTAIN_1, *self.REGIMEN, "comparators", "n") == [
            ("esketamine", "intranasal", 56, 84, "mg", ["placebo"], 705)
        ]

    def test_sustain_2_counts_who_started_the_induction_and_not_who_was_enrolled(self, registry: Ask) -> None:
        assert set(registry("dosing_protocols", SUSTAIN_2, *self.REGIMEN, "n", "n_basis")) == {
            ("esketamine", "intranasal", 28, 84, "mg", 779, "unspecified")
        }

    def test_escape_trd_states_no_dose_in_its_registration(self, registry: Ask) -> None:
        assert registry("dosing_protocols", ESCAPE_TRD, *self.REGIMEN, "dose_absence", "n", "n_basis") == [
            ("esketamine", "intranasal", None, None, None, "not reported", 336, "randomised")
        ]

    def test_the_japanese_trial_gives_three_fixed_doses(self, registry: Ask) -> None:
        assert registry("dosing_protocols", JAPANESE_DOSE_FINDING, "arm_label", *self.REGIMEN, *self.SCHEDULE) == [
            (f"Esketamine {dose} mg", "esketamine", "intranasal", dose, None, "mg", 8, 2, 28) for dose in (28, 56, 84)
        ]

    def test_the_dose_ranging_trial_gives_four_doses_each_to_its_own_number(self, registry: Ask) -> None:
        found = registry("dosing_protocols", KETAMINE_DOSE_RANGING, *self.REGIMEN, "infusion_minutes", "n", "n_basis")
        assert found == [
            ("ketamine", "iv", dose, None, "mg/kg", 40, n, "randomised")
            for dose, n in ((0.1, 18), (0.2, 20), (0.5, 22), (1.0, 20))
        ]

    def test_oral_clonidine_makes_no_oral_ketamine(self, registry: Ask) -> None:
        assert registry("dosing_protocols", NINETY_SIX_HOURS, "arm_label", *self.REGIMEN, "infusion_minutes") == [
            ("96-hour ketamine", "ketamine", "iv", 0.6, None, "mg/kg/h", 5760),
            ("40-minute ketamine", "ketamine", "iv", 0.5, None, "mg/kg", 40),
        ]

    def test_elekt_d_counts_who_was_treated(self, registry: Ask) -> None:
        found = registry("dosing_protocols", ELEKT_D, "drug", "route", "dose", "comparators", "n", "n_basis")
        assert found == [("ketamine", "iv", None, ["ect"], 195, "treated")]

    def test_the_invented_crossover_gives_one_dose_under_the_skin(self, registry: Ask) -> None:
        found = registry("dosing_protocols", INVENTED_CROSSOVER, "arm_label", *self.REGIMEN, "n", "n_basis")
        assert found == [
            ("(S)-ketamine first", "esketamine", "sc", 0.4, None, "mg/kg", 12, "randomised"),
            ("Saline first", "esketamine", "sc", 0.4, None, "mg/kg", 12, "randomised"),
        ]

    def test_two_schedules_of_one_drug_are_compared_with_each_other(self, registry: Ask) -> None:
        found = registry("dosing_protocols", INVENTED_SCHEDULES, *self.REGIMEN, "per_week", "comparators", "n")
        assert found == [
            ("ketamine", "intranasal", 50, 100, "mg", 1, ["ketamine_other"], 31),
            ("ketamine", "intranasal", 50, 100, "mg", 0.5, ["ketamine_other"], 29),
        ]

    def test_the_preferred_rows_of_a_study_are_all_of_one_report(self, reader: Reader) -> None:
        several = reader.rows(
            "select study_id from evidence.dosing_protocols where is_preferred"
            " group by study_id having count(distinct source_id) > 1"
        )
        assert several == []


class TestDurability:
    RATE = ("outcome_kind", "pct", "n", "denominator", "time_days")

    def test_transform_2_response_and_remission_at_day_28(self, registry: Ask) -> None:
        found = registry("durability_of_effect", TRANSFORM_2, *self.RATE, "threshold")
        assert found[4:] == [
            ("response", 63.4, None, 112, 28, r"MADRS fall \>=50%"),
            ("response", 49.5, None, 109, 28, r"MADRS fall \>=50%"),
            ("remission", 48.2, None, 112, 28, r"MADRS \<=12"),
            ("remission", 30.3, None, 109, 28, r"MADRS \<=12"),
        ]

    def test_transform_2_early_onset_is_a_response_that_lasted(self, registry: Ask) -> None:
        found = registry("durability_of_effect", TRANSFORM_2, "outcome_kind", "row_heading", "pct", "denominator")
        assert found[:4] == [
            ("sustained_response", "Onset by day 2", 7.9, 114),
            ("sustained_response", "Onset by day 2", 4.6, 109),
            ("sustained_response", "Onset by day 8", 10.5, 114),
            ("sustained_response", "Onset by day 8", 6.4, 109),
        ]

    def test_sustain_1_relapses_are_those_of_remitters_and_of_responders(self, registry: Ask) -> None:
        assert registry("durability_of_effect", SUSTAIN_1, *self.RATE, "at_risk") == [
            ("relapse", 26.67, 24, 90, None, "remitters"),
            ("relapse", 45.35, 39, 86, None, "remitters"),
            ("relapse", 25.81, 16, 62, None, "responders"),
            ("relapse", 57.63, 34, 59, None, "responders"),
        ]

    def test_escape_trd_freedom_from_relapse_is_no_relapse(self, registry: Ask) -> None:
        assert registry("durability_of_effect", ESCAPE_TRD, *self.RATE, "threshold", "at_risk") == [
            ("remission", 27.08, 91, 336, 56, r"MADRS \<=10", None),
            ("remission", 17.65, 60, 340, 56, r"MADRS \<=10", None),
            ("relapse_free", 21.73, 73, 336, 224, None, None),
            ("relapse_free", 14.12, 48, 340, 224, None, None),
        ]

    def test_the_japanese_trial_counts_only_who_had_the_onset(self, registry: Ask) -> None:
        found = registry(
            "durability_of_effect", JAPANESE_DOSE_FINDING, "outcome_kind", "row_heading", "pct", "denominator"
        )
        assert found[:4] == [
            ("sustained_response", "Onset seen", 2.4, 41),
            ("sustained_response", "Onset seen", 2.6, 39),
            ("sustained_response", "Onset seen", 7.3, 41),
            ("sustained_response", "Onset seen", 6.3, 79),
        ]

    def test_the_japanese_trial_times_relapse_from_the_end_of_treatment_in_responders(self, registry: Ask) -> None:
        columns = "time_to_relapse_days", "statistic", "denominator", "at_risk", "time_anchor", "threshold"
        found = registry("durability_of_effect", JAPANESE_DOSE_FINDING, *columns)
        same = "responders", "last_dose", r"MADRS \>=22 twice in a row, or admission"
        assert found[4:] == [
            (32, "median", 13, *same),
            (26, "median", 11, *same),
            (79.5, "median", 17, *same),
            (91, "median", 27, *same),
        ]

    def test_transform_1_posts_no_rate(self, registry: Ask) -> None:
        assert registry("durability_of_effect", TRANSFORM_1, "outcome_kind", "pct", "rates_absence") == [
            (None, None, "not reported")
        ]

    def test_the_invented_crossover_posts_response_at_24_hours(self, registry: Ask) -> None:
        assert registry("durability_of_effect", INVENTED_CROSSOVER, "arm_label", *self.RATE) == [
            ("(S)-ketamine", "response", 45.45, 10, 22, 1),
            ("Saline", "response", 13.64, 3, 22, 1),
        ]

    def test_a_median_that_was_not_reached_is_kept_as_written(self, registry: Ask) -> None:
        found = registry("durability_of_effect", INVENTED_SCHEDULES, "value_verbatim", "time_to_relapse_days")
        assert found == [("NA", None), ("88.0", 88)]

    @pytest.mark.parametrize(
        ("trial", "days", "anchor"),
        [
            (TRANSFORM_1, 28, "first_dose"),
            (TRANSFORM_2, 28, "first_dose"),
            (SUSTAIN_1, None, None),  # from randomisation to relapse, without a length
            (SUSTAIN_2, 336, "unspecified"),  # 48 weeks of optimisation and maintenance
            (SUSTAIN_3, None, None),  # only adverse events, over several years
            (ESCAPE_TRD, 224, "unspecified"),
            (JAPANESE_DOSE_FINDING, 168, "last_dose"),
            (ASPIRE_1, 1, "first_dose"),
            (KETAMINE_DOSE_RANGING, 30, "first_dose"),
            (NINETY_SIX_HOURS, 56, "unspecified"),
            (INVENTED_SCHEDULES, 180, "first_dose"),
        ],
    )
    def test_follow_up_is_the_longest_planned_time_frame_on_mood(
        self, registry: Ask, trial: str, days: float | None, anchor: str | None
    ) -> None:
        found = registry("durability_of_effect", trial, "follow_up_days", "follow_up_anchor")
        assert set(found) == {(days, anchor)}

    def test_no_registration_says_how_long_an_effect_lasted(self, reader: Reader) -> None:
        claimed = reader.rows(
            "select nct_id from evidence.durability_of_effect"
            " where source = 'registry' and effect_until_days is not null"
        )
        assert claimed == []


class TestDemographics:
    def test_sustain_1_age_and_sex_of_the_randomised(self, registry: Ask) -> None:
        columns = "is_total", "n", "age_mean", "age_sd", "n_female", "n_male", "pct_female", "race_status"
        assert registry("trial_demographics", SUSTAIN_1, *columns) == [
            (True, 297, 46.3, 11.13, 197, 100, 66.33, "not reported")
        ]

    @pytest.mark.parametrize("trial", [TRANSFORM_1, TRANSFORM_2])
    def test_the_transform_trials_give_eligible_ages_and_no_others(self, registry: Ask, trial: str) -> None:
        columns = "eligible_age_min", "eligible_age_max", "age_mean", "age_min", "age_max", "age_status"
        assert registry("trial_demographics", trial, *columns) == [(18, 64, None, None, None, "not reported")]

    @pytest.mark.parametrize("trial", [ESCAPE_TRD, JAPANESE_DOSE_FINDING])
    def test_a_lowest_eligible_age_is_no_age_of_the_sample(self, registry: Ask, trial: str) -> None:
        columns = "eligible_age_min", "eligible_age_max", "age_min", "age_status"
        assert registry("trial_demographics", trial, *columns) == [(18, None, None, "not reported")]

    def test_elekt_d_age_and_sex(self, registry: Ask) -> None:
        columns = "n", "age_mean", "age_sd", "n_female", "n_male", "pct_female"
        assert registry("trial_demographics", ELEKT_D, *columns) == [(365, 46, 14.5, 191, 174, 52.33)]

    def test_aspire_1_shares_of_women_without_numbers(self, registry: Ask) -> None:
        columns = "n", "n_absence", "age_mean", "pct_female", "n_female"
        assert registry("trial_demographics", ASPIRE_1, *columns) == [
            (None, "not reported", 40.8, 68.8, None),
            (None, "not reported", 37.9, 66.1, None),
        ]

    def test_the_invented_crossover_counts_each_person_once_in_each_group(self, registry: Ask) -> None:
        races = (
            "n_white", "n_black", "n_asian", "n_american_indian", "n_pacific_islander", "n_multiple_races",
            "n_race_unknown",
        )  # fmt: skip
        found = registry("trial_demographics", INVENTED_CROSSOVER, "arm_label", "is_total", "n", *races)
        assert found == [
            ("Total", True, 24, 16, 4, 3, 0, 0, 1, 0),
            ("(S)-ketamine first", False, 12, 8, 3, 1, 0, 0, 0, 0),
            ("Saline first", False, 12, 8, 1, 2, 0, 0, 1, 0),
        ]

    def test_the_invented_crossover_ages_sex_and_ethnicity(self, registry: Ask) -> None:
        columns = "age_mean", "age_sd", "n_female", "n_male", "n_hispanic", "n_not_hispanic", "n_ethnicity_unknown"
        assert registry("trial_demographics", INVENTED_CROSSOVER, *columns) == [
            (41.3, 11.7, 15, 9, 3, 20, 1),
            (42.5, 11.0, 8, 4, 2, 10, 0),
            (40.1, 12.6, 7, 5, 1, 10, 1),
        ]

    def test_the_invented_crossover_shares_are_arithmetic(self, registry: Ask, reader: Reader) -> None:
        assert registry("trial_demographics", INVENTED_CROSSOVER, "pct_white", "pct_hispanic")[0] == (66.67, 12.5)
        derived = reader.rows(
            "select distinct is_derived from evidence.cell_source"
            " where source_id = ? and column_name in ('pct_white', 'pct_hispanic', 'pct_female')",
            [INVENTED_CROSSOVER],
        )
        assert derived == [{"is_derived": True}]

    def test_the_invented_crossover_country_and_median_severity(self, registry: Ask) -> None:
        columns = "countries", "country_counts", "baseline_scale", "baseline_score_median"
        assert registry("trial_demographics", INVENTED_CROSSOVER, *columns)[0] == (
            ["Nowhere (invented)"],
            "Nowhere (invented) 24",
            "madrs",
            30.5,
        )

    def test_the_invented_schedules_quartiles_of_age_and_failed_treatments(self, registry: Ask) -> None:
        columns = "age_q1", "age_q3", "failed_treatments_mean", "failed_treatments_sd", "failed_treatments_status"
        assert registry("trial_demographics", INVENTED_SCHEDULES, *columns)[0] == (37, 57, 5.0, 1.7, "reported")

    def test_the_invented_terminated_trial_posts_ages_in_categories(self, registry: Ask) -> None:
        columns = "n_age_under_18", "n_age_18_to_64", "n_age_65_and_over", "age_sum_note", "race_status"
        assert registry("trial_demographics", INVENTED_TERMINATED, *columns) == [(0, 3, 1, None, "not collected")]

    def test_words_of_a_merged_table_are_named_in_its_note(self, registry: Ask) -> None:
        [note] = registry("trial_demographics", INVENTED_SCHEDULES, "race_sum_note")[0]
        assert note == (
            "without a column: Non-Hispanic White 36, Non-Hispanic Black 11, Other or not stated 6;"
            " under another item: Hispanic 7"
        )

    def test_the_baseline_table_in_full_keeps_customised_words_and_class_denominators(self, registry: Ask) -> None:
        columns = "item", "class_title", "value", "denominator", "denominator_level", "pct_computed"
        found = registry("baseline_characteristics", INVENTED_SCHEDULES, *columns)
        assert ("race_ethnicity", "Non-Hispanic White", 19, 31, "module", 61.29) in found
        assert ("failed_treatments", None, 5.2, 30, "class", None) in found

    def test_women_of_the_sample_beside_the_census(self, reader: Reader) -> None:
        [row] = reader.rows(
            "select n_studies_pooled, n_people, n_in_category, pct_of_known, reference_pct"
            " from evidence.representation where dimension = 'overall' and category = 'female'"
        )
        assert tuple(row.values()) == (5, 750, 444, 59.2, 50.92)

    def test_merged_race_and_ethnicity_is_not_understood_and_not_silent(self, registry: Ask) -> None:
        columns = "arm_label", "n_white", "n_hispanic", "race_status", "age_median"
        assert registry("trial_demographics", INVENTED_SCHEDULES, *columns)[0] == (
            "Total", None, 7, "not understood", 46,
        )  # fmt: skip

    def test_race_that_was_not_collected_is_said_so(self, registry: Ask) -> None:
        found = registry("trial_demographics", INVENTED_TERMINATED, "n", "n_female", "n_male", "race_status")
        assert found == [(4, 4, 0, "not collected")]


class TestStanding:
    def test_the_retracted_trial_is_visible_and_marked(self, reader: Reader) -> None:
        [screened] = reader.rows("select decision, integrity from evidence.screening where source_id = ?", [RETRACTED])
        shown = {
            view: {row["integrity"] for row in reader.rows(f"from evidence.{view} where pmid = ?", [RETRACTED])}
            for view in ("dosing_protocols", "durability_of_effect", "trial_demographics")
        }
        assert (screened, shown) == (
            {"decision": "retracted", "integrity": "retracted"},
            {view: {"retracted"} for view in shown},
        )

    def test_the_retracted_trial_is_counted_nowhere(self, reader: Reader) -> None:
        [study] = reader.rows("from evidence.study_overview where list_contains(pmids, ?)", [RETRACTED])
        counted = {name: study[name] for name in ("is_included", "is_own_sample", "n", "n_reports", "design", "drugs")}
        preferred = reader.rows("from evidence.dosing_protocols where pmid = ? and is_preferred", [RETRACTED])
        assert (study["integrity"], study["n_retracted"], counted, preferred) == (
            "retracted",
            1,
            {"is_included": False, "is_own_sample": False, "n": None, "n_reports": 0, "design": None, "drugs": []},
            [],
        )

    def test_a_secondary_analysis_adds_no_people_to_its_trial(self, reader: Reader) -> None:
        [study] = reader.rows("from evidence.study_overview where list_contains(pmids, ?)", [SECONDARY_ANALYSIS])
        assert (study["study_id"], study["n"], study["n_basis"]) == (KETAMINE_DOSE_RANGING, 99, "enrolled")

    def test_a_reprint_adds_no_people(self, reader: Reader) -> None:
        [study] = reader.rows("from evidence.study_overview where list_contains(pmids, ?)", [REPRINT])
        assert (study["is_included"], study["is_own_sample"]) == (True, False)

    @pytest.mark.parametrize(
        ("trial", "n"),
        [(TRANSFORM_1, 346), (TRANSFORM_2, 236), (SUSTAIN_1, 705), (ESCAPE_TRD, 676), (JAPANESE_DOSE_FINDING, 202)],
    )
    def test_actual_enrolment_is_the_number_of_a_registered_study(self, reader: Reader, trial: str, n: int) -> None:
        [study] = reader.rows("from evidence.study_overview where study_id = ?", [trial])
        assert (study["n"], study["n_basis"], study["n_source"]) == (n, "enrolled", "registry")

    def test_designs_come_from_the_registry_but_a_withdrawal_from_the_text(self, reader: Reader) -> None:
        designs = {row["study_id"]: row["design"] for row in reader.rows("from evidence.study_overview")}
        known = {trial: designs[trial] for trial in (SUSTAIN_1, ESCAPE_TRD, ELEKT_D, SUSTAIN_3, INVENTED_CROSSOVER)}
        assert known == {
            SUSTAIN_1: "rct_withdrawal",
            ESCAPE_TRD: "rct_parallel",
            ELEKT_D: "rct_parallel",
            SUSTAIN_3: "open_label",
            INVENTED_CROSSOVER: "rct_crossover",
        }


class TestStudyGraph:
    @pytest.fixture
    def roles(self, reader: Reader) -> dict[tuple[str, str], str]:
        rows = reader.rows("select study_id, source_id, role from evidence.study_reports where source = 'pubmed'")
        return {(row["study_id"], row["source_id"]): row["role"] for row in rows}

    def test_the_dose_ranging_trial_has_one_primary_and_one_secondary_paper(
        self, roles: dict[tuple[str, str], str]
    ) -> None:
        found = {pmid: role for (study_id, pmid), role in roles.items() if study_id == KETAMINE_DOSE_RANGING}
        assert found == {"30283029": "primary", SECONDARY_ANALYSIS: "secondary"}

    def test_elekt_d_has_a_protocol_and_a_secondary_analysis_and_its_primary_paper_is_not_at_hand(
        self, roles: dict[tuple[str, str], str]
    ) -> None:
        found = {pmid: role for (study_id, pmid), role in roles.items() if study_id == ELEKT_D}
        assert found == {"30572160": "protocol", "38916891": "secondary"}

    def test_a_paper_on_two_trials_stands_in_both(self, reader: Reader) -> None:
        rows = reader.rows("select study_id, other_study_ids from evidence.study_reports where pmid = '37558912'")
        assert [(row["study_id"], row["other_study_ids"]) for row in rows] == [
            (SUSTAIN_1, [SUSTAIN_3]),
            (SUSTAIN_3, [SUSTAIN_1]),
        ]

    def test_sustain_3_took_people_who_had_been_counted_in_its_parent_trials(self, reader: Reader) -> None:
        rows = reader.rows(
            "select counts_as_sample, role_quote from evidence.study_reports where nct_id = ?", [SUSTAIN_3]
        )
        assert [tuple(row.values()) for row in rows] == [(False, "Long-term Extension Study")]

    def test_the_one_paper_without_an_id_is_offered_its_invented_trial(self, reader: Reader) -> None:
        rows = reader.rows("select pmid, study_id, points_person, points_size from evidence.link_candidates")
        assert [tuple(row.values()) for row in rows] == [("99999909", INVENTED_SCHEDULES, 4, 4)]


class TestSafety:
    COUNTS = ("n_affected", "n_at_risk", "pct")

    @pytest.fixture
    def harms(self, reader: Reader) -> Ask:
        """The harms that one document states, by item."""

        def ask(source_id: str, item: str, *columns: str) -> Values:
            query = "select * from evidence.safety where source_id = ? and item = ?"
            return [tuple(row[column] for column in columns) for row in reader.rows(query, [source_id, item])]

        return ask

    def test_sustain_2_posts_four_common_events_among_802(self, harms: Ask) -> None:
        assert harms(SUSTAIN_2, "event", "event_group", "term", *self.COUNTS) == [
            ("nausea_or_dizziness", "Dizziness", 264, 802, 32.92),
            ("dissociation", "Dissociation", 221, 802, 27.56),
            ("nausea_or_dizziness", "Nausea", 201, 802, 25.06),
            ("other", "Headache", 200, 802, 24.94),
        ]

    def test_sustain_2_posts_two_deaths_and_55_with_a_serious_event(self, harms: Ask) -> None:
        assert harms(SUSTAIN_2, "death", *self.COUNTS) == [(2, 802, 0.25)]
        assert harms(SUSTAIN_2, "any_serious", *self.COUNTS) == [(55, 802, 6.86)]

    def test_the_article_of_sustain_2_states_the_same_shares(self, harms: Ask) -> None:
        assert {row for row in harms("32316080", "event", "event", "pct") if row[1]} == {
            ("dizziness", 32.9),
            ("dissociation", 27.6),
            ("nausea", 25.1),
            ("headache", 24.9),
        }

    def test_transform_1_counts_in_the_safety_set_and_states_no_deaths(self, harms: Ask) -> None:
        assert harms(TRANSFORM_1, "any_other", "n_affected", "n_at_risk") == [(None, 231), (None, 113)]
        assert harms(TRANSFORM_1, "death", "n_affected_absence") == [("not reported",), ("not reported",)]

    def test_the_invented_crossover_lost_one_to_an_adverse_event_in_its_second_period(self, harms: Ask) -> None:
        found = harms(INVENTED_CROSSOVER, "discontinuation", "arm_label", "period", *self.COUNTS)
        assert found == [
            ("(S)-ketamine first", "Second Intervention", 1, 12, 8.33),
            ("Saline first", "Second Intervention", 0, 11, 0),
        ]

    def test_a_serious_event_that_nobody_had_is_0_and_not_empty(self, harms: Ask) -> None:
        assert harms(INVENTED_CROSSOVER, "event", "arm_label", "event_group", *self.COUNTS)[:2] == [
            ("(S)-ketamine", "suicidality", 1, 23, 4.35),
            ("Saline", "suicidality", 0, 23, 0),
        ]

    def test_a_trial_without_posted_results_says_so(self, harms: Ask) -> None:
        assert harms(TRANSFORM_3, "none", "term_absence") == [("not posted",)]
