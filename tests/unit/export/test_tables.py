"""The published files: complete, cited, the same bytes each time, and harmless whatever a title says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import lxml.html
import pyarrow.parquet as pq
import pytest

from ketalit import pipeline, settings
from ketalit.errors import SettingsError
from ketalit.export import charts
from ketalit.export.tables import PUBLISHED
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.vocabulary import Source
from ketalit.warehouse import read

TABLES = ("dosing_protocols", "durability_of_effect", "trial_demographics")


@pytest.fixture(scope="module")
def published(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("publish")
    with pytest.MonkeyPatch.context() as patched:
        one_chart(patched)
        pipeline.publish(built, out)
    return out


def one_chart(patched: pytest.MonkeyPatch) -> None:
    """The charts have tests of their own; the quickest of them stands for all."""
    patched.setattr("ketalit.export.charts.CHARTS", charts.CHARTS[-1:])


@pytest.fixture(scope="module")
def page(published: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((published / "report.html").read_bytes())


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("view", PUBLISHED)
def test_csv_and_parquet_hold_every_row_of_the_view(published: Path, built: Settings, view: str) -> None:
    count = Releases(built.home).current().counts[f"evidence.{view}"]
    parquet = pq.read_table(published / f"{view}.parquet")
    assert (len(rows_of(published / f"{view}.csv")), parquet.num_rows) == (count, count)


def test_numbers_in_csv_are_those_of_parquet(published: Path) -> None:
    doses = [row["dose"] for row in rows_of(published / "dosing_protocols.csv")]
    typed = pq.read_table(published / "dosing_protocols.parquet")["dose"].to_pylist()
    assert [float(dose) if dose else None for dose in doses] == typed


def test_a_markdown_table_has_as_many_rows_as_the_view(published: Path, built: Settings) -> None:
    text = (published / "dosing_protocols.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == Releases(built.home).current().counts["evidence.dosing_protocols"] + 2


def test_publishing_twice_gives_the_same_bytes(
    published: Path, built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_chart(monkeypatch)
    pipeline.publish(built, tmp_path)
    first = {path.name: path.read_bytes() for path in published.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_the_manifest_names_the_release_and_the_digest_of_each_file(published: Path, built: Settings) -> None:
    manifest = json.loads((published / "manifest.json").read_bytes())
    digests = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in published.iterdir() if p.suffix != ".json"}
    assert manifest == {"release_id": Releases(built.home).current().release_id, "sha256": digests}


def test_a_folder_that_cannot_be_written_is_told(built: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        pipeline.publish(built, tmp_path / "file")


# ---- the report


@pytest.mark.parametrize("view", TABLES)
def test_each_row_of_the_report_cites_references_of_its_list(page: lxml.html.HtmlElement, view: str) -> None:
    rows = page.xpath(f"//table[@id='table-{view}']/tbody/tr")
    listed = {f"#{name}" for name in page.xpath("//ol[@class='references']/li/@id")}
    cited = [set(row.xpath("th//span[@class='cited']/a/@href")) for row in rows]
    assert rows
    assert all(links and links <= listed for links in cited)


def test_every_link_leads_to_one_of_the_two_services_or_to_a_place_on_the_page(page: lxml.html.HtmlElement) -> None:
    hosts = r"https://(pubmed\.ncbi\.nlm\.nih\.gov/\d+/|clinicaltrials\.gov/study/NCT\d{8})"
    places = {f"#{name}" for name in page.xpath("//@id")}
    assert [href for href in page.xpath("//@href") if href not in places and not re.fullmatch(hosts, href)] == []


def test_the_report_loads_nothing_and_runs_nothing(page: lxml.html.HtmlElement) -> None:
    loaded = page.xpath("//script | //link | //iframe | //@onclick | //@onload")
    images = page.xpath("//img/@src")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert (loaded, policy) == ([], ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"])
    assert {source.split(",")[0] for source in images} == {"data:image/svg+xml;base64"}


def test_every_figure_is_described_for_those_who_cannot_see_it(page: lxml.html.HtmlElement) -> None:
    assert all(len(words) > 40 for words in page.xpath("//img/@alt"))


def test_sample_data_are_said_to_be_no_evidence_on_the_page_and_above_each_table(page: lxml.html.HtmlElement) -> None:
    assert "Cite nothing" in page.xpath("string(//p[@class='banner'])")
    heads = page.xpath("//table/caption/span/text()")
    assert {"SAMPLE DATA: cite nothing." in head for head in heads} == {True}


def test_a_retracted_report_is_struck_through_and_named(page: lxml.html.HtmlElement) -> None:
    struck = page.xpath("//tr[@class='retracted']/th")
    assert struck
    assert {"RETRACTED" in cell.text_content() for cell in struck} == {True}


def test_an_empty_cell_says_why_and_a_note_spells_it_out(page: lxml.html.HtmlElement) -> None:
    assert "NR" in page.xpath("//table[@id='table-dosing_protocols']//span[@class='absent']/text()")
    assert "NR: not reported" in page.text_content()


def test_a_value_is_shown_with_its_quote(page: lxml.html.HtmlElement, built: Settings) -> None:
    with read(Releases(built.home).current().database) as reader:
        (cell,) = reader.rows(
            "select quote from evidence.cell_source join evidence.dosing_protocols using (row_id)"
            " where view_name = 'dosing_protocols' and column_name = 'dose' and is_preferred order by all limit 1"
        )
    assert cell["quote"] in page.xpath("//q/text()")


HOSTILE = "<script>alert(1)</script> =HYPERLINK(x) | [a](javascript:b) \u202e"


def test_hostile_text_stays_text_in_every_format(tmp_path: Path) -> None:
    record = (
        '<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">7</PMID><Article><ArticleTitle>'
        "Ketamine for depression: &lt;script&gt;alert(1)&lt;/script&gt; =HYPERLINK(x) | [a](javascript:b) \u202e"
        "</ArticleTitle><Abstract><AbstractText Label='METHODS'>Twenty patients with depression received ketamine"
        " 0.5 mg/kg &lt;b&gt;over 40 minutes&lt;/b&gt;.</AbstractText></Abstract></Article></MedlineCitation>"
        "</PubmedArticle></PubmedArticleSet>"
    )
    file = tmp_path / "hostile.xml"
    file.write_text(record, "utf-8")
    chosen = settings.read(home=tmp_path / "home")
    pipeline.import_files(chosen, Source.PUBMED, [file])
    pipeline.build(chosen)
    pipeline.publish(chosen, tmp_path / "out")
    html = (tmp_path / "out" / "report.html").read_text("utf-8")
    markdown = (tmp_path / "out" / "screening.md").read_text("utf-8")
    (row,) = rows_of(tmp_path / "out" / "screening.csv")
    assert ("<script>" in html, "<b>" in html, "<script>" in markdown, "\u202e" in row["title"]) == (False,) * 4
    assert (row["title"].startswith("Ketamine for depression: <script>"), "[a](" in markdown) == (True, False)
