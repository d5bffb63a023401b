"""Confidence, reasons and what was not understood."""

from __future__ import annotations

from ketalit.extract.read import facts, units_of
from tests.unit.extract.reading import read, record


def test_every_value_has_a_confidence_between_nothing_and_certainty() -> None:
    found = read("METHODS: Ten patients with depression received ketamine 0.5 mg/kg twice weekly for 4 weeks.")
    (regimen,) = found.regimens

    assert regimen.sessions is not None
    assert 0 < regimen.sessions.confidence < 1
    assert regimen.sessions.reason == "frequency times length"


def test_a_dose_that_could_not_be_bound_is_not_understood() -> None:
    found = read("RESULTS: Ten patients got ketamine; the mean dose was 80 mg.")

    assert [item.item for item in found.not_understood] == ["dose"]


def test_what_a_text_does_not_mention_is_not_reported() -> None:
    found = read("METHODS: Ten patients received ketamine.")

    assert (found.not_understood, found.demographics.age_mean) == ((), None)


def test_registry_ids_are_read_by_their_form() -> None:
    text = "Registered as NCT01234567 and ACTRN12618001412224."

    assert record(text)["registry_ids"] == ["NCT01234567", "ACTRN12618001412224"]


def test_an_empty_abstract_is_read() -> None:
    assert record("", "Ketamine.")["regimens"] == [
        {
            "drug": "ketamine",
            "route": None,
            "dose": None,
            "dose_max": None,
            "unit": None,
            "infusion_minutes": None,
            "sessions": None,
            "sessions_max": None,
            "per_week": None,
            "course_days": None,
        }
    ]


def test_a_record_without_any_text_is_read() -> None:
    assert facts(()).judgement.include is False
    assert facts(units_of("", "", "1")).regimens == ()
