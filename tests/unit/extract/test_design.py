"""Design, population, comparator and whether to include."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import read, record


@pytest.mark.parametrize(
    ("title", "abstract", "design"),
    [
        (
            "Ketamine for depression: a randomised trial.",
            "METHODS: Ten patients received ketamine or placebo.",
            "rct_parallel",
        ),
        (
            "Ketamine for depression.",
            "METHODS: In a double-blind crossover study ten patients received ketamine or saline.",
            "rct_crossover",
        ),
        (
            "Ketamine for relapse prevention.",
            "METHODS: Responders to ketamine were randomised to go on or stop.",
            "rct_withdrawal",
        ),
        ("Ketamine for depression.", "METHODS: In this open-label study ten patients received ketamine.", "open_label"),
        (
            "Ketamine in practice.",
            "METHODS: We did a retrospective chart review of 60 patients given ketamine.",
            "observational",
        ),
        ("Ketamine for depression: a case report.", "A 55-year-old man received ketamine.", "case_series"),
        (
            "Ketamine for depression.",
            "METHODS: This post hoc analysis used data from a randomised trial of ketamine.",
            "secondary_analysis",
        ),
        (
            "Ketamine for depression: a systematic review and meta-analysis.",
            "METHODS: We searched PubMed.",
            "meta_analysis",
        ),
        ("Ketamine for depression: a narrative review.", "Ketamine acts fast.", "review"),
        ("Ketamine for depression: study protocol for a trial.", "METHODS: Patients will be randomised.", "protocol"),
        ("Ketamine for depression: Corrigendum.", "An error stood in the article.", "other"),
        ("Ketamine for depression.", "METHODS: Ten patients received ketamine.", "open_label"),
    ],
)
def test_the_design_is_read(title: str, abstract: str, design: str) -> None:
    assert record(abstract, title)["design"] == design


def test_post_hoc_tests_make_no_secondary_analysis() -> None:
    abstract = "METHODS: Ten patients were randomised to ketamine or placebo. RESULTS: Post hoc tests showed a benefit."

    assert record(abstract)["design"] == "rct_parallel"


def test_what_future_trials_should_be_is_no_design() -> None:
    abstract = "METHODS: Ten patients received open-label ketamine. CONCLUSIONS: Randomised trials are needed."

    assert record(abstract)["design"] == "open_label"


@pytest.mark.parametrize(
    ("sample", "population"),
    [
        ("treatment-resistant depression", ["trd"]),
        ("major depressive disorder", ["mdd"]),
        ("bipolar depression", ["bipolar"]),
        ("depression and suicidal ideation", ["suicidal"]),
        ("depressive symptoms", ["other"]),
    ],
)
def test_the_population_is_what_the_sample_is_called(sample: str, population: list[str]) -> None:
    assert (
        record(f"METHODS: Ten patients with {sample} received ketamine.", "A trial of ketamine.")["population"]
        == population
    )


def test_the_background_does_not_define_the_sample() -> None:
    abstract = "BACKGROUND: Ketamine works in bipolar depression. METHODS: Ten patients with MDD got ketamine."

    assert record(abstract, "A trial of ketamine.")["population"] == ["mdd"]


@pytest.mark.parametrize(
    ("given", "comparators"),
    [
        ("ketamine or placebo", ["placebo"]),
        ("ketamine or saline", ["placebo"]),
        ("ketamine or midazolam (an active placebo)", ["midazolam"]),
        ("ketamine versus electroconvulsive therapy", ["ect"]),
        ("ketamine", []),
        ("esketamine or quetiapine", ["active_other"]),
    ],
)
def test_the_comparator_is_what_others_got(given: str, comparators: list[str]) -> None:
    assert (
        record(f"METHODS: Ten patients were randomised to {given}.", "A trial in depression.")["comparators"]
        == comparators
    )


def test_a_control_that_was_missing_is_no_comparator() -> None:
    assert record("METHODS: Ten patients got ketamine. This study had no placebo group.")["comparators"] == ["none"]


def test_active_arms_alone_are_compared_with_each_other() -> None:
    assert record("METHODS: Ten patients were randomised to ketamine 0.2 mg/kg or 0.5 mg/kg.")["comparators"] == [
        "ketamine_other"
    ]


def test_a_clinical_report_is_included_with_a_reason() -> None:
    judgement = read("METHODS: Ten patients with major depression received ketamine.").judgement

    assert (judgement.include, judgement.doubtful) == (True, False)
    assert [span.quote for span in judgement.spans] == ["depression", "Ketamine"]


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Ketamine: a review.", "We review ketamine for depression."),
        ("Ketamine in mice.", "Stressed mice received ketamine."),
        ("Ketamine in healthy volunteers.", "METHODS: Ten healthy volunteers received ketamine."),
        ("Ketamine for chronic pain.", "METHODS: Ten patients with chronic pain received ketamine."),
        ("Chronic ketamine users.", "METHODS: We studied 30 ketamine users and their mood."),
        ("Sertraline for depression.", "METHODS: Ten patients with depression received sertraline."),
    ],
)
def test_other_reports_are_not_included(title: str, abstract: str) -> None:
    assert read(abstract, title).judgement.include is False


def test_prevention_after_an_operation_is_flagged_not_dropped() -> None:
    title = "Esketamine to prevent postpartum depression after caesarean section."
    judgement = read("METHODS: Ten women undergoing caesarean delivery received esketamine.", title).judgement

    assert (judgement.include, judgement.doubtful) == (False, True)


def test_facts_are_read_whether_or_not_the_record_is_included() -> None:
    facts = read("METHODS: Ten healthy volunteers received ketamine 0.5 mg/kg.", "Ketamine in healthy volunteers.")

    assert facts.judgement.include is False
    assert [regimen.dose and regimen.dose.value for regimen in facts.regimens] == [0.5]


def test_a_meta_analysis_is_what_its_authors_call_it() -> None:
    text = "In this meta-analysis, we looked for randomized trials of ketamine in depression (n = 641)."

    assert record(text)["design"] == "meta_analysis"


def test_taking_part_in_the_trial_makes_no_secondary_analysis() -> None:
    text = (
        "METHODS: Sixty patients with depression were enrolled in the clinical study of ketamine, which was open-label."
    )

    assert record(text)["design"] == "open_label"


@pytest.mark.parametrize(
    ("results", "safety"),
    [
        ("Adverse events were nausea and headache.", ["nausea", "headache"]),
        ("Safety data did not show increased risk of dissociation, nausea or headache.", []),
        ("No adverse events such as nausea occurred.", []),
    ],
)
def test_adverse_effects_count_when_they_occurred(results: str, safety: list[str]) -> None:
    assert record(f"METHODS: Ten patients received ketamine. RESULTS: {results}")["safety"] == safety


def test_where_everyone_gets_the_drug_nothing_is_compared() -> None:
    abstract = "METHODS: In this open-label study ten patients received ketamine."

    assert record(abstract, "A trial in depression.")["comparators"] == ["none"]


OPEN = "Ten adults with depression received ketamine openly."


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        (
            "METHODS: Blood came from 30 adults with depression who took part in a randomized trial of ketamine.",
            "rct_parallel",
        ),
        (
            "METHODS: We scanned 30 patients with depression who participated in a randomized ketamine trial.",
            "secondary_analysis",
        ),
        (
            "METHODS: Thirty patients with depression participated in a randomized crossover trial of ketamine.",
            "rct_crossover",
        ),
        (
            "METHODS: Nine patients with depression enrolled in an open-label trial of one ketamine infusion.",
            "open_label",
        ),
        (
            "METHODS: Sleep was rated in patients from randomized, placebo-controlled studies of ketamine.",
            "secondary_analysis",
        ),
        (
            "METHODS: Serum of 22 patients was tested. They had received ketamine in a blinded crossover study.",
            "secondary_analysis",
        ),
        (
            "METHODS: Of adults with depression treated in TRANSFORM-2 trials of esketamine, 90 were studied.",
            "secondary_analysis",
        ),
    ],
)
def test_a_trial_that_is_looked_back_at_was_reported_elsewhere(abstract: str, design: str) -> None:
    assert record(abstract)["design"] == design


def test_failed_trials_of_antidepressants_are_no_trials_looked_back_at() -> None:
    abstract = "METHODS: Adolescents who had failed two previous antidepressant trials got open-label ketamine."

    assert record(abstract)["design"] == "open_label"


def test_a_ratio_of_assignment_is_randomisation() -> None:
    abstract = "METHODS: Adults with depression were assigned 1:1 to esketamine or quetiapine in an open-label trial."

    assert record(abstract)["design"] == "rct_parallel"


def test_larger_randomised_trials_to_come_are_no_design() -> None:
    abstract = f"In this retrospective study, {OPEN.lower()} Larger, randomized, controlled trials are warranted."

    assert record(abstract)["design"] == "observational"


def test_a_real_world_setting_makes_a_recruited_trial_no_cohort() -> None:
    abstract = "METHODS: In an open-label design, 14 inpatients were recruited in a real-world hospital for ketamine."

    assert record(abstract)["design"] == "open_label"


def test_a_trial_that_will_be_conducted_is_a_protocol() -> None:
    abstract = (
        "METHODS: A trial of ketamine will be conducted. Patients with depression will be randomized."
        " RESULTS: The study is running."
    )

    assert record(abstract)["design"] == "protocol"


def test_authors_who_searched_databases_wrote_a_review() -> None:
    abstract = "METHODS: We searched two databases for randomized trials. RESULTS: In 163 patients ketamine helped."

    assert record(abstract)["design"] == "review"


@pytest.mark.parametrize(
    ("given", "comparators"),
    [
        ("ketamine or an active placebo (remifentanil); ketamine did better than placebo", ["remifentanil"]),
        ("ketamine, lanicemine or saline", ["placebo", "active_other"]),
        ("ketamine infusions, or to electroconvulsive therapy", ["ect"]),
        ("ketamine monotherapy versus adjunctive ketamine", ["ketamine_other"]),
        ("esketamine plus sertraline or esketamine plus duloxetine", ["ketamine_other"]),
    ],
)
def test_what_stands_for_a_control_is_told_apart(given: str, comparators: list[str]) -> None:
    abstract = f"METHODS: Forty patients with depression were randomized to {given}."

    assert sorted(record(abstract, "A trial in depression.")["comparators"]) == sorted(comparators)


def test_a_trial_that_hides_its_control_has_no_comparator() -> None:
    abstract = "METHODS: Thirty patients with depression took part in a double-blind crossover trial of ketamine."

    assert record(abstract, "A trial in depression.")["comparators"] == []


@pytest.mark.parametrize(
    "title",
    ["Ketamine and reward in healthy volunteers.", "Ketamine and reward in people in remission from depression."],
)
def test_people_who_are_not_ill_are_not_treated(title: str) -> None:
    abstract = "METHODS: Thirty people received ketamine (0.5 mg/kg). A bipolar scale and the MADRS were rated."

    assert record(abstract, title)["include"] is False


@pytest.mark.parametrize(
    ("results", "safety"),
    [
        ("Ketamine elicited minimal psychotic symptoms.", ["psychotic symptoms"]),
        (
            "Psychotomimetic symptoms were mostly mild; no other psychotomimetic effects were seen.",
            ["psychotomimetic symptoms"],
        ),
        ("Headache and vertigo were the commonest effects.", ["headache", "vertigo"]),
        ("Two deaths were reported.", ["death"]),
        ("Blood pressure did not change, and nausea was brief.", ["nausea"]),
        ("Ketamine was well tolerated and reduced suicidal ideation and anxiety.", []),
        ("The most frequent adverse events were anxiety and insomnia.", ["anxiety", "insomnia"]),
        ("Scores on the depersonalization subscale rose more with adverse events.", []),
    ],
)
def test_effects_of_the_drug_are_told_from_symptoms_of_the_illness(results: str, safety: list[str]) -> None:
    found = record(f"METHODS: Ten patients with depression received ketamine. RESULTS: {results}")["safety"]

    assert sorted(found) == sorted(safety)


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        ("Sixty adults with TRD were assigned at random to esketamine or saline.", "rct_parallel"),
        ("We enrolled 65 patients with TRD; 33 got ketamine and 32 received a placebo infusion.", "rct_parallel"),
        ("Nineteen patients with TRD received ketamine and placebo infusions, two weeks apart.", "rct_crossover"),
        ("Patients with MDD were scanned after ketamine and after placebo, in a randomised order.", "rct_crossover"),
        ("Scans of 29 patients with MDD were taken after ketamine and placebo infusions.", "rct_crossover"),
        ("Patients with TRD in remission were randomised to continue esketamine or to stop it.", "rct_withdrawal"),
        ("Plasma of 60 participants of a prior RCT of ketamine in depression was assayed.", "secondary_analysis"),
        ("Using data from TRANSFORM-2, we calculated numbers needed to treat.", "secondary_analysis"),
        ("A subset of patients with TRD during a double-blind study of ketamine was rated.", "secondary_analysis"),
        ("This is a post-hoc analysis of a naturalistic study of 28 inpatients on ketamine.", "observational"),
        ("We present outcomes of 235 depressed patients of three practices that give ketamine.", "observational"),
        ("Patients with TRD (n=66) who had been treated with ketamine from 2015 to 2021.", "observational"),
        ("Reports on esketamine came from an adverse event reporting system (n=9,021).", "observational"),
        ("We did a case series analysis of 267 adults with TRD who got ketamine in the real world.", "observational"),
        ("A 63-year-old widow with depression presented and was given ketamine.", "case_series"),
        ("We describe two adolescents with TRD who were given ketamine.", "case_series"),
        ("One hundred adults with TRD will be randomly assigned to ketamine or midazolam.", "protocol"),
        ("Two databases were systematically searched. RESULTS: In 163 patients ketamine helped.", "review"),
    ],
)  # fmt: skip
def test_a_design_is_known_by_how_patients_came_to_the_drug(abstract: str, design: str) -> None:
    assert record(f"METHODS: {abstract}")["design"] == design


@pytest.mark.parametrize(
    "title",
    [
        "Heart rate and ketamine in two controlled trials.",
        "Cognitive outcomes from the randomised trial of ketamine in depression.",
        "Sleep on esketamine: findings from a phase 3 study.",
    ],
)
def test_a_title_on_a_further_outcome_of_a_trial_looks_back_at_it(title: str) -> None:
    assert record("METHODS: Fifty patients with MDD received ketamine.", title)["design"] == "secondary_analysis"


def test_the_first_report_of_a_trial_is_no_secondary_analysis() -> None:
    title = "Esketamine in depression: results of a randomised trial."
    abstract = "METHODS: 227 adults were randomised to esketamine or placebo. RESULTS: A secondary analysis agreed."

    assert record(abstract, title)["design"] == "rct_parallel"


def test_the_people_of_an_earlier_report_are_looked_at_again() -> None:
    abstract = (
        "Our previous open-label study of ketamine in 11 adolescents with TRD showed mixed response."
        " In this study, we examined these participants in a scanner."
    )

    assert record(abstract)["design"] == "secondary_analysis"


def test_a_control_tells_nothing_of_how_patients_were_assigned() -> None:
    found = record("METHODS: In this placebo-controlled study 24 patients with MDD received ketamine.")

    assert (found["design"], found["include"], found["comparators"]) == ("other", True, ["placebo"])


@pytest.mark.parametrize(
    ("title", "abstract", "design"),
    [
        (
            "Ketamine in practice.",
            "METHODS: 120 patients treated with esketamine at our clinic were seen.",
            "observational",
        ),
        (
            "Ketamine in practice.",
            "METHODS: We reviewed the clinical charts of 14 patients given ketamine.",
            "observational",
        ),
        ("Ketamine in practice.", "METHODS: US claims of 96 patients on esketamine were analysed.", "observational"),
        ("Costs of esketamine.", "METHODS: A Markov model compared esketamine with pills.", "other"),
        (
            "Ketamine trial: rationale and design.",
            "METHODS: Patients are randomised to ketamine or saline.",
            "protocol",
        ),
        ("Ketamine.", "METHODS: By a random number table, 40 patients got ketamine or saline.", "rct_parallel"),
        (
            "Ketamine.",
            "METHODS: European patients in TRANSFORM-2 got esketamine or placebo.",
            "secondary_analysis",
        ),
        ("Ketamine and the brain.", "METHODS: Patients with depression underwent scans around ketamine.", "open_label"),
        ("Ketamine.", "We report on a married man with depression who received ketamine.", "case_series"),
        (
            "Ketamine.",
            "METHODS: Adults in mindfulness-based relapse prevention were randomised to ketamine or saline.",
            "rct_parallel",
        ),
    ],
)
def test_a_design_is_known_by_more_than_its_name(title: str, abstract: str, design: str) -> None:
    assert record(abstract, title)["design"] == design


def test_patients_who_were_interviewed_are_still_patients_given_the_drug() -> None:
    text = "METHODS: Semi-structured interviews were held with 14 patients given esketamine for depression."

    assert record(text, "Living with esketamine: a qualitative study.")["include"] is True


def test_the_design_of_a_study_that_reports_results_makes_no_protocol() -> None:
    text = "We used an open-label study design to assess ketamine in ten patients with depression."

    assert record(text)["design"] == "open_label"


@pytest.mark.parametrize(
    ("methods", "design"),
    [
        ("This prospective cohort study followed 80 patients with TRD who started esketamine.", "observational"),
        ("Charts of all depressed inpatients who received esketamine (N=87) were reviewed.", "observational"),
        ("This was a clinical audit of 33 patients with TRD given ketamine.", "observational"),
        ("A mirror-image study compared the years around esketamine in 40 patients with TRD.", "observational"),
        ("In an open 4-week longitudinal study 10 patients with TRD received ketamine.", "open_label"),
        ("In a two-period design, 20 patients with TRD received ketamine and placebo.", "rct_crossover"),
        ("Each of 24 patients with MDD got ketamine and saline in random sequence.", "rct_crossover"),
        ("This retrospective case series comprised 29 patients with TRD on ketamine lozenges.", "case_series"),
        ("As part of a larger open-label trial of ketamine for MDD, 24 participants had MEG.", "secondary_analysis"),
        ("Exploratory analysis of samples from the phase 2 study of esketamine in TRD.", "secondary_analysis"),
        ("Semi-structured interviews were held with 14 patients who had received ketamine for TRD.", "other"),
        ("Responders to ketamine with TRD were randomly allocated to continued ketamine or saline.", "rct_withdrawal"),
    ],
)  # fmt: skip
def test_designs_are_read_in_further_wordings(methods: str, design: str) -> None:
    assert record(f"METHODS: {methods} RESULTS: Scores fell.")["design"] == design


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Design of KETRIAL: a trial of ketamine for depression.", "We will enrol and randomise 200 patients."),
        ("Ketamine and depression.", "In this narrative review we go through seven depressed patients on ketamine."),
        ("Ketamine in drinkers.", "METHODS: Forty adults, no major depression at entry, got ketamine."),
        ("Arketamine in stressed mice.", "Mice got ketamine (n = 8). Patients with depression respond to ketamine."),
    ],
)  # fmt: skip
def test_plans_reviews_mice_and_people_without_depression_are_left_out(title: str, abstract: str) -> None:
    assert record(abstract, title)["include"] is False
