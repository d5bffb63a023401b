"""Times that are no follow-up, or count from elsewhere: illness, plans, stopping, safety, further weeks."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import follow_up
from tests.unit.extract.studies import COURSE, RECORDS, SERIES, SINGLE


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
    assert follow_up(dosing + text) == (longest, zero)


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
    assert follow_up(dosing + text) == (longest, zero)


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
    assert follow_up(dosing + text) == (longest, zero)


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
    assert follow_up(dosing + text) == (longest, zero)


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
    assert follow_up(dosing + text) == (longest, zero)
