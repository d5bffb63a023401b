"""Hostile text and files: what cannot be read costs itself alone, and what can be read runs nowhere."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from ketalit import cli, pipeline, settings
from ketalit.durable import digest, write_durably
from ketalit.errors import DocumentUnreadable, KetalitError, SettingsError
from ketalit.interpretation import interpret
from ketalit.model.document import Document
from ketalit.model.publication import Publication
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.snapshot import Store
from ketalit.sources import files
from ketalit.sources.pubmed.parse import records
from ketalit.vocabulary import Source
from ketalit.warehouse import Reader, read

HARMLESS = "Adults with depression received intravenous ketamine 0.5 mg/kg over 40 minutes."
LONG = f"Ketamine is studied. {HARMLESS} Their mean age was 44.5 years. Six of ten responded after 24 hours."
FORMULA = '=HYPERLINK("http://evil.example","see")'
TITLES = {
    "S3 SQL": "'); drop table core.document; --",
    "S7 script": "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt;",
    "S7 address": "[ketamine](javascript:alert(1))",
    "S8 formula": FORMULA,
    "S8 formula behind a blank": "\u00a0@SUM(1+1)*cmd|' /C calc'!A0",
    "S10 path": "../../etc/passwd",
    "S11 template": "{{ ''.__class__.__mro__ }} ${x} %(x)s {% raw %}",
    "S17 lines": "Ketamine&#10;ERROR forged line&#13;another",
    "S19 reversed": "Ketamine \u202eoof fo laiRt",
    "S19 zero width": "Keta\u200bmine\ufeff",
}
"""What a title may hold and still be a title."""
BROKEN = {
    "X02 entity": "&x;",
    "X03 depth": "<i>" * 300 + "x" + "</i>" * 300,
    "X04 huge text node": "k" * 10_500_000,
    "O03 control character": "\x1b[31mred\x07",
    "O03 NUL": "Ketamine&#0;",
    "N35 surrogate": "Ketamine&#xD800;",
}
"""What costs a record."""
ABSURD = "N = 99999999999999999999 patients received ketamine 1e400 mg/kg every 9999999999 weeks for 99999999999 years."
STUDIES = {
    "NCT00000001": ('"count": 30', '"count": 5000000000'),
    "NCT00000002": ('"count": 30', f'"count": {"9" * 400}'),
    "NCT00000003": ('"count": 30', '"count": 1e999'),
    "NCT00000004": ('"count": 30', '"count": -5'),
    "NCT00000005": ('"Ketamine"', '"Keta\\u0000mine"'),
    "NCT00000006": ('"briefTitle": "Ketamine"', '"briefTitle": "First", "briefTitle": "Second"'),
    "NCT00000007": ('"2024-01-01"', '"9999-99-99"'),
    "NCT00000008": ('"Ketamine"', '{"title": "Ketamine"}'),
    "NCT00000009": ('"Ketamine"', f'"{"k" * 100_000}"'),
}
UNREADABLE_STUDIES = {"NCT00000001", "NCT00000002", "NCT00000003", "NCT00000004", "NCT00000008"}


def article(pmid: int, title: str, abstract: str = HARMLESS) -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID><Article>'
        f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{abstract}</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle>"
    )


def study(nct_id: str) -> str:
    return json.dumps(
        {
            "protocolSection": {
                "identificationModule": {"nctId": nct_id, "briefTitle": "Ketamine"},
                "statusModule": {"lastUpdatePostDateStruct": {"date": "2024-01-01"}},
                "designModule": {"enrollmentInfo": {"count": 30, "type": "ACTUAL"}},
            }
        }
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home of hostile records, imported, built and published."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    home.mkdir()
    titles = [*TITLES.values(), *BROKEN.values()]
    articles = [article(number, title, LONG) for number, title in enumerate(titles, 1)]
    articles.append(article(len(articles) + 1, "Ketamine", ABSURD))
    (home / "set.xml").write_text(f"<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>", "utf-8")
    altered = [study(nct_id).replace(*change) for nct_id, change in STUDIES.items()]
    (home / "studies.json").write_text(f"[{','.join(altered)}]", "utf-8")
    chosen = settings.read(home=home)
    pipeline.import_files(chosen, Source.PUBMED, [home / "set.xml"])
    pipeline.import_files(chosen, Source.CTGOV, [home / "studies.json"])
    pipeline.build(chosen)
    pipeline.publish(chosen)
    return chosen


@pytest.fixture(scope="module")
def reader(hostile: Settings) -> Iterator[Reader]:
    with read(Releases(hostile.home).current().database) as opened:
        yield opened


@pytest.fixture(scope="module")
def tables(hostile: Settings) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (hostile.home / "publish").glob("*.*[dvl]")}


# ---- one record costs itself


def test_x02_x03_x04_o03_n35_what_cannot_be_read_is_kept_and_named_with_its_reason(reader: Reader) -> None:
    rejected = {row["source_id"]: row["reason"] for row in reader.rows("from core.rejected_document")}
    broken = {str(number) for number in range(len(TITLES) + 1, len(TITLES) + len(BROKEN) + 1)}
    assert rejected.keys() == broken | UNREADABLE_STUDIES
    assert all(rejected.values())


def test_s3_text_is_data_and_every_record_stands_where_it_was_put(reader: Reader, hostile: Settings) -> None:
    held = {row["source_id"] for row in reader.rows("select source_id from core.document")}
    assert held == {document.source_id for _, document in Store(hostile.home).documents()}
    assert {row["title"] for row in reader.rows("select title from core.publication")} >= {
        TITLES[name] for name in ("S3 SQL", "S8 formula", "S10 path", "S11 template")
    }


def test_c16_of_a_name_that_is_said_twice_the_last_value_counts_everywhere(reader: Reader) -> None:
    (row,) = reader.rows("select brief_title from core.registration where nct_id = 'NCT00000006'")
    assert row["brief_title"] == "Second"


def test_a_number_beyond_all_measure_is_no_number(reader: Reader) -> None:
    last = str(len(TITLES) + len(BROKEN) + 1)
    assert reader.rows("select * from core.sample_size where source_id = ?", [last]) == []


# ---- in no format does it run


def test_s8_o02_no_cell_of_a_csv_for_people_is_a_formula(tables: dict[str, str]) -> None:
    cells = [
        cell
        for name, text in tables.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(text))
        for cell in row
    ]
    runs = [cell for cell in cells if cell.lstrip(" \u00a0\u200b\ufeff")[:1] in ("=", "@", "\t")]
    assert (runs, f"'{FORMULA}" in cells) == ([], True)


def test_s7_o06_the_report_holds_no_element_that_a_title_brought(hostile: Settings) -> None:
    page = lxml.html.parse(str(hostile.home / "publish" / "report.html")).getroot()
    ours = "starts-with(@src, 'data:image/')"
    assert page.xpath(f"//script | //img[not({ours})] | //iframe | //*[@onerror]") == []
    assert page.xpath("//a[starts-with(@href, 'javascript')]") == []


def test_o07_markdown_shows_markup_and_links_as_text(tables: dict[str, str]) -> None:
    text = "".join(text for name, text in tables.items() if name.endswith(".md"))
    assert ("<script" in text, "<img" in text, "[ketamine](" in text) == (False, False, False)


def test_s19_marks_that_turn_the_reading_are_shown_in_every_text(tables: dict[str, str]) -> None:
    assert [name for name, text in tables.items() if any(mark in text for mark in "\u202e\u2066\x1b\x00")] == []


def test_s11_no_text_is_taken_for_a_template(tables: dict[str, str]) -> None:
    assert [name for name, text in tables.items() if "<class 'object'>" in text] == []


def test_s10_nothing_is_written_under_a_name_that_a_record_chose(hostile: Settings) -> None:
    outside = [path for path in hostile.home.parent.rglob("*") if hostile.home not in path.parents]
    assert outside == [hostile.home]
    assert [path for path in hostile.home.rglob("*") if "passwd" in path.name or "script" in path.name] == []


@pytest.mark.parametrize("length", [0, 1, 32_766, 32_767, 32_768, 100_000])
def test_o04_a_cell_that_a_workbook_cannot_hold_is_cut_with_a_mark(length: int) -> None:
    from ketalit.export.report.workbook import CUT, LONGEST, fitting

    cell = fitting("k" * length)
    assert (len(cell), cell.endswith(CUT)) == (min(length, LONGEST), length > LONGEST)


def test_s21_no_whole_abstract_leaves_with_the_tables(tables: dict[str, str], reader: Reader) -> None:
    (held,) = reader.rows("select abstract from core.publication where title = ?", [TITLES["S10 path"]])
    assert held["abstract"] == LONG
    assert [name for name, text in tables.items() if LONG in text] == []


def test_s20_a_record_of_many_thousand_authors_is_read_as_one_of_a_few() -> None:
    many = "".join(f"<Author><LastName>A{number}</LastName></Author>" for number in range(20_000))
    body = article(1, "Ketamine").replace("</Abstract>", f"</Abstract><AuthorList>{many}</AuthorList>").encode()
    document = Document(Source.PUBMED, "1", body, digest(body), "2026-01-01T00:00:00Z", "request")
    read_as = interpret(document).record
    assert isinstance(read_as, Publication)
    assert len(read_as.authors) == 20_000


def test_s17_what_a_service_says_cannot_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ketalit", "rules", "\x1b]0;title\x07\x1b[31m\u202e"])
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr().err
    assert ("There are no rules on" in said, [c for c in said if c in "\x1b\x07\u202e"]) == (True, [])


# ---- documents that are weapons

BOMB = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><PubmedArticleSet>{article(1, '&i;')}</PubmedArticleSet>"
)
OUTSIDE = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<PubmedArticleSet>{article(1, '&x;')}</PubmedArticleSet>"
)
PARAMETER = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>'
    f"<PubmedArticleSet>{article(1, 'x')}</PubmedArticleSet>"
)


@pytest.mark.parametrize("page", [BOMB, OUTSIDE, PARAMETER], ids=["billion laughs", "external", "parameter"])
def test_x01_x02_s5_a_page_that_declares_entities_is_refused_before_they_are_read(tmp_path: Path, page: str) -> None:
    (tmp_path / "set.xml").write_text(page)
    with pytest.raises(DocumentUnreadable, match="declares a document type of its own"):
        pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [tmp_path / "set.xml"])
    assert Store(tmp_path / "home").runs() == ()


def test_s6_a_packed_bomb_is_left_at_the_ceiling_and_nothing_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 20 * 1024**2)
    page = f"<PubmedArticleSet>{' ' * 60 * 1024**2}</PubmedArticleSet>".encode()
    (tmp_path / "bomb.xml.gz").write_bytes(gzip.compress(page, 9))
    (tmp_path / "twice.xml.gz").write_bytes(gzip.compress(gzip.compress(page, 9), 9))
    (tmp_path / "many.xml.gz").write_bytes(gzip.compress(page[: 11 * 1024**2], 9) * 3)
    told = {}
    for path in sorted(tmp_path.glob("*.gz")):
        with pytest.raises(DocumentUnreadable) as refused:
            pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [path])
        told[path.name.partition(".")[0]] = "holds more than 20 MiB" in str(refused.value)
    assert told == {"bomb": True, "many": True, "twice": False}  # what is packed twice is no XML after once
    assert Store(tmp_path / "home").runs() == ()


def test_s6_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ctg-studies.json.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../evil.json", "0" * 1_000_000)
    with pytest.raises(DocumentUnreadable, match=r"is not ClinicalTrials\.gov v2 JSON"):
        pipeline.import_files(settings.read(home=tmp_path / "home"), Source.CTGOV, [tmp_path / "ctg-studies.json.zip"])


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, gzip.compress(f"<PubmedArticleSet>{article(7, 'Ketamine')}</PubmedArticleSet>".encode()))
    os.close(writing)
    run = pipeline.import_files(settings.read(home=tmp_path), Source.PUBMED, [Path(f"/dev/fd/{reading}")])
    os.close(reading)
    assert run.stored == 1


@pytest.mark.parametrize("text", ["[" * 200_000 + "]" * 200_000, '{"studies": ' * 3_000 + "1" + "}" * 3_000])
def test_s5_json_without_end_of_depth_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "deep.json").write_text(text)
    with pytest.raises(DocumentUnreadable):
        pipeline.import_files(settings.read(home=tmp_path / "home"), Source.CTGOV, [tmp_path / "deep.json"])


@pytest.mark.parametrize("text", ["NaN", "Infinity", '"\\ud800"', "1,", "01"])
def test_c16_what_is_no_json_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.json").write_text(study("NCT00000001").replace("30", text))
    with pytest.raises(DocumentUnreadable):
        pipeline.import_files(settings.read(home=tmp_path / "home"), Source.CTGOV, [tmp_path / "odd.json"])


# ---- ids, names and links in the file system


@pytest.mark.parametrize("pmid", ["../../x", "/etc/passwd", "1; drop table x", "\u0661\u0662\u0663", "12.xml", ""])
def test_s10_o08_an_id_that_is_none_makes_the_page_unknown(pmid: str) -> None:
    page = f"<PubmedArticleSet>{article(1, 'x').replace('>1<', f'>{pmid}<')}</PubmedArticleSet>".encode()
    with pytest.raises(KetalitError, match="without PMID"):
        tuple(records(page))


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "x/../../y", "a\x00b", "ketamine depression"])
def test_s10_a_strategy_that_is_a_path_is_no_bundled_one(tmp_path: Path, name: str) -> None:
    chosen = settings.read(home=tmp_path / "home", email="ada@example.org", strategy=name)
    with pytest.raises(SettingsError):
        pipeline.refresh(chosen)
    assert not (tmp_path / "home" / "snapshots").exists()


def test_s18_a_link_laid_where_a_file_is_written_is_replaced_and_never_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("untouched")
    for name in ("report.html", f".report.html.{os.getpid()}.writing"):
        (tmp_path / name).symlink_to(tmp_path / "victim")
    write_durably(tmp_path / "report.html", b"ours")
    written = tmp_path / "report.html"
    assert ((tmp_path / "victim").read_text(), written.read_text(), written.is_symlink()) == (
        "untouched",
        "ours",
        False,
    )


def test_s18_a_lock_that_is_a_link_is_refused_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("untouched")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "lock").symlink_to(tmp_path / "victim")
    with pytest.raises(SettingsError, match="cannot be written"), Store(tmp_path / "home").locked():
        pass
    assert (tmp_path / "victim").read_text() == "untouched"


def test_a_home_that_is_a_link_to_another_disk_is_a_home(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "disk")
    (tmp_path / "set.xml").write_text(f"<PubmedArticleSet>{article(7, 'Ketamine')}</PubmedArticleSet>")
    run = pipeline.import_files(settings.read(home=tmp_path / "home"), Source.PUBMED, [tmp_path / "set.xml"])
    assert (run.stored, (tmp_path / "disk" / "snapshots").is_dir()) == (1, True)
