"""Slices of a search that finds more than PubMed lists: years, then months, then days, then ranges of ids."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

HIGHEST_PMID: Final = 99_999_999
"""PMIDs have eight digits at most (NLM, PubMed DTD)."""


class Slice(Struct, frozen=True):
    """The records that were added (CRDT) within some days, or without a day, and whose ids lie in a range.

    CRDT and not the date of publication: that one is vague for many records, which pile up on the first of a month.
    """

    days: tuple[date, date] | None
    lowest: int = 1
    highest: int = HIGHEST_PMID

    @property
    def window(self) -> Mapping[str, str]:
        """The parameters of esearch that ask for these days."""
        if self.days is None:
            return {}
        first, last = self.days
        return {"datetype": "crdt", "mindate": f"{first:%Y/%m/%d}", "maxdate": f"{last:%Y/%m/%d}"}

    def term(self, query: str) -> str:
        """`query` within this range of ids."""
        if (self.lowest, self.highest) == (1, HIGHEST_PMID):
            return query
        return f"({query}) AND {self.lowest}:{self.highest}[uid]"

    def halves(self) -> tuple[Slice, Slice] | None:
        """Two slices that hold together what this one does; None when one id is all that is left."""
        if self.days is not None and self.days[0] != self.days[1]:
            first, last = self.days
            middle = _middle(first, last)
            return Slice(days=(first, middle)), Slice(days=(middle + timedelta(days=1), last))
        if self.lowest == self.highest:
            return None
        id_ = (self.lowest + self.highest) // 2
        return Slice(self.days, self.lowest, id_), Slice(self.days, id_ + 1, self.highest)


def _middle(first: date, last: date) -> date:
    """The last day of the first half: halves end with a year while there are several, then with a month."""
    if first.year != last.year:
        return date((first.year + last.year) // 2, 12, 31)
    if first.month != last.month:
        month = (first.month + last.month) // 2
        return date(first.year, month, monthrange(first.year, month)[1])
    return first + (last - first) // 2
