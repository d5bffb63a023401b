"""The published views in reading order, each with what a reader must know before trusting a cell of it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Presented(Struct, frozen=True):
    """A view as it is presented to people."""

    name: str
    title: str
    about: str
    """One sentence: what a row is, and what the table answers."""
    shown: tuple[str, ...]
    """The columns that a reader sees first; the others can be chosen and stand in every file."""
    notes: tuple[str, ...]
    """Footnotes of the table."""
    absences: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """A column that says why cells are empty, and the columns it speaks of, beyond `<column>_absence`."""


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


NOTE_ON_ABSENCE: Final = (
    "Not reported: the source was read and states no value. Not understood: it mentions the item, but no rule could "
    "read it. Not posted: the registration has no results."
)
_SIDE_BY_SIDE: Final = "Registry and abstract stand in rows of their own and are never merged."
_N: Final = "n counts people; whom it counts (planned, enrolled, randomised, treated, analysed) stands beside it."
_EXCLUSION: Final = "An empty condition means that the criteria do not name it, which never means that it is allowed."

_AGE: Final = (
    "age_mean",
    "age_sd",
    "age_median",
    "age_min",
    "age_max",
    "age_q1",
    "age_q3",
    "n_age_under_18",
    "n_age_18_to_64",
    "n_age_65_and_over",
)
_SEX: Final = ("n_female", "n_male", "n_other_gender", "n_sex_unknown", "pct_female")
_RACES: Final = (
    "white",
    "black",
    "asian",
    "american_indian",
    "pacific_islander",
    "multiple_races",
    "other_race",
    "race_unknown",
)
_RACE: Final = tuple(f"{measure}_{race}" for measure in ("n", "pct") for race in _RACES)
_ETHNICITY: Final = tuple(
    f"{measure}_{name}" for measure in ("n", "pct") for name in ("hispanic", "not_hispanic", "ethnicity_unknown")
)
_CONDITIONS: Final = (
    "psychosis",
    "bipolar",
    "substance_use",
    "uncontrolled_hypertension",
    "pregnancy",
    "prior_ketamine",
)

_PRESENTED: Final = (
    Presented(
        name="study_overview",
        title="Studies",
        about="One row a study: what was given to whom, in how many people, by whom, and where the study stands.",
        shown=_columns(
            "study_id title year design populations drugs routes comparators n n_basis sponsor status is_included "
            "integrity needs_review"
        ),
        notes=(
            "Count studies and people only where the study has a sample of its own.",
            _N,
            "TRD: treatment-resistant depression. MDD: major depressive disorder.",
        ),
    ),
    Presented(
        name="study_reports",
        title="Reports of each study",
        about="One row a study and record: which papers and registrations belong to it, in which role, and why.",
        shown=_columns(
            "study_id source source_id role title reported_on design link_status link_kinds counts_as_sample "
            "is_included integrity"
        ),
        notes=("A paper that reports several trials stands in each of them.",),
    ),
    Presented(
        name="report_integrity",
        title="Retractions and corrections",
        about="One row a paper and a statement on it: retracted, corrected, doubted or replaced, and who says so.",
        shown=_columns(
            "pmid title integrity says said_in notice_pmid notice_title stated_on reasons is_deciding why_not_deciding "
            "checked_at"
        ),
        notes=("Of several statements the gravest that is not void decides where the paper stands.",),
    ),
    Presented(
        name="link_candidates",
        title="Papers that may belong to a study",
        about="One row a paper and a study that share no id but resemble each other: for a human to decide.",
        shown=_columns("study_id pmid place score title compared_source_id compared_title reasons"),
        notes=("Candidates are offered and never merged; they count nowhere.",),
    ),
    Presented(
        name="dosing_protocols",
        title="Dosing protocols",
        about="One row a study, source and regimen: drug, route, dose, infusion time and schedule.",
        shown=_columns(
            "study_id source source_id arm_label phase drug route dose dose_max dose_unit infusion_minutes "
            "sessions per_week course_days comparators n n_basis integrity"
        ),
        notes=(
            "Doses stand in the unit of the source and are never converted with an assumed weight.",
            "Doses given: those that one patient is planned or stated to get in the phase.",
            "Doses a week: 0.5 is one every two weeks, 7 is daily; empty for single doses.",
            _N,
            _SIDE_BY_SIDE,
        ),
        absences=(
            ("dose_absence", ("dose", "dose_unit", "dose_verbatim")),
            ("sessions_absence", ("sessions",)),
            ("n_absence", ("n", "n_basis")),
        ),
    ),
    Presented(
        name="durability_of_effect",
        title="Durability of effect",
        about="One row a study, source and statement: response, remission and relapse, when and in whom; follow-up.",
        shown=_columns(
            "study_id source source_id arm_label outcome_kind instrument threshold at_risk pct n denominator "
            "time_days days_after_last_dose treatment_status time_to_relapse_days statistic follow_up_days "
            "follow_up_anchor integrity"
        ),
        notes=(
            "Rates in responders or remitters are not rates in all; definitions differ and are never merged.",
            "Free of relapse is as stated, never 100% minus a relapse rate.",
            "A week is 7 days, a month 30.",
            _SIDE_BY_SIDE,
        ),
        absences=(
            ("rates_absence", ("outcome_kind", "pct", "time_to_relapse_days")),
            ("value_absence", ("value",)),
            ("follow_up_absence", ("follow_up_days", "follow_up_anchor")),
        ),
    ),
    Presented(
        name="outcome_measures",
        title="Outcome measures",
        about="One row a registered or posted outcome: what was to be measured, with what, and when.",
        shown=_columns(
            "study_id source_id is_posted outcome_type outcome_title instrument time_frame time_days time_anchor "
            "results_status"
        ),
        notes=("Outcomes are those of ClinicalTrials.gov; abstracts list none.",),
        absences=(("outcome_absence", ("outcome_title",)),),
    ),
    Presented(
        name="outcome_comparisons",
        title="Posted comparisons",
        about="One row a comparison of groups that ClinicalTrials.gov posts: estimate, interval and p value.",
        shown=_columns(
            "study_id source_id arms_compared outcome_type outcome_title instrument time_frame effect_type effect "
            "ci_pct ci_lower ci_upper p_value_verbatim method"
        ),
        notes=("The order of the groups does not tell which was subtracted from which.", "CI: confidence interval."),
        absences=(
            ("ci_absence", ("ci_lower", "ci_upper", "ci_pct")),
            ("p_value_absence", ("p_value", "p_value_verbatim")),
            ("effect_absence", ("effect", "effect_verbatim")),
        ),
    ),
    Presented(
        name="participant_flow",
        title="Participant flow",
        about="One row a registration, period and group: who started, who completed, who left and why.",
        shown=_columns(
            "study_id source_id arm_label period n_started n_completed n_not_completed n_left_adverse_event "
            "n_left_lack_of_efficacy n_left_withdrawal_by_subject n_left_lost_to_follow_up reasons_verbatim "
            "balance_status"
        ),
        notes=("Add up groups, never periods: the same people may start several.",),
        absences=(("flow_absence", ("arm_label", "period", "n_started", "n_completed", "n_not_completed")),),
    ),
    Presented(
        name="safety",
        title="Safety",
        about="One row a study, source, group and adverse event: how many of how many were affected.",
        shown=_columns(
            "study_id source source_id arm_label item is_serious event_group term n_affected n_at_risk pct "
            "time_frame integrity"
        ),
        notes=(
            "Posted events count people of the safety set, whose number may differ from the number randomised.",
            "Rare events below a registry's threshold are missing, not absent.",
            _SIDE_BY_SIDE,
        ),
        absences=(("n_affected_absence", ("n_affected", "pct")), ("term_absence", ("term", "event"))),
    ),
    Presented(
        name="trial_demographics",
        title="Demographics",
        about="One row a study, source and group or whole sample: who took part, and whether that was reported.",
        shown=_columns(
            "study_id source source_id arm_label n n_basis age_mean age_sd age_median n_female pct_female "
            "pct_white pct_black pct_asian pct_hispanic countries baseline_scale baseline_score_mean "
            "failed_treatments_min integrity"
        ),
        notes=(
            _N,
            "Groups and whole sample of one record are never to be added up.",
            "Race and ethnicity in the categories of the source; empty where it counts none of that category.",
            _SIDE_BY_SIDE,
        ),
        absences=(
            ("n_absence", ("n", "n_basis")),
            ("age_status", _AGE),
            ("sex_status", _SEX),
            ("race_status", _RACE),
            ("ethnicity_status", _ETHNICITY),
            ("country_status", ("countries", "country_counts")),
            (
                "severity_status",
                ("baseline_scale", "baseline_score_mean", "baseline_score_sd", "baseline_score_median"),
            ),
            (
                "failed_treatments_status",
                tuple(f"failed_treatments_{part}" for part in ("min", "mean", "sd", "median", "groups")),
            ),
        ),
    ),
    Presented(
        name="baseline_characteristics",
        title="Baseline characteristics as posted",
        about="One row a study, group and measurement of the registry's baseline table, in full.",
        shown=_columns(
            "study_id source_id arm_label item measure class_title category_title param_type value spread "
            "dispersion_type unit denominator pct_computed"
        ),
        notes=("Values stand as posted; shares are computed from the posted counts.",),
        absences=(("value_absence", ("value", "value_verbatim")),),
    ),
    Presented(
        name="representation",
        title="Who is represented",
        about="One row a group of studies and a category: how many studies report it, and the pooled share.",
        shown=_columns(
            "dimension dimension_value item category n_studies n_studies_reporting pct_studies_reporting "
            "n_studies_pooled n_known n_in_category pct_of_known reference_pct participation_to_prevalence_ratio"
        ),
        notes=(
            "Reference: United States census of 1 April 2020. A ratio below 0.8: fewer took part than live there.",
            "Only studies that stand, are not in doubt and count every person in one category are pooled.",
        ),
    ),
    Presented(
        name="registry_discrepancies",
        title="Registry against paper: what differs",
        about="One row a study, registration, paper and item on which the two contradict each other.",
        shown=_columns("study_id nct_id pmid item severity kind registry_value paper_value difference unit"),
        notes=(
            "Papers are read by title and abstract: the full text may say more.",
            "The registration is that of today: it may have been changed after the paper.",
        ),
    ),
    Presented(
        name="registry_comparisons",
        title="Registry against paper: every item",
        about="One row a study, registration, paper and item: agrees, differs, not comparable, or stated by one alone.",
        shown=_columns("study_id nct_id pmid item verdict kind registry_value paper_value difference unit"),
        notes=("Papers are read by title and abstract: the full text may say more.",),
    ),
    Presented(
        name="registry_changes",
        title="Changes of registrations",
        about="One row a registration, version and item that changed: before, after, and when in the trial.",
        shown=_columns(
            "study_id nct_id item element change old_value old_kind new_value new_kind new_posted timing "
            "outcome_change is_outcome_switch"
        ),
        notes=(
            "Only changes between versions that were obtained are seen.",
            "A switched outcome may have its reason in the protocol or paper: a human should look.",
        ),
    ),
    Presented(
        name="patient_selection",
        title="Patient selection and monitoring",
        about="One row a study and source: who could take part, who not, and how people are watched after a dose.",
        shown=_columns(
            "study_id source source_id age_min age_max sex failed_treatments_min psychosis bipolar substance_use "
            "uncontrolled_hypertension pregnancy prior_ketamine observation_minutes monitoring integrity"
        ),
        notes=(_EXCLUSION, "Failed treatments: the least number that must have failed before."),
        absences=(("conditions_absence", _CONDITIONS),),
    ),
    Presented(
        name="trial_pipeline",
        title="Trials under way and unreported",
        about="One row a registration: whether it runs, has stopped or is over, and whether its results are overdue.",
        shown=_columns(
            "study_id nct_id title sponsor phases stage why_stopped enrollment enrollment_kind started "
            "primary_completion completion has_results n_reports gap months_overdue as_of"
        ),
        notes=(
            "Results count as due a year after primary completion of any trial; the law does not bind them all.",
            "Linked papers: those that stand and are joined by an id.",
        ),
    ),
    Presented(
        name="topics",
        title="Topics",
        about="One row a study, source and topic that it takes up, with the words that say so.",
        shown=_columns("study_id source source_id topic_group topic quote integrity"),
        notes=("A topic counts where the study speaks of itself, not where it cites others.",),
        absences=(("topic_absence", ("topic", "topic_group", "quote")),),
    ),
    Presented(
        name="prisma_flow",
        title="Flow of records (PRISMA 2020)",
        about="One row a box of the flow diagram: how many records were found, removed, screened, excluded and why.",
        shown=_columns("stage box source reason n"),
        notes=(
            "The boxes add up: identified = removed + screened; screened = excluded + sought; assessed = reports "
            "excluded + reports included. Rules read titles, abstracts and registrations; full texts are not sought.",
        ),
    ),
    Presented(
        name="screening",
        title="Screening",
        about="One row a record that the searches found: included, excluded or to be checked, and why.",
        shown=_columns("source source_id title reported_year design decision reason study_ids integrity"),
        notes=("Decisions are made by rules on title, abstract and registry entry.",),
    ),
    Presented(
        name="cell_source",
        title="Where each value stands",
        about="One row a value of a table and a place it was read from, with the words that stand there.",
        shown=_columns(
            "view_name row_id column_name value_text source source_id field quote rule is_derived is_plausible"
        ),
        notes=("Derived: the value is arithmetic on stated values.",),
    ),
)
VIEWS: Final[dict[str, Presented]] = {view.name: view for view in _PRESENTED}
"""In reading order."""
