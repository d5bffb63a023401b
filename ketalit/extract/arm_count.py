"""How many arms a trial has, where the text says so; numbers of groups that were only compared are not read."""

from __future__ import annotations

import re

from ketalit.extract.reading import number
from ketalit.extract.scan import Document, Match
from ketalit.model.evidence import Reading

PARTS = re.compile(r"\d")
GROUPS = ("arms", "parallel", "parallels", "groups")


def arm_count(document: Document) -> Reading | None:
    """The number of arms; none where the text states two numbers, as of a trial in two stages."""
    found = document.own("arm_count.stated")
    if not found:
        return None
    counts = {count_of(match) for match in found}
    return number(found[0], counts.pop(), derived=bool(found[0]["ratio"])) if len(counts) == 1 else None


def count_of(match: Match) -> int:
    """The number as written, or the parts of a ratio."""
    ratio = match["ratio"]
    if ratio is not None:
        return len(PARTS.findall(ratio))
    return int(next(text for text in map(match.__getitem__, GROUPS) if text is not None))
