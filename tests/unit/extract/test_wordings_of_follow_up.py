"""What follow-up is counted from and until when a benefit lasts, in the wordings of several kinds of study."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import record

SERIES = "Methods: 40 adults with depression received six ketamine infusions over 2 weeks. "
SINGLE = "Methods: 40 adults with depression received a single ketamine infusion. "
RECORDS = "Methods: Records of 60 adults with depression who started esketamine nasal spray were reviewed. "
PHASES = (
    "Methods: 60 adults received esketamine twice weekly in a 4-week induction phase and weekly in an 8-week "
    "maintenance phase. "
)
CASE = "A 45-year-old woman with treatment-resistant depression received six ketamine infusions over two weeks. "
COURSE = "Methods: 40 adults with depression took oral esketamine daily for 6 weeks. "
CROSSOVER = (
    "Methods: In a crossover trial, 20 adults with depression had one infusion of ketamine and one of midazolam two "
    "weeks apart. "
)


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
        (SERIES, "Depression was rated at the end of the course (week 2) and at week 6.", 42, "first_dose"),
        (SERIES, "Results: Scores rose again within 4 weeks of the last infusion.", 28, "last_dose"),
        (SERIES, "Results: Depression scores dropped from 30 to 14 after the last infusion.", 14, "first_dose"),
        (SERIES, "MADRS was rated at each visit.", 14, "first_dose"),
    ],
)
def test_follow_up_and_its_zero(dosing: str, text: str, longest: float, zero: str) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)


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
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (
            SINGLE,
            "MADRS was rated at day 7; the current episode had lasted for at least 8 weeks in all.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated at day 7. Depression that had persisted for at least 10 weeks despite treatment was "
            "required.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated on day 7. An index episode lasting for at least 8 weeks was needed.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated on day 7. The present episode had been going on for at least 6 months in 30 patients.",
            7,
            "first_dose",
        ),
        (SINGLE, "Results: Remission of the episode lasted for at least 6 weeks in half of them.", 42, "first_dose"),
        (SINGLE, "Results: Reduction of depression persisted for at least 4 weeks.", 28, "first_dose"),
        (SINGLE, "Results: Response lasted for at least 8 weeks in 5 patients.", 56, "first_dose"),
        (
            SINGLE,
            "Patients with depression and a cancer diagnosis of less than 6 months' standing were enrolled. "
            "MADRS was rated on days 1, 3 and 7.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "Life expectancy had been judged as more than 3 months in all patients. MADRS was rated on day 7.",
            7,
            "first_dose",
        ),
        (SINGLE, "A life expectancy of at least 6 months was required. MADRS was rated on day 7.", 7, "first_dose"),
        (SINGLE, "Depression was diagnosed within 6 months after stroke. MADRS was rated on day 7.", 7, "first_dose"),
        (
            SINGLE,
            "The mean time since diagnosis of depression was 14 months. MADRS was rated on day 7.",
            7,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated on day 7. Life expectancy was at least 6 months, and mood was rated again at 2 weeks.",
            14,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated on day 7. Mothers with EPDS scores above 12 at 4 to 12 weeks after delivery were "
            "randomised.",
            7,
            "first_dose",
        ),
        (SINGLE, "Mood was rated with the EPDS 6 weeks after delivery.", 42, "unspecified"),
        (SINGLE, "MADRS was rated on day 7. An expected survival longer than 3 months was assessed.", 7, "first_dose"),
        (SINGLE, "Results: The response in the current episode lasted for at least 3 weeks.", 21, "first_dose"),
    ],
)
def test_time_before_treatment_is_no_follow_up(dosing: str, text: str, longest: float, zero: str) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (RECORDS, "Results: MADRS response was 40% at 3 months. Follow-up to 12 months is ongoing.", 90, "first_dose"),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Follow-up until month 12 is under way.",
            90,
            "first_dose",
        ),
        (RECORDS, "Results: MADRS response was 40% at 3 months. The 12-month follow-up continues.", 90, "first_dose"),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Outcomes at 12 months will be reported.",
            90,
            "first_dose",
        ),
        (RECORDS, "Results: MADRS response was 40% at 3 months. Data at 6 months are awaited.", 90, "first_dose"),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Follow-up data to one year are being collected.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Recruitment is ongoing and patients will be followed "
            "for 12 months.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Longer follow-up (12 months) is ongoing.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Patients continue to be followed up to 24 months.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. The study is ongoing, with follow-up until 12 months.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. The benefit was ongoing at 6 months.",
            180,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Remission at month 9 was 30% in those with ongoing "
            "treatment.",
            270,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Improvement in MADRS continues up to 6 months.",
            180,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Follow-up continues until 12 months.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. We are collecting 12-month outcomes.",
            90,
            "first_dose",
        ),
        (
            RECORDS,
            "Results: MADRS response was 40% at 3 months. Six-month visits have not yet been completed.",
            90,
            "first_dose",
        ),
    ],
)
def test_what_is_left_to_a_later_report_is_no_follow_up(dosing: str, text: str, longest: float, zero: str) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (
            COURSE,
            "The MADRS was rated at weeks 3, 6 and 12 and 6 months after the end of treatment. Results: 40 "
            "completed week 12 and 30 the 6-month assessment. At 6 months scores were close to baseline.",
            180,
            "last_dose",
        ),
        (
            COURSE,
            "The MADRS was completed at weeks 0, 6 and 10, and 6 months after stopping esketamine.",
            180,
            "last_dose",
        ),
        (
            COURSE,
            "Results: MADRS fell at week 6 and was still lower 12 weeks after withdrawal of esketamine.",
            84,
            "last_dose",
        ),
        (
            COURSE,
            "The MADRS was completed at baseline and weeks 3 and 6 as well as 3 and 6 months after ending treatment.",
            180,
            "last_dose",
        ),
        (COURSE, "MADRS was rated at weeks 6 and 12, and 3 months after esketamine had been stopped.", 90, "last_dose"),
        (COURSE, "Results: MADRS was rated at week 6 and 10 the scores were lower.", 70, "first_dose"),
        (
            COURSE,
            "The MADRS was completed at weeks 0, 6 and 52, and 2 weeks after stopping esketamine.",
            364,
            "first_dose",
        ),
        (COURSE, "The MADRS was completed at weeks 0, 6 and 10 and 6 months post-discontinuation.", 180, "last_dose"),
        (
            COURSE,
            "Four months after the medication was stopped, MADRS scores were close to baseline.",
            120,
            "last_dose",
        ),
    ],
)
def test_time_after_stopping_stands_as_it_is(dosing: str, text: str, longest: float, zero: str) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (
            COURSE,
            "Patients were followed for 8 weeks after treatment for withdrawal symptoms and safety. Results: "
            "MADRS was lower at day 42.",
            42,
            "first_dose",
        ),
        (
            COURSE,
            "An 8-week follow-up for safety only came after the treatment. Results: MADRS was lower at week 6.",
            42,
            "first_dose",
        ),
        (
            COURSE,
            "Patients were followed for 8 weeks after treatment for safety and relapse. Results: MADRS was lower "
            "at day 42.",
            56,
            "last_dose",
        ),
        (
            COURSE,
            "After treatment, patients were followed for 4 weeks for adverse events. Results: MADRS was lower at "
            "week 6.",
            42,
            "first_dose",
        ),
        (
            COURSE,
            "Patients were followed for 8 weeks after the last dose for mood and safety. Results: MADRS fell at "
            "day 42.",
            56,
            "last_dose",
        ),
        (
            COURSE,
            "Participants who left the trial were observed for 4 weeks to detect withdrawal symptoms. Results: "
            "MADRS fell at week 6.",
            42,
            "first_dose",
        ),
        (
            COURSE,
            "A 4-week safety follow-up came after the last dose. Results: MADRS fell at week 6.",
            42,
            "first_dose",
        ),
        (
            SERIES,
            "Results: Depression scores stayed lower over 3 months of follow-up for safety and efficacy.",
            90,
            "unspecified",
        ),
        (
            SERIES,
            "Results: Mood was stable for 6 months; no safety signal emerged over long-term treatment (up to 2 years).",
            730,
            "first_dose",
        ),
    ],
)
def test_follow_up_for_safety_alone_is_none_of_mood(dosing: str, text: str, longest: float, zero: str) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)


@pytest.mark.parametrize(
    ("dosing", "text", "longest", "zero"),
    [
        (
            SINGLE,
            "Patients were rated on days 3 and 7; those who met MADRS response criteria at day 7 were seen "
            "weekly for up to 3 further weeks.",
            28,
            "first_dose",
        ),
        (
            SINGLE,
            "Patients were rated on day 7; responders at day 7 were followed weekly for a further 2 weeks.",
            21,
            "first_dose",
        ),
        (
            SINGLE,
            "MADRS was rated on day 7. Responders at day 7 were seen again for up to 4 weeks after the infusion.",
            28,
            "first_dose",
        ),
    ],
)
def test_further_time_is_counted_on_from_the_day_in_front(dosing: str, text: str, longest: float, zero: str) -> None:
    found = record(dosing + text)

    assert (found["follow_up_days"], found["follow_up_anchor"]) == (longest, zero)
