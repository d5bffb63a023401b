"""What a row is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TypeAlias

from ketalit.model.dates import PartialDate

Value: TypeAlias = str | int | float | bool | date | datetime | list[str] | None
Row: TypeAlias = dict[str, Value]
Rows: TypeAlias = Iterator[tuple[str, Row]]
"""Pairs of a table of `core` and a row for it."""


def day(text: str | None) -> date | None:
    """An ISO date as DuckDB takes it."""
    return date.fromisoformat(text) if text else None


def earliest(stated: PartialDate | None) -> date | None:
    """The first day that a stated date may mean."""
    return day(stated.earliest) if stated else None


def latest(stated: PartialDate | None) -> date | None:
    """The last day that a stated date may mean."""
    return day(stated.latest) if stated else None


def moment(text: str | None) -> datetime | None:
    """An ISO time as UTC without zone, the way `core` stores times."""
    if text is None:
        return None
    stated = datetime.fromisoformat(text)
    return stated.astimezone(UTC).replace(tzinfo=None) if stated.tzinfo else stated
