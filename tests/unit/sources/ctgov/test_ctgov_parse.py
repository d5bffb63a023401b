"""From an answer of ClinicalTrials.gov to studies, and from one study to a Registration."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.errors import DocumentUnreadable, SourceChanged, SourceError, SourceUnavailable
from ketalit.model.registration import Arm, Eligibility, Intervention, Location, PlannedOutcome, Reference, SecondaryId
from ketalit.sources.ctgov.parse import registration, studies, text_units
from ketalit.vocabulary import DatePrecision, SectionRole
from tests.unit.sources.ctgov.literal import STUDY, Json, document, parsed, resolve, short

ONE = b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}'
TWO = b'{ "hasResults":true,"protocolSection":{"identificationModule":{"nctId":"NCT00000002"} }}'
BOTH = [("NCT00000001", ONE), ("NCT00000002", TWO)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ONE, BOTH[:1]),
        (b'{"studies": [' + ONE + b", " + TWO + b'], "nextPageToken": "x", "totalCount": 9}', BOTH),
        (b"[" + ONE + b"," + TWO + b"]", BOTH),
        (ONE + b"\n" + TWO + b"\n", BOTH),
        (ONE + b"\r\n\r\n" + TWO, BOTH),
        (b'{"study": ' + TWO + b', "history": {"changes": []}}', BOTH[1:]),
        (b"\xef\xbb\xbf" + ONE, BOTH[:1]),
        (b'{"studies": []}', []),
        (b"[]", []),
    ],
    ids=["one", "page", "list", "lines", "crlf", "history", "bom", "empty page", "empty list"],
)
def test_studies_come_byte_for_byte_out_of_every_form(body: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert list(studies(body)) == expected


@pytest.mark.parametrize("whole", [ONE, b'{"studies": [' + ONE + b"," + TWO + b"]}", b"[" + ONE + b"]"])
def test_an_answer_is_never_accepted_in_part_wherever_it_is_cut(whole: bytes) -> None:
    for length in range(len(whole)):
        with pytest.raises(SourceUnavailable):
            studies(whole[:length])


def test_a_last_line_that_is_cut_off_makes_the_whole_file_unusable() -> None:
    with pytest.raises(SourceError):
        studies(ONE + b"\n" + TWO[:-3])


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", SourceUnavailable),
        (b" \n ", SourceUnavailable),
        (b"<html><body>Down</body></html>", SourceChanged),
        (b"`filter.phase` is unknown parameter", SourceChanged),
        (b'{"totalCount": 3}', SourceChanged),
        (b'{"studies": null}', SourceChanged),
        (b'{"studies": [{"hasResults": true}]}', SourceChanged),
        (b'{"studies": [1]}', SourceChanged),
        (ONE.replace(b"NCT00000001", b"NCT1"), SourceChanged),
        (ONE.replace(b"NCT00000001", b"NCT0000000\xff"), SourceChanged),
        (ONE.replace(b"}}}", b'}}, "x": NaN}'), SourceChanged),
        (ONE.replace(b"}}}", b'}}, "x": Infinity}'), SourceChanged),
        (b"[" * 100_000, SourceChanged),
        (b'{"studies":' * 100_000, SourceChanged),
    ],
)
def test_what_holds_no_studies_is_named(body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error, match=r"ClinicalTrials\.gov"):
        studies(body)


@given(st.binary(max_size=100))
def test_no_bytes_at_all_make_it_crash(body: bytes) -> None:
    try:
        found = list(studies(body))
    except SourceError:
        return
    assert found == []


# ---- one study


def test_ids_and_titles() -> None:
    read = parsed(STUDY)
    assert (read.nct_id, read.aliases, read.org_study_id) == ("NCT01234567", ("NCT00000009",), "KET-1")
    assert (read.brief_title, read.official_title, read.acronym) == (
        "Ketamine for Invented Depression",
        "A Double-Blind Invented Trial of Ketamine",
        "INVENT",
    )
    at = "/protocolSection/identificationModule/secondaryIdInfos"
    assert read.secondary_ids == (
        SecondaryId("2014-004584-20", "EUDRACT_NUMBER", None, f"{at}/0/id"),
        SecondaryId("K1", "OTHER", "Somewhere", f"{at}/1/id"),
    )


def test_status_and_sponsors() -> None:
    read = parsed(STUDY)
    assert (read.status, read.why_stopped) == ("TERMINATED", "Nobody came.")
    assert (read.lead_sponsor, read.sponsor_class, read.collaborators) == (
        "Invented Hospital",
        "OTHER",
        ("Invented Institute",),
    )
    assert (read.version_holder, read.has_results) == ("2026-01-01", True)


@pytest.mark.parametrize(
    ("name", "text", "kind", "precision", "latest"),
    [
        ("start", "2019-05", "ACTUAL", DatePrecision.MONTH, "2019-05-31"),
        ("primary_completion", "2020-06-30", "ACTUAL", DatePrecision.DAY, "2020-06-30"),
        ("completion", "2021", "ESTIMATED", DatePrecision.YEAR, "2021-12-31"),
        ("first_posted", "2019-04-01", "ESTIMATED", DatePrecision.DAY, "2019-04-01"),
        ("results_first_posted", "2021-12-01", "ACTUAL", DatePrecision.DAY, "2021-12-01"),
        ("last_update_posted", "2022-01-02", "ACTUAL", DatePrecision.DAY, "2022-01-02"),
    ],
)
def test_dates_keep_their_precision_and_whether_they_are_actual(
    name: str, text: str, kind: str, precision: DatePrecision, latest: str
) -> None:
    stated = getattr(parsed(STUDY), name)
    assert (stated.date.text, stated.kind, stated.date.precision, stated.date.latest) == (text, kind, precision, latest)


def test_design_and_enrolment() -> None:
    read = parsed(STUDY)
    assert (read.study_type, read.phases, read.allocation) == ("INTERVENTIONAL", ("PHASE2", "PHASE3"), "RANDOMIZED")
    assert (read.intervention_model, read.masking, read.primary_purpose) == ("PARALLEL", "QUADRUPLE", "TREATMENT")
    assert (read.enrollment, read.enrollment_kind) == (40, "ACTUAL")


def test_the_sentinel_for_unknown_enrolment_is_no_number_of_people() -> None:
    design = {"enrollmentInfo": {"count": 99999999, "type": "ESTIMATED"}}
    read = parsed(short(designModule=design))
    assert (read.enrollment, read.enrollment_kind) == (None, "ESTIMATED")


def test_an_observational_study_shows_its_own_model() -> None:
    design = {"studyType": "OBSERVATIONAL", "designInfo": {"observationalModel": "COHORT"}}
    assert parsed(short(designModule=design)).intervention_model == "COHORT"


def test_conditions_keywords_headings_and_descriptions() -> None:
    read = parsed(STUDY)
    assert (read.conditions, read.keywords) == (("Depression",), ("ketamine", "mood"))
    assert (read.condition_meshes, read.intervention_meshes) == (("Depressive Disorder",), ("Ketamine",))
    assert (read.brief_summary, read.detailed_description) == ("A summary \\[short\\].", "Details \\>= 50%.")


def test_arms_and_interventions() -> None:
    read = parsed(STUDY)
    at = "/protocolSection/armsInterventionsModule"
    assert read.arms == (
        Arm("Ketamine", "EXPERIMENTAL", "One infusion of 0.5 mg/kg.", ("Drug: Ketamine",), f"{at}/armGroups/0"),
        Arm("Waiting", "NO_INTERVENTION", None, (), f"{at}/armGroups/1"),
    )
    assert read.interventions == (
        Intervention(
            "DRUG", "Ketamine", "Given over 40 minutes.", ("Ketalar",), ("Ketamine",), f"{at}/interventions/0"
        ),
    )


def test_planned_outcomes() -> None:
    at = "/protocolSection/outcomesModule"
    assert parsed(STUDY).outcomes == (
        PlannedOutcome("primary", "MADRS", "Total score.", "Day 1", f"{at}/primaryOutcomes/0"),
        PlannedOutcome("secondary", "Relapse", None, "Day 28", f"{at}/secondaryOutcomes/0"),
        PlannedOutcome("other", "Blood pressure", None, None, f"{at}/otherOutcomes/0"),
    )


def test_eligibility_sites_and_references() -> None:
    read = parsed(STUDY)
    assert read.eligibility == Eligibility(
        criteria="Adults in invented low spirits.",
        sex="ALL",
        min_age_text="18 Years",
        min_age_years=18.0,
        max_age_text="65 Years",
        max_age_years=65.0,
        healthy_volunteers=False,
        std_ages=("ADULT", "OLDER_ADULT"),
    )
    assert read.locations == (Location("Ward 1", "Nowhere", "Texas", "Utopia", "COMPLETED"),)
    at = "/protocolSection/referencesModule/references/0"
    assert read.references == (Reference("12345678", "RESULT", "Doe J. An invented trial.", at),)


def test_who_leads_the_trial_is_read_from_officials_and_the_responsible_party() -> None:
    chair, party = parsed(STUDY).investigators
    assert (chair.name, chair.role, chair.affiliation) == ("Ada B. Sample, MD", "STUDY_CHAIR", "Ward 1")
    assert (party.name, party.role) == ("Ada Sample", "PRINCIPAL_INVESTIGATOR")
    assert (chair.pointer, party.pointer) == (
        "/protocolSection/contactsLocationsModule/overallOfficials/0/name",
        "/protocolSection/sponsorCollaboratorsModule/responsibleParty/investigatorFullName",
    )


def test_a_study_with_nothing_but_its_id_is_a_registration() -> None:
    read = parsed(short())
    assert (read.nct_id, read.brief_title, read.arms, read.start) == ("NCT01234567", None, (), None)
    assert (read.has_results, read.results.outcomes) == (False, ())


def test_an_unknown_word_of_a_closed_list_is_kept() -> None:
    assert parsed(short(statusModule={"overallStatus": "NEW_WORD"})).status == "NEW_WORD"


def test_an_unknown_field_does_no_harm() -> None:
    grown: Json = json.loads(json.dumps(STUDY))
    grown["protocolSection"]["newModule"] = {"x": [1, {"y": None}]}
    grown["protocolSection"]["designModule"]["newField"] = "z"
    assert parsed(grown) == parsed(STUDY)


def test_lists_that_an_export_unboxed_and_numbers_that_it_made_are_read_all_the_same() -> None:
    study = short(
        conditionsModule={"conditions": "Depression", "keywords": ["a"]},
        designModule={"phases": "PHASE2", "enrollmentInfo": {"count": "40"}},
        referencesModule={"references": [{"pmid": 12345678}]},
    )
    read = parsed(study)
    assert (read.conditions, read.phases, read.enrollment) == (("Depression",), ("PHASE2",), 40)
    assert read.references[0].pmid == "12345678"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"<html>",
        b'{"protocolSection": {}}',
        b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000002"}}}',
        b'{"protocolSection": {"identificationModule": {"nctId": "NCT01234567", "briefTitle": "\xff"}}}',
        b'{"protocolSection": {"identificationModule": {"nctId": "NCT01234567", "briefTitle": {}}}}',
        b'{"protocolSection": {"identificationModule": {"nctId": "NCT01234567"}}, "x": NaN}',
        b'{"protocolSection": {"identificationModule": {"nctId": "NCT01234567"}}, "x": ' + b"[" * 100_000,
    ],
)
def test_a_document_that_cannot_be_read_says_which(body: bytes) -> None:
    with pytest.raises(DocumentUnreadable, match=r"ClinicalTrials\.gov NCT01234567: "):
        registration(document(body))


def test_the_texts_that_rules_read_are_the_raw_texts_at_their_pointers() -> None:
    units = text_units(parsed(STUDY))
    assert {unit.field.rsplit("/", 1)[1] for unit in units} == {
        *("briefTitle", "officialTitle", "label", "description", "name", "measure", "timeFrame"),
        *("briefSummary", "detailedDescription", "eligibilityCriteria"),
    }
    assert all(resolve(STUDY, unit.field) == unit.text for unit in units)
    assert [unit.role for unit in units if unit.field.endswith("Title")] == [SectionRole.TITLE, SectionRole.TITLE]


def test_limits_of_age_in_months_become_years() -> None:
    read = parsed(short(eligibilityModule={"minimumAge": "6 Months", "maximumAge": "N/A"}))
    assert read.eligibility.min_age_years is not None
    assert math.isclose(read.eligibility.min_age_years, 0.5)
    assert (read.eligibility.max_age_text, read.eligibility.max_age_years) == ("N/A", None)
