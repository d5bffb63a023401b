"""One PubMed record with a value in every field that is read, and a page for it. Every sentence is invented."""

from __future__ import annotations

import hashlib

from ketalit.model.document import Document
from ketalit.model.publication import Publication
from ketalit.sources.pubmed.parse import publication
from ketalit.vocabulary import Source

ABSTRACT = """<Abstract>
<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To learn whether <i>S</i>-ketamine helps.</AbstractText>
<AbstractText Label="PATIENTS AND METHODS" NlmCategory="METHODS">Forty adults got 0.5 mg kg<sup>-1</sup>.</AbstractText>
<AbstractText Label="FINDINGS" NlmCategory="UNASSIGNED">Half of them felt better (p &lt; 0.05).</AbstractText>
<AbstractText Label="TRIAL REGISTRATION" NlmCategory="BACKGROUND">NCT 0123 4567.</AbstractText>
<CopyrightInformation>© Nobody</CopyrightInformation>
</Abstract>"""

ARTICLE = f"""<Article PubModel="Print">
<Journal><ISSN IssnType="Print">1234-5678</ISSN>
<JournalIssue CitedMedium="Print"><Volume>10</Volume><Issue>4</Issue>
<PubDate><Year>2020</Year><Month>Feb</Month><Day>24</Day></PubDate></JournalIssue>
<Title>Journal of Invented Trials</Title><ISOAbbreviation>J Inv Trials</ISOAbbreviation></Journal>
<ArticleTitle>Ketamine &amp; mood: a <b>small</b> trial (ISRCTN14689382).</ArticleTitle>
<Pagination><StartPage>11</StartPage><EndPage>19</EndPage><MedlinePgn>11-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/elocation</ELocationID>
{ABSTRACT}
<AuthorList CompleteYN="N">
<Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Jane Q</ForeName><Initials>JQ</Initials><Suffix>Jr</Suffix>
<Identifier Source="ORCID">0000-0001-2345-6789</Identifier>
<AffiliationInfo><Affiliation>Nowhere</Affiliation></AffiliationInfo></Author>
<Author ValidYN="Y"><CollectiveName>The Invented Group</CollectiveName></Author>
</AuthorList>
<Language>eng</Language><Language>ger</Language>
<DataBankList CompleteYN="Y"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
<AccessionNumberList><AccessionNumber>NCT01234567</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
<GrantList CompleteYN="Y"><Grant><GrantID>1</GrantID><Agency>NIH</Agency><Country>X</Country></Grant></GrantList>
<PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
<VernacularTitle>Ketamin und Stimmung</VernacularTitle>
<ArticleDate DateType="Electronic"><Year>2020</Year><Month>01</Month><Day>30</Day></ArticleDate>
</Article>"""

RECORD = f"""<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="2">12345678</PMID>
<DateCompleted><Year>2020</Year><Month>07</Month><Day>01</Day></DateCompleted>
<DateRevised><Year>2021</Year><Month>06</Month><Day>07</Day></DateRevised>
{ARTICLE}
<MedlineJournalInfo><Country>X</Country><MedlineTA>J Inv Trials</MedlineTA><NlmUniqueID>1</NlmUniqueID>
<ISSNLinking>1234-5678</ISSNLinking></MedlineJournalInfo>
<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D1">Ketamine</NameOfSubstance></Chemical>
</ChemicalList>
<CitationSubset>IM</CitationSubset>
<CommentsCorrectionsList>
<CommentsCorrections RefType="ErratumIn"><RefSource>J Inv Trials 2021;11:1</RefSource><PMID Version="1">23456789</PMID>
</CommentsCorrections>
<CommentsCorrections RefType="Cites"><RefSource>Elsewhere 1999</RefSource><PMID>1</PMID></CommentsCorrections>
</CommentsCorrectionsList>
<MeshHeadingList>
<MeshHeading><DescriptorName UI="D007649" MajorTopicYN="N">Ketamine</DescriptorName>
<QualifierName UI="Q000627" MajorTopicYN="Y">therapeutic use</QualifierName></MeshHeading>
<MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
</MeshHeadingList>
<OtherAbstract Type="Publisher" Language="spa"><AbstractText>Texto uno.</AbstractText>
<AbstractText>DRKS00012345.</AbstractText></OtherAbstract>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">esketamine</Keyword><Keyword MajorTopicYN="N">TRD</Keyword>
</KeywordList>
<CoiStatement>None.</CoiStatement>
</MedlineCitation>
<PubmedData>
<History>
<PubMedPubDate PubStatus="received"><Year>2019</Year><Month>1</Month><Day>2</Day></PubMedPubDate>
<PubMedPubDate PubStatus="pubmed"><Year>2020</Year><Month>2</Month><Day>26</Day><Hour>6</Hour></PubMedPubDate>
<PubMedPubDate PubStatus="entrez"><Year>2020</Year><Month>2</Month><Day>25</Day></PubMedPubDate>
</History>
<PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">12345678</ArticleId><ArticleId IdType="doi">10.1000/own</ArticleId>
<ArticleId IdType="pmc">PMC7654321</ArticleId></ArticleIdList>
<ReferenceList><Reference><Citation>Elsewhere.</Citation><ArticleIdList>
<ArticleId IdType="doi">10.1000/foreign</ArticleId><ArticleId IdType="pmc">PMC1</ArticleId></ArticleIdList></Reference>
</ReferenceList>
</PubmedData>
</PubmedArticle>"""

BOOK = """<PubmedBookArticle><BookDocument>
<PMID Version="1">30000001</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId><ArticleId IdType="doi">10.1000/book</ArticleId>
</ArticleIdList>
<Book><Publisher><PublisherName>Nobody</PublisherName></Publisher><BookTitle book="x">Invented Handbook</BookTitle>
<PubDate><Year>2018</Year></PubDate>
<AuthorList Type="editors" CompleteYN="Y"><Author><LastName>Editor</LastName></Author></AuthorList>
<Isbn>1</Isbn><Medium>Internet</Medium></Book>
<ArticleTitle book="x" part="y">Ketamine</ArticleTitle>
<Language>eng</Language>
<AuthorList Type="authors" CompleteYN="Y"><Author><LastName>Roe</LastName></Author></AuthorList>
<PublicationType UI="D016454">Review</PublicationType>
<Abstract><AbstractText>A chapter.</AbstractText></Abstract>
<Sections><Section><SectionTitle>One</SectionTitle></Section></Sections>
<ContributionDate><Year>2019</Year><Month>3</Month></ContributionDate>
</BookDocument><PubmedBookData><History>
<PubMedPubDate PubStatus="entrez"><Year>2019</Year><Month>3</Month><Day>4</Day></PubMedPubDate></History>
<PublicationStatus>ppublish</PublicationStatus></PubmedBookData></PubmedBookArticle>"""

PROLOG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "pubmed_250101.dtd">\n'
)


def page(*records: str) -> bytes:
    """A page of efetch with these records."""
    return f"{PROLOG}<PubmedArticleSet>\n{chr(10).join(records)}\n</PubmedArticleSet>\n".encode()


def document(xml: str | bytes, pmid: str = "12345678") -> Document:
    """A document as a snapshot would hold it."""
    body = xml.encode() if isinstance(xml, str) else xml
    digest = hashlib.sha256(body).hexdigest()
    return Document(Source.PUBMED, pmid, body, digest, "2026-01-01T00:00:00Z", "a literal")


def parsed(xml: str, pmid: str = "12345678") -> Publication:
    """The publication that a record states."""
    return publication(document(xml, pmid))


def short(article: str = "", citation: str = "", data: str = "") -> Publication:
    """The publication of a record that holds nothing but what a test is about."""
    return parsed(
        "<PubmedArticle><MedlineCitation><PMID>12345678</PMID>"
        f"<Article>{article}</Article>{citation}</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )
