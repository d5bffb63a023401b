"""Small definitions that several SQL files share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ketalit.warehouse.database import Warehouse


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.create(tmp_path_factory.mktemp("macros") / "new.duckdb") as warehouse:
        yield warehouse


def asked(warehouse: Warehouse, call: str) -> Any:
    [row] = warehouse.rows(f"select {call} as answer")
    return row["answer"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Day 28", 28),
        ("Week 4", 28),
        ("4 weeks", 28),
        ("Baseline to Day 28", 28),
        ("Baseline (Day 1) up to Day 28", 28),
        ("Up to 52 weeks", 364),
        ("Baseline, Week 1, Week 4, and Month 3", 90),
        ("24 hours after the infusion", 1),
        ("40 minutes", 0.0278),
        ("2.5 years", 912.5),
        ("6-month follow-up", 180),
        ("Endpoint", None),
        ("8 sessions", None),
        ("Days 0, 1, 3, 5, 7, 14 and 30", 30),
        ("Baseline (Week 0), Weeks 4, 16, 28, 40, 48", 336),
        ("Day 1, 24 hours", 1),
        ("4 and 8 weeks", 56),
        ("week 4 day 28", 28),
        ("3rd month", 90),
        ("six months", 180),
        ("Up to 24 hrs", 1),
        ("D1, D7, D28", 28),
        ("Day -7 to day 28", 28),
        ("every 2 weeks until relapse", None),
        ("every 2 weeks for 6 months", 180),
    ],
)
def test_a_time_frame_is_its_latest_time_in_days(warehouse: Warehouse, words: str, days: float | None) -> None:
    assert asked(warehouse, f"ref.days_in('{words}')") == days


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        ("Drug: Esketamine nasal spray", "esketamine"),
        ("S-ketamine", "esketamine"),
        ("(S)-ketamine hydrochloride", "esketamine"),
        ("S(+)-ketamine", "esketamine"),
        ("Spravato", "esketamine"),
        ("JNJ-54135419", "esketamine"),
        ("Arketamine", "arketamine"),
        ("(R)-ketamine", "arketamine"),
        ("PCN-101", "arketamine"),
        ("Ketamine Hydrochloride", "ketamine"),
        ("Ketalar", "ketamine"),
        ("racemic ketamine", "ketamine"),
        ("Doses-ketamine", "ketamine"),
        ("Midazolam", None),
    ],
)
def test_a_name_tells_the_form_of_ketamine(warehouse: Warehouse, words: str, drug: str | None) -> None:
    assert asked(warehouse, f"ref.drug_in('{words}')") == drug


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Number of Participants With Response", "response"),
        ("Percentage of Responders at Day 28", "response"),
        ("Percentage of Participants With Remission", "remission"),
        ("Remitters at week 4", "remission"),
        ("Time to Relapse in Participants With Stable Remission", "relapse"),
        ("Number of Participants With >=50% Reduction in HAM-D", "response"),
        (r"At Least 50 Percent Improvement on the QIDS", "response"),
        ("Change in MADRS Total Score", None),
        ("Dose-response of plasma levels", None),
        ("Immune response", None),
        ("Pain response at 2 hours", None),
        ("Remission at week 8, kept without relapse to week 32", "relapse_free"),
        ("No relapse after remission", "relapse_free"),
        ("Relapse-free participants", "relapse_free"),
        ("Participants who remained free of relapse", "relapse_free"),
        ("Participants who did not relapse", "relapse_free"),
        ("Sustained response at week 12", "sustained_response"),
        ("Response maintained at week 12", "sustained_response"),
        ("Onset of clinical response by day 2", "sustained_response"),
        ("Stable remission", "sustained_remission"),
        ("Participants without response", None),
        ("Number of non-responders", None),
        ("Loss of response", None),
        ("Partial response", None),
        ("Response and remission", None),
        ("Relapse or discontinuation", None),
        ("Remission of suicidal ideation", None),
        ("Remission among responders", "remission"),
    ],
)
def test_a_title_tells_what_an_outcome_is_about(warehouse: Warehouse, title: str, kind: str | None) -> None:
    assert asked(warehouse, f"ref.outcome_kind_in('{title}')") == kind


YES, NO, NEITHER = (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("heading", "counted"),
    [
        ("Yes", YES),
        ("Responder", YES),
        ("Responders", YES),
        ("Remission", YES),
        ("Achieved", YES),
        ("Relapsed", YES),
        ("Onset seen", YES),
        ("Response at day 2: Yes", YES),
        ('Kept for 12 weeks - "Yes"', YES),
        ("No", NO),
        ("Response at day 2: No", NO),
        ('Kept for 12 weeks - "No"', NO),
        ("Non-responder", NO),
        ("Nonresponders", NO),
        ("Onset not seen", NO),
        ("Did not remit", NO),
        ("Not evaluable", NO),
        ("Missing", NO),
        ("Unknown", NO),
        ("Withdrawn", NO),
        ("Partial response", NO),
        ("No relapse", NO),
        ("Response, but not remission", NO),
        ("Norway", NEITHER),
        ("Day 8", NEITHER),
        ("Overall", NEITHER),
    ],
)
def test_a_heading_tells_who_is_counted(warehouse: Warehouse, heading: str, counted: tuple[bool, bool]) -> None:
    asked_both = asked(warehouse, f"[ref.counts_event('{heading}'), ref.counts_others('{heading}')]")
    assert tuple(asked_both) == counted


@pytest.mark.parametrize(
    ("title", "kind", "in_whom"),
    [
        ("Time to relapse in stable remitters", "relapse", "remitters"),
        ("Participants with a relapse, stable response", "relapse", "responders"),
        ("Relapse of responders who were not in remission", "relapse", "responders"),
        ("Relapse, that is loss of response", "relapse", None),
        ("Relapse by week 12", "relapse", None),
        ("Remission among responders", "remission", "responders"),
        ("Number of responders", "response", None),
        ("Participants in remission", "remission", None),
    ],
)
def test_a_title_tells_in_whom_something_was_counted(
    warehouse: Warehouse, title: str, kind: str, in_whom: str | None
) -> None:
    assert asked(warehouse, f"ref.at_risk_in('{title}', '{kind}')") == in_whom


@pytest.mark.parametrize(
    ("words", "kind", "definition"),
    [
        (r"Response (MADRS fall \>=50%)", "response", r"MADRS fall \>=50%"),
        ("A decrease in HAM-D of at least 50% was needed.", "response", "decrease in HAM-D of at least 50%"),
        ("Improved by a 50% or greater reduction", "response", "50% or greater reduction"),
        (r"Remission: MADRS \<=12", "remission", r"MADRS \<=12"),
        (
            "A MADRS total score of less than or equal to 10",
            "remission",
            "MADRS total score of less than or equal to 10",
        ),
        ("Response: MADRS fall >=50%. Remission: MADRS <=12.", "remission", "MADRS <=12"),
        ("Response: MADRS fall >=50%. Remission: MADRS <=12.", "response", "MADRS fall >=50%"),
        ("Relapse: MADRS >=22 twice, or admission.", "relapse", "MADRS >=22 twice, or admission"),
        ("Participants who responded", "response", None),
        ("Remission on the HAM-D", "remission", None),
        (None, "response", None),
    ],
)
def test_a_definition_is_quoted_as_it_stands(
    warehouse: Warehouse, words: str | None, kind: str, definition: str | None
) -> None:
    text = "null" if words is None else f"'{words}'"
    assert asked(warehouse, f"ref.threshold_in({text}, '{kind}')") == definition


@pytest.mark.parametrize(
    ("frame", "anchor"),
    [
        ("Baseline to day 28", "first_dose"),
        ("Day 1 to day 28", "first_dose"),
        ("Days 0, 1, 3 and 30", "first_dose"),
        ("6 months from randomisation", "first_dose"),
        ("24 hours after the first dose", "first_dose"),
        ("4 weeks after the infusion", "first_dose"),
        ("4 weeks after the last dose", "last_dose"),
        ("Baseline to 4 weeks after the final infusion", "last_dose"),
        ("Up to 24 weeks after induction", "last_dose"),
        ("End of induction to 24 weeks", "last_dose"),
        ("Week 8", "unspecified"),
        ("Day 2 to day 28", "unspecified"),
        ("24 hours after each injection", "unspecified"),
    ],
)
def test_a_time_frame_tells_what_it_is_counted_from(warehouse: Warehouse, frame: str, anchor: str) -> None:
    assert asked(warehouse, f"ref.anchor_in('{frame}')") == anchor


@pytest.mark.parametrize(
    ("measure", "is_about_mood"),
    [
        ("Change in MADRS total score", True),
        ("Suicidal ideation", True),
        ("Time to relapse", True),
        ("Treatment-emergent adverse events", False),
        ("Plasma level of norketamine", False),
        ("Safety, tolerability and feasibility", False),
    ],
)
def test_a_measure_is_about_mood_or_not(warehouse: Warehouse, measure: str, is_about_mood: bool) -> None:
    assert asked(warehouse, f"ref.is_about_mood('{measure}')") is is_about_mood


@pytest.mark.parametrize(
    ("words", "left"),
    [("['none', 'placebo']", ["placebo"]), ("['none']", ["none"]), ("[]::varchar[]", []), ("null::varchar[]", [])],
)
def test_a_catch_all_gives_way_to_a_precise_word(warehouse: Warehouse, words: str, left: list[str]) -> None:
    assert asked(warehouse, f"ref.without_catch_all({words}, 'none')") == left


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Race (NIH&#x2F;OMB)", "race (nih/omb)"),
        (r"\>=50% response", ">=50% response"),
        ("Black &amp; Asian", "black & asian"),
        (" Female ", "female"),
    ],
)
def test_words_of_the_registry_are_plain(warehouse: Warehouse, words: str, plain: str) -> None:
    assert asked(warehouse, f"ref.plain_text('{words}')") == plain


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("ref.absence(0.5, 'dose', ['dose'])", None),
        ("ref.absence(null, 'dose', ['dose'])", "not understood"),
        ("ref.absence(null, 'dose', ['rate'])", "not reported"),
        ("ref.absence(null, 'dose', [])", "not reported"),
    ],
)
def test_an_empty_cell_has_a_reason(warehouse: Warehouse, call: str, reason: str | None) -> None:
    assert asked(warehouse, call) == reason


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("Montgomery-Asberg Depression Rating Scale (MADRS) total score", "madrs"),
        ("HAM-D17", "hamd"),
        ("Hamilton Depression Rating Scale", "hamd"),
        ("Hamilton Anxiety Rating Scale", None),
        ("Body mass index", None),
    ],
)
def test_a_title_tells_the_depression_scale(warehouse: Warehouse, title: str, scale: str | None) -> None:
    assert asked(warehouse, f"ref.scale_in('{title}')") == scale


@pytest.mark.parametrize(
    ("title", "unit", "item"),
    [
        ("age, continuous", "years", "age"),
        ("age, customized", "participants", "age"),
        ("mean age", "years", "age"),
        ("age at onset of depression", "years", "other"),
        ("age at first episode", "years", "other"),
        ("gestational age", "weeks", "other"),
        ("age of mother", "years", "other"),
        ("sex: female, male", "participants", "sex"),
        ("gender", "participants", "sex"),
        ("number of females", "participants", "sex"),
        ("gender identity", "participants", "gender_identity"),
        ("sexual orientation", "participants", "other"),
        ("race (nih/omb)", "participants", "race"),
        ("ethnicity (nih/omb)", "participants", "ethnicity"),
        ("race/ethnicity, customized", "participants", "race_ethnicity"),
        ("region of enrollment", "participants", "place"),
        ("geographic region", "participants", "place"),
        ("brain region of interest", "mm", "other"),
        ("number of previous antidepressant treatment failures", "failures", "failed_treatments"),
        ("number of failed antidepressants", "drugs", "failed_treatments"),
        ("heart failure", "participants", "other"),
        ("prior physiotherapy treatment", "participants", "other"),
        ("body mass index (bmi)", "kg/m^2", "bmi"),
        ("weight", "kg", "weight"),
        ("wobble index", "units on a scale", "severity"),
    ],
)
def test_a_title_says_what_a_characteristic_is_about(warehouse: Warehouse, title: str, unit: str, item: str) -> None:
    assert asked(warehouse, f"ref.baseline_item_in('{title}', '{unit}', null)") == item


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("<=18 years", "n_age_under_18"),
        ("between 18 and 65 years", "n_age_18_to_64"),
        (">=65 years", "n_age_65_and_over"),
        ("adolescents (12-17 years)", "n_age_under_18"),
        ("newborns (0-27 days)", "n_age_under_18"),
        ("infants and toddlers (28 days-23 months)", "n_age_under_18"),
        ("adults (18-64 years)", "n_age_18_to_64"),
        ("from 65-84 years", "n_age_65_and_over"),
        ("85 years and over", "n_age_65_and_over"),
        ("45 to 54", "n_age_18_to_64"),
        ("> 64 years", "n_age_65_and_over"),
        ("under 18", "n_age_under_18"),
        ("75+", "n_age_65_and_over"),
        ("60-70 years", None),
        ("<65 years", None),
        (">=18 years", None),
        ("> 60 years", None),
        ("adults", None),
        ("unknown", None),
    ],
)
def test_an_age_category_is_counted_where_it_lies_within_the_borders(
    warehouse: Warehouse, words: str, group: str | None
) -> None:
    assert asked(warehouse, f"ref.age_group_in('{words}')") == group


@pytest.mark.parametrize(
    ("words", "instruments"),
    [
        ("Change in MADRS total score", ["madrs"]),
        ("Montgomery-Asberg Depression Rating Scale", ["madrs"]),
        ("HAM-D", ["hamd"]),
        ("HAM-D17 score", ["hamd17"]),
        ("HDRS-24", ["hamd24"]),
        ("17-item Hamilton Rating Scale for Depression", ["hamd17"]),
        ("HAM-D and HAM-A", ["hamd", "hama"]),
        ("QIDS-SR16", ["qids"]),
        ("PHQ-9", ["phq9"]),
        ("Patient Health Questionnaire (PHQ-8)", ["phq8"]),
        ("Patient Health Questionnaire", []),
        ("BDI-II", ["bdi"]),
        ("CGI-S and CGI-I", ["cgi"]),
        ("CGI-SS-r", ["cgi_ss"]),
        ("Columbia Suicide Severity Rating Scale", ["cssrs"]),
        ("Scale for Suicide Ideation (SSI)", ["ssi"]),
        ("Beck Scale for Suicide Ideation", ["bss"]),
        ("Modified Scale for Suicidal Ideation", ["mssi"]),
        ("SSI rate after surgery", []),
        ("Brief Symptom Inventory (BSI)", []),
        ("CADSS", ["cadss"]),
        ("YMRS", ["ymrs"]),
        ("GAD-7", ["gad7"]),
        ("Sheehan Disability Scale", ["sds"]),
        ("SDS of the change", []),
        ("EQ-5D-5L", ["eq5d"]),
        ("Blood pressure", []),
    ],
)
def test_words_name_rating_instruments(warehouse: Warehouse, words: str, instruments: list[str]) -> None:
    assert asked(warehouse, f"ref.instruments_in('{words}')") == instruments


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Double-blind induction phase: change in MADRS", "on_drug"),
        ("At the end of the acute treatment", "on_drug"),
        ("During the infusion", "on_drug"),
        ("Optimisation/maintenance", "on_drug"),
        ("Induction", "on_drug"),
        ("Maintenance of response", None),
        ("Posttreatment phase: time to relapse", "drug_free"),
        ("4 weeks after the last infusion", "drug_free"),
        ("2 weeks after the end of treatment", "drug_free"),
        ("End of induction to 24 weeks", "drug_free"),
        ("Treatment phase and follow-up phase", "mixed"),
        ("Baseline to post-treatment (week 5)", None),
        ("Follow-up at week 12", None),
        ("Week 4", None),
    ],
)
def test_words_place_an_outcome_on_or_off_the_drug(warehouse: Warehouse, words: str, status: str | None) -> None:
    assert asked(warehouse, f"ref.treatment_status_in('{words}')") == status


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Adverse Event", "adverse_event"),
        ("Death", "death"),
        ("Lack of Efficacy", "lack_of_efficacy"),
        ("Lost to Follow-up", "lost_to_follow_up"),
        ("Physician Decision", "physician_decision"),
        ("Protocol Violation", "protocol_violation"),
        ("Protocol deviation", "protocol_violation"),
        ("Withdrawal by Subject", "withdrawal_by_subject"),
        ("Withdrew consent", "withdrawal_by_subject"),
        ("Pregnancy", "other"),
        ("No adverse event, moved away", "other"),
        ("Death of a relative", "other"),
    ],
)
def test_a_reason_for_leaving_has_its_kind(warehouse: Warehouse, words: str, kind: str) -> None:
    assert asked(warehouse, f"ref.reason_for_leaving_in('{words}')") == kind


@pytest.mark.parametrize(
    ("frame", "anchor"),
    [
        ("Baseline to post-treatment at week 8", "first_dose"),
        ("Post-treatment (week 5)", "unspecified"),
        ("4 weeks post-treatment", "last_dose"),
        ("Post-treatment follow-up, 6 months", "last_dose"),
    ],
)
def test_a_visit_after_treatment_is_no_zero_unless_time_counts_from_it(
    warehouse: Warehouse, frame: str, anchor: str
) -> None:
    assert asked(warehouse, f"ref.anchor_in('{frame}')") == anchor


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("4 weeks after the last dose", True),
        ("Baseline to 4 weeks after the last dose", True),
        ("1, 6 and 12 months after the end of treatment", True),
        ("Week 0, 2 and 4, and 4 weeks after the last dose", False),
        ("Up to 28 days after the last dose, for 24 months", False),
        ("24 hours after each infusion", False),
        ("At the end", False),
    ],
)
def test_words_name_a_single_time_or_several(warehouse: Warehouse, words: str, is_one: bool) -> None:
    assert asked(warehouse, f"ref.names_one_time('{words}')") == is_one
