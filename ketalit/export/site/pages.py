"""Pages: HTML with everything escaped, no script and no style in it, and links that work from a folder on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ketalit.export.cells import plain
from ketalit.export.facts import counted
from ketalit.export.presentation import shown
from ketalit.export.site.joined import readable

PUBMED_ID: Final = re.compile(r"\d{1,8}")
NCT_ID: Final = re.compile(r"NCT\d{8}")
SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""Files of the site and nothing else: no inline script or style, no evaluation, no request to anywhere. Chromium and
Firefox count the files of a folder on disk as `self`."""


def environment() -> Environment:
    """Templates of the site; an undefined name is an error, every value is escaped."""
    made = Environment(
        loader=PackageLoader("ketalit.export.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        plain=plain,
        shown=lambda value, column: shown(column, value),
        record=record,
        readable=readable,
        study=study_link,
        counted=counted,
    )
    made.globals["policy"] = POLICY
    return made


def study_file(study_id: str) -> str:
    """The file of a study's page; an id that is no safe name for a file is known by its digest as well."""
    if SAFE_NAME.fullmatch(study_id):
        return f"{study_id}.html"
    # registers write / and blanks in ids; two ids never share a file
    readable_part = re.sub(r"[^A-Za-z0-9-]", "-", study_id)[:60]
    return f"{readable_part}_{sha256(study_id.encode()).hexdigest()[:8]}.html"


def study_link(study_id: str, root: str) -> Markup:
    """A study's id as a link to its page."""
    return Markup('<a href="{}studies/{}">{}</a>').format(root, study_file(study_id), study_id)


def record(source_id: Any) -> Markup:
    """A PMID or NCT id as a link to its record; anything else as text."""
    text = plain(source_id)
    if PUBMED_ID.fullmatch(text):
        return _outside(f"https://pubmed.ncbi.nlm.nih.gov/{text}/", f"PMID {text}")
    if NCT_ID.fullmatch(text):
        return _outside(f"https://clinicaltrials.gov/study/{text}", text)
    return Markup("{}").format(text)


def _outside(url: str, text: str) -> Markup:
    return Markup('<a class="out" rel="noreferrer" href="{}">{}</a>').format(url, text)


def listed(items: Iterable[str], *, most: int = 3) -> str:
    """The first of some words, and how many more there are."""
    words: Sequence[str] = list(dict.fromkeys(items))
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")
