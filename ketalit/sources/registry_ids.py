"""Trial registry ids in text: one table of patterns, whatever the label in front of the id says.

An id is normalised to upper case with the registry's own hyphens and slashes: `NCT 0123 4567` is NCT01234567,
`ChiCTR-ooc-17012239` is CHICTR-OOC-17012239. The prefix JPRN-, EUCTR or `EU CT` that other registries put in front of
an id belongs to its span and not to the id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Form(NamedTuple):
    """How the ids of one registry look.

    `key` is a literal that every such id holds once the text is folded (`_folded`): the cheap test in front of the
    pattern. `normal` is the id put together from the groups of the pattern.
    """

    registry: str
    key: bytes
    pattern: re.Pattern[str]
    normal: str


_HYPHENS: Final = "‐‑‒–—−"
_FOLD: Final = bytes.maketrans(b"abcdefghijklmnopqrstuvwxyz123456789?", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ000000000-")


def _form(registry: str, key: str, pattern: str, normal: str, flags: re.RegexFlag = re.IGNORECASE) -> Form:
    """`/-/` in a pattern stands for any printed dash, `~` for what may part the prefix from the number."""
    spelled = pattern.replace("~", rf"[\s:#.\-{_HYPHENS}]{{0,3}}").replace("/-/", rf"[\-{_HYPHENS}]")
    return Form(registry, key.encode("ascii"), re.compile(spelled + r"(?![0-9])", flags), normal)


FORMS: Final = (
    # the number may be printed in two halves
    _form("ClinicalTrials.gov", "NCT", r"NCT~([0-9]{4})[\s-]?([0-9]{4})", r"NCT\1\2"),
    _form("ISRCTN", "ISRCTN", r"ISRCTN~([0-9]{4})\s?([0-9]{4})", r"ISRCTN\1\2"),
    # an EU CT number has a fourth part, an EudraCT number has not
    _form("CTIS", "-000000-00-00", r"(?:EUCTR)?(20[0-9]{2})/-/(5[0-9]{5})/-/([0-9]{2})/-/([0-9]{2})", r"\1-\2-\3-\4"),
    _form("EudraCT", "-000000-00", r"(?:EUCTR)?((?:19|20)[0-9]{2})/-/([0-9]{6})/-/([0-9]{2})", r"\1-\2-\3"),
    _form("ANZCTR", "ACTRN", r"ACTRN~([0-9]{14})", r"ACTRN\1"),
    _form("ChiCTR", "CHICTR", r"ChiCTR~([A-Z]{2,4})~([0-9]{8,10})", r"CHICTR-\1-\2"),
    _form("ChiCTR", "CHICTR", r"ChiCTR~([0-9]{8,10})", r"CHICTR\1"),
    _form("UMIN", "UMIN", r"(?:JPRN~)?UMIN~(?:CTR|ID)?~([0-9]{9})", r"UMIN\1"),
    _form("jRCT", "JRCT", r"(?:JPRN~)?jRCT~([a-z]?[0-9]{9,10})", r"JRCT\1"),
    _form("JapicCTI", "JAPICCTI", r"(?:JPRN~)?JapicCTI~([0-9]{6})", r"JAPICCTI-\1"),
    _form("JMACCT", "JMA", r"(?:JPRN~)?JMA/-/?IIA~([0-9]{5})", r"JMA-IIA\1"),
    _form("CTRI", "CTRI", r"CTRI[/\s-]{1,2}([0-9]{4})/\s?([0-9]{2,3})/\s?([0-9]{6})", r"CTRI/\1/\2/\3"),
    _form("IRCT", "IRCT", r"IRCT~([0-9]{8,18})\s?N\s?([0-9]{1,3})", r"IRCT\1N\2"),
    _form("DRKS", "DRKS", r"DRKS~(?:ID~)?([0-9]{8})", r"DRKS\1"),
    _form("NTR", "NTR", r"NTR~([0-9]{3,5})", r"NTR\1", re.NOFLAG),
    # NL12345.018.06 is a number of an ethics committee, not of the register
    _form("NTR", "NL0000", r"NL([0-9]{4,5})(?!\.?[0-9])", r"NL\1", re.NOFLAG),
    _form("NTR", "NL-OMON", r"NL-OMON([0-9]{4,6})", r"NL-OMON\1"),
    _form("PACTR", "PACTR", r"PACTR~([0-9]{15,16})", r"PACTR\1"),
    _form("CRIS", "KCT", r"KCT~([0-9]{7})", r"KCT\1"),
    _form("TCTR", "TCTR", r"TCTR~([0-9]{11})", r"TCTR\1"),
    _form("ReBEC", "RBR", r"RBR/-/?((?=[a-z0-9]{0,7}[0-9])[a-z0-9]{6,8})(?![a-z])", r"RBR-\1"),
    _form("SLCTR", "SLCTR", r"SLCTR~/?([0-9]{4})/([0-9]{3})", r"SLCTR/\1/\2"),
    _form("RPCEC", "RPCEC", r"RPCEC~([0-9]{8})", r"RPCEC\1"),
    _form("LBCTR", "LBCTR", r"LBCTR~([0-9]{10})", r"LBCTR\1"),
    _form("REPEC", "PER-000-00", r"PER/-/([0-9]{3})/-/([0-9]{2})", r"PER-\1-\2", re.NOFLAG),
    _form("PHRR", "PHRR", r"PHRR~([0-9]{6})/-/([0-9]{6})", r"PHRR\1-\2"),
    _form("ITMCTR", "ITMCTR", r"ITMCTR~([0-9]{10})", r"ITMCTR\1"),
    _form("HKUCTR", "HKUCTR", r"HKUCTR~([0-9]{1,5})", r"HKUCTR-\1"),
    _form("SNCTP", "SNCTP", r"SNCTP~([0-9]{9})", r"SNCTP\1"),
    _form("UTN", "U0000", r"U1111/-/([0-9]{4})/-/([0-9]{4})", r"U1111-\1-\2"),
)
"""Primary registries of the WHO network and those that publications on ketamine name."""


_LONG_NUMBER = re.compile(rb"0000+")
_SHORT_NUMBERED: Final = ("NTR", "RBR", "PER-", "HKUCTR")
"""Prefixes of the registries whose ids may lack a run of four digits."""
_REACH: Final = 48
"""Characters: no id is longer, so none that holds a long number reaches further from it."""
_LONGEST_PREFIX: Final = 12
"""Characters that may stand in front of the key of a form: `EUCTR2004`, `JPRN - `."""


def find(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Each registry id that stands in a text, in reading order: (registry, normalised id, start, end)."""
    folded = _folded(text)
    found = [
        hit
        for start, end in _windows(text, folded)
        for form in FORMS
        if (key_at := folded.find(form.key, start, end)) >= 0
        for hit in _hits(form, text, max(start, key_at - _LONGEST_PREFIX), end)
    ]
    return _without_overlaps(sorted(found, key=lambda hit: (hit[2], -hit[3])))


def normalise(text: str) -> tuple[str, str] | None:
    """The (registry, id) that a text consists of, such as an accession number; None when it is something else."""
    text = text.strip()
    return next(((registry, id_) for registry, id_, start, end in find(text) if end - start == len(text)), None)


def _folded(text: str) -> bytes:
    """One byte a character: upper case, `0` for every digit, `-` for whatever is not ASCII, dashes among it."""
    return text.encode("ascii", "replace").translate(_FOLD)


def _windows(text: str, folded: bytes) -> list[tuple[int, int]]:
    """Where ids can stand: around long numbers, of which most texts hold few. Windows that touch become one."""
    for prefix in _SHORT_NUMBERED:
        if prefix in text:
            return [(0, len(text))]
    if b"0000" not in folded:
        return []
    windows: list[tuple[int, int]] = []
    for number in _LONG_NUMBER.finditer(folded):
        start, end = max(number.start() - _REACH, 0), number.end() + _REACH
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _hits(form: Form, text: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    for match in form.pattern.finditer(text, start, end):
        first, last = match.span()
        if first == 0 or not text[first - 1].isalnum():
            yield form.registry, match.expand(form.normal).upper(), first, last


def _without_overlaps(hits: list[tuple[str, str, int, int]]) -> Iterator[tuple[str, str, int, int]]:
    """Of two readings of one place the first and longest."""
    end = 0
    for hit in hits:
        if hit[2] >= end:
            yield hit
            end = hit[3]
