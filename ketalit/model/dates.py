"""Dates as sources state them: often without a day, sometimes without a month."""

from __future__ import annotations

from msgspec import Struct

from ketalit.vocabulary import DatePrecision


class PartialDate(Struct, frozen=True, gc=False):
    """A date with its precision; no day is ever invented.

    `text` is the date as written. `earliest` and `latest` are ISO dates (YYYY-MM-DD) that bound it, both included, or
    None when nothing could be read from the text.
    """

    text: str
    precision: DatePrecision
    earliest: str | None
    latest: str | None
