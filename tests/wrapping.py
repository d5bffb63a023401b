"""Abstracts of the real corpus as PubMed XML: the corpus holds their fields only."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr


def as_pubmed_xml(record: dict[str, Any]) -> bytes:
    """One abstract of the corpus, which holds fields and no XML, as the record that PubMed would give."""
    year = record["year"] or "1900"
    mesh = "".join(_heading(term) for term in record["mesh"] or ())
    types = "".join(f"<PublicationType>{escape(t)}</PublicationType>" for t in record["publication_types"] or ())
    words = "".join(f'<Keyword MajorTopicYN="N">{escape(k)}</Keyword>' for k in record["keywords"] or ())
    return (
        '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
        f'<PMID Version="1">{record["pmid"]}</PMID><Article PubModel="Print">'
        f"<Journal><JournalIssue><PubDate><Year>{year}</Year></PubDate></JournalIssue>"
        f"<Title>{escape(record['journal'] or '')}</Title></Journal>"
        f"<ArticleTitle>{escape(record['title'] or '')}</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(record['abstract'] or '')}</AbstractText></Abstract>"
        f"<Language>eng</Language><PublicationTypeList>{types}</PublicationTypeList></Article>"
        f'<MeshHeadingList>{mesh}</MeshHeadingList><KeywordList Owner="NOTNLM">{words}</KeywordList></MedlineCitation>'
        f'<PubmedData><History><PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>1</Month><Day>1</Day>'
        f'</PubMedPubDate></History><ArticleIdList><ArticleId IdType="pubmed">{record["pmid"]}</ArticleId>'
        f"{_doi(record)}</ArticleIdList></PubmedData></PubmedArticle>"
    ).encode()


def _heading(term: str) -> str:
    """`Depression/*drug therapy` as a heading with a qualifier; the asterisk marks a major topic."""
    name, *qualifiers = term.split("/")
    shown = "".join(
        f"<QualifierName MajorTopicYN={_major(q)}>{escape(q.strip('*'))}</QualifierName>" for q in qualifiers
    )
    descriptor = f"<DescriptorName MajorTopicYN={_major(name)}>{escape(name.strip('*'))}</DescriptorName>"
    return f"<MeshHeading>{descriptor}{shown}</MeshHeading>"


def _major(term: str) -> str:
    return quoteattr("Y" if term.startswith("*") else "N")


def _doi(record: dict[str, Any]) -> str:
    return f'<ArticleId IdType="doi">{escape(record["doi"])}</ArticleId>' if record["doi"] else ""
