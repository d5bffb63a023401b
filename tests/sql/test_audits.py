"""Each audit finds the offender that it is there for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ketalit.errors import AuditFailed
from ketalit.warehouse import database, sql_folder
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import statements
from tests.unit.warehouse.examples import facts, load, publication, reference, registration, registry_facts, stated_id

AUDITS = sorted(path.stem for path in (sql_folder() / "90_audit").glob("*.sql"))

PLANTED = {
    "ages_are_plausible": "insert into bridge._demographics_cell by name"
    " select * replace ('age_mean' as column_name, 200 as value_number) from bridge._demographics_cell"
    " where column_name = 'n' and source_id = '101'",
    "category_counts_add_up_or_say_why": "insert into bridge._demographics_cell by name"
    " select * replace ('n_female' as column_name, 3 as value_number) from bridge._demographics_cell"
    " where column_name = 'n' and source_id = 'NCT00000001'",
    "candidates_are_not_merged": "insert into core.link_candidate values"
    " ('101', 'NCT00000001', 'ctgov', 'NCT00000001', 15)",
    "doses_are_positive": "update bridge._dosing_cell set value_number = -1 where column_name = 'dose'",
    "every_cell_source_is_a_document": "delete from core.document where source_id = '101'",
    "every_document_is_accounted_for": "delete from core.registration",
    "every_document_is_in_a_study_or_rejected": "update bridge._report set study_id = null where source_id = '101'",
    "every_document_is_judged": "delete from core.judgement where source_id = '101'",
    "every_document_is_stored_once": "insert into core.publication from core.publication",
    "every_dose_has_a_unit": "delete from bridge._dosing_cell where column_name = 'dose_unit'",
    "every_reading_quotes_its_document": "update core.reading set quote = '' where attribute = 'dose'",
    "every_run_is_complete": "insert into core.run values"
    " ('r', 'pubmed', 'refresh', 'full', null, null, null, null, null, '2026-01-01', null, 2, 1, 0, 0,"
    " 'incomplete', '0')",
    "every_shown_report_has_its_rows": "delete from bridge._demographics_row where source_id = '101'",
    "every_value_cell_has_a_source": "update bridge._dosing_cell set quote = ' ' where column_name = 'dose'",
    "last_dose_not_before_first_dose": "insert into bridge._durability_cell by name"
    " select * replace ('days_after_last_dose' as column_name, 99 as value_number) from bridge._durability_cell"
    " where column_name = 'days_after_first_dose' and source_id = '101'",
    "links_point_to_known_publications": "update core.link set pmid = '999'",
    "no_background_reference_links": "update core.registry_reference set kind = 'BACKGROUND'",
    "no_part_exceeds_its_whole": "update bridge._durability_cell set value_number = 99 where column_name = 'n'",
    "notices_are_no_reports": "update core.publication set integrity = 'notice' where pmid = '101'",
    "only_shown_reports_are_in_the_tables": "update bridge._report set is_included = false where source_id = '101'",
    "one_paper_is_primary": "update bridge._report set counts_as_sample = true",
    "one_report_is_preferred": "update bridge._dosing_row set is_preferred = true",
    "percentages_between_0_and_100": "update bridge._durability_cell set value_number = 160 where column_name = 'pct'",
    "prisma_boxes_add_up": "delete from core.document where source_id = '101'",
    "retracted_reports_are_marked": "insert into core.correction values ('101', 1, 'RetractionIn', '102', null)",
    "retracted_reports_count_nowhere": "update bridge._report set integrity = 'retracted' where source_id = '101'",
    "row_ids_are_unique": "insert into bridge._dosing_row from bridge._dosing_row",
    "secondary_reports_are_no_samples": "update bridge._report set role = 'pooled' where counts_as_sample",
    "study_ids_are_unique": "insert into core.study from core.study",
    "times_are_not_negative": "update bridge._durability_cell set value_number = -7 where column_name = 'time_days'",
    "withdrawn_documents_are_in_no_table": "insert into core.withdrawn_document"
    " select source, source_id, null, 'gone', null, now()::timestamp, 'r', '', now()::timestamp, '' from core.document",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """One trial with its paper, joined by DataBank and by a result reference; nothing wrong with it."""
    records = publication("101", registry_ids=(stated_id("NCT00000001"),)), registration(references=(reference("101"),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_statements", statements)
        with Warehouse.create(tmp_path_factory.mktemp("audits") / "new.duckdb") as warehouse:
            load(warehouse, records, [facts("101"), registry_facts()])
            warehouse.run_sql()
            yield warehouse


@pytest.fixture
def warehouse(sound: Warehouse) -> Iterator[Warehouse]:
    """The sound base; what a test plants in it is taken back."""
    sound.rows("begin")
    yield sound
    sound.rows("rollback")


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Ask one audit and no other."""
    files = tuple(database.sql_files(database.AUDITS))

    def choose(audit: str) -> None:
        monkeypatch.setattr(database, "sql_files", lambda _: [path for path in files if path.stem == audit])

    return choose


def test_a_sound_base_passes_every_audit(warehouse: Warehouse) -> None:
    assert list(warehouse.audit()) == AUDITS


def test_every_audit_has_its_planted_offender() -> None:
    assert sorted(PLANTED) == AUDITS


@pytest.mark.parametrize("audit", AUDITS)
def test_an_audit_finds_its_offender(warehouse: Warehouse, only: Callable[[str], None], audit: str) -> None:
    only(audit)
    warehouse.rows(PLANTED[audit])
    with pytest.raises(AuditFailed, match=f"Audit {audit} found"):
        warehouse.audit()


@pytest.mark.parametrize("audit", AUDITS)
def test_an_audit_asks_one_question_in_a_fixed_order(audit: str) -> None:
    text = (sql_folder() / "90_audit" / f"{audit}.sql").read_text("utf-8")
    assert text.startswith(f"-- {audit}\n-- question: ")
    assert "order by" in text


def test_the_failure_names_the_first_offenders(warehouse: Warehouse, only: Callable[[str], None]) -> None:
    only("doses_are_positive")
    warehouse.rows(PLANTED["doses_are_positive"])
    with pytest.raises(AuditFailed, match=r"1 offender\(s\): row_id NCT00000001/pubmed:101/regimen/1, drug esketamine"):
        warehouse.audit()


def test_the_failure_says_that_the_last_release_stays(warehouse: Warehouse, only: Callable[[str], None]) -> None:
    only("doses_are_positive")
    warehouse.rows(PLANTED["doses_are_positive"])
    with pytest.raises(AuditFailed) as caught:
        warehouse.audit()
    assert "the last good release stays current" in caught.value.hint
