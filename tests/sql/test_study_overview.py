"""evidence.study_overview and evidence.screening: which studies, which documents, which decisions."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ketalit.model.document import RejectedDocument
from ketalit.model.evidence import Judgement, SampleSize
from ketalit.model.publication import Correction
from ketalit.vocabulary import Integrity, NBasis, Source
from ketalit.warehouse import rows
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import (
    day,
    document,
    facts,
    load,
    notice,
    publication,
    reading,
    registration,
    registry_facts,
    stated_id,
)

STUDIES = "select * from evidence.study_overview"
DOCUMENTS = "select * from evidence.screening"
PAPER = publication(registry_ids=(stated_id("NCT00000001"),))
EXCLUDED = Judgement(False, False, "anaesthesia only")
DOUBTFUL = Judgement(True, True, "unclear whether depressed")


def only(found: list[Row]) -> Row:
    [row] = found
    return row


class TestStudies:
    def test_a_trial_and_its_paper_are_one_row(self, base: Base) -> None:
        row = only(base([PAPER, registration()], [facts(), registry_facts()]).rows(STUDIES))
        assert (row["study_id"], row["nct_ids"], row["pmids"]) == ("NCT00000001", ["NCT00000001"], ["101"])

    def test_the_primary_report_gives_the_title(self, base: Base) -> None:
        early = replace(PAPER, pmid="100", title="A secondary analysis")
        secondary = facts("100", design=reading("secondary_analysis", "got", "100"))
        row = only(base([early, PAPER], [secondary, facts()]).rows(STUDIES))
        assert row["title"] == "An invented trial of esketamine"

    def test_a_registration_without_paper_has_its_own_title_and_year(self, base: Base) -> None:
        row = only(base([registration()], [registry_facts()]).rows(STUDIES))
        assert (row["title"], row["year"], row["n_reports"]) == ("Invented registration", 2018, 0)

    def test_actual_enrolment_goes_before_the_abstract(self, base: Base) -> None:
        row = only(base([PAPER, registration()], [facts(), registry_facts()]).rows(STUDIES))
        assert (row["n"], row["n_basis"], row["n_source"]) == (40, "enrolled", "registry")

    def test_planned_enrolment_goes_behind_the_abstract(self, base: Base) -> None:
        planned = registration(enrollment_kind="ESTIMATED")
        row = only(base([PAPER, planned], [facts(), registry_facts()]).rows(STUDIES))
        assert (row["n"], row["n_basis"], row["n_source"]) == (20, "analysed", "abstract")

    def test_drugs_and_comparators_are_those_of_the_shown_reports(self, base: Base) -> None:
        row = only(base([PAPER, registration()], [facts(), registry_facts()]).rows(STUDIES))
        assert (row["drugs"], row["routes"], row["comparators"]) == (["esketamine"], ["iv"], ["none"])

    def test_a_study_without_an_included_report_stays_with_the_reason(self, base: Base) -> None:
        row = only(base([publication()], [facts(judgement=EXCLUDED)]).rows(STUDIES))
        assert (row["is_included"], row["reason"], row["drugs"]) == (False, "anaesthesia only", [])

    def test_one_sure_report_is_enough(self, base: Base) -> None:
        second = replace(PAPER, pmid="102")
        row = only(base([PAPER, second], [facts(), facts("102", judgement=DOUBTFUL)]).rows(STUDIES))
        assert (row["is_included"], row["needs_review"]) == (True, False)

    def test_a_study_of_doubtful_reports_needs_review(self, base: Base) -> None:
        row = only(base([publication()], [facts(judgement=DOUBTFUL)]).rows(STUDIES))
        assert (row["is_included"], row["needs_review"]) == (True, True)

    def test_notices_are_not_counted_as_reports(self, base: Base) -> None:
        row = only(
            base([publication(), notice("102", of="101", kind="ErratumFor")], [facts(), facts("102")]).rows(STUDIES)
        )
        assert (row["n_reports"], row["n_notices"], row["pmids"]) == (1, 1, ["101", "102"])

    def test_retracted_reports_are_counted_apart(self, base: Base) -> None:
        retracted = replace(PAPER, pmid="100", integrity=Integrity.RETRACTED)
        row = only(base([retracted, PAPER], [facts("100"), facts()]).rows(STUDIES))
        assert (row["n_reports"], row["n_retracted"], row["integrity"]) == (1, 1, "retracted")

    def test_a_study_of_retracted_reports_is_marked_and_counts_nowhere(self, base: Base) -> None:
        row = only(base([replace(PAPER, integrity=Integrity.RETRACTED)], [facts()]).rows(STUDIES))
        counted = {
            name: row[name] for name in ("is_included", "is_own_sample", "n", "n_reports", "drugs", "populations")
        }
        assert (row["integrity"], row["n_retracted"], row["reason"].startswith("retracted: "), counted) == (
            "retracted",
            1,
            True,
            {"is_included": False, "is_own_sample": False, "n": None, "n_reports": 0, "drugs": [], "populations": []},
        )

    def test_a_retracted_report_gives_its_study_no_number(self, base: Base) -> None:
        retracted = replace(PAPER, pmid="100", integrity=Integrity.RETRACTED)
        wrong = facts("100", n_total=SampleSize(reading(12, "12", "100"), NBasis.RANDOMISED))
        row = only(base([retracted, PAPER], [wrong, facts()]).rows(STUDIES))
        assert (row["n"], row["n_basis"]) == (20, "analysed")

    def test_a_primary_report_gives_the_number_before_a_secondary_analysis(self, base: Base) -> None:
        early = replace(PAPER, pmid="100", published=day("2019-01-01"))
        part = SampleSize(reading(12, "12", "100"), NBasis.ANALYSED)
        secondary = facts("100", design=reading("secondary_analysis", "got", "100"), n_total=part)
        row = only(base([early, PAPER], [secondary, facts()]).rows(STUDIES))
        assert (row["n"], row["is_own_sample"]) == (20, True)

    def test_a_secondary_analysis_alone_is_no_sample_of_its_own(self, base: Base) -> None:
        secondary = facts(design=reading("secondary_analysis", "got"))
        row = only(base([publication()], [secondary]).rows(STUDIES))
        assert (row["is_included"], row["is_own_sample"]) == (True, False)

    def test_a_reprint_of_an_article_that_we_do_not_hold_is_no_sample_of_its_own(self, base: Base) -> None:
        reprint = publication(corrections=(Correction("RepublishedFrom", None, "J Ex. 2019;1:2"),))
        row = only(base([reprint], [facts()]).rows(STUDIES))
        assert (row["is_included"], row["is_own_sample"]) == (True, False)

    def test_the_registration_gives_title_and_design_before_a_secondary_analysis(self, base: Base) -> None:
        secondary = facts(design=reading("secondary_analysis", "got"))
        row = only(
            base([PAPER, registration()], [secondary, registry_facts(design=reading("rct_parallel", "got"))]).rows(
                STUDIES
            )
        )
        assert (row["title"], row["design"]) == ("Invented registration", "rct_parallel")

    def test_a_randomised_withdrawal_is_one_as_soon_as_a_primary_source_says_so(self, base: Base) -> None:
        withdrawal = facts(design=reading("rct_withdrawal", "got"))
        row = only(
            base([PAPER, registration()], [withdrawal, registry_facts(design=reading("rct_parallel", "got"))]).rows(
                STUDIES
            )
        )
        assert row["design"] == "rct_withdrawal"

    def test_none_is_no_comparator_beside_another(self, base: Base) -> None:
        placebo = registry_facts(comparators=(reading("placebo", "got"),))
        row = only(base([PAPER, registration()], [facts(), placebo]).rows(STUDIES))
        assert row["comparators"] == ["placebo"]

    def test_first_and_last_report_are_dated(self, base: Base) -> None:
        later = replace(PAPER, pmid="102", published=day("2023-02-03"))
        row = only(base([PAPER, later], [facts(), facts("102")]).rows(STUDIES))
        assert (str(row["first_reported_on"]), str(row["last_reported_on"])) == ("2020-05-01", "2023-02-03")


class TestScreening:
    def decision(self, warehouse: Warehouse, source_id: str = "101") -> tuple[str, str]:
        [row] = [row for row in warehouse.rows(DOCUMENTS) if row["source_id"] == source_id]
        return row["decision"], row["reason"]

    def test_an_included_report(self, base: Base) -> None:
        found = self.decision(base([publication()], [facts()]))
        assert found == ("included", "esketamine given to adults with depression")

    def test_an_excluded_report_stays_with_its_reason(self, base: Base) -> None:
        found = self.decision(base([publication()], [facts(judgement=EXCLUDED)]))
        assert found == ("excluded", "anaesthesia only")

    def test_a_doubtful_report(self, base: Base) -> None:
        found = self.decision(base([publication()], [facts(judgement=DOUBTFUL)]))
        assert found == ("needs review", "unclear whether depressed")

    def test_a_retracted_report_is_no_included_one(self, base: Base) -> None:
        found = self.decision(base([publication(integrity=Integrity.RETRACTED)], [facts()]))
        assert found == ("retracted", "retracted: esketamine given to adults with depression")

    def test_a_notice(self, base: Base) -> None:
        built = base([publication(), notice("102", of="101")], [facts(), facts("102", judgement=EXCLUDED)])
        assert self.decision(built, "102") == ("notice", "notice about another report: anaesthesia only")

    def test_a_paper_on_two_trials_is_one_document(self, base: Base) -> None:
        both = publication(registry_ids=(stated_id("NCT00000001"), stated_id("NCT00000002")))
        row = only(base([both], [facts()]).rows(DOCUMENTS))
        assert row["study_ids"] == ["NCT00000001", "NCT00000002"]

    def test_where_it_came_from_is_kept(self, base: Base) -> None:
        row = only(base([publication()], [facts()]).rows(DOCUMENTS))
        assert (row["sha256"], row["request"]) == ("digest-101", "imported: example.xml")

    def test_a_document_that_could_not_be_read(self, tmp_path: Path, without_comments: None) -> None:
        with Warehouse.create(tmp_path / "new.duckdb") as warehouse:
            load(warehouse, [], [])
            warehouse.load(rows.of_document(document(publication("9"))))
            warehouse.load(rows.of_rejected(RejectedDocument(Source.PUBMED, "9", "digest-9", "The XML breaks off.")))
            warehouse.run_sql()
            assert self.decision(warehouse, "9") == ("unreadable", "The XML breaks off.")
