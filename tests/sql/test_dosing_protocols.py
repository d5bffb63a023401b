"""evidence.dosing_protocols: one row a study, document and regimen."""

from __future__ import annotations

from msgspec.structs import replace

from ketalit.model.evidence import Judgement, NotUnderstood, SampleSize, Span
from ketalit.model.publication import Correction
from ketalit.model.registration import FlowRow, PostedResults, Registration
from ketalit.vocabulary import Integrity, NBasis, Phase, Source
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    SENTENCE,
    esketamine_arm,
    facts,
    notice,
    publication,
    reading,
    regimen,
    registration,
    registry_facts,
    stated_id,
)

TABLE = "select * from evidence.dosing_protocols"
PAPER = publication(registry_ids=(stated_id("NCT00000001"),))


def with_arm() -> Registration:
    arm, given = esketamine_arm()
    return registration(arms=(arm,), interventions=(given,))


def started(group: str, n: int, group_id: str = "FG000", period: str = "Overall Study") -> FlowRow:
    return FlowRow(period, "STARTED", False, group_id, group, str(n), n, None, f"/x/{period}/{group_id}/numSubjects")


def with_flow(*flow: FlowRow) -> Registration:
    return replace(with_arm(), results=PostedResults(flow=flow))


def only(rows: list[Row]) -> Row:
    [row] = rows
    return row


def test_a_regimen_of_an_abstract_is_a_row(base: Base) -> None:
    row = only(base([publication()], [facts()]).rows(TABLE))
    assert {name: row[name] for name in ("drug", "route", "dose", "dose_unit", "sessions", "infusion_minutes")} == {
        "drug": "esketamine",
        "route": "iv",
        "dose": 0.4,
        "dose_unit": "mg/kg",
        "sessions": 3,
        "infusion_minutes": 40,
    }


def test_the_words_of_the_dose_are_kept(base: Base) -> None:
    row = only(base([publication()], [facts()]).rows(TABLE))
    assert row["dose_verbatim"] == "0.4 mg/kg"


def test_the_row_says_who_says_so(base: Base) -> None:
    row = only(base([publication()], [facts()]).rows(TABLE))
    assert (row["source"], row["pmid"], row["nct_id"], row["study_id"]) == ("abstract", "101", None, "PMID101")


def test_what_is_not_stated_is_not_reported(base: Base) -> None:
    row = only(base([publication()], [facts()]).rows(TABLE))
    assert (row["per_week"], row["per_week_absence"], row["dose_absence"]) == (None, "not reported", None)


def test_what_no_rule_could_read_is_not_understood(base: Base) -> None:
    unread = NotUnderstood("dose", Span(Source.PUBMED, "101", "abstract", 0, 6, SENTENCE[:6]))
    nameless = facts(regimens=(regimen(dose=None, unit=None),), not_understood=(unread,))
    row = only(base([publication()], [nameless]).rows(TABLE))
    assert row["dose_absence"] == "not understood"


def test_an_included_report_without_a_regimen_has_a_row_of_reasons(base: Base) -> None:
    row = only(base([publication()], [facts(regimens=())]).rows(TABLE))
    assert (row["drug"], row["drug_absence"], row["dose_absence"]) == (None, "not reported", "not reported")


def test_two_arms_are_two_rows(base: Base) -> None:
    arms = facts(regimens=(regimen(arm="low"), regimen(arm="high", dose_max=reading(3, "3"))))
    rows = base([publication()], [arms]).rows(TABLE)
    assert [(row["arm_label"], row["dose_max"]) for row in rows] == [("low", None), ("high", 3)]


def test_the_phase_stands_beside_its_regimen(base: Base) -> None:
    row = only(base([publication()], [facts(regimens=(regimen(phase=Phase.MAINTENANCE),))]).rows(TABLE))
    assert row["phase"] == "maintenance"


def test_the_arms_own_number_goes_before_the_whole_sample(base: Base) -> None:
    own = SampleSize(reading(12, "12"), NBasis.RANDOMISED, arm="high")
    stated = facts(regimens=(regimen(arm="high"),), sample_sizes=(own,))
    row = only(base([publication()], [stated]).rows(TABLE))
    assert (row["n"], row["n_basis"]) == (12, "randomised")


def test_the_whole_sample_counts_where_no_arm_does(base: Base) -> None:
    row = only(base([publication()], [facts()]).rows(TABLE))
    assert (row["n"], row["n_basis"]) == (20, "analysed")


def test_a_highest_dose_below_the_lowest_is_not_understood(base: Base) -> None:
    misread = facts(regimens=(regimen(dose=None, dose_max=reading(0.0, "0.4"), sessions_max=reading(5000, "3")),))
    row = only(base([publication()], [misread]).rows(TABLE))
    assert (row["dose_max"], row["sessions_max"]) == (None, None)


def test_a_number_without_its_unit_is_no_dose(base: Base) -> None:
    row = only(base([publication()], [facts(regimens=(regimen(unit=None),))]).rows(TABLE))
    assert (row["dose"], row["dose_absence"]) == (None, "not understood")


class TestRegistry:
    def test_structure_tells_the_drug_when_the_text_does_not(self, base: Base) -> None:
        row = only(base([with_arm()], [registry_facts()]).rows(TABLE))
        assert (row["source"], row["drug"], row["arm_label"]) == ("registry", "esketamine", "Esketamine group")

    def test_enrolment_is_its_number(self, base: Base) -> None:
        row = only(base([with_arm()], [registry_facts()]).rows(TABLE))
        assert (row["n"], row["n_basis"]) == (40, "enrolled")

    def test_estimated_enrolment_is_planned(self, base: Base) -> None:
        expected = replace(with_arm(), enrollment_kind="ESTIMATED")
        row = only(base([expected], [registry_facts()]).rows(TABLE))
        assert row["n_basis"] == "planned"

    def test_those_who_started_in_the_arm_go_before_enrolment(self, base: Base) -> None:
        flow = (
            started("esketamine group ", 19),
            started("Placebo", 21, "FG001"),
            started("esketamine group ", 9, period="Later"),
        )
        row = only(base([with_flow(*flow)], [registry_facts()]).rows(TABLE))
        assert (row["n"], row["n_basis"]) == (19, "randomised")

    def test_one_posted_group_was_not_randomised_among_others(self, base: Base) -> None:
        row = only(base([with_flow(started("Esketamine group", 19))], [registry_facts()]).rows(TABLE))
        assert (row["n"], row["n_basis"]) == (19, "unspecified")

    def test_one_posted_group_as_large_as_the_enrolment_is_who_was_enrolled(self, base: Base) -> None:
        row = only(base([with_flow(started("Esketamine group", 40))], [registry_facts()]).rows(TABLE))
        assert (row["n"], row["n_basis"]) == (40, "enrolled")

    def test_a_period_called_treated_counts_who_was_treated(self, base: Base) -> None:
        flow = started("Esketamine group", 19, period="Treated"), started("ECT", 17, "FG001", period="Treated")
        row = only(base([with_flow(*flow)], [registry_facts()]).rows(TABLE))
        assert (row["n"], row["n_basis"]) == (19, "treated")

    def test_a_placebo_named_after_the_drug_is_no_regimen(self, base: Base) -> None:
        arm, given = esketamine_arm()
        placebo = replace(given, name="Placebo for S-ketamine")
        row = only(base([registration(arms=(arm,), interventions=(placebo,))], [registry_facts()]).rows(TABLE))
        assert (row["drug"], row["drug_absence"]) == (None, "not reported")

    def test_its_text_goes_before_its_structure(self, base: Base) -> None:
        rows = base([with_arm()], [registry_facts(regimens=(regimen(),))]).rows(TABLE)
        assert [row["row_id"] for row in rows] == ["NCT00000001/ctgov:NCT00000001/regimen/1"]

    def test_registry_and_abstract_stand_side_by_side(self, base: Base) -> None:
        rows = base([PAPER, with_arm()], [facts(), registry_facts()]).rows(TABLE)
        assert [(row["study_id"], row["source"]) for row in rows] == [
            ("NCT00000001", "registry"),
            ("NCT00000001", "abstract"),
        ]


class TestPreference:
    def preferred(self, rows: list[Row]) -> list[str]:
        return [row["source_id"] for row in rows if row["is_preferred"]]

    def test_the_registry_goes_first_when_it_states_a_dose(self, base: Base) -> None:
        dosed = registry_facts(regimens=(regimen(),))
        rows = base([PAPER, with_arm()], [facts(), dosed]).rows(TABLE)
        assert self.preferred(rows) == ["NCT00000001"]

    def test_an_abstract_with_a_dose_goes_before_a_registration_without(self, base: Base) -> None:
        rows = base([PAPER, with_arm()], [facts(), registry_facts()]).rows(TABLE)
        assert self.preferred(rows) == ["101"]

    def test_a_primary_report_goes_before_a_secondary_analysis(self, base: Base) -> None:
        early = replace(PAPER, pmid="100")
        secondary = facts("100", design=reading("secondary_analysis", "got", "100"))
        rows = base([early, PAPER], [secondary, facts()]).rows(TABLE)
        assert self.preferred(rows) == ["101"]

    def test_every_regimen_of_the_preferred_report_is_preferred(self, base: Base) -> None:
        two_arms = facts(regimens=(regimen(arm="low"), regimen(arm="high", dose_max=reading(3, "3"))))
        rows = base([PAPER, with_arm()], [two_arms, registry_facts()]).rows(TABLE)
        assert self.preferred(rows) == ["101", "101"]

    def test_a_reprint_goes_behind_a_report_of_its_own(self, base: Base) -> None:
        reprint = replace(PAPER, pmid="100", corrections=(Correction("RepublishedFrom", None, "J Ex. 2019;1:2"),))
        rows = base([reprint, PAPER], [facts("100"), facts()]).rows(TABLE)
        assert self.preferred(rows) == ["101"]

    def test_a_study_of_retracted_reports_prefers_none(self, base: Base) -> None:
        rows = base([replace(PAPER, integrity=Integrity.RETRACTED)], [facts()]).rows(TABLE)
        assert (len(rows), self.preferred(rows)) == (1, [])

    def test_a_registration_goes_before_a_retracted_paper_with_a_dose(self, base: Base) -> None:
        rows = base([replace(PAPER, integrity=Integrity.RETRACTED), with_arm()], [facts(), registry_facts()]).rows(
            TABLE
        )
        assert self.preferred(rows) == ["NCT00000001"]

    def test_a_retracted_report_goes_last(self, base: Base) -> None:
        retracted = replace(PAPER, pmid="100", integrity=Integrity.RETRACTED)
        rows = base([retracted, PAPER], [facts("100"), facts()]).rows(TABLE)
        assert self.preferred(rows) == ["101"]


class TestStanding:
    def test_a_retracted_report_stays_and_is_marked(self, base: Base) -> None:
        row = only(base([publication(integrity=Integrity.RETRACTED)], [facts()]).rows(TABLE))
        assert row["integrity"] == "retracted"

    def test_a_doubtful_report_is_shown_for_review(self, base: Base) -> None:
        doubtful = facts(judgement=Judgement(False, True, "unclear whether depressed"))
        row = only(base([publication()], [doubtful]).rows(TABLE))
        assert row["needs_review"] is True

    def test_an_excluded_report_is_not_in_the_table(self, base: Base) -> None:
        excluded = facts(judgement=Judgement(False, False, "anaesthesia"))
        assert base([publication()], [excluded]).rows(TABLE) == []

    def test_a_notice_is_not_in_the_table(self, base: Base) -> None:
        rows = base([publication(), notice("102", of="101")], [facts(), facts("102")]).rows(TABLE)
        assert [row["pmid"] for row in rows] == ["101"]

    def test_a_paper_on_two_trials_has_a_row_in_each(self, base: Base) -> None:
        both = publication(registry_ids=(stated_id("NCT00000001"), stated_id("NCT00000002")))
        rows = base([both], [facts()]).rows(TABLE)
        assert [row["row_id"] for row in rows] == [
            "NCT00000001/pubmed:101/regimen/1",
            "NCT00000002/pubmed:101/regimen/1",
        ]
