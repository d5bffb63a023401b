"""The parameters of ClinicalTrials.gov API v2, checked as strictly as its official OpenAPI description (2.0.5) asks.

A test compares these tables with the description. Error texts after recorded answers and reports of the live service.
"""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from ketalit.replay.exchange import Request
from ketalit.replay.refusal import QueryRefused
from ketalit.replay.study_fields import PATHS_BY_NAME, PIECES, STATUSES, FieldType

NCT_ID = re.compile(r"[Nn][Cc][Tt]0*[1-9]\d{0,7}")
_DISTANCE = r"distance\(-?\d+(\.\d+)?,-?\d+(\.\d+)?,\d+(\.\d+)?(km|mi)?\)"
_DECAY = r"func:(gauss|exp|linear),scale:(\d+(\.\d+)?(km|mi)),offset:(\d+(\.\d+)?(km|mi)),decay:(\d+(\.\d+)?)"

MOST_SORTS = 2
LARGEST_PAGE = 1000
DEFAULT_PAGE = 10


class Shape(Enum):
    """What a parameter's value is."""

    TEXT = "string"
    LIST = "array"
    BOOLEAN = "boolean"
    NUMBER = "integer"


class Parameter(Struct, frozen=True):
    """One parameter: the shape of its value, the words or the pattern that a value, or each item of a list, keeps to.

    `evaluated` is False for what the service offers and the replay refuses.
    """

    shape: Shape = Shape.TEXT
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    evaluated: bool = True


QUERY_AREAS = {
    "query.cond": ("ConditionSearch", "Conditions or disease"),
    "query.term": ("BasicSearch", "Other terms"),
    "query.locn": ("LocationSearch", "Location terms"),
    "query.titles": ("TitleSearch", "Title / acronym"),
    "query.intr": ("InterventionSearch", "Intervention / treatment"),
    "query.outc": ("OutcomeSearch", "Outcome measure"),
    "query.spons": ("SponsorSearch", "Sponsor / collaborator"),
    "query.lead": ("LeadSponsorName", "LeadSponsorName"),
    "query.id": ("IdSearch", "Study IDs"),
}
"""Which area each query looks into, and what errors call it."""

FILTERS = ("filter.advanced", "postFilter.advanced")

_FILTER = {
    "overallStatus": Parameter(Shape.LIST, allowed=STATUSES),
    "geo": Parameter(pattern=_DISTANCE, evaluated=False),
    "ids": Parameter(Shape.LIST, pattern=NCT_ID.pattern),
    "advanced": Parameter(),
    "synonyms": Parameter(Shape.LIST, evaluated=False),
}

STUDIES = {
    "format": Parameter(allowed=("csv", "json")),
    "markupFormat": Parameter(allowed=("markdown", "legacy")),
    **dict.fromkeys(QUERY_AREAS, Parameter()),
    "query.patient": Parameter(evaluated=False),
    **{f"filter.{name}": parameter for name, parameter in _FILTER.items()},
    **{f"postFilter.{name}": parameter for name, parameter in _FILTER.items()},
    "aggFilters": Parameter(evaluated=False),
    "geoDecay": Parameter(pattern=_DECAY, evaluated=False),
    "fields": Parameter(Shape.LIST, pattern=r"([a-zA-Z][a-zA-Z0-9\-. ]*)|(@query)"),
    "sort": Parameter(Shape.LIST, pattern=r"(([a-zA-Z][a-zA-Z0-9\-. ]*)|(@relevance))(:(asc|desc))?"),
    "countTotal": Parameter(Shape.BOOLEAN),
    "pageSize": Parameter(Shape.NUMBER),
    "pageToken": Parameter(),
}
"""Parameters of GET /studies."""

SINGLE_STUDY = {
    "format": Parameter(allowed=("csv", "json", "json.zip", "fhir.json", "ris")),
    "markupFormat": Parameter(allowed=("markdown", "legacy")),
    "fields": Parameter(Shape.LIST, pattern=r"[a-zA-Z][a-zA-Z0-9\-. ]*"),
}
"""Parameters of GET /studies/{nctId}."""


class SortKey(Struct, frozen=True):
    """A date or numeric field to sort by."""

    piece: str
    descending: bool


def check(request: Request, parameters: dict[str, Parameter]) -> None:
    """Check every parameter of a request; raises QueryRefused with the service's words for the first that is wrong."""
    for name, value in request.parameters:
        if name not in parameters:
            raise QueryRefused(f"`{name}` is unknown parameter")
        _check_value(name, value, parameters[name])
    for name, only in (("format", "json"), ("markupFormat", "markdown")):
        if request.get(name, only) != only:
            raise QueryRefused(f"The replay gives {name}={only} only")


def items(value: str) -> tuple[str, ...]:
    """Return the items of a list, which commas or pipes separate."""
    return tuple(item.strip() for item in re.split(r"[,|]", value))


def paths(request: Request) -> tuple[str, ...]:
    """Return the paths that `fields` asks for; none means all."""
    if "fields" not in request.names:
        return ()
    wanted: list[str] = []
    for name in items(request.get("fields")):
        if name not in PATHS_BY_NAME:
            raise QueryRefused(f"Parameter 'fields' contains invalid field name: '{name}'")
        wanted.extend(PATHS_BY_NAME[name])
    return tuple(wanted)


def sort_keys(request: Request) -> tuple[SortKey, ...]:
    """Return what to sort by; none means the service's own order, which is not stable."""
    if not request.get("sort"):
        return ()
    given = items(request.get("sort"))
    if len(given) > MOST_SORTS:
        raise QueryRefused(f"Parameter `sort` has more than {MOST_SORTS} items")
    return tuple(_sort_key(item, number) for number, item in enumerate(given, 1))


def page_size(request: Request) -> int:
    """Return how many studies a page holds: ten for none or 0, and never more than a thousand, whatever is asked."""
    return min(int(request.get("pageSize") or 0) or DEFAULT_PAGE, LARGEST_PAGE)


def _check_value(name: str, value: str, parameter: Parameter) -> None:
    if not parameter.evaluated:
        raise QueryRefused(f"Parameter `{name}` is known to the service but not evaluated by the replay")
    if parameter.shape is Shape.BOOLEAN and value not in ("true", "false"):
        raise QueryRefused(f"Parameter `{name}` has incorrect format")
    if parameter.shape is Shape.NUMBER and not value.isdecimal():
        raise QueryRefused(f"Parameter `{name}` has incorrect format")
    if parameter.shape is Shape.LIST:
        _check_items(name, items(value), parameter)
    elif parameter.allowed and value not in parameter.allowed:
        raise QueryRefused(f"Invalid value in parameter `{name}`: `{value}`")


def _check_items(name: str, given: tuple[str, ...], parameter: Parameter) -> None:
    for number, item in enumerate(given, 1):
        if parameter.allowed and item not in parameter.allowed:
            raise QueryRefused(f"Invalid value in parameter `{name.rpartition('.')[2]}`: `{item}`")
        if parameter.pattern and not re.fullmatch(parameter.pattern, item):
            raise QueryRefused(f"Item {number} in parameter `{name}` has incorrect format")


def _sort_key(item: str, number: int) -> SortKey:
    name, _, direction = item.partition(":")
    if name == "@relevance":
        raise QueryRefused("Sorting by @relevance is known to the service but not evaluated by the replay")
    piece = PIECES.get(name)
    if piece is None or piece.type not in (FieldType.DATE, FieldType.NUMBER):
        raise QueryRefused(f"Item {number} in parameter `sort` has incorrect format")
    return SortKey(name, direction == "desc" or (not direction and piece.type is FieldType.DATE))
