"""What follow-up is counted from and until when a benefit lasts, in the wordings of several kinds of study."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import follow_up, record
from tests.unit.extract.studies import CASE, CROSSOVER, PHASES, RECORDS, SERIES, SINGLE


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (RECORDS, "MADRS was taken at baseline and after 1, 3, 6 and 12 months of treatment.", 360, "first_dose"),
        (RECORDS, "Patients were followed for up to 12 months after treatment initiation.", 360, "first_dose"),
        (RECORDS, "Results: Scores fell by month 1 and kept falling until month 6.", 180, "first_dose"),
        (RECORDS, "Results: At last follow-up, after a median of 8 months, 40% were in remission.", 240, "unspecified"),
        (RECORDS, "Results: Median follow-up was 14 months.", 420, "unspecified"),
        (
            RECORDS,
            "Rehospitalisation in the year after initiation was compared with the year before.",
            365,
            "first_dose",
        ),
        (PHASES, "MADRS was rated at weeks 4 and 12.", 84, "first_dose"),
        (PHASES, "Results: MADRS fell from baseline to the end of the maintenance phase.", 84, "first_dose"),
        (PHASES, "A follow-up visit took place 2 weeks after the last dose.", 14, "last_dose"),
        (CASE, "Her MADRS fell to 8. Four weeks after the last infusion she was still in remission.", 28, "last_dose"),
        (CROSSOVER, "MADRS was rated at 1, 3, 7 and 14 days.", 14, "first_dose"),
        (CROSSOVER, "The MADRS was completed before and 24 hours after each infusion.", 1, "first_dose"),
        (
            CROSSOVER,
            "Patients unmedicated for at least four weeks took part. MADRS was rated up to day 7.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "The trial ran from 2015 on. Primary outcome was MADRS at 24 h; others were measured at 3, 7 and 28 days.",
            28,
            "first_dose",
        ),
        (SINGLE, "Adverse events were recorded for 30 days. MADRS was rated at 7 days.", 7, "first_dose"),
        (SINGLE, "Suicidal ideation was assessed at 24 hours and 6 weeks post-infusion.", 42, "first_dose"),
        (SINGLE, "MRI was done at 24 h. MADRS was rated at 24 h and again after a week.", 7, "first_dose"),
        (SINGLE, "Participants completed the QIDS daily for two weeks.", 14, "first_dose"),
        (SINGLE, "Patients completed online ratings weekly over the next 4 weeks.", 28, "first_dose"),
        (SERIES, "Participants were rated weekly during treatment and for four weeks thereafter.", 28, "last_dose"),
        (SERIES, "Ratings continued weekly for four weeks after the final infusion.", 28, "last_dose"),
        (SERIES, "Those who responded entered a 4-week follow-up phase without ketamine.", 28, "last_dose"),
        (SERIES, "Those who responded were followed for relapse over 6 months.", 180, "last_dose"),
        (SERIES, "Some were followed for an additional 6 months.", 180, "last_dose"),
        (SERIES, "It had a screening phase (4 to 7 weeks) and a follow-up phase (3 weeks).", 21, "last_dose"),
        (SERIES, "Depression was rated at the end of the course (week 2) and at week 6.", 42, "first_dose"),
        (SERIES, "Results: Scores rose again within 4 weeks of the last infusion.", 28, "last_dose"),
        (SERIES, "Results: Depression scores dropped from 30 to 14 after the last infusion.", 14, "first_dose"),
        (SERIES, "MADRS was rated at each visit.", 14, "first_dose"),
    ],
)
def test_follow_up_and_its_zero(dosing: str, text: str, longest: float, zero: str) -> None:
    assert follow_up(dosing + text) == (longest, zero)


@pytest.mark.parametrize(
    ("dosing", "text", "longest"),
    [
        (CASE, "Her MADRS fell from 34 to 8 after the sixth infusion. She remained well at 3 months.", 90),
        (
            CASE,
            "She had failed sertraline for 8 weeks. Her MADRS fell to 8, and she was well six months after discharge.",
            180,
        ),
        (CASE, "Her mood had been low for two years. MADRS was 8 at one month follow-up.", 30),
        (SERIES, "Outcome was the MADRS at treatment end and at 1-month follow-up.", 30),
        (SERIES, "Results: Remission was kept for 3 months by half of the patients.", 90),
    ],
)
def test_follow_up_whose_zero_can_be_argued(dosing: str, text: str, longest: float) -> None:
    assert record(dosing + text)["follow_up_days"] == longest


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "until"),
    [
        (SERIES, "Results: MADRS improvement persisted 4 weeks after the last infusion.", 28, 28),
        (SERIES, "Results: Improvement was sustained to the 1-month follow-up.", 30, 30),
        (SERIES, "Results: Gains in MADRS were preserved at 4 weeks.", 28, 28),
        (
            SERIES,
            "Results: Scores were lower than baseline at the end of treatment and one month later (both p < 0.001).",
            30,
            30,
        ),
        (SERIES, "Results: Scores returned to baseline by 4 weeks after the last infusion.", 28, None),
        (RECORDS, "Results: MADRS fell at 1, 3 and 6 months (p < 0.001 at all time points).", 180, 180),
        (RECORDS, "Results: Improvement in MADRS was seen at month 1 and was consolidated at month 6.", 180, 180),
        (RECORDS, "Results: Reductions in MADRS at 3 months were retained at 12 months.", 360, 360),
        (
            SINGLE,
            "Results: At 24 h, MADRS was lower after ketamine (p = 0.001); there was no difference at day 7 (p = 0.4).",
            7,
            1,
        ),
        (
            SINGLE,
            "Results: MADRS differences were significant at 24 h (p = .01) and 3 d (p = .01) but not 7 d (p = .12).",
            7,
            3,
        ),
        (SINGLE, "Results: Antisuicidal effects lasted up to 6 weeks.", 42, 42),
        (SINGLE, "Results: The effect on MADRS did not persist beyond day 3.", 3, None),
        (SINGLE, "Results: Mood improved within 2 hours and remained improved for 10 days.", 10, 10),
        (SINGLE, "Results: Scores on the MADRS stayed below baseline for two weeks.", 14, 14),
        (SINGLE, "Results: MADRS differed from midazolam up to and including day 5.", 5, 5),
        (SINGLE, "Results: Ketamine's advantage on the MADRS was largest at 24 h and had waned by day 7.", 7, None),
    ],
)
def test_a_benefit_may_end_before_follow_up(dosing: str, text: str, longest: float, until: float | None) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["effect_until_days"]) == (longest, until)


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (
            RECORDS,
            "Data were collected at baseline (T0) and after one (T1), three (T2), six (T3) and twelve months "
            "(T4) of treatment. Results: Response was 20% at T1, 40% at T2 and 55% at T4.",
            360,
            "first_dose",
        ),
        (
            RECORDS,
            "MADRS was scored at baseline [T0] and at one [T1], three [T2] and nine [T3] months.",
            270,
            "first_dose",
        ),
        (
            RECORDS,
            "Patients were assessed at baseline (T0), at one month (T1), three (T2) and six (T3).",
            180,
            "first_dose",
        ),
        (
            SERIES,
            "Mood was rated at baseline (T0), the day after the series (T1), and one (T2) and four weeks (T3) "
            "after the last infusion.",
            28,
            "last_dose",
        ),
        (
            RECORDS,
            "Depression was rated at baseline and after one (M1), three (M3) and six (M6) months.",
            180,
            "first_dose",
        ),
        (
            RECORDS,
            "Data were collected at baseline (V1), two (V2), four (V3) and eight weeks (V4). Results: At V4, 30% "
            "had remitted.",
            56,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated on day 7. Patients carried the alleles A (A1), one (A2) or two copies (A3) for 3 years.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated at days 1 and 7. Patients had failed one (n=12), three (n=20) or six (n=8) "
            "antidepressants within 12 months.",
            7,
            "first_dose",
        ),
        (RECORDS, "Patients completed the PHQ-9 at baseline, 1 (V1), 4 (V2) and 8 (V3) weeks.", 56, "first_dose"),
    ],
)
def test_times_with_codes_share_the_unit_at_the_end_of_their_list(
    dosing: str, text: str, longest: float, zero: str
) -> None:
    assert follow_up(dosing + text) == (longest, zero)
