"""Rows of what a list besides PubMed says of whether publications stand."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from ketalit.model.integrity import RetractionList
from ketalit.warehouse.rows.row import Rows


def of_retractions(listed: RetractionList, pmids: Container[str], dois: Container[str]) -> Rows:
    """The entries on publications that are held, by PubMed id or DOI (in lower case)."""
    for statement in listed.statements:
        if statement.pmid in pmids or statement.doi in dois:
            yield (
                "listed_statement",
                {
                    "list": listed.name,
                    "record_id": statement.record_id,
                    "pmid": statement.pmid,
                    "doi": statement.doi,
                    "nature": statement.nature,
                    "stated_on": _day(statement.stated_on),
                    "notice_pmid": statement.notice_pmid,
                    "notice_doi": statement.notice_doi,
                    "reasons": statement.reasons,
                    "file": listed.file,
                    "sha256": listed.sha256,
                },
            )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a day that no calendar has
        return None
