"""The report as documents: Word, Excel, Markdown, CSV, LaTeX; each whole, cited, typed and the same bytes each time."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ketalit import outputs
from ketalit.errors import SettingsError
from ketalit.export import charts, presentation
from ketalit.export.cells import plain
from ketalit.export.facts import COUNTED, WORDS, Facts, facts, long_date
from ketalit.export.report import pdf
from ketalit.export.report.blocks import Column as PrintedColumn
from ketalit.export.report.blocks import (
    Document,
    Heading,
    Paragraph,
    References,
    Row,
    Run,
    Table,
    numbers,
    text,
    words,
)
from ketalit.export.report.compose import compose
from ketalit.export.report.latex import as_latex
from ketalit.export.report.markdown import as_markdown
from ketalit.export.report.separate import as_csv
from ketalit.export.report.word import as_docx
from ketalit.export.report.word_xml import run
from ketalit.export.report.wording import days, frequency, people, span, verbatim
from ketalit.export.report.workbook import as_xlsx
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import Reader, read
from tests.reading import current

MOST_COLUMNS = 12
"""What a landscape page can hold and a person can read."""


@pytest.fixture(scope="module")
def reader(built: Settings) -> Iterator[Reader]:
    with read(Releases(built.home).current().database) as opened:
        yield opened


@pytest.fixture(scope="module")
def said(built: Settings, reader: Reader) -> Facts:
    manifest = Releases(built.home).current().manifest
    return facts(reader, manifest.release_id, manifest.as_of, ["stale: pubmed was not searched for 9 days"])


@pytest.fixture(scope="module")
def document(reader: Reader, said: Facts) -> Document:
    with pytest.MonkeyPatch.context() as patched:
        # the charts have tests of their own; the quickest of them stands for all
        patched.setattr("ketalit.export.charts.CHARTS", charts.CHARTS[-1:])
        return compose(reader, said, "png")


@pytest.fixture(scope="module")
def word(document: Document) -> bytes:
    return as_docx(document)


@pytest.fixture(scope="module")
def opened(word: bytes) -> Any:
    return docx.Document(io.BytesIO(word))


@pytest.fixture(scope="module")
def workbook(reader: Reader, said: Facts) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(as_xlsx(reader, said)))


# ---- what every output must say


def test_each_count_of_the_text_has_its_query_and_its_words(document: Document, said: Facts) -> None:
    assert set(COUNTED) == set(WORDS) == set(said.counts)
    (appendix,) = (table for table in document.tables if table.name == "counts")
    assert [words(row.cells[2]) for row in appendix.rows] == list(COUNTED.values())


def test_every_number_of_the_methods_text_is_a_count_a_date_or_a_version(document: Document, said: Facts) -> None:
    held = {f"{count:,}" for count in said.counts.values()}
    held |= {f"{said.counts['included_papers'] + said.counts['included_registrations']:,}"}
    held |= {f"{search.n_found:,}" for search in said.searches if search.n_found is not None}
    dated = {part for day in said.as_of.values() for part in long_date(day).split()}
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph) and block.kind != "code"]
    found = set(re.findall(r"\d[\d,]*\d|\d", " ".join(words(paragraph.runs) for paragraph in paragraphs)))
    assert found - held - dated - {"1"} == set()


def test_partial_coverage_sample_data_and_retractions_stand_above_every_table(document: Document) -> None:
    for table in document.tables:
        head = " ".join(table.head)
        assert ("SAMPLE DATA" in head, "PARTIAL COVERAGE" in head, "1 retracted report" in head) == (True,) * 3


def test_a_release_without_blemish_warns_of_nothing(said: Facts) -> None:
    clean = msgspec.structs.replace(said, is_sample=False, is_replayed=False, accepted=(), unobtained=())
    assert clean.warnings == ()
    assert msgspec.structs.replace(clean, is_replayed=True).warnings[0].startswith("Not from the services")


# ---- tables


def test_no_printed_table_is_wider_than_a_page(document: Document) -> None:
    assert {len(table.columns) <= MOST_COLUMNS for table in document.tables} == {True}
    for table in document.tables:
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}, table.name


def test_references_are_numbered_in_the_order_in_which_they_are_first_cited(document: Document) -> None:
    cited = [
        number
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for run in cell
        for number in run.cited
    ]
    (found,) = (block for block in document.blocks if isinstance(block, References))
    assert list(dict.fromkeys(cited)) == [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))


def test_every_table_of_studies_names_the_references_that_it_rests_on(document: Document) -> None:
    for table in document.tables:
        if table.name not in {"counts", "representation", "prisma_flow", "prisma_s"}:
            assert table.sources


def test_one_record_speaks_for_each_study_and_retracted_rows_are_marked(document: Document, built: Settings) -> None:
    (dosing,) = (table for table in document.tables if table.name == "dosing_protocols")
    (preferred,) = current(built, "select count(*) from dosing_protocols where is_preferred")[0]
    standing = [row for row in dosing.rows if not row.is_retracted]
    retracted = [words(row.cells[0]) for row in dosing.rows if row.is_retracted]
    assert len(standing) == preferred
    assert retracted
    assert all(name.startswith("RETRACTED") for name in retracted)
    assert f"{preferred} regimens" in dosing.caption


def test_a_trial_of_four_doses_is_printed_as_a_journal_prints_it(document: Document) -> None:
    (dosing,) = (table for table in document.tables if table.name == "dosing_protocols")
    rows = [[words(cell) for cell in row.cells] for row in dosing.rows]
    fava = [row[1:] for row in rows if row[0].startswith("Fava 2018")]
    same = ["40", "1", "single dose", "NR", "midazolam"]
    assert fava == [
        ["Ketamine 0.1 mg/kg", "ketamine", "IV", "0.1 mg/kg", *same, "18 randomised"],
        ["Ketamine 0.2 mg/kg", "ketamine", "IV", "0.2 mg/kg", *same, "20 randomised"],
        ["Ketamine 0.5 mg/kg", "ketamine", "IV", "0.5 mg/kg", *same, "22 randomised"],
        ["Ketamine 1.0 mg/kg", "ketamine", "IV", "1 mg/kg", *same, "20 randomised"],
    ]


# ---- Word


def test_word_tables_repeat_their_header_row_and_break_no_row(opened: Any, document: Document) -> None:
    assert len(opened.tables) == len(document.tables)
    for table in opened.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_word_numbers_tables_and_figures_itself(opened: Any, document: Document) -> None:
    fields = [node.text.strip() for node in opened.element.body.iter(qn("w:instrText"))]
    assert fields.count("SEQ Table \\* ARABIC") == len(document.tables)
    assert fields.count("SEQ Figure \\* ARABIC") == len(document.pictures)


def test_word_has_headings_landscape_tables_and_upright_text(opened: Any) -> None:
    headings = [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0] == "Methods"
    assert "References" in headings
    shapes = [section.page_width > section.page_height for section in opened.sections]
    assert shapes == [False, True, False, True]


def test_every_citation_in_word_leads_to_a_bookmark_of_the_reference_list(opened: Any) -> None:
    marks = {node.get(qn("w:name")) for node in opened.element.body.iter(qn("w:bookmarkStart"))}
    links = {node.get(qn("w:anchor")) for node in opened.element.body.iter(qn("w:hyperlink"))} - {None}
    assert links - marks == set()
    assert any(link.startswith("k_ref_") for link in links)


def test_bookmarks_of_word_have_numbers_of_their_own(opened: Any) -> None:
    ids = [node.get(qn("w:id")) for node in opened.element.body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_word_says_on_every_page_what_must_be_known(opened: Any, document: Document) -> None:
    assert "SAMPLE DATA" in opened.sections[0].header.paragraphs[0].text
    assert document.release_id in opened.sections[0].footer.paragraphs[0].text


def test_figures_in_word_are_described(opened: Any) -> None:
    described = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert described
    assert all(words and len(words) > 40 for words in described)


def test_word_files_carry_no_clock_and_are_the_same_bytes_each_time(word: bytes, document: Document) -> None:
    assert as_docx(document) == word
    with zipfile.ZipFile(io.BytesIO(word)) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert document.day.encode() in held.read("docProps/core.xml")


# ---- Excel


def cells_of(book: zipfile.ZipFile, sheet: int) -> dict[str, tuple[str | None, str]]:
    """Cell → its type (s: text, None: number) and its value, texts looked up."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    strings = [
        "".join(node.itertext()) for node in etree.fromstring(book.read("xl/sharedStrings.xml")).findall("x:si", space)
    ]
    found = {}
    for cell in etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{{{space['x']}}}c"):
        value = cell.findtext("x:v", namespaces=space)
        if value is not None:
            kind = cell.get("t")
            found[cell.get("r")] = (kind, strings[int(value)] if kind == "s" else value)
    return found


def sheets_of(book: zipfile.ZipFile) -> list[str]:
    root = etree.fromstring(book.read("xl/workbook.xml"))
    return [node.get("name") for node in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet")]


def test_the_workbook_holds_every_view_a_reference_list_and_the_dictionary(workbook: zipfile.ZipFile) -> None:
    names = sheets_of(workbook)
    assert names[0] == "About"
    assert names[-2:] == ["References", "Dictionary"]
    assert len(names) == len(presentation.VIEWS) + 3


def test_numbers_are_numbers_and_texts_are_texts_in_the_workbook(workbook: zipfile.ZipFile) -> None:
    cells = cells_of(workbook, sheets_of(workbook).index("Dosing protocols") + 1)
    heads = {value: name.rstrip("0123456789") for name, (_, value) in cells.items() if name.endswith("5")}
    doses = [cells[name] for name in cells if re.fullmatch(rf"{heads['Dose (lowest)']}\d+", name)][1:]
    pmids = [cells[name] for name in cells if re.fullmatch(rf"{heads['PMID']}\d+", name)][1:]
    assert {kind for kind, value in doses if value[0].isdigit()} == {None}
    assert "not reported" in {value for _, value in doses}
    assert {kind for kind, _ in pmids} == {"s"}


def test_every_sheet_has_a_frozen_head_and_a_filter_and_says_what_must_be_known(workbook: zipfile.ZipFile) -> None:
    for number in range(2, len(sheets_of(workbook)) + 1):
        xml = workbook.read(f"xl/worksheets/sheet{number}.xml").decode()
        assert 'state="frozen"' in xml
        assert "<autoFilter" in xml
        assert 'hidden="1"' not in xml.split("<sheetData>")[0].replace("_FilterDatabase", "")
        assert "SAMPLE DATA" in cells_of(workbook, number)["A3"][1]


def test_no_cell_of_the_workbook_is_a_formula(workbook: zipfile.ZipFile) -> None:
    assert [name for name in workbook.namelist() if b"<f>" in workbook.read(name)] == []


def test_the_workbook_is_the_same_bytes_each_time_and_carries_no_clock(
    reader: Reader, said: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {name: presentation.VIEWS[name] for name in ("dosing_protocols", "trial_pipeline")}
    monkeypatch.setattr("ketalit.export.report.workbook.VIEWS", few)
    first = as_xlsx(reader, said)
    assert as_xlsx(reader, said) == first
    with zipfile.ZipFile(io.BytesIO(first)) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert said.day.encode() in held.read("docProps/core.xml")


# ---- Markdown, CSV, LaTeX


def test_markdown_has_as_many_columns_in_each_row_as_in_its_head(document: Document) -> None:
    lines = as_markdown(document).decode().splitlines()
    tables = [line for line in lines if line.startswith("| ")]
    assert len(tables) == sum(len(table.rows) + 2 for table in document.tables)
    assert {"](#ref-1)" in line for line in tables if "aan het Rot 2010" in line} == {True}


def test_csv_is_one_file_a_table_with_its_head_and_notes(document: Document) -> None:
    files = as_csv(document, "evidence")
    assert len(files) == len(document.tables) + 1
    rows = list(csv.reader(io.StringIO(files["evidence-2-dosing_protocols.csv"].decode("utf-8-sig"))))
    head = rows.index([column.heading for column in document.tables[1].columns])
    assert rows[0][0].startswith("Table 2. Dosing protocols")
    assert len(rows[head + 1 :]) == len(document.tables[1].rows) + 1 + len(document.tables[1].notes)


def test_latex_cites_what_its_bibliography_holds_and_closes_what_it_opens(document: Document) -> None:
    tex = as_latex(document, "figures").decode()
    cited = {key for keys in re.findall(r"\\cite\{([^}]*)\}", tex) for key in keys.split(",")}
    assert cited == set(re.findall(r"\\bibitem\{([^}]*)\}", tex))
    assert re.findall(r"\\begin\{(\w+)\}", tex).sort() == re.findall(r"\\end\{(\w+)\}", tex).sort()
    for environment in ("landscape", "longtable", "figure", "document"):
        assert tex.count(f"\\begin{{{environment}}}") == tex.count(f"\\end{{{environment}}}") > 0


# ---- hostile text


def tiny(words_of_others: str) -> Document:
    cell = text(Run(text=words_of_others))
    column = PrintedColumn(words_of_others or "x", 10)
    table = Table("t", words_of_others, (words_of_others,), (column,), (Row((cell,)),), (words_of_others,))
    blocks = (Heading(words_of_others, anchor="a"), Paragraph(cell), table)
    twice = ((words_of_others, words_of_others),)
    return Document(
        words_of_others, words_of_others, twice, (words_of_others,), (words_of_others,), "id", "2026-01-01", blocks
    )


HOSTILE = "<script>x</script> & <w:p> | [a](javascript:b) `c` \\end{document} $x_1$ # % \x00\x0b\u202e =1+1"


def test_text_of_others_is_no_markup_in_any_document() -> None:
    made = docx.Document(io.BytesIO(as_docx(tiny(HOSTILE))))
    cell = made.tables[0].cell(1, 0).text
    markdown = as_markdown(tiny(HOSTILE)).decode()
    tex = as_latex(tiny(HOSTILE), "figures").decode()
    assert cell.startswith("<script>x</script> & <w:p> | [a](javascript:b)")
    assert ("<script>" in markdown, "[a](" in markdown) == (False, False)
    assert tex.count("\\end{document}") == 1
    assert as_csv(tiny("=1+1"), "x")["x-1-t.csv"].count(b"'=1+1") == 4


@given(st.text(max_size=40))
def test_any_text_stands_in_word_as_it_is(words_of_others: str) -> None:
    held = "".join(node.text or "" for node in run(words_of_others).iter(qn("w:t")))
    assert "".join(held.split()) == "".join(plain(words_of_others).split())


# ---- wording


@pytest.mark.parametrize(
    ("worded", "expected"),
    [
        (span(0.5, 1.0), "0.5–1"),
        (span(56, None), "56"),
        (days(28), "4 weeks"),
        (days(1), "1 day"),
        (days(0.5), "12 hours"),
        (days(10), "10 days"),
        (frequency(2), "twice weekly"),
        (frequency(0.5), "every 2 weeks"),
        (frequency(0.25), "every 4 weeks"),
        (frequency(3.5), "3.5 a week"),
        (people(15, 62.5), "15 (62.5%)"),
        (people(None, 62.5), "62.5%"),
        (verbatim("MADRS fall of \\>=50%"), "MADRS fall of ≥50%"),
        (numbers([5, 1, 3, 4, 3, 9, 8]), "1, 3–5, 8, 9"),
    ],
)
def test_values_are_worded_as_a_journal_prints_them(worded: str, expected: str) -> None:
    assert worded == expected


# ---- the verb


def test_the_report_is_written_where_it_is_asked_for_with_what_belongs_to_it(built: Settings, tmp_path: Path) -> None:
    written = outputs.report(built, "md", tmp_path / "new" / "evidence.md")
    assert written == (tmp_path / "new" / "evidence.md",)
    tables = outputs.report(built, "csv", tmp_path / "tables.csv")
    assert all(path.is_file() for path in (*written, *tables))
    assert "tables-references.csv" in {path.name for path in tables}


def test_a_report_that_cannot_be_written_is_told(built: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        outputs.report(built, "csv", tmp_path / "file" / "x.csv")


def test_a_release_of_another_version_is_told_to_be_built_anew(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {**presentation.VIEWS, "to_come": presentation.VIEWS["topics"]}
    monkeypatch.setattr("ketalit.export.presentation.VIEWS", more)
    with pytest.raises(SettingsError, match="it has no to_come"):
        outputs.report(built, "md", tmp_path / "x.md")


def test_pdf_without_a_browser_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(SettingsError, match="none is there") as caught:
        pdf.as_pdf(b"<p>x</p>", "2026-01-01")
    assert "apt-get install chromium" in caught.value.hint


def test_a_browser_prints_the_page_dated_by_the_release() -> None:
    printed = pdf.as_pdf(b"<title>x</title><p>Table 1</p>", "2026-01-02")
    assert printed.startswith(b"%PDF-")
    assert b"/CreationDate (D:20260102000000" in printed


def test_rules_that_were_not_measured_are_told_apart_from_records_that_are_missing(said: Facts) -> None:
    whole = msgspec.structs.replace(said, unobtained=(), accepted=("accuracy: the rules are not those measured",))
    assert ("RULES NOT MEASURED: see the title page." in whole.short_head) is True
    assert not any("PARTIAL COVERAGE" in line for line in whole.short_head)
    assert whole.warnings[-1].startswith("Extraction not measured, accepted when the release was built: accuracy:")
