"""Text of others inside TeX: nothing of it is a command."""

from __future__ import annotations

import re
from typing import Any, Final

from ketalit.export.cells import plain

SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts \{ as a brace that must be closed
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_SPECIAL: Final = re.compile("|".join(re.escape(character) for character in SPECIAL))


def tex(value: Any) -> str:
    """A value as TeX prints it, letter by letter."""
    return _SPECIAL.sub(lambda match: SPECIAL[match[0]], plain(value))
