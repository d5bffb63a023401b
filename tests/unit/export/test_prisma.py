"""PRISMA: a diagram whose boxes add up, and a search record that says what it does not know."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html
from msgspec.structs import replace

from ketalit import outputs
from ketalit.errors import SettingsError, WarehouseError
from ketalit.export.facts import Facts, facts
from ketalit.export.prisma import Flow, Item, Since, flow, prisma_files, record, svg, table
from ketalit.export.prisma.counts import BOXES, SUMS
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import Reader, read
from ketalit.warehouse.database import Warehouse
from tests.unit.warehouse.examples import facts as facts_of
from tests.unit.warehouse.examples import load, publication

SPACE = {"s": "http://www.w3.org/2000/svg"}
SINCE = Since(
    release_id="before", day="2026-11-19", studies=40, reports=55, new_studies=5, gone_studies=1, new_reports=7,
    gone_reports=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(built: Settings) -> Iterator[Reader]:
    with read(Releases(built.home).current().database) as reader:
        yield reader


@pytest.fixture(scope="module")
def told(built: Settings, reader: Reader) -> Facts:
    manifest = Releases(built.home).current().manifest
    return facts(reader, manifest.release_id, manifest.as_of, manifest.accepted)


@pytest.fixture(scope="module")
def found(reader: Reader) -> Flow:
    return flow(reader)


@pytest.fixture(scope="module")
def items(reader: Reader, told: Facts, found: Flow) -> dict[str, Item]:
    return {item.number: item for item in record(reader, told, found)}


@pytest.fixture(scope="module")
def files(found: Flow, told: Facts, items: dict[str, Item]) -> dict[str, bytes]:
    return dict(prisma_files(found, tuple(items.values()), told))


class Rows:
    """A reader that gives these rows whatever it is asked."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self._rows = list(rows)

    def rows(self, query: str, parameters: object = None) -> list[dict[str, Any]]:
        return self._rows


# ---- flow of records


def test_the_boxes_add_up_and_are_those_of_the_screening(found: Flow, reader: Reader) -> None:
    (screened,) = reader.rows(
        "select count(*) as all_records, count(*) filter (decision = 'excluded') as excluded,"
        " count(*) filter (decision in ('included', 'needs review')) as included from evidence.screening"
    )
    assert [found.n(box) for box in ("identified", "excluded", "reports included")] == list(screened.values())
    for whole, boxes in SUMS:
        assert found.n(whole) == sum(found.n(box) for box in boxes)


def test_boxes_that_do_not_add_up_are_refused_in_words() -> None:
    rows = Rows(
        {"place": 1, "stage": "identification", "box": "identified", "source": "pubmed", "reason": None, "n": 3},
        {"place": 3, "stage": "screening", "box": "screened", "source": "pubmed", "reason": None, "n": 2},
    )
    with pytest.raises(WarehouseError, match="records identified 3, but records removed before screening 0") as caught:
        flow(rows)  # type: ignore[arg-type]
    assert "ketalit build" in caught.value.hint


def test_a_release_that_is_older_than_its_flow_says_what_to_do() -> None:
    with pytest.raises(WarehouseError, match="built before ketalit counted the flow"):
        flow(Rows())  # type: ignore[arg-type]


def test_what_is_new_since_the_release_before_and_what_left(reader: Reader) -> None:
    gone = Rows({"name": "PMID0"}, {"name": "NCT02493868"}, {"name": "ctgov:NCT02493868"})
    since = flow(reader, ("before", "2026-11-19", gone)).since  # type: ignore[arg-type]
    assert since is not None
    assert (since.studies, since.gone_studies) == (3, 2)
    assert since.studies - since.gone_studies + since.new_studies == flow(reader).n("studies included")
    assert since.reports - since.gone_reports + since.new_reports == flow(reader).n("reports included")


def test_the_diagram_shows_every_box_with_its_number(found: Flow, told: Facts) -> None:
    words = " ".join(etree.fromstring(svg(found, told).encode()).itertext()).replace("\u00a0", " ")
    for box, name in BOXES.items():
        assert f"{name} (n = {found.n(box):,})" in " ".join(words.split()), box
    assert "PubMed (n = " in words
    assert "Sample data" in words


def test_the_diagram_is_an_image_that_describes_itself_and_asks_for_nothing(found: Flow, told: Facts) -> None:
    root = etree.fromstring(svg(found, told).encode())
    description = root.findtext("s:desc", namespaces=SPACE)
    assert root.get("role") == "img"
    assert f"records excluded {found.n('excluded')}" in str(description)
    assert root.xpath("//s:script | //s:image | //s:use", namespaces=SPACE) == []


def test_an_update_shows_the_previous_version_beside_the_flow(found: Flow, told: Facts) -> None:
    words = " ".join(" ".join(etree.fromstring(svg(replace(found, since=SINCE), told).encode()).itertext()).split())
    assert "Previous version" in words
    assert "New studies included in review (n = 5)" in words.replace("\u00a0", " ")
    assert "Previous version" not in svg(found, told)


def test_boxes_lie_within_the_page_and_do_not_cover_one_another(found: Flow, told: Facts) -> None:
    root = etree.fromstring(svg(replace(found, since=SINCE), told).encode())
    drawn = [
        tuple(float(box.get(side)) for side in ("x", "y", "width", "height"))
        for box in root.findall("s:rect", SPACE)
        if box.get("width") != "100%"
    ]
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in drawn)
    covering = [
        (a, b)
        for a in drawn
        for b in drawn
        if a < b and a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
    ]
    assert covering == []


def test_reasons_are_words_and_never_markup(told: Facts, found: Flow) -> None:
    rows = [{**row, "reason": "<script>" if row["box"] == "excluded" else row["reason"]} for row in found.rows]
    drawn = etree.fromstring(svg(Flow(rows=tuple(rows)), told).encode())
    assert drawn.xpath("//*[local-name() = 'script']") == []
    assert "<script> (n" in "".join(drawn.itertext())


def test_the_reasons_beyond_the_eighth_are_one_line_and_all_in_the_table(told: Facts, found: Flow) -> None:
    base = next(row for row in found.rows if row["box"] == "excluded")
    many = tuple({**base, "reason": f"reason {number:02}", "n": 20 - number} for number in range(12))
    crowded = Flow(rows=many)
    words = " ".join(etree.fromstring(svg(crowded, told).encode()).itertext()).replace("\u00a0", " ")
    assert f"4 other reasons, see table (n = {12 + 11 + 10 + 9})" in " ".join(words.split())
    assert len(table(crowded)) == 12


# ---- search record


def test_the_record_answers_sixteen_items_and_six_of_a_living_review(items: dict[str, Item]) -> None:
    assert list(items) == [*(str(n) for n in range(1, 17)), *(f"L{n}" for n in range(1, 7))]
    assert all(item.answers for item in items.values())


@pytest.mark.parametrize("number", ["4", "6", "11", "14", "L2"])
def test_what_ketalit_cannot_know_is_said_so(items: dict[str, Item], number: str) -> None:
    assert items[number].basis == "not known to ketalit"
    assert "not in" in items[number].answers[0]


def test_strategies_stand_exactly_as_they_were_sent(items: dict[str, Item], reader: Reader) -> None:
    sent = {row["query_sent"] for row in reader.rows("select query_sent from core.query")}
    assert {text for label, text in items["8"].verbatim if label.endswith("as sent")} == sent


def test_the_record_counts_records_of_each_run(items: dict[str, Item], found: Flow) -> None:
    first, *runs = items["15"].answers
    assert first.startswith(f"{found.n('identified'):,} different records: PubMed ")
    assert any("promised" in run and "PubMed" in run for run in runs)


def test_changes_since_are_told_and_their_absence_too(reader: Reader, told: Facts, found: Flow) -> None:
    def changes(flow: Flow) -> str:
        return next(item.answers[0] for item in record(reader, told, flow) if item.number == "L4")

    assert changes(found) == "No release before this one is kept."
    assert "5 new studies, 1 no longer included" in changes(replace(found, since=SINCE))


def test_an_import_is_another_method_and_no_search(tmp_path: Path, told: Facts) -> None:
    with Warehouse.create(tmp_path / "evidence.duckdb") as warehouse:
        load(warehouse, [publication()], [facts_of()])
        warehouse.run_sql()
        warehouse.rows(
            "insert into core.run by name select 'r' as run_id, 'pubmed' as source, 'import' as kind,"
            " timestamp '2026-01-02' as started_at, 1 as promised, 1 as stored, 0 as unchanged, 0 as explained,"
            " 'complete' as status, '0' as ketalit_version"
        )
        warehouse.rows("update core.document set run_id = 'r', request = '/somewhere/found.xml'")
        warehouse.finish()
    with read(tmp_path / "evidence.duckdb") as reader:
        answers = {item.number: " ".join(item.answers) for item in record(reader, told, flow(reader))}
    assert answers["1"] == "PubMed was not searched."
    assert answers["7"].startswith("1 record of PubMed imported from the file found.xml; ")
    assert answers["8"] == "No query was sent: see item 7."
    assert answers["13"] == "PubMed: files imported 2 January 2026."


# ---- files


def test_the_page_is_whole_harmless_and_warned(files: dict[str, bytes]) -> None:
    page = lxml_html.fromstring(files["prisma.html"].decode())
    assert page.xpath("//script | //link | //img | //iframe") == []
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "Sample data" in page.xpath("string(//p[@class='banner'])")
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//h4")) == 22


def test_table_and_record_are_csv_that_runs_no_formula(files: dict[str, bytes], found: Flow) -> None:
    rows = list(csv.DictReader(io.StringIO(files["prisma-flow.csv"].decode("utf-8-sig"), newline="")))
    assert sum(int(row["n"]) for row in rows if row["Box"] == "Records excluded") == found.n("excluded")
    searched = list(csv.DictReader(io.StringIO(files["prisma-search.csv"].decode("utf-8-sig"), newline="")))
    lines = [line for row in searched for cell in row.values() for line in cell.splitlines()]
    assert [line for line in lines if line.startswith(("=", "+", "-", "@"))] == []


def test_a_folder_that_cannot_be_written_is_told(built: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        outputs.prisma(built, tmp_path / "file")
