"""Cells: text that was written by others, made harmless for the format it goes into.

Titles and quotes come from anywhere. In a spreadsheet a leading `=` would run, in Markdown a `<` would be markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any, Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for a formula (OWASP, CSV Injection), with the full-width forms that they fold."""
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BIDIRECTIONAL: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKDOWN: Final = re.compile(r"([\\`*_\[\]|#~])")


def plain(value: Any) -> str:
    """A value as text: lists joined with `; `, None as nothing, numbers without a trailing `.0`.

    Control characters and marks that reverse the direction of reading become U+FFFD: they change what a reader sees.
    """
    if value is None or value != value:  # NaN is pandas' None
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(value, ".10g")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(plain(item) for item in value)
    return BIDIRECTIONAL.sub("\ufffd", CONTROL.sub("\ufffd", str(value)))


def spreadsheet(value: Any) -> Any:
    """A cell of a CSV file for people: text that would run as a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain(value)
    text = plain(value)
    # a formula hides behind blanks as well
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA_STARTS) else text


def markdown(value: Any) -> str:
    """A cell of a Markdown table, on one line and without markup."""
    return MARKDOWN.sub(r"\\\1", escape(" ".join(plain(value).split()), quote=False))
