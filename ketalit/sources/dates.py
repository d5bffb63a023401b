"""Dates as both sources write them, read without inventing a day: text, precision, earliest and latest possible day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Final

from ketalit.model.dates import PartialDate
from ketalit.vocabulary import DatePrecision

_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}

SEASONS: Final = {"winter": (1, 3), "spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12)}
"""First and last month that publishers of either hemisphere's usage mean; wide on purpose: they are bounds."""

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:T[\d:.]+Z?)?")

_MEDLINE = re.compile(
    r"""
    (?P<year>\d{4})
    (?:\s*[-–/]\s*(?P<last_year>\d{4}))?            # 1998-1999
    (?:\s+(?P<word>[A-Za-z]{3,})\.?)?               # Jan, Winter
    (?:\s+(?P<day>\d{1,2})(?!\d))?                  # 2000 Dec 23
    (?:
        \s*[-–/]\s*
        (?:(?P<late_year>\d{4})\s*)?                # 1999 Dec-2000 Jan
        (?P<last_word>[A-Za-z]{3,})?\.?\s*
        (?P<last_day>\d{1,2})?(?!\d)
    )?
    \s*
    """,
    re.VERBOSE,
)


def unreadable(text: str) -> PartialDate:
    """A date that states nothing that can be read; its text is kept."""
    return PartialDate(text, DatePrecision.UNKNOWN, None, None)


def between(
    text: str, precision: DatePrecision, first: tuple[int, int, int], last: tuple[int, int, int]
) -> PartialDate:
    """The days from `first` to `last`, each (year, month, day); unreadable when the calendar has no such days."""
    try:
        earliest, latest = date(*first), date(*last)
    except ValueError:
        return unreadable(text)
    if latest < earliest:
        return unreadable(text)
    return PartialDate(text, precision, earliest.isoformat(), latest.isoformat())


def of_parts(text: str, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """A date of which year, month or day are known: exactly as precise as its parts.

    A day that the calendar does not have (30 February) is left out.
    """
    if month is None:
        return between(text, DatePrecision.YEAR, (year, 1, 1), (year, 12, 31))
    if day is None:
        return between(text, DatePrecision.MONTH, (year, month, 1), (year, month, last_day(year, month)))
    exact = between(text, DatePrecision.DAY, (year, month, day), (year, month, day))
    return exact if exact.earliest else of_parts(text, year, month)


def of_iso(text: str) -> PartialDate:
    """`2019`, `2019-05`, `2019-05-14`, also with a time, as ClinicalTrials.gov writes them."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        return unreadable(text)
    month, day = match["month"], match["day"]
    return of_parts(text, int(match["year"]), int(month) if month else None, int(day) if day else None)


@lru_cache(maxsize=2**15)
def of_words(year: str, month: str, day: str) -> PartialDate | None:
    """A PubMed date in parts, the month as number or name; None without a year. Records share most of their dates."""
    year, month, day = year.strip(), month.strip(), day.strip()
    text = " ".join(filter(None, (year, month, day)))
    if not _is_number(year, digits=4):
        return None
    number = month_number(month)
    if month and number is None:
        return of_medline_date(text)
    return of_parts(text, int(year), number, int(day) if number and _is_number(day, digits=2) else None)


def of_season(year: str, season: str) -> PartialDate:
    """`2003`, `Spring`; a season that is no season but a range of months (`Jul-Aug`) is read as MedlineDate."""
    months = SEASONS.get(season.lower())
    text = f"{year} {season}".strip()
    if months is None or not _is_number(year, digits=4):
        return of_medline_date(text)
    first, last = months
    return between(text, DatePrecision.SEASON, (int(year), first, 1), (int(year), last, last_day(int(year), last)))


def of_medline_date(text: str) -> PartialDate:
    """MedlineDate, free text: `2020 Jan-Feb`, `1998 Dec-1999 Jan`, `2000 Dec 23-30`, `1999-2000`, `Fall 2015`, …

    Where only the year can be read, only the year is given.
    """
    match = _MEDLINE.fullmatch(text.strip())
    if match is None:
        return _only_the_year(text)
    word, last_word = match["word"], match["last_word"]
    if word and word.lower() in SEASONS:
        return _seasons(text, match)
    year = int(match["year"])
    last_year = int(match["last_year"] or match["late_year"] or year)
    month, last_month = month_number(word), month_number(last_word)
    if (word and month is None) or (last_word and last_month is None):
        return _only_the_year(text)
    return _range(text, (year, month, match["day"]), (last_year, last_month, match["last_day"]))


def month_number(text: str | None) -> int | None:
    """`5`, `05`, `May`, `Sept.` or `september` as 5, 5, 5, 9, 9; None when it is no month."""
    if not text:
        return None
    text = text.strip()
    if _is_number(text, digits=2):
        return int(text) if 1 <= int(text) <= 12 else None
    word = text.removesuffix(".").lower()
    return MONTHS.get(word[:3]) if word.isalpha() else None


def last_day(year: int, month: int) -> int:
    """The last day of a month; 0, which no calendar has, for a month that does not exist."""
    return calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year > 0 else 0


def _range(
    text: str, first: tuple[int, int | None, str | None], last: tuple[int, int | None, str | None]
) -> PartialDate:
    """A range whose end may lack what its start states (`Dec 23-30`: the same month)."""
    year, month, day = first
    last_year, last_month, last_day_text = last
    if last_month is None and last_day_text is not None:
        last_month = month
    single = last_month is None and last_day_text is None and last_year == year
    if single:
        return of_parts(text, year, month, int(day) if day else None)
    end_month = last_month or (12 if month is None or last_year != year else month)
    end_day = int(last_day_text) if last_day_text else last_day(last_year, end_month)
    return between(text, DatePrecision.RANGE, (year, month or 1, int(day or 1)), (last_year, end_month, end_day))


def _seasons(text: str, match: re.Match[str]) -> PartialDate:
    """`2003 Spring` or `2003 Spring-Summer`."""
    year, last_word = match["year"], match["last_word"]
    first = of_season(year, match["word"])
    last = of_season(match["late_year"] or year, last_word) if last_word else first
    if not (first.earliest and last.latest) or last.latest < first.earliest:
        return _only_the_year(text)
    precision = DatePrecision.RANGE if last_word else DatePrecision.SEASON
    return PartialDate(text, precision, first.earliest, last.latest)


def _is_number(text: str, digits: int) -> bool:
    return text.isdecimal() and len(text) <= digits


def _only_the_year(text: str) -> PartialDate:
    """The years named in a text that cannot be read further."""
    years = [int(year) for year in re.findall(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)", text)]
    if not years:
        return unreadable(text)
    precision = DatePrecision.YEAR if len(set(years)) == 1 else DatePrecision.RANGE
    return between(text, precision, (min(years), 1, 1), (max(years), 12, 31))
