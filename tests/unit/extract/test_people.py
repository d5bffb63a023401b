"""Age, sex, race, scales and adverse effects."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import read, record

SAMPLE = "METHODS: Twenty patients with depression received ketamine. RESULTS: "


@pytest.mark.parametrize(
    ("written", "mean", "sd"),
    [
        ("The mean age was 41.6 ± 12.8 years.", 41.6, 12.8),
        ("Mean (SD) age was 38.6 (11.2) years.", 38.6, 11.2),
        ("Patients (mean age 37.5 (standard deviation 8.6) years) improved.", 37.5, 8.6),
        ("The average age was 45 years.", 45, None),
        ("The mean [SD] age, 52.0 [11.7] years, was noted.", 52, 11.7),
    ],
)
def test_mean_age_is_read_with_its_deviation(written: str, mean: float, sd: float | None) -> None:
    found = record(SAMPLE + written)

    assert (found["age_mean"], found["age_sd"]) == (mean, sd)


def test_median_age_is_not_mean_age() -> None:
    people = read(SAMPLE + "The median age was 53 years.").demographics

    assert people.age_mean is None
    assert people.age_median is not None
    assert people.age_median.value == 53


def test_mean_ages_of_arms_are_not_pooled() -> None:
    assert (
        record(SAMPLE + "Mean age was 40 years in one arm and mean age was 50 years in the other.")["age_mean"] is None
    )


def test_limits_of_eligibility_are_no_range_of_the_sample() -> None:
    people = read("METHODS: Adults aged 18-64 years were eligible for ketamine.").demographics

    assert people.age_min is not None
    assert people.age_max is not None
    assert (people.age_min.value, people.age_max.value, people.age_range_is_eligibility) == (18, 64, True)


def test_a_lower_limit_alone_is_read() -> None:
    assert record("METHODS: Patients aged ≥65 years received ketamine.")["age_min"] == 65


@pytest.mark.parametrize(
    ("written", "pct"),
    [
        ("62.1% were female.", 62.1),
        ("Most were women (60.8%).", 60.8),
        ("40% were men.", 60),
        ("There were 13 men and 40 women.", 75.5),
        ("23 (60.5%) were women.", 60.5),
        ("The sample was 55 % female.", 55),
    ],
)
def test_the_share_of_women_is_read_from_either_sex(written: str, pct: float) -> None:
    assert record(SAMPLE + written)["pct_female"] == pct


def test_a_count_of_women_is_a_share_of_the_sample() -> None:
    people = read("METHODS: Twenty patients (15 women) received ketamine.").demographics

    assert people.pct_female is not None
    assert (people.pct_female.value, people.pct_female.derived) == (75, True)


def test_a_response_rate_of_women_is_not_their_share() -> None:
    assert record(SAMPLE + "Response was seen more often in women (70%) than in men (30%).")["pct_female"] is None


def test_race_is_read_as_stated() -> None:
    assert record(SAMPLE + "65.8% were White.")["race"] == [{"group": "white", "pct": 65.8}]


def test_scales_are_named_by_their_short_names() -> None:
    text = "METHODS: We used the MADRS, the 17-item HDRS, the QIDS-SR and the Beck Scale for Suicide Ideation."

    assert record(text)["scales"] == ["madrs", "hamd", "qids", "bss"]


def test_adverse_effects_that_occurred_are_read() -> None:
    assert record(SAMPLE + "The most common adverse events were nausea, dizziness and dissociation.")["safety"] == [
        "dissociation",
        "nausea",
        "dizziness",
    ]


def test_adverse_effects_that_were_only_looked_for_are_not_read() -> None:
    assert (
        record("METHODS: We assessed adverse effects such as nausea. RESULTS: There were no episodes of nausea.")[
            "safety"
        ]
        == []
    )


def test_baseline_severity_is_read_with_its_scale() -> None:
    (severity,) = read(SAMPLE + "The mean baseline MADRS score was 38.3 ± 5.9.").demographics.baseline_severity

    assert severity.sd is not None
    assert (severity.scale, severity.mean.value, severity.sd.value) == ("madrs", 38.3, 5.9)


def test_the_number_of_failed_treatments_is_the_least() -> None:
    failed = read(
        "METHODS: Adults who failed at least two antidepressants got ketamine."
    ).demographics.failed_treatments_min

    assert failed is not None
    assert failed.value == 2


def test_the_threshold_of_a_rate_is_kept_as_written() -> None:
    text = SAMPLE + "Response (≥50% reduction in MADRS) was seen: the response rate was 40%."
    (rate,) = read(text).rates

    assert rate.threshold is not None
    assert rate.threshold.value == "≥50% reduction in MADRS"


def test_numbers_of_women_and_men_are_kept() -> None:
    people = read(SAMPLE + "There were 8 men and 12 women.").demographics

    assert people.n_female is not None
    assert people.n_male is not None
    assert (people.n_female.value, people.n_male.value) == (12, 8)


def test_age_and_sex_with_healthy_controls_among_them_are_not_those_of_patients() -> None:
    found = record(
        "METHODS: Patients with depression received ketamine; healthy volunteers did not. RESULTS: Of 50 participants,"
        " 20 (40%) were men; the mean age was 44.4 years. A total of 24 patients and 26 healthy volunteers came."
    )

    assert (found["n_total"], found["age_mean"], found["pct_female"]) == (24, None, None)


@pytest.mark.parametrize("title", ["Esketamine for postpartum depression.", "Ketamine in women with depression."])
def test_a_sample_of_women_by_its_condition_is_all_women(title: str) -> None:
    assert record("METHODS: Twenty patients received ketamine.", title)["pct_female"] == 100


def test_a_band_of_ages_is_no_range() -> None:
    found = record(SAMPLE + "The difference was larger at 65-74 years and in bands (65-74 vs >=75 years).")

    assert (found["age_min"], found["age_max"]) == (None, None)


def test_ages_of_two_people_in_a_trial_are_no_range() -> None:
    found = record(
        "METHODS: In this open-label trial 40 patients received ketamine; a 28-year-old and a 34-year-old woman spoke."
    )

    assert (found["age_min"], found["age_max"]) == (None, None)


@pytest.mark.parametrize(
    ("written", "scales"),
    [
        ("the Beck Scale for Suicide Ideation (SSI)", ["ssi"]),
        ("Beck's Suicidal Ideation Scale", ["bss"]),
        ("the Sheehan-Suicidality Tracking Scale", ["s-sts"]),
        ("the Snaith-Hamilton Pleasure Scale (SHAPS)", ["shaps"]),
        ("the Self-Rating Depression Scale", ["sds"]),
        ("the Sheehan Disability Scale (SDS)", []),
        ("the Clinical and Patient Global Impression", ["cgi", "pgi"]),
    ],
)
def test_a_scale_is_known_by_its_full_name(written: str, scales: list[str]) -> None:
    assert record(f"METHODS: Twenty patients with depression received ketamine. We used {written}.")["scales"] == scales


@pytest.mark.parametrize(
    ("written", "pct"),
    [
        ("We scanned 20 patients (13 F/7 M) and 12 healthy volunteers (6 F/6 M).", 65),
        ("The 20 patients (7 M/13F; age 40) got four infusions.", 65),
        ("The sample was mixed (F:M = 13:7).", 65),
        ("The sample was mixed (male/female: 7/13).", 65),
        ("The sample (65% F) got four infusions.", 65),
        ("Of them, 13 [65.0%] were women.", 65),
        ("Females improved by 45% and males by 30%.", None),
        ("Female sex (OR 1.4; 95% CI 1.1-1.8) told response.", None),
    ],
)
def test_the_share_of_women_is_read_in_every_wording(written: str, pct: float | None) -> None:
    assert record(SAMPLE + written)["pct_female"] == pct


@pytest.mark.parametrize(
    ("written", "ages"),
    [
        ("Mean age was 42 years (range 21-64).", (21, 64)),
        ("The 18- to 65-year-old patients got better.", (18, 65)),
        ("Their ages were 18 through 65.", (18, 65)),
        ("All were at least 60 years of age.", (60, None)),
        ("All were 60 years and older.", (60, None)),
        ("Vertigo was more common in older adults (age >= 62 years).", (None, None)),
        ("The spray helped most in younger adults (20-34 years).", (None, None)),
        ("They had been ill for 10 years or more.", (None, None)),
    ],
)
def test_limits_and_ranges_of_age_are_read(written: str, ages: tuple[int | None, int | None]) -> None:
    found = record(SAMPLE + written)

    assert (found["age_min"], found["age_max"]) == ages


def test_a_range_behind_the_mean_age_is_no_limit_of_eligibility() -> None:
    people = read("METHODS: Twenty patients, mean age 42 years (range 21-64), got ketamine.").demographics

    assert people.age_range_is_eligibility is False


@pytest.mark.parametrize(
    ("written", "shares"),
    [
        ("80% were White, 12% Black or African American, and 5% Asian.", [80, 12, 5]),
        ("Most were White (80%); some were Black (12%).", [80, 12]),
        ("Groups were white, 16 [80%]; Hispanic or Latino, 4 [20%].", [80, 20]),
        ("Sixteen [80%] White adults took part.", [80]),
        ("Participants were mixed (White 60%, Black 25%, Hispanic 15%).", [60, 25, 15]),
        ("White matter integrity rose by 12%.", []),
        ("Black patients got it half as often (OR 0.5).", []),
    ],
)
def test_race_is_read_in_every_wording(written: str, shares: list[float]) -> None:
    assert [share["pct"] for share in record(SAMPLE + written)["race"]] == shares


def test_race_of_cases_is_their_share_where_that_of_all_is_stated() -> None:
    title = "Ketamine for depression: two case reports."
    both = "A 51-year-old White man and a 37-year-old Asian woman got ketamine."
    one = "A 51-year-old White man and a 37-year-old woman got ketamine."

    assert record(both, title)["race"] == [{"group": "white", "pct": 50}, {"group": "asian", "pct": 50}]
    assert record(one, title)["race"] == []


@pytest.mark.parametrize(
    ("sample", "ages"),
    [
        ("This pilot enrolled 13-to-17-year-olds with depression who got ketamine.", (13, 17)),
        ("Patients between 18 and 64 years of age with MDD had ketamine.", (18, 64)),
        ("Patients aged 18 or over with TRD had ketamine.", (18, None)),
        ("Patients older than 60 years with depression had ketamine.", (60, None)),
    ],
)
def test_limits_of_age_are_read_in_every_wording(sample: str, ages: tuple[int, int | None]) -> None:
    found = record(f"METHODS: {sample}")

    assert (found["age_min"], found["age_max"]) == ages


def test_ages_one_by_one_are_those_of_cases() -> None:
    abstract = "We describe four patients (71, 74, 78 and 80 years) with depression who were given ketamine."
    found = record(abstract, "Ketamine in old age: a case series.")

    assert (found["age_min"], found["age_max"]) == (71, 80)


@pytest.mark.parametrize(
    ("written", "female"),
    [
        ("Twelve of 20 were men.", 40),
        ("Thirteen of the 20 patients were women.", 65),
        ("Dizziness was reported by 5 women and 2 men.", None),
    ],
)
def test_the_share_of_one_sex_is_of_what_is_told_beside_it(written: str, female: float | None) -> None:
    assert record(SAMPLE + written)["pct_female"] == female


def test_a_title_may_name_a_sample_of_men() -> None:
    assert record(SAMPLE, "A ketamine clinic for male veterans with depression.")["pct_female"] == 0
