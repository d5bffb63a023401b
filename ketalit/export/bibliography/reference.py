"""A record of the evidence base as something that can be cited: a paper, a book chapter or a registration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from ketalit.warehouse import Reader

Key = tuple[str, str]
"""Source (pubmed or ctgov) and id of a record."""


class Author(Struct, frozen=True):
    """An author as the record names one; a group has only `group`."""

    last: str | None = None
    fore: str | None = None
    initials: str | None = None
    suffix: str | None = None
    group: str | None = None

    @property
    def vancouver(self) -> str:
        """`Daly EJ`, `King M Jr`, or the name of a group."""
        return self.group or " ".join(part for part in (self.last, self.initials, self.suffix) if part)

    @property
    def inverted(self) -> str:
        """`Daly, Ella J`, or the name of a group."""
        given = " ".join(part for part in (self.fore or self.initials,) if part)
        return self.group or ", ".join(part for part in (self.last, given, self.suffix) if part)


class Reference(Struct, frozen=True):
    """What a citation can hold; None and empty where the record says nothing."""

    source: str
    source_id: str
    kind: str
    """article, book or registration."""
    title: str
    authors: tuple[Author, ...]
    journal: str | None
    journal_abbreviation: str | None
    issn: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    published_text: str | None
    """Date of publication as the record writes it; of a registration the day on which it was first posted."""
    year: int | None
    month: int | None
    day: int | None
    doi: str | None
    pmcid: str | None
    languages: tuple[str, ...]
    keywords: tuple[str, ...]
    headings: tuple[str, ...]
    types: tuple[str, ...]
    registry_ids: tuple[str, ...]
    """NCT numbers of a paper, as PubMed lists them or the abstract states them."""
    abstract: str | None
    """Only where the caller asked for abstracts."""
    integrity: str
    decision: str
    """What screening decided, as in evidence.screening."""
    study_ids: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Source and id."""
        return (self.source, self.source_id)

    @property
    def url(self) -> str:
        """Where the record stands."""
        if self.source == "pubmed":
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.source_id}/"
        return f"https://clinicaltrials.gov/study/{self.source_id}"

    @property
    def is_retracted(self) -> bool:
        """Whether the paper was retracted: marked in every format, since a citation outlives the page it came from."""
        return self.integrity == "retracted"

    @property
    def marked_title(self) -> str:
        """The title, with a retraction before it, as PubMed and Zotero mark it."""
        if self.is_retracted and not self.title.upper().startswith("RETRACTED"):
            return f"RETRACTED: {self.title}"
        return self.title

    @property
    def first_page(self) -> str | None:
        """`351` of `351-4`."""
        return self.pages.split("-")[0].strip() if self.pages else None

    @property
    def last_page(self) -> str | None:
        """`354` of `351-4`: MEDLINE leaves out the digits that stay."""
        first, _, last = (self.pages or "").partition("-")
        first, last = first.strip(), last.split(",")[0].split(";")[0].strip()
        if first.isdigit() and last.isdigit() and len(last) < len(first):
            return first[: len(first) - len(last)] + last
        return last or None


_ASKED: Final = """
with wanted as (
    select unnest($sources) as source, unnest($ids) as source_id
),

decided as (
    select source, source_id, title, decision, integrity, study_ids
    from evidence.screening
    where (source, source_id) in (select (source, source_id) from wanted)
),

authors as (
    select pmid, list(
        {'last': last_name, 'fore': fore_name, 'initials': initials, 'suffix': suffix, 'group': collective_name}
        order by ordinal
    ) as authors
    from core.publication_author
    where pmid in (select source_id from decided)
    group by pmid
),

headings as (
    select pmid, list(descriptor order by ordinal) as headings
    from core.mesh_heading
    where pmid in (select source_id from decided)
    group by pmid
),

types as (
    select pmid, list(publication_type order by ordinal) as types
    from core.publication_type
    where pmid in (select source_id from decided)
    group by pmid
)

select
    decided.*,
    publication.title as paper_title,
    registration.official_title,
    registration.brief_title,
    coalesce(publication.is_book, false) as is_book,
    authors.authors,
    headings.headings,
    types.types,
    publication.journal,
    publication.journal_abbreviation,
    publication.issn,
    publication.volume,
    publication.issue,
    publication.pages,
    publication.published_text,
    publication.published_precision,
    publication.published_earliest,
    publication.doi,
    publication.pmcid,
    publication.languages,
    coalesce(publication.keywords, registration.keywords, []) as keywords,
    coalesce(publication.abstract, registration.brief_summary) as abstract,
    registration.first_posted,
    registration.lead_sponsor
from decided
left join core.publication as publication on decided.source = 'pubmed' and publication.pmid = decided.source_id
left join core.registration as registration on decided.source = 'ctgov' and registration.nct_id = decided.source_id
left join authors on authors.pmid = publication.pmid
left join headings on headings.pmid = publication.pmid
left join types on types.pmid = publication.pmid
"""


def references(reader: Reader, keys: Iterable[Key], *, with_abstracts: bool = False) -> dict[Key, Reference]:
    """The references of records, in the order of `keys`; ids that the release does not hold are left out."""
    wanted = list(dict.fromkeys(keys))
    rows = reader.rows(_ASKED, {"sources": [source for source, _ in wanted], "ids": [name for _, name in wanted]})
    found = {(row["source"], row["source_id"]): _reference(row, with_abstracts=with_abstracts) for row in rows}
    return {key: found[key] for key in wanted if key in found}


def _reference(row: dict[str, Any], *, with_abstracts: bool) -> Reference:
    is_paper = row["source"] == "pubmed"
    year, month, day = _date_parts(row)
    posted = row["first_posted"]
    return Reference(
        source=row["source"],
        source_id=row["source_id"],
        kind=("book" if row["is_book"] else "article") if is_paper else "registration",
        title=_one_line(row["paper_title"] or row["official_title"] or row["brief_title"] or row["title"]),
        authors=_authors(row),
        journal=row["journal"],
        journal_abbreviation=row["journal_abbreviation"],
        issn=row["issn"],
        volume=row["volume"],
        issue=row["issue"],
        pages=row["pages"],
        published_text=row["published_text"] if is_paper else posted.isoformat() if posted else None,
        year=year,
        month=month,
        day=day,
        doi=row["doi"],
        pmcid=row["pmcid"],
        languages=tuple(row["languages"] or ()),
        keywords=tuple(row["keywords"]),
        headings=tuple(row["headings"] or ()),
        types=tuple(row["types"] or ()),
        registry_ids=tuple(name for name in row["study_ids"] or () if name.startswith("NCT")) if is_paper else (),
        abstract=row["abstract"] if with_abstracts else None,
        integrity=row["integrity"],
        decision=row["decision"],
        study_ids=tuple(row["study_ids"] or ()),
    )


def _authors(row: dict[str, Any]) -> tuple[Author, ...]:
    """Those of the paper; a registration is its sponsor's."""
    if row["source"] == "ctgov":
        return (Author(group=row["lead_sponsor"]),) if row["lead_sponsor"] else ()
    return tuple(Author(**author) for author in row["authors"] or ())


def _date_parts(row: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    """As much of the date as the record states: a year alone stays a year."""
    earliest: date | None = row["published_earliest"] if row["source"] == "pubmed" else row["first_posted"]
    if earliest is None:
        return None, None, None
    precision = row["published_precision"] if row["source"] == "pubmed" else "day"
    is_month, is_day = precision in {"day", "month"}, precision == "day"
    return earliest.year, earliest.month if is_month else None, earliest.day if is_day else None


def _one_line(text: str | None) -> str:
    """A title on one line, without the full stop that PubMed sets: every style sets its own."""
    line = " ".join((text or "Untitled record").split())
    return line.removesuffix(".") if not line.endswith("..") else line


def labels(found: Sequence[Reference]) -> list[str]:
    """A short name for each reference, as in a table: `Daly 2018`, if there are two `Daly 2018a`, or its NCT number."""
    stems = [_stem(reference) for reference in found]
    named: list[str] = []
    for position, stem in enumerate(stems):
        number = stems[:position].count(stem)
        named.append(stem if stems.count(stem) == 1 else f"{stem}{_letters(number)}")
    return named


def _stem(reference: Reference) -> str:
    if reference.kind == "registration" or not reference.authors:
        return reference.source_id if reference.source == "ctgov" else f"PMID {reference.source_id}"
    first = reference.authors[0]
    return f"{first.last or first.group} {reference.year or 'n.d.'}"


def _letters(number: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
