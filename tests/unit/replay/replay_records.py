"""Small records to search in: every sentence is made up."""

from __future__ import annotations

from typing import Any

import msgspec

from ketalit.model.dates import PartialDate
from ketalit.model.publication import Author, MeshHeading, OtherAbstract, Publication, StatedRegistryId
from ketalit.replay.pubmed_fields import Article
from ketalit.replay.pubmed_query import parse
from ketalit.replay.pubmed_search import Library
from ketalit.vocabulary import DatePrecision, Integrity


def day(text: str) -> PartialDate:
    return PartialDate(text, DatePrecision.DAY, text, text)


def heading(descriptor: str, *qualifiers: str, major: bool = False) -> MeshHeading:
    return MeshHeading(descriptor, None, major, qualifiers)


def author(last_name: str, initials: str) -> Author:
    return Author(last_name, None, initials, None, None, None)


def group(name: str) -> Author:
    return Author(None, None, None, None, name, None)


def other_abstract(text: str) -> OtherAbstract:
    return OtherAbstract(None, "fre", text)


def databank(registry: str, registry_id: str) -> StatedRegistryId:
    return StatedRegistryId(registry, registry_id, "databank", 0, 0, registry_id)


NOTHING = Publication(
    pmid="1",
    version=1,
    is_book=False,
    title="",
    vernacular_title=None,
    abstract="",
    sections=(),
    other_abstracts=(),
    journal=None,
    journal_abbreviation=None,
    issn=None,
    volume=None,
    issue=None,
    pages=None,
    published=PartialDate("", DatePrecision.UNKNOWN, None, None),
    created=None,
    revised=None,
    languages=(),
    authors=(),
    authors_complete=True,
    publication_types=(),
    mesh=(),
    keywords=(),
    doi=None,
    pmcid=None,
    registry_ids=(),
    corrections=(),
    integrity=Integrity.CURRENT,
    status=None,
)


def article(pmid: str = "1", *, substances: tuple[str, ...] = (), **stated: Any) -> Article:
    """A publication that states only what is given."""
    return Article(msgspec.structs.replace(NOTHING, pmid=pmid, **stated), substances)


def finds(query: str, *, substances: tuple[str, ...] = (), **stated: Any) -> bool:
    """Whether a query finds a publication that states only this."""
    return bool(Library([article(substances=substances, **stated)]).search(parse(query).query))


ARTICLE_XML = """<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<DateRevised><Year>2024</Year><Month>05</Month><Day>06</Day></DateRevised>
<Article PubModel="Print"><Journal>
<JournalIssue CitedMedium="Print"><PubDate><Year>{year}</Year></PubDate></JournalIssue>
<Title>Journal of Made-up Trials</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Language>eng</Language></Article></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>1</Month><Day>2</Day></PubMedPubDate>
</History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>"""


def article_xml(pmid: str, title: str = "Ketamine again", year: int = 2020) -> bytes:
    return ARTICLE_XML.format(pmid=pmid, title=title, year=year).encode()


def study(nct_id: str = "NCT00000001", **stated: Any) -> dict[str, Any]:
    """A v2 study; a value is given by its path with `__` for each dot, below protocolSection or at the top."""
    whole: dict[str, Any] = {"protocolSection": {"identificationModule": {"nctId": nct_id}}}
    for path, value in stated.items():
        *branches, leaf = path.split("__")
        at_top = leaf == "hasResults" or branches[:1] == ["derivedSection"]
        below = whole if at_top else whole["protocolSection"]
        for branch in branches:
            below = below.setdefault(branch, {})
        below[leaf] = value
    return whole


def study_json(nct_id: str = "NCT00000001", **stated: Any) -> bytes:
    return msgspec.json.encode(study(nct_id, **stated))
