"""Files for screening programs: ASReview LAB (RIS and CSV) and Covidence (RIS).

ASReview reads a decision from the note `ASReview_relevant` or `ASReview_irrelevant`, or from the column `included`.
Covidence finds duplicates by title, year, volume and authors, and takes 15,000 references at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from ketalit.export.bibliography.reference import Reference
from ketalit.export.bibliography.ris import Tag, core_tags, written
from ketalit.export.cells import spreadsheet

DECIDED: Final = {"included": 1, "excluded": 0, "notice": 0}
"""Decision of the rules → label; what a human should look at stays open, as do retracted and unreadable records."""
NOTES: Final = {1: "ASReview_relevant", 0: "ASReview_irrelevant", None: "ASReview_not_seen"}


def as_asreview_ris(found: Sequence[Reference]) -> str:
    """RIS in which each record carries the decision of the rules as a label of ASReview."""
    return written(_labelled(reference) for reference in found)


def as_asreview_csv(found: Sequence[Reference]) -> str:
    """The columns that ASReview knows; UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["record", "title", "abstract", "authors", "year", "journal", "doi", "url", "keywords", "included"])
    for reference in found:
        label = DECIDED.get(reference.decision)
        row = (
            reference.source_id,
            reference.marked_title,
            " ".join((reference.abstract or "").split()),
            "; ".join(author.inverted for author in reference.authors),
            reference.year,
            reference.journal,
            reference.doi,
            reference.url,
            "; ".join(dict.fromkeys([*reference.keywords, *reference.headings])),
            label,
        )
        writer.writerow([spreadsheet(value) for value in row])
    return file.getvalue()


def as_covidence_ris(found: Sequence[Reference]) -> str:
    """RIS with the tags that Covidence reads and no other."""
    return written(core_tags(reference) for reference in found)


def _labelled(reference: Reference) -> Iterator[Tag]:
    yield from core_tags(reference)
    yield "N1", NOTES[DECIDED.get(reference.decision)]
