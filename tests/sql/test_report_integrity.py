"""Whether a report stands (FAULTS R01–R08), told by its own record, by the notice, or by both; one base for all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from ketalit.model.evidence import Facts
from ketalit.model.integrity import ListedStatement, RetractionList
from ketalit.model.publication import Correction, Publication
from ketalit.vocabulary import Integrity
from ketalit.warehouse import database, rows
from tests.sql.conftest import AsNeeded, Row, statements
from tests.unit.warehouse.examples import facts, load, notice, publication, registration, registry_facts, stated_id

ROWS = {"1": "R01", "2": "R02-R03", "3": "R04", "4": "R06", "6": "R05"}
"""First digit of the made PMIDs → rows of the catalogue of faults; 5 is what none of them is about."""


def says(kind: str, other: str | None, citation: str | None = None) -> tuple[Correction, ...]:
    return (Correction(kind, other, citation),)


def paper(pmid: str, *corrections: Correction, integrity: Integrity = Integrity.CURRENT, **more: object) -> Publication:
    return publication(pmid, corrections=corrections, integrity=integrity, **more)


RECORDS = (
    # R01, from each side and from both
    paper("110", *says("RetractionIn", "111"), integrity=Integrity.RETRACTED),
    paper("120"),
    notice("121", of="120"),
    paper("130", *says("RetractionIn", "131"), integrity=Integrity.RETRACTED),
    notice("131", of="130"),
    notice("141", of="140"),
    paper("150", *says("RetractionIn", "151"), integrity=Integrity.RETRACTED),
    paper("151"),
    paper("160", doi="10.1000/Gardeners.160"),
    paper("161", *says("RetractionOf", None, "doi: 10.1000/gardeners.160."), integrity=Integrity.NOTICE),
    publication("170", publication_types=("Journal Article", "Retracted Publication"), integrity=Integrity.RETRACTED),
    publication("180", title="RETRACTED: A trial", integrity=Integrity.RETRACTED),
    # R02, R03
    paper("210", *says("ErratumIn", "211"), integrity=Integrity.CORRECTED),
    notice("212", of="210", kind="ExpressionOfConcernFor"),
    paper("220"),
    notice("221", of="220", kind="PartialRetractionOf"),
    # R04
    paper("310", registry_ids=(stated_id("NCT00000001"),)),
    paper("311", *says("CorrectedandRepublishedFrom", "310")),
    paper("320", *says("RetractedandRepublishedIn", "321"), integrity=Integrity.RETRACTED),
    paper("321", *says("RetractedandRepublishedFrom", "320")),
    paper("330", *says("UpdateIn", "331"), integrity=Integrity.UPDATED, publication_types=("Preprint",)),
    paper("331", registry_ids=(stated_id("NCT00000002"),)),
    paper("340", publication_types=("Duplicate Publication",), integrity=Integrity.DUPLICATE,
          registry_ids=(stated_id("NCT00000003"),)),
    replace(paper("341", registry_ids=(stated_id("NCT00000003"),)), published=publication().published),
    paper("350", *says("RepublishedIn", "351")),
    paper("351"),
    # R06: a retraction that was taken back
    paper("410", *says("RetractionIn", "411"), integrity=Integrity.RETRACTED),
    notice("411", of="410"),
    notice("412", of="411"),
    # R05: what only a list besides PubMed says, by PubMed id or DOI
    paper("610"),
    paper("620", doi="10.1000/Six.20"),
    paper("630"),
    # what is no statement on a report
    paper("510", *says("CommentIn", "511")),
    registration("NCT00000009", status="WITHDRAWN", enrollment=0),
)  # fmt: skip


def entry(number: str, pmid: str | None, doi: str | None, nature: str, day: str) -> ListedStatement:
    return ListedStatement(number, pmid, doi, nature, day, None, "10.1000/notice" if number == "1" else None, "Error")


LISTED = RetractionList(
    "retraction_watch",
    "list.csv",
    "digest-of-the-list",
    (
        entry("1", "610", None, "Retraction", "2024-03-01"),
        entry("2", None, "10.1000/six.20", "Expression of concern", "2024-03-01"),
        entry("3", "630", None, "Retraction", "2024-03-01"),
        entry("4", "630", None, "Reinstatement", "2024-05-01"),
        entry("5", "999", None, "Retraction", "2024-03-01"),
    ),
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsNeeded]:
    read: list[Facts] = [
        registry_facts(record.nct_id) if not isinstance(record, Publication) else facts(record.pmid)
        for record in RECORDS
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_statements", statements)
        with AsNeeded.create(tmp_path_factory.mktemp("integrity") / "base.duckdb") as warehouse:
            load(warehouse, RECORDS, read)
            dois = {record.doi.lower() for record in RECORDS if isinstance(record, Publication) and record.doi}
            warehouse.load(rows.of_retractions(LISTED, {"610", "630"}, dois))
            warehouse.run_sql()
            yield warehouse  # type: ignore[misc]


@pytest.fixture(scope="module")
def reports(held: AsNeeded) -> dict[str, Row]:
    return {row["source_id"]: row for row in held.rows("from evidence.study_reports")}


@pytest.fixture(scope="module")
def stated(held: AsNeeded) -> list[Row]:
    return held.rows("from evidence.report_integrity")


@pytest.mark.parametrize(
    ("pmid", "integrity", "source"),
    [
        ("110", "retracted", "RetractionIn 111 (pubmed 110)"),
        ("120", "retracted", "RetractionOf 121 (pubmed 121)"),
        ("130", "retracted", "RetractionIn 131 (pubmed 130)"),
        ("150", "retracted", "RetractionIn 151 (pubmed 150)"),
        ("160", "retracted", "RetractionOf 161 (pubmed 161)"),
        ("170", "retracted", "Retracted Publication (pubmed 170)"),
        ("180", "retracted", "its own record (pubmed 180)"),
        ("610", "retracted", "Retraction 10.1000/notice (retraction_watch 1)"),
        ("620", "expression_of_concern", "Expression of concern (retraction_watch 2)"),
        ("630", "current", None),
        ("210", "expression_of_concern", "ExpressionOfConcernFor 212 (pubmed 212)"),
        ("220", "corrected", "PartialRetractionOf 221 (pubmed 221)"),
        ("310", "corrected", "CorrectedandRepublishedFrom 311 (pubmed 311)"),
        ("320", "retracted", "RetractedandRepublishedIn 321 (pubmed 320)"),
        ("330", "updated", "UpdateIn 331 (pubmed 330)"),
        ("340", "duplicate", "Duplicate Publication (pubmed 340)"),
        ("121", "notice", "RetractionOf 120 (pubmed 121)"),
        ("151", "notice", "RetractionIn 150 (pubmed 150)"),
        ("411", "notice", "RetractionOf 410 (pubmed 411)"),
        ("311", "current", None),
        ("321", "current", None),
        ("410", "current", None),
        ("510", "current", None),
    ],
    ids=lambda value: f"{ROWS.get(value[0], '')}-{value}" if value and value.isdecimal() else "",
)
def test_where_a_report_stands_and_what_says_so(
    reports: dict[str, Row], pmid: str, integrity: str, source: str | None
) -> None:
    assert (reports[pmid]["integrity"], reports[pmid]["integrity_source"]) == (integrity, source)


def test_a_notice_whose_article_we_do_not_hold_is_told(stated: list[Row]) -> None:
    [row] = [row for row in stated if row["pmid"] == "140"]
    assert (row["says"], row["said_by"], row["is_held"], row["integrity"]) == ("retracted", "141", False, None)


def test_a_retraction_that_was_itself_retracted_is_told_and_void(stated: list[Row]) -> None:
    void = {row["statement"]: row["why_not_deciding"] for row in stated if row["pmid"] == "410"}
    assert void == dict.fromkeys(("RetractionIn", "RetractionOf"), "void: the notice was itself retracted")


def test_each_report_has_one_statement_that_decides(stated: list[Row]) -> None:
    deciding = [row["pmid"] for row in stated if row["is_deciding"]]
    assert len(deciding) == len(set(deciding))
    assert {row["pmid"] for row in stated if row["integrity"] not in (None, "current")} <= set(deciding)


def test_a_statement_names_the_stored_record_that_bears_it(stated: list[Row]) -> None:
    assert all(row["sha256"] == f"digest-{row['said_by']}" for row in stated if row["said_in"] == "pubmed")


def test_an_entry_of_a_list_is_told_with_its_reasons_and_its_file(stated: list[Row]) -> None:
    [row] = [row for row in stated if row["pmid"] == "610"]
    assert (row["said_in"], row["reasons"], row["sha256"]) == ("retraction_watch", "Error", "digest-of-the-list")


def test_what_the_list_takes_back_is_told_and_void(stated: list[Row]) -> None:
    [row] = [row for row in stated if row["pmid"] == "630"]
    assert (row["says"], row["why_not_deciding"]) == ("retracted", "void: the list says that the report was reinstated")


@pytest.mark.parametrize("pmid", ["110", "120", "150", "160", "170", "610"])
def test_a_retracted_report_stays_visible_and_counts_nowhere(
    held: AsNeeded, reports: dict[str, Row], pmid: str
) -> None:
    assert reports[pmid]["counts_as_sample"] is False
    for view in ("dosing_protocols", "durability_of_effect", "trial_demographics", "safety", "topics"):
        rows = held.rows(f"select integrity, integrity_source from evidence.{view} where pmid = '{pmid}'")  # noqa: S608
        assert {row["integrity"] for row in rows} == {"retracted"}
        assert all(row["integrity_source"] for row in rows)
    [study] = held.rows(f"from evidence.study_overview where list_contains(pmids, '{pmid}')")
    assert (study["integrity"], study["is_own_sample"], study["n"]) == ("retracted", False, None)
    assert study["integrity_source"].startswith(f"pubmed {pmid}: ")


def test_a_record_that_an_article_names_as_its_retraction_is_no_report(held: AsNeeded) -> None:
    assert held.rows("from evidence.dosing_protocols where pmid in ('121', '151')") == []


class TestVersions:
    def test_a_corrected_and_republished_article_is_counted_once_by_its_corrected_version(
        self, reports: dict[str, Row]
    ) -> None:
        old, new = reports["310"], reports["311"]
        assert (old["study_id"], new["study_id"]) == ("NCT00000001", "NCT00000001")
        assert (old["counts_as_sample"], new["counts_as_sample"]) == (False, True)
        assert old["role_reason"] == "a later version replaced it: 311"

    def test_the_republication_of_a_retracted_article_stands_for_it(self, reports: dict[str, Row]) -> None:
        assert (reports["320"]["study_id"], reports["321"]["study_id"]) == ("PMID320", "PMID320")
        assert (reports["321"]["role"], reports["321"]["counts_as_sample"]) == ("primary", True)

    def test_a_preprint_goes_with_its_journal_article_and_is_not_counted_again(self, reports: dict[str, Row]) -> None:
        assert (reports["330"]["study_id"], reports["330"]["role"]) == ("NCT00000002", "secondary")
        assert (reports["331"]["role"], reports["331"]["counts_as_sample"]) == ("primary", True)

    def test_a_duplicate_publication_never_speaks_for_its_study(self, reports: dict[str, Row]) -> None:
        assert (reports["340"]["role"], reports["340"]["role_reason"]) == ("secondary", "a duplicate publication")
        assert (reports["341"]["role"], reports["341"]["counts_as_sample"]) == ("primary", True)

    def test_a_reprint_that_only_the_article_names_is_known(self, reports: dict[str, Row]) -> None:
        row = reports["351"]
        assert (row["study_id"], row["role"], row["follows_pmids"]) == ("PMID350", "reprint", ["350"])


def test_a_withdrawn_registration_is_no_retraction_and_has_nobody_to_count(
    held: AsNeeded, reports: dict[str, Row]
) -> None:
    row = reports["NCT00000009"]
    assert (row["integrity"], row["registry_status"], row["counts_as_sample"]) == ("current", "WITHDRAWN", False)
    [study] = held.rows("from evidence.study_overview where study_id = 'NCT00000009'")
    assert (study["is_included"], study["is_own_sample"], study["status"]) == (True, False, "WITHDRAWN")


@pytest.mark.parametrize(
    "audit", ["retracted_reports_are_marked", "retracted_reports_count_nowhere", "notices_are_no_reports"]
)
def test_the_audits_of_integrity_find_nobody(held: AsNeeded, audit: str) -> None:
    path = next(path for path in database.sql_files(database.AUDITS) if path.stem == audit)
    assert held.rows(path.read_text("utf-8")) == []
