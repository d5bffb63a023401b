"""evidence.study_reports and evidence.link_candidates: which records are one study, as what, and what is offered."""

from __future__ import annotations

from msgspec.structs import replace

from ketalit.model.evidence import Facts
from ketalit.model.publication import Author, Correction
from ketalit.model.registration import Investigator, RegistryDate
from ketalit.vocabulary import Integrity
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    Loaded,
    day,
    facts,
    notice,
    publication,
    reading,
    reference,
    regimen,
    registration,
    registry_facts,
    stated_id,
)

REPORTS = "from evidence.study_reports"
OFFERS = "from evidence.link_candidates"
OVERVIEW = "from evidence.study_overview"
TRIAL = registration()
PAPER = publication(registry_ids=(stated_id("NCT00000001"),))
LATER = replace(PAPER, pmid="102", title="A later paper", published=day("2021-01-01"))


def reports(base: Base, records: list[Loaded], read: list[Facts]) -> dict[str, Row]:
    """The rows by record; for a record in several studies the last one."""
    return {row["source_id"]: row for row in base(records, read).rows(REPORTS)}


def role(base: Base, records: list[Loaded], read: list[Facts], pmid: str = "101") -> str:
    return str(reports(base, records, read)[pmid]["role"])


class TestRoles:
    def test_the_first_paper_is_primary_and_the_next_secondary(self, base: Base) -> None:
        found = reports(base, [LATER, PAPER, TRIAL], [facts(), facts("102"), registry_facts()])
        assert {key: row["role"] for key, row in found.items()} == {
            "NCT00000001": "registration",
            "101": "primary",
            "102": "secondary",
        }

    def test_the_paper_that_the_registry_lists_as_result_goes_before_an_earlier_one(self, base: Base) -> None:
        listed = registration(references=(reference("102"),))
        found = reports(base, [LATER, PAPER, listed], [facts(), facts("102"), registry_facts()])
        assert (found["102"]["role"], found["101"]["role"]) == ("primary", "secondary")

    def test_a_derived_reference_does_not(self, base: Base) -> None:
        listed = registration(references=(reference("102", "DERIVED"),))
        assert role(base, [LATER, PAPER, listed], [facts(), facts("102"), registry_facts()]) == "primary"

    def test_a_secondary_analysis_is_never_primary_even_alone(self, base: Base) -> None:
        post_hoc = facts(design=reading("secondary_analysis", "got"))
        row = reports(base, [publication()], [post_hoc])["101"]
        assert (row["role"], row["role_quote"], row["counts_as_sample"]) == ("secondary", "got", False)

    def test_a_follow_up_says_so_and_is_no_new_sample(self, base: Base) -> None:
        row = reports(base, [publication()], [facts(roles=(reading("follow_up", "got"),))])["101"]
        assert (row["role"], row["role_quote"], row["counts_as_sample"]) == ("follow_up", "got", False)

    def test_a_pooled_paper_is_no_new_sample(self, base: Base) -> None:
        pooled = facts(roles=(reading("pooled", "got"),), design=reading("secondary_analysis", "Adults"))
        row = reports(base, [publication()], [pooled])["101"]
        assert (row["role"], row["role_quote"], row["counts_as_sample"]) == ("pooled", "got", False)

    def test_a_protocol_before_its_results_is_a_protocol(self, base: Base) -> None:
        plan = replace(PAPER, pmid="100", published=day("2018-01-01"))
        read = [facts("100", design=reading("protocol", "got", "100")), facts()]
        found = reports(base, [plan, PAPER], read)
        assert (found["100"]["role"], found["101"]["role"]) == ("protocol", "primary")

    def test_a_paper_that_was_out_before_the_trial_began_is_not_its_primary_report(self, base: Base) -> None:
        early = replace(PAPER, published=day("2016-01-01"))
        row = reports(base, [early, TRIAL], [facts(), registry_facts()])["101"]
        assert (row["role"], row["role_reason"]) == ("secondary", "published before the trial began")

    def test_a_planned_start_says_nothing(self, base: Base) -> None:
        planned = registration(start=RegistryDate(day("2025-01-01"), "ESTIMATED"))
        assert role(base, [PAPER, planned], [facts(), registry_facts()]) == "primary"

    def test_a_retracted_paper_gives_way_to_one_that_stands(self, base: Base) -> None:
        retracted = replace(PAPER, integrity=Integrity.RETRACTED)
        found = reports(base, [retracted, LATER], [facts(), facts("102")])
        assert (found["102"]["role"], found["101"]["role"]) == ("primary", "secondary")

    def test_a_notice_stands_with_its_article(self, base: Base) -> None:
        row = reports(base, [publication(), notice("102", of="101")], [facts(), facts("102")])["102"]
        assert (row["role"], row["link_status"], row["follows_pmids"]) == ("notice", "follows", ["101"])

    def test_a_reprint_is_no_new_sample(self, base: Base) -> None:
        again = publication("102", corrections=(Correction("RepublishedFrom", "101", None),))
        row = reports(base, [publication(), again], [facts(), facts("102")])["102"]
        assert (row["study_id"], row["role"], row["counts_as_sample"]) == ("PMID101", "reprint", False)


class TestSamples:
    def test_a_study_is_counted_by_its_registration(self, base: Base) -> None:
        found = reports(base, [PAPER, LATER, TRIAL], [facts(), facts("102"), registry_facts()])
        assert [key for key, row in found.items() if row["counts_as_sample"]] == ["NCT00000001"]

    def test_without_one_it_is_counted_by_its_primary_paper(self, base: Base) -> None:
        found = reports(base, [PAPER, LATER], [facts(), facts("102")])
        assert [key for key, row in found.items() if row["counts_as_sample"]] == ["101"]

    def test_an_extension_study_takes_people_who_were_counted_before(self, base: Base) -> None:
        extension = registry_facts(roles=(replace(reading("follow_up", "got"), rule="role.follow_up"),))
        warehouse = base([TRIAL], [extension])
        [row] = warehouse.rows(REPORTS)
        [study] = warehouse.rows(OVERVIEW)
        assert (row["role"], row["role_quote"], row["counts_as_sample"]) == ("registration", "got", False)
        assert (study["is_included"], study["is_own_sample"]) == (True, False)

    def test_the_samples_are_the_studies_that_the_overview_counts(self, base: Base) -> None:
        records = [PAPER, LATER, TRIAL, publication("7"), publication("8")]
        read = [facts(), facts("102"), registry_facts(), facts("7"), facts("8", roles=(reading("pooled", "got", "8"),))]
        warehouse = base(records, read)
        counted = {row["study_id"] for row in warehouse.rows(REPORTS) if row["counts_as_sample"]}
        assert counted == {row["study_id"] for row in warehouse.rows(OVERVIEW) if row["is_own_sample"]}
        assert counted == {"NCT00000001", "PMID7"}

    def test_the_number_of_a_paper_on_two_trials_is_that_of_neither(self, base: Base) -> None:
        both = publication(registry_ids=(stated_id("NCT00000001"), stated_id("NCT00000002")))
        assert [row["n"] for row in base([both], [facts()]).rows(OVERVIEW)] == [None, None]


class TestLinks:
    def test_every_kind_of_evidence_is_kept_with_its_words(self, base: Base) -> None:
        both = publication(registry_ids=(stated_id("NCT00000001"), stated_id("NCT00000001", "abstract")))
        listed = registration(references=(reference("101"),))
        row = reports(base, [both, listed], [facts(), registry_facts()])["101"]
        assert row["link_kinds"] == ["abstract_id", "databank", "registry_result_reference"]
        assert row["link_quotes"] == [
            "abstract_id: NCT00000001 (pubmed 101, abstract)",
            "databank: NCT00000001 (pubmed 101, databank)",
            "registry_result_reference: 101 (ctgov NCT00000001, /protocolSection/referencesModule/references/0/pmid)",
        ]

    def test_a_paper_on_two_trials_belongs_to_both_and_each_row_names_the_other(self, base: Base) -> None:
        both = publication(registry_ids=(stated_id("NCT00000001"), stated_id("NCT00000002")))
        rows = base([both], [facts()]).rows(REPORTS)
        assert [(row["study_id"], row["other_study_ids"]) for row in rows] == [
            ("NCT00000001", ["NCT00000002"]),
            ("NCT00000002", ["NCT00000001"]),
        ]

    def test_a_link_stands_only_in_the_study_that_it_is_about(self, base: Base) -> None:
        both = publication(registry_ids=(stated_id("NCT00000001"), stated_id("NCT00000002", "abstract")))
        rows = base([both], [facts()]).rows(REPORTS)
        assert [(row["study_id"], row["link_kinds"]) for row in rows] == [
            ("NCT00000001", ["databank"]),
            ("NCT00000002", ["abstract_id"]),
        ]

    def test_a_paper_that_no_id_joins_stands_alone(self, base: Base) -> None:
        row = reports(base, [publication()], [facts()])["101"]
        assert (row["study_id"], row["link_status"], row["link_kinds"]) == ("PMID101", "alone", [])


class TestCandidates:
    ANN = Author("Sample", "Ann", "A", None, None, None)
    LONE = publication(authors=(ANN,), title="Esketamine for despondent gardeners")
    LIKELY = registration(
        brief_title="Esketamine for despondent gardeners",
        enrollment=20,
        completion=RegistryDate(day("2019-06-01"), "ACTUAL"),
        investigators=(Investigator("Ann Sample, MD", "PRINCIPAL_INVESTIGATOR", None, "/x/0/name"),),
    )
    READ = (facts(), registry_facts(regimens=(regimen("NCT00000001"),)))

    def test_an_offer_has_its_score_and_its_reasons_with_the_words_of_both(self, base: Base) -> None:
        [row] = base([self.LONE, self.LIKELY], self.READ).rows(OFFERS)
        assert (row["study_id"], row["pmid"], row["own_study_id"]) == ("NCT00000001", "101", "PMID101")
        assert (row["points_person"], row["points_size"], row["place"]) == (4, 4, 1)
        assert "size +4: the same number of people [20 | 20]" in row["reasons"]

    def test_the_columns_of_points_sum_to_the_score(self, base: Base) -> None:
        [row] = base([self.LONE, self.LIKELY], self.READ).rows(OFFERS)
        points = [value for name, value in row.items() if name.startswith("points_")]
        assert round(sum(value or 0 for value in points), 2) == row["score"]

    def test_an_offer_is_shown_with_the_paper_and_merges_nothing(self, base: Base) -> None:
        warehouse = base([self.LONE, self.LIKELY], self.READ)
        rows = {row["source_id"]: row for row in warehouse.rows(REPORTS)}
        assert rows["101"]["candidate_study_ids"] == ["NCT00000001"]
        assert (rows["101"]["study_id"], rows["101"]["link_status"]) == ("PMID101", "alone")
        assert [row["study_id"] for row in warehouse.rows(OVERVIEW)] == ["NCT00000001", "PMID101"]
