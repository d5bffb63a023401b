"""From a page of PubMed to its records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalit.errors import DocumentUnreadable, SourceChanged, SourceError, SourceRefused, SourceUnavailable
from ketalit.sources.pubmed.parse import deleted, publication, records, unknown_children
from tests.unit.sources.pubmed.literals import BOOK, PROLOG, RECORD, document, page

DELETED = "<DeleteCitation><PMID Version='1'>111</PMID><PMID Version='1'>222</PMID></DeleteCitation>"


def pmids(body: bytes) -> list[str]:
    return [pmid for pmid, _ in records(body)]


def test_articles_and_book_chapters_are_both_records() -> None:
    assert pmids(page(RECORD, BOOK)) == ["12345678", "30000001"]


def test_a_record_is_handed_on_byte_for_byte() -> None:
    assert [body for _, body in records(page(RECORD, BOOK))] == [RECORD.encode(), BOOK.encode()]


def test_a_record_stands_alone() -> None:
    ((pmid, body),) = records(page(RECORD))
    assert publication(document(body, pmid)).pmid == "12345678"


def test_an_empty_set_holds_no_record_and_is_no_error() -> None:
    assert pmids(page()) == []


def test_the_document_type_that_files_of_nlm_name_is_neither_loaded_nor_missed() -> None:
    address = "http://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd"
    assert pmids(page(RECORD).replace(b"pubmed_250101.dtd", address.encode())) == ["12345678"]


def test_a_byte_order_mark_is_no_part_of_the_page() -> None:
    assert pmids(b"\xef\xbb\xbf" + page(RECORD)) == ["12345678"]


def test_deleted_records_are_told_apart() -> None:
    body = page(RECORD, DELETED)
    assert pmids(body) == ["12345678"]
    assert deleted(body) == ("111", "222")


def test_an_unknown_element_beside_the_records_is_reported() -> None:
    body = page(RECORD, "<PubmedDataset><PMID>1</PMID></PubmedDataset>")
    assert unknown_children(body) == ("PubmedDataset",)
    assert unknown_children(page(RECORD, DELETED)) == ()


@pytest.mark.parametrize(
    "decoy",
    [
        "<!-- <PubmedArticle><MedlineCitation><PMID>9</PMID></MedlineCitation></PubmedArticle> -->",
        "<!-- </PubmedArticle> -->",
        "<![CDATA[</PubmedArticle><PubmedArticle>]]>",
        "<?note </PubmedArticle>?>",
    ],
)
def test_a_tag_in_a_comment_or_cdata_is_no_tag(decoy: str) -> None:
    record = RECORD.replace("<CoiStatement>", f"<CoiStatement>{decoy}")
    assert list(records(page(record))) == [("12345678", record.encode())]


def test_a_whole_record_in_a_comment_beside_the_records_is_none() -> None:
    assert pmids(page(RECORD, f"<!-- {BOOK} -->")) == ["12345678"]


def test_the_pmid_of_a_cited_work_is_not_that_of_the_record() -> None:
    record = RECORD.replace('<PMID Version="2">12345678</PMID>', "").replace(
        "</MedlineCitation>", '<PMID Version="2">12345678</PMID></MedlineCitation>'
    )
    assert pmids(page(record)) == ["12345678"]


def test_a_record_inside_an_unknown_element_makes_the_page_unknown() -> None:
    with pytest.raises(SourceChanged, match="0 of them stand"):
        records(page(f"<Wrapper>{RECORD}</Wrapper>"))


def test_a_page_that_declares_namespaces_outside_its_records_is_refused() -> None:
    body = page(RECORD).replace(b"<PubmedArticleSet>", b'<PubmedArticleSet xmlns:m="urn:m">')
    with pytest.raises(SourceChanged, match="namespaces"):
        records(body)


def test_a_page_is_never_accepted_in_part_wherever_it_is_cut() -> None:
    whole = page(RECORD, DELETED, BOOK).rstrip()
    for length in range(len(whole)):
        with pytest.raises(SourceError):
            records(whole[:length])


def test_a_page_that_ends_early_is_worth_another_try() -> None:
    whole = page(RECORD, BOOK).rstrip()
    for length in (0, 30, 200, len(whole) // 2, len(whole) - 5, len(whole) - len("</PubmedArticleSet>")):
        with pytest.raises(SourceUnavailable):
            records(whole[:length])


def test_a_page_whose_middle_is_missing_is_refused() -> None:
    body = page(RECORD, BOOK)
    with pytest.raises(SourceError):
        records(body.replace(b"</PubmedArticle>\n<PubmedBookArticle>", b""))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", SourceUnavailable),
        (b"  \n", SourceUnavailable),
        (b'{"error":"API rate limit exceeded","api-key":"sesame","count":"4","limit":"3"}', SourceUnavailable),
        (b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>", SourceUnavailable),
        (b"Unable to route request! service name: /http/service/x", SourceUnavailable),
        (b'{"error":"API key invalid","api-key":"sesame"}', SourceRefused),
        (b"<eFetchResult><ERROR>Invalid id parameter</ERROR></eFetchResult>", SourceRefused),
        (b"<eFetchResult><ERROR>'retstart' cannot be larger than 9998</ERROR></eFetchResult>", SourceRefused),
        (b"<!DOCTYPE html>\n<html><body>Down for maintenance</body></html>", SourceChanged),
        (b"<head><title>NCBI - WWW Error 500 Diagnostic</title></head>", SourceChanged),
        (b"id: 1 Error occurred: The following PMID is not available: 1", SourceChanged),
        (b"<?xml version='1.0'?><eSearchResult><Count>1</Count></eSearchResult>", SourceChanged),
    ],
)
def test_what_is_no_page_is_named_and_says_whether_to_try_again(body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        records(body)


def test_an_error_never_shows_the_key_that_it_echoes() -> None:
    with pytest.raises(SourceUnavailable) as caught:
        records(b'{"error":"API rate limit exceeded","api-key":"sesame"}')
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "windows-1252"])
def test_a_page_in_another_encoding_is_refused_with_what_to_do(encoding: str) -> None:
    body = page(RECORD).replace(b"UTF-8", encoding.encode())
    with pytest.raises(SourceChanged, match=encoding) as caught:
        records(body)
    assert "UTF-8" in caught.value.hint


def test_utf_16_bytes_are_no_page() -> None:
    with pytest.raises(SourceChanged):
        records(page(RECORD).decode().encode("utf-16"))


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'


@pytest.mark.parametrize("doctype", [BOMB, XXE, REMOTE])
def test_a_page_with_a_document_type_of_its_own_is_refused(doctype: str) -> None:
    body = f"{doctype}<PubmedArticleSet>{RECORD}</PubmedArticleSet>".encode()
    with pytest.raises(SourceChanged, match="document type"):
        records(body)


@pytest.mark.parametrize("entity", ["&x;", "&nbsp;", "&a;"])
def test_an_undeclared_entity_costs_one_record_and_not_the_page(entity: str) -> None:
    broken = RECORD.replace("Half of them", entity)
    (first, second) = records(page(broken, BOOK))
    with pytest.raises(DocumentUnreadable, match="12345678"):
        publication(document(first[1]))
    assert publication(document(second[1], "30000001")).title == "Ketamine"


@pytest.mark.parametrize("byte", [b"\xff", b"\x0b", b"\x00", b"<", b"&"])
def test_a_bad_byte_costs_one_record_and_not_the_page(byte: bytes) -> None:
    broken = RECORD.encode().replace(b"Half", byte)
    body = page(RECORD, BOOK).replace(RECORD.encode(), broken)
    (first, second) = records(body)
    with pytest.raises(DocumentUnreadable):
        publication(document(first[1]))
    assert second == ("30000001", BOOK.encode())


@pytest.mark.parametrize(
    "hostile",
    [
        b"<!-- -->" * 100_000 + b"x",
        b"<!--" * 100_000,
        b"<?x?>" * 100_000,
        b"<PubmedArticleSet>" + b"<!--" * 100_000,
        b"<PubmedArticleSet>" + b"<![CDATA[" * 100_000,
        b"<PubmedArticleSet>" + b"<?" * 100_000,
        b"<PubmedArticleSet>" + b"<PubmedArticle " * 100_000,
        b"<PubmedArticleSet>" + b"<a>" * 100_000,
        b" " * 1_000_000,
    ],
    ids=lambda hostile: hostile[:30].decode(),
)
def test_what_never_ends_is_refused_in_one_pass(hostile: bytes) -> None:
    with pytest.raises(SourceError):
        records(hostile)


def test_a_record_without_pmid_is_no_record_that_we_know() -> None:
    with pytest.raises(SourceChanged, match="without PMID"):
        records(page("<PubmedArticle><MedlineCitation/></PubmedArticle>"))


@given(
    st.lists(st.sampled_from([RECORD, BOOK]), max_size=6),
    st.sampled_from(["\n", "", "  ", "<!-- x -->", "<?x y?>"]),
)
def test_the_records_and_what_stands_between_them_are_the_page(bodies: list[str], between: str) -> None:
    body = f"{PROLOG}<PubmedArticleSet>{between.join(bodies)}</PubmedArticleSet>".encode()
    found = [record for _, record in records(body)]
    assert between.encode().join(found).join([body[: body.index(b"Set>") + 4], b"</PubmedArticleSet>"]) == body


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_crash(body: bytes) -> None:
    try:
        list(records(body))
    except SourceError:
        pass
    else:
        pytest.fail("random bytes are no page")
