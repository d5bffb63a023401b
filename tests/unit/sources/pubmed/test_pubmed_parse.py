"""From one PubMed record to a Publication."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ketalit.errors import DocumentUnreadable
from ketalit.model.publication import Author, Correction, MeshHeading, OtherAbstract, Publication, StatedRegistryId
from ketalit.sources.pubmed.parse import publication, text_units
from ketalit.vocabulary import DatePrecision, Integrity, SectionRole
from tests.unit.sources.pubmed.literals import BOOK, RECORD, document, parsed, short


@pytest.fixture(scope="module")
def full() -> Publication:
    return parsed(RECORD)


def test_pmid_version_and_status(full: Publication) -> None:
    assert (full.pmid, full.version, full.status, full.is_book) == ("12345678", 2, "MEDLINE", False)


def test_the_title_is_plain_text_with_its_inline_markup_as_text(full: Publication) -> None:
    assert full.title == "Ketamine & mood: a small trial (ISRCTN14689382)."
    assert full.vernacular_title == "Ketamin und Stimmung"


def test_the_sections_of_the_abstract_are_joined_by_line_breaks(full: Publication) -> None:
    assert full.abstract == (
        "To learn whether S-ketamine helps.\n"
        "Forty adults got 0.5 mg kg-1.\n"
        "Half of them felt better (p < 0.05).\n"
        "NCT 0123 4567."
    )


def test_each_section_keeps_label_category_role_and_place(full: Publication) -> None:
    assert [(s.label, s.nlm_category, s.role, full.abstract[s.start : s.end][:5]) for s in full.sections] == [
        ("AIM", "OBJECTIVE", SectionRole.BACKGROUND, "To le"),
        ("PATIENTS AND METHODS", "METHODS", SectionRole.METHODS, "Forty"),
        ("FINDINGS", "UNASSIGNED", SectionRole.RESULTS, "Half "),
        ("TRIAL REGISTRATION", "BACKGROUND", SectionRole.REGISTRATION, "NCT 0"),
    ]


def test_the_journal_and_where_the_article_stands_in_it(full: Publication) -> None:
    assert (full.journal, full.journal_abbreviation, full.issn) == (
        "Journal of Invented Trials",
        "J Inv Trials",
        "1234-5678",
    )
    assert (full.volume, full.issue, full.pages) == ("10", "4", "11-9")


def test_the_dates_of_issue_record_and_revision(full: Publication) -> None:
    assert (full.published.text, full.published.precision, full.published.earliest) == (
        "2020 Feb 24",
        DatePrecision.DAY,
        "2020-02-24",
    )
    assert full.created is not None
    assert full.created.earliest == "2020-02-25"
    assert full.revised is not None
    assert full.revised.earliest == "2021-06-07"


def test_authors_are_people_or_groups_and_may_be_incomplete(full: Publication) -> None:
    assert full.authors == (
        Author("Doe", "Jane Q", "JQ", "Jr", None, "0000-0001-2345-6789", ("Nowhere",)),
        Author(None, None, None, None, "The Invented Group", None),
    )
    assert full.authors_complete is False


def test_languages_types_keywords_and_headings(full: Publication) -> None:
    assert full.languages == ("eng", "ger")
    assert full.publication_types == ("Randomized Controlled Trial", "Journal Article")
    assert full.keywords == ("esketamine", "TRD")
    assert full.mesh == (
        MeshHeading("Ketamine", "D007649", True, ("therapeutic use",)),
        MeshHeading("Humans", "D006801", False, ()),
    )


def test_doi_and_pmcid_are_the_articles_own_and_never_those_of_its_references(full: Publication) -> None:
    assert (full.doi, full.pmcid) == ("10.1000/own", "PMC7654321")
    references = RECORD[RECORD.index("<ReferenceList>") : RECORD.index("</ReferenceList>") + len("</ReferenceList>")]
    bare = short(data=references)
    assert (bare.doi, bare.pmcid) == (None, None)


def test_without_an_article_id_the_doi_is_the_valid_electronic_location() -> None:
    article = (
        '<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>'
        '<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID><ELocationID EIdType="doi">10.1000/right</ELocationID>'
    )
    assert short(article).doi == "10.1000/right"


def test_a_pmcid_without_prefix_gets_it() -> None:
    assert short(data='<ArticleIdList><ArticleId IdType="pmc">123</ArticleId></ArticleIdList>').pmcid == "PMC123"


def test_every_registry_id_is_kept_with_the_place_that_states_it(full: Publication) -> None:
    assert full.registry_ids == (
        StatedRegistryId("ClinicalTrials.gov", "NCT01234567", "databank", 0, 11, "NCT01234567"),
        StatedRegistryId("ISRCTN", "ISRCTN14689382", "title", 32, 46, "ISRCTN14689382"),
        StatedRegistryId("ClinicalTrials.gov", "NCT01234567", "abstract", 102, 115, "NCT 0123 4567"),
        StatedRegistryId("DRKS", "DRKS00012345", "other_abstract", 11, 23, "DRKS00012345"),
    )


def test_the_pattern_decides_what_an_accession_number_is_and_not_the_name_of_its_bank() -> None:
    bank = (
        "<DataBankList><DataBank><DataBankName>{}</DataBankName><AccessionNumberList>"
        "<AccessionNumber>{}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    )
    assert [i.registry for i in short(bank.format("ClinicalTrials.gov", "ISRCTN14689382")).registry_ids] == ["ISRCTN"]
    assert short(bank.format("GENBANK", "AB123456")).registry_ids == ()


def test_other_abstracts_keep_kind_and_language(full: Publication) -> None:
    assert full.other_abstracts == (OtherAbstract("Publisher", "spa", "Texto uno.\nDRKS00012345."),)


def test_corrections_are_kept_and_mere_citations_are_none(full: Publication) -> None:
    assert full.corrections == (Correction("ErratumIn", "23456789", "J Inv Trials 2021;11:1"),)
    assert full.integrity is Integrity.CORRECTED


def correction(kind: str) -> str:
    return (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>R</RefSource>'
        "</CommentsCorrections></CommentsCorrectionsList>"
    )


@pytest.mark.parametrize(
    ("kind", "integrity"),
    [
        ("RetractionIn", Integrity.RETRACTED),
        ("RetractedandRepublishedIn", Integrity.RETRACTED),
        ("ExpressionOfConcernIn", Integrity.CONCERN),
        ("ErratumIn", Integrity.CORRECTED),
        ("CorrectedandRepublishedIn", Integrity.CORRECTED),
        ("PartialRetractionIn", Integrity.CORRECTED),
        ("RetractionOf", Integrity.NOTICE),
        ("ErratumFor", Integrity.NOTICE),
        ("ExpressionOfConcernFor", Integrity.NOTICE),
        ("CorrectedandRepublishedFrom", Integrity.CURRENT),
        ("CommentIn", Integrity.CURRENT),
        ("UpdateIn", Integrity.UPDATED),
        ("UpdateOf", Integrity.CURRENT),
    ],
)
def test_what_a_correction_means_for_the_report(kind: str, integrity: Integrity) -> None:
    assert short(citation=correction(kind)).integrity is integrity


@pytest.mark.parametrize(
    ("kind", "integrity"),
    [
        ("Retracted Publication", Integrity.RETRACTED),
        ("Retraction of Publication", Integrity.NOTICE),
        ("Retraction Notice", Integrity.NOTICE),
        ("Published Erratum", Integrity.NOTICE),
        ("Expression of Concern", Integrity.NOTICE),
        ("Duplicate Publication", Integrity.DUPLICATE),
        ("Journal Article", Integrity.CURRENT),
    ],
)
def test_what_a_publication_type_means_for_the_report(kind: str, integrity: Integrity) -> None:
    types = f"<PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList>"
    assert short(types).integrity is integrity


@pytest.mark.parametrize(
    ("title", "integrity"),
    [
        ("RETRACTED: A trial of esketamine in gardeners", Integrity.RETRACTED),
        ("[RETRACTED ARTICLE] A trial of esketamine", Integrity.RETRACTED),
        ("Retraction Note: A trial of esketamine in gardeners", Integrity.NOTICE),
        ("Author Correction: A trial of esketamine in gardeners", Integrity.NOTICE),
        ("Correction to: A trial of esketamine in gardeners", Integrity.NOTICE),
        ("Expression of Concern: A trial of esketamine", Integrity.NOTICE),
        ("Correction of hyponatraemia before ketamine: a cohort", Integrity.CURRENT),
        ("Retracted eyelids after ketamine", Integrity.CURRENT),
    ],
)
def test_a_title_says_it_before_pubmed_marks_the_record(title: str, integrity: Integrity) -> None:
    assert short(f"<ArticleTitle>{title}</ArticleTitle>").integrity is integrity


def test_a_notice_that_was_itself_retracted_stays_a_notice() -> None:
    about = '<CommentsCorrections RefType="RetractionOf"><RefSource>R</RefSource><PMID>7</PMID></CommentsCorrections>'
    back = '<CommentsCorrections RefType="RetractionIn"><RefSource>R</RefSource><PMID>8</PMID></CommentsCorrections>'
    record = f"<CommentsCorrectionsList>{about}{back}</CommentsCorrectionsList>"
    assert short(citation=record).integrity is Integrity.NOTICE


def test_an_article_that_its_own_notice_took_the_place_of_is_retracted() -> None:
    types = "".join(f"<PublicationType>{t}</PublicationType>" for t in ("Retracted Publication", "Retraction Notice"))
    assert short(f"<PublicationTypeList>{types}</PublicationTypeList>").integrity is Integrity.RETRACTED


def test_a_retraction_outweighs_a_concern_and_an_erratum() -> None:
    kinds = "".join(correction(kind) for kind in ("ErratumIn", "ExpressionOfConcernIn", "RetractionIn"))
    assert short(citation=kinds).integrity is Integrity.RETRACTED


def published(parts: str) -> tuple[str, str, str | None]:
    article = f"<Journal><JournalIssue><PubDate>{parts}</PubDate></JournalIssue></Journal>"
    date = short(article).published
    return date.text, date.precision.value, date.latest


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("<Year>2003</Year>", ("2003", "year", "2003-12-31")),
        ("<Year>2003</Year><Month>May</Month>", ("2003 May", "month", "2003-05-31")),
        ("<Year>2003</Year><Month>05</Month>", ("2003 05", "month", "2003-05-31")),
        ("<Day>7</Day><Month>5</Month><Year>2003</Year>", ("2003 5 7", "day", "2003-05-07")),
        ("<Year>2003</Year><Month>Feb</Month><Day>30</Day>", ("2003 Feb 30", "month", "2003-02-28")),
        ("<Year>2003</Year><Month>Jan-Feb</Month>", ("2003 Jan-Feb", "range", "2003-02-28")),
        ("<Year>2003</Year><Season>Spring</Season>", ("2003 Spring", "season", "2003-06-30")),
        ("<MedlineDate>2020 Jan-Feb</MedlineDate>", ("2020 Jan-Feb", "range", "2020-02-29")),
        ("<MedlineDate>sometime</MedlineDate>", ("sometime", "unknown", None)),
        ("<Month>May</Month>", ("", "unknown", None)),
        (f"<Year>{'9' * 5000}</Year>", ("", "unknown", None)),
        (f"<Year>2003</Year><Month>{'9' * 5000}</Month>", (f"2003 {'9' * 5000}", "year", "2003-12-31")),
        ("", ("", "unknown", None)),
    ],
    ids=range(13),
)
def test_a_publication_date_is_as_precise_as_its_parts(parts: str, expected: tuple[str, str, str | None]) -> None:
    assert published(parts) == expected


def test_without_a_date_of_issue_the_article_date_counts() -> None:
    article = "<ArticleDate><Year>2021</Year><Month>3</Month><Day>4</Day></ArticleDate>"
    assert short(article).published.earliest == "2021-03-04"


def test_pages_may_be_a_start_and_an_end() -> None:
    assert short("<Pagination><StartPage>5</StartPage><EndPage>9</EndPage></Pagination>").pages == "5-9"


def test_mathml_is_kept_as_its_text() -> None:
    math = (
        '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mi>kg</mml:mi>'
        "<mml:mn>2</mml:mn></mml:msup></mml:math>"
    )
    assert short(f"<ArticleTitle>BMI in {math} of all</ArticleTitle>").title == "BMI in kg2 of all"


def test_an_unlabelled_abstract_is_one_section() -> None:
    article = short("<Abstract><AbstractText>All in one.</AbstractText></Abstract>")
    assert [(s.label, s.role, s.start, s.end) for s in article.sections] == [(None, SectionRole.UNLABELLED, 0, 11)]


def test_a_record_without_abstract_has_an_empty_one() -> None:
    assert (short().abstract, short().sections) == ("", ())


def test_escaped_markup_stays_text_and_is_not_read_as_markup() -> None:
    title = "<ArticleTitle>&lt;script&gt;x&lt;/script&gt; and <i>y</i></ArticleTitle>"
    assert short(title).title == "<script>x</script> and y"


def test_a_chapter_has_its_own_title_and_the_book_as_journal() -> None:
    book = parsed(BOOK, "30000001")
    assert (book.is_book, book.title, book.journal, book.doi) == (True, "Ketamine", "Invented Handbook", "10.1000/book")
    assert book.authors == (Author("Roe", None, None, None, None, None),)
    assert (book.published.text, book.publication_types, book.abstract) == ("2018", ("Review",), "A chapter.")
    assert book.unknown_elements == ()


def test_a_whole_book_is_called_by_its_title() -> None:
    book = re.sub("<ArticleTitle.*</ArticleTitle>", "", BOOK)
    assert parsed(book, "30000001").title == "Invented Handbook"


def test_nothing_in_the_full_record_is_unknown(full: Publication) -> None:
    assert full.unknown_elements == ()


CONTAINERS = [
    "PubmedArticle",
    "MedlineCitation",
    "Article",
    "Journal",
    "JournalIssue",
    "Abstract",
    "Author",
    "MeshHeading",
    "DataBank",
    "PubmedData",
    "History",
    "AuthorList",
    "ArticleIdList",
    "KeywordList",
    "MeshHeadingList",
    "CommentsCorrectionsList",
    "PublicationTypeList",
    "DataBankList",
]


@pytest.mark.parametrize("container", CONTAINERS)
def test_an_unknown_element_anywhere_is_counted_and_nothing_else_is_lost(container: str, full: Publication) -> None:
    grown = parsed(RECORD.replace(f"</{container}>", f"<NewTag><Deep>x</Deep></NewTag></{container}>", 1))
    assert grown.unknown_elements == ("NewTag",)
    assert {**fields(grown), "unknown_elements": ()} == fields(full)


def fields(value: Publication) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


@given(st.randoms(use_true_random=False))
def test_the_order_of_siblings_outside_lists_does_not_matter(chance: random.Random) -> None:
    root = etree.fromstring(RECORD)
    for element in list(root.iter()):
        tags = [child.tag for child in element]
        if len(tags) > 1 and len(set(tags)) == len(tags) and not any((child.tail or "").strip() for child in element):
            children = list(element)
            chance.shuffle(children)
            element[:] = children
    assert parsed(etree.tostring(root, encoding="unicode")) == parsed(RECORD)


PROSE = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40).filter(
    lambda text: "\ufffe" not in text and "\uffff" not in text
)


@given(st.lists(PROSE, max_size=6))
def test_the_offsets_of_a_section_give_its_text(texts: list[str]) -> None:
    abstract = etree.Element("Abstract")
    for text in texts:
        etree.SubElement(abstract, "AbstractText").text = text
    article = short(etree.tostring(abstract, encoding="unicode"))
    assert [article.abstract[section.start : section.end] for section in article.sections] == texts
    assert article.abstract == "\n".join(texts)


def test_the_texts_that_rules_read_are_the_title_and_the_sections_with_their_offsets(full: Publication) -> None:
    units = text_units(full)
    assert [(unit.field, unit.role, unit.start) for unit in units] == [
        ("title", SectionRole.TITLE, 0),
        ("abstract", SectionRole.BACKGROUND, 0),
        ("abstract", SectionRole.METHODS, 35),
        ("abstract", SectionRole.RESULTS, 65),
        ("abstract", SectionRole.REGISTRATION, 102),
    ]
    assert all(full.abstract[unit.start :].startswith(unit.text) for unit in units[1:])


# ---- cited works


CITED = "<ReferenceList><Reference><Citation>Roe 2001</Citation></Reference></ReferenceList>"


@pytest.mark.parametrize(
    "data",
    [
        CITED,
        CITED + CITED,
        f"<ReferenceList><Title>Cited</Title>{CITED}</ReferenceList>",
        CITED + '<ArticleIdList><ArticleId IdType="doi">10.1/own</ArticleId></ArticleIdList>' + CITED,
        f"{CITED}<!-- <ReferenceList> -->",
        f"{CITED}<!-- </ReferenceList> -->",
        "<ReferenceList><!-- <ReferenceList> --></ReferenceList>",
        "<ReferenceList><![CDATA[<ReferenceList>]]></ReferenceList>",
    ],
)
def test_the_list_of_cited_works_changes_nothing_wherever_it_stands(data: str) -> None:
    own = "" if "own" not in data else data.removeprefix(CITED).removesuffix(CITED)
    assert short(data=data) == short(data=own)


def test_damage_beside_the_list_of_cited_works_is_told_as_it_is() -> None:
    with pytest.raises(DocumentUnreadable, match="Opening and ending tag mismatch"):
        short(data=f"<History></Histor>{CITED}")


# ---- what cannot be read


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "does not begin with a record"),
        (b"<html/>", "does not begin with a record"),
        (b"<PubmedArticleSet/>", "no record of one publication"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><PubmedArticle/>", "does not begin with a record"),
        (b"<PubmedArticle><MedlineCitation>", "Premature end"),
        (b"<PubmedArticle>\xff</PubmedArticle>", "[Ii]nvalid bytes|UTF-8"),
        (b"<PubmedArticle>\x0b</PubmedArticle>", "invalid Char"),
        (b"<PubmedArticle>&xxe;</PubmedArticle>", "xxe"),
        (b"<PubmedArticle/>", "says that it is nobody"),
        (b"<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>", "says that it is 1"),
    ],
)
def test_a_document_that_cannot_be_read_says_why_and_which(body: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadable, match=f"PubMed 12345678: .*(?:{reason})"):
        publication(document(body))


@pytest.mark.parametrize(
    "title",
    [
        "<i>" * 65 + "x" + "</i>" * 65,
        "<i>" * 300 + "x" + "</i>" * 300,
        "x" * 1_000_001,
        "x" * 11_000_000,
    ],
    ids=["65 levels", "300 levels", "1 MB", "11 MB"],
)
def test_absurd_depth_or_length_is_unreadable_and_not_a_crash(title: str) -> None:
    with pytest.raises(DocumentUnreadable, match="12345678"):
        short(f"<ArticleTitle>{title}</ArticleTitle>")


def test_sixty_levels_and_a_long_text_are_still_read() -> None:
    assert short(f"<ArticleTitle>{'<i>' * 60}x{'</i>' * 60}</ArticleTitle>").title == "x"
    assert len(short(f"<ArticleTitle>{'x' * 1_000_000}</ArticleTitle>").title) == 1_000_000


def test_a_truncated_record_is_never_read_in_part() -> None:
    body = RECORD.encode()
    for length in range(0, len(body), 7):
        with pytest.raises(DocumentUnreadable):
            publication(document(body[:length]))


@given(st.integers(0, len(RECORD) - 1), st.binary(max_size=3))
def test_a_record_with_a_damaged_place_is_read_or_unreadable_and_never_a_crash(place: int, noise: bytes) -> None:
    body = RECORD.encode()
    try:
        read = publication(document(body[:place] + noise + body[place + 1 :]))
    except DocumentUnreadable:
        return
    assert read.pmid == "12345678"
