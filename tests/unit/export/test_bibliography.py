"""Citations come back from the readers that reference managers are built on, whatever their titles hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import bibtexparser
import hypothesis
import msgspec
import pytest
import rispy
from Bio import Medline
from hypothesis import given
from hypothesis import strategies as st

from ketalit import outputs
from ketalit.errors import SettingsError
from ketalit.export.bibliography import FORMATS, Author, Reference, bibliography, labels, references, vancouver
from ketalit.export.bibliography.bibtex import key
from ketalit.export.cells import plain
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import read
from tests.reading import current

PAPER = Reference(
    source="pubmed",
    source_id="30000001",
    kind="article",
    title="Ketamine & esketamine: 50% of {all} doses, #1_of_2?",
    authors=(
        Author(last="Ndlovu", fore="Thandi M", initials="TM"),
        Author(last="Žižek", fore="Jörg", initials="J", suffix="Jr"),
        Author(group="Dose and Route Group"),
    ),
    journal="Journal of invented trials",
    journal_abbreviation="J Invent Trials",
    issn="1234-5678",
    volume="12",
    issue="3",
    pages="351-9",
    published_text="2021 Mar 4",
    year=2021,
    month=3,
    day=4,
    doi="10.5555/a_b(1)",
    pmcid="PMC123",
    languages=("eng",),
    keywords=("ketamine", "dose, route"),
    headings=("Humans", "Adult"),
    types=("Randomized Controlled Trial",),
    registry_ids=("NCT30000001",),
    abstract="First part.\n\nSecond part.",
    integrity="current",
    decision="included",
    study_ids=("NCT30000001",),
)
REGISTRATION = msgspec.structs.replace(
    PAPER,
    source="ctgov",
    source_id="NCT30000001",
    kind="registration",
    authors=(Author(group="Sponsor Institute"),),
    journal=None,
    journal_abbreviation=None,
    issn=None,
    volume=None,
    issue=None,
    pages=None,
    published_text="2019-05-06",
    year=2019,
    doi=None,
    pmcid=None,
    registry_ids=(),
)
TEXT = st.one_of(st.text(max_size=30), st.text(alphabet='{}\\"@,%-= \nERTY', max_size=30))
RETRACTED = msgspec.structs.replace(PAPER, source_id="30000002", integrity="retracted", decision="retracted")


def in_ris(text: str) -> list[dict[str, Any]]:
    return list(rispy.loads(text))


def in_bibtex(text: str) -> list[dict[str, Any]]:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    return list(bibtexparser.loads(text, parser).entries)


def in_nbib(text: str) -> list[dict[str, Any]]:
    return list(Medline.parse(io.StringIO(text)))


# ---- what each reader gets back


def test_ris_comes_back_from_rispy_with_every_field() -> None:
    (record,) = in_ris(bibliography([PAPER], "ris"))
    assert record["type_of_reference"] == "JOUR"
    assert record["title"] == PAPER.title
    assert record["authors"] == ["Ndlovu, Thandi M", "Žižek, Jörg, Jr", "Dose and Route Group"]
    assert (record["year"], record["date"]) == ("2021", "2021/03/04/")
    assert (record["volume"], record["number"], record["start_page"], record["end_page"]) == ("12", "3", "351", "359")
    assert (record["doi"], record["accession_number"], record["issn"]) == ("10.5555/a_b(1)", "30000001", "1234-5678")
    assert record["keywords"] == ["ketamine", "dose, route", "Humans", "Adult"]
    assert record["abstract"] == "First part. Second part."
    assert record["notes"] == ["Registration: NCT30000001"]


def test_bibtex_comes_back_from_bibtexparser_with_its_own_fields_and_braces_around_groups() -> None:
    (record,) = in_bibtex(bibliography([PAPER], "bibtex"))
    assert (record["ENTRYTYPE"], record["ID"]) == ("article", "ndlovu2021pmid30000001")
    assert (
        record["title"] == r"{Ketamine \& esketamine: 50\% of \textbraceleft{}all\textbraceright{} doses, \#1\_of\_2?}"
    )
    assert record["author"] == "Ndlovu, Thandi M and Žižek, Jr, Jörg and {Dose and Route Group}"
    assert (record["year"], record["month"], record["pages"]) == ("2021", "March", "351--9")
    assert (record["doi"], record["pmid"]) == ("10.5555/a_b(1)", "30000001")


def test_nbib_comes_back_from_the_reader_of_biopython() -> None:
    (record,) = in_nbib(bibliography([PAPER, REGISTRATION], "nbib"))
    assert record["PMID"] == "30000001"
    assert record["TI"] == PAPER.title
    assert record["FAU"] == ["Ndlovu, Thandi M", "Žižek, Jörg, Jr"]
    assert record["AU"] == ["Ndlovu TM", "Žižek J Jr"]
    assert record["CN"] == ["Dose and Route Group"]
    assert (record["DP"], record["VI"], record["IP"], record["PG"]) == ("2021 Mar 4", "12", "3", "351-9")
    assert record["SI"] == ["ClinicalTrials.gov/NCT30000001"]
    assert record["AID"] == ["10.5555/a_b(1) [doi]"]


def test_csl_json_holds_names_in_parts_and_dates_as_far_as_they_are_known() -> None:
    paper, registration = json.loads(bibliography([PAPER, REGISTRATION], "csl-json"))
    assert paper["author"][0] == {"family": "Ndlovu", "given": "Thandi M"}
    assert paper["author"][2] == {"literal": "Dose and Route Group"}
    assert paper["issued"] == {"date-parts": [[2021, 3, 4]]}
    assert (registration["type"], registration["number"]) == ("webpage", "NCT30000001")


@pytest.mark.parametrize("form", FORMATS)
def test_a_retracted_paper_says_so_in_every_format(form: str) -> None:
    assert "RETRACTED: Ketamine" in bibliography([RETRACTED], form)
    assert "RETRACTED" not in bibliography([PAPER], form)


@pytest.mark.parametrize(("form", "reader"), [("ris", in_ris), ("bibtex", in_bibtex), ("nbib", in_nbib)])
@hypothesis.settings(max_examples=30)  # bibtexparser takes a tenth of a second for two records
@given(title=TEXT, group=TEXT, abstract=TEXT)
def test_no_text_breaks_out_of_its_field(
    form: str, reader: Callable[[str], list[dict[str, Any]]], title: str, group: str, abstract: str
) -> None:
    hostile = msgspec.structs.replace(PAPER, title=title, authors=(Author(group=group),), abstract=abstract)
    records = reader(bibliography([hostile, msgspec.structs.replace(PAPER, source_id="30000003")], form))
    assert len(records) == 2
    if form == "ris" and (expected := plain(title).split()):
        assert expected in [record["title"].split() for record in records]


# ---- screening programs


def test_asreview_reads_the_decision_of_the_rules_and_what_a_human_must_look_at_stays_open() -> None:
    doubtful = msgspec.structs.replace(PAPER, source_id="30000004", decision="needs review")
    excluded = msgspec.structs.replace(PAPER, source_id="30000005", decision="excluded")
    records = in_ris(bibliography([PAPER, doubtful, excluded], "asreview"))
    assert [record["notes"] for record in records] == [
        ["ASReview_relevant"],
        ["ASReview_not_seen"],
        ["ASReview_irrelevant"],
    ]
    table = list(csv.DictReader(io.StringIO(bibliography([PAPER, doubtful, excluded], "asreview-csv"))))
    assert [row["included"] for row in table] == ["1", "", "0"]
    assert table[0]["abstract"] == "First part. Second part."


def test_a_title_that_a_spreadsheet_would_run_is_made_harmless_in_csv() -> None:
    (row,) = csv.DictReader(io.StringIO(bibliography([msgspec.structs.replace(PAPER, title="=1+1")], "asreview-csv")))
    assert row["title"] == "'=1+1"


# ---- names and lines of a reference list


def test_references_that_share_author_and_year_are_told_apart_by_letters() -> None:
    other = msgspec.structs.replace(PAPER, source_id="30000003")
    assert labels([PAPER, REGISTRATION, other]) == ["Ndlovu 2021a", "NCT30000001", "Ndlovu 2021b"]
    assert key(PAPER) != key(other)


def test_a_line_of_the_reference_list_follows_the_style_of_the_national_library_of_medicine() -> None:
    assert vancouver(PAPER) == (
        "Ndlovu TM, Žižek J Jr, Dose and Route Group. Ketamine & esketamine: 50% of {all} doses, #1_of_2?"
        " J Invent Trials. 2021;12(3):351-9. doi:10.5555/a_b(1). PMID: 30000001."
    )
    assert vancouver(REGISTRATION).endswith("ClinicalTrials.gov identifier: NCT30000001. First posted 6 May 2019.")


def test_the_seventh_author_and_all_after_are_et_al() -> None:
    many = tuple(Author(last=f"Name{number}", initials="A") for number in range(7))
    line = vancouver(msgspec.structs.replace(PAPER, authors=many))
    assert line.startswith("Name0 A, Name1 A, Name2 A, Name3 A, Name4 A, Name5 A, et al.")


# ---- of a release


@pytest.fixture(scope="module")
def of_release(built: Settings) -> list[Reference]:
    with read(Releases(built.home).current().database) as reader:
        keys = [(source, name) for source, name in current(built, "select source, source_id from screening")]
        return list(references(reader, keys, with_abstracts=False).values())


@pytest.mark.parametrize("form", FORMATS)
def test_citations_are_the_same_bytes_in_whatever_order_records_come(of_release: list[Reference], form: str) -> None:
    assert bibliography(of_release, form) == bibliography(reversed(of_release), form)


def test_citations_hold_no_abstract_unasked_and_warn_of_sample_data(built: Settings) -> None:
    (abstract,) = current(built, "select abstract from core.publication where length(abstract) > 60 order by pmid")[0]
    words = " ".join(str(abstract).split()[:8])
    asked, unasked = (outputs.cite(built, "ris", with_abstracts=asked) for asked in (True, False))
    assert (words in asked.text, words in unasked.text) == (True, False)
    assert "Sample data" in unasked.warnings[0]
    assert unasked.n_records > 30


def test_registrations_that_nbib_cannot_hold_are_counted(built: Settings) -> None:
    cited = outputs.cite(built, "nbib")
    assert cited.n_left_out > 0
    assert cited.n_records == len(in_nbib(cited.text))


def test_a_view_is_cited_by_its_records_and_a_query_by_what_it_selects(built: Settings) -> None:
    rows = current(built, "select distinct source_id from dosing_protocols")
    assert outputs.cite(built, "ris", view="dosing_protocols").n_records == len(rows)
    assert outputs.cite(built, "ris", query="select pmid from dosing_protocols where pmid = '23982301'").n_records == 1
    by_study = outputs.cite(built, "ris", query="select study_id from study_overview where study_id = 'NCT02418585'")
    assert {record["id"] for record in in_ris(by_study.text)} >= {"NCT02418585", "31109201"}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"view": "nowhere"}, "no view 'nowhere'"),
        ({"query": "select drug from dosing_protocols"}, "names no records"),
        ({"query": "drop view dosing_protocols"}, "only read"),
        ({"view": "safety", "query": "select 1"}, "A view and a query"),
    ],
)
def test_what_cannot_be_cited_is_said_in_words(built: Settings, asked: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        outputs.cite(built, "ris", **asked)  # type: ignore[arg-type]
