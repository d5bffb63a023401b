"""One line of a reference list, in the style of the National Library of Medicine (Citing Medicine, 2nd edition)."""

from __future__ import annotations

from typing import Final

from ketalit.export.bibliography.reference import Reference
from ketalit.export.facts import MONTHS as LONG_MONTHS
from ketalit.export.facts import long_date

AUTHORS_SHOWN: Final = 6
"""As the ICMJE recommends: six, then et al."""
MONTHS: Final = tuple(month[:3] for month in LONG_MONTHS)


def vancouver(reference: Reference) -> str:
    """`Singh JB, Fedgchin M, … Title. Am J Psychiatry. 2016;173(8):816-26. doi:… PMID: ….`"""
    if reference.kind == "registration":
        return _registration(reference)
    parts = (_authors(reference), _ended(reference.marked_title), _ended(_journal(reference)), *_ids(reference))
    return " ".join(part for part in parts if part)


def _registration(reference: Reference) -> str:
    sponsor = _ended(reference.authors[0].group or "") if reference.authors else ""
    posted = f"First posted {long_date(reference.published_text)}." if reference.published_text else ""
    number = f"ClinicalTrials.gov identifier: {reference.source_id}."
    return " ".join(part for part in (sponsor, _ended(reference.title), number, posted) if part)


def _authors(reference: Reference) -> str:
    names = [author.vancouver for author in reference.authors]
    shown = names[:AUTHORS_SHOWN] if len(names) > AUTHORS_SHOWN else names
    return _ended(", ".join([*shown, "et al"] if len(names) > AUTHORS_SHOWN else shown))


def _journal(reference: Reference) -> str:
    """`Am J Psychiatry. 2016;173(8):816-26`"""
    issue = f"({reference.issue})" if reference.issue else ""
    pages = f":{reference.pages}" if reference.pages else ""
    place = f"{reference.volume or ''}{issue}{pages}"
    when = " ".join(part for part in (str(reference.year or ""), _month(reference)) if part)
    name = (reference.journal_abbreviation or reference.journal or "").rstrip(".")
    return ". ".join(part for part in (name, f"{when};{place}" if when and place else when or place) if part)


def _month(reference: Reference) -> str:
    """The month is only needed where neither volume nor issue tells the place."""
    return MONTHS[reference.month - 1] if reference.month and not (reference.volume or reference.issue) else ""


def _ids(reference: Reference) -> tuple[str, ...]:
    doi = f"doi:{reference.doi}." if reference.doi else ""
    return (doi, f"PMID: {reference.source_id}.")


def _ended(text: str) -> str:
    """With one full stop, unless it ends with a mark of its own."""
    text = text.strip()
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
