"""Where values were read: the texts of a document, cut so that each span that a cell rests on is a piece of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct

from ketalit.warehouse import Reader

Document = tuple[str, str]
"""Source and id of a record."""
Place = tuple[str, str, str, int, int]
"""Source, id, field, first offset and offset behind the last character."""
Cell = tuple[str, str, str]
"""View, row and column."""
ABSTRACT: Final = "abstract"


class Reading(Struct, frozen=True):
    """One place in a document that cells rest on."""

    number: int
    """Number of the place on the page of its study, from 1, in reading order."""
    quote: str
    cells: tuple[Cell, ...]
    is_derived: bool


class Piece(Struct, frozen=True):
    """A stretch of text; `readings` are the places that cover it, `ends` those whose last character it holds."""

    text: str
    readings: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Passage(Struct, frozen=True):
    """One field of a document with the places that were read in it."""

    field: str
    label: str
    pieces: tuple[Piece, ...]
    """The whole text in pieces; empty where only the quotes are shown."""
    readings: tuple[Reading, ...]


class Source(Struct, frozen=True):
    """A document with its passages in reading order: texts first, then posted numbers."""

    source: str
    source_id: str
    title: str
    texts: tuple[Passage, ...]
    fields: tuple[Passage, ...]


# ---- texts of the release


TEXTS: Final = {
    "arm": ("nct_id", {"label": "label", "description": "description"}),
    "intervention": ("nct_id", {"name": "name", "description": "description"}),
    "planned_outcome": ("nct_id", {"measure": "measure", "description": "description", "time_frame": "timeFrame"}),
    "outcome_measure": ("nct_id", {"title": "title", "description": "description", "time_frame": "timeFrame"}),
}
"""Core tables with a JSON pointer: columns → the last part of the pointer of their text."""
REGISTRATION: Final = {
    "brief_title": "/protocolSection/identificationModule/briefTitle",
    "official_title": "/protocolSection/identificationModule/officialTitle",
    "brief_summary": "/protocolSection/descriptionModule/briefSummary",
    "detailed_description": "/protocolSection/descriptionModule/detailedDescription",
}

Texts = Mapping[Document, Mapping[str, str]]
"""Document → field → text, as spans count it."""


def texts_of(reader: Reader, *, with_abstracts: bool) -> Texts:
    """Every text of the release that a span may point into; abstracts only where they may be shown."""
    texts: defaultdict[Document, dict[str, str]] = defaultdict(dict)
    for row in reader.rows("select pmid, title, abstract from core.publication"):
        texts["pubmed", row["pmid"]]["title"] = row["title"]
        if with_abstracts and row["abstract"]:
            texts["pubmed", row["pmid"]][ABSTRACT] = row["abstract"]
    for row in reader.rows(f"select nct_id, {', '.join(REGISTRATION)} from core.registration"):  # noqa: S608 - our names
        texts["ctgov", row["nct_id"]].update({field: row[c] for c, field in REGISTRATION.items() if row[c]})
    for row in reader.rows("select nct_id, criteria from core.eligibility where criteria is not null"):
        texts["ctgov", row["nct_id"]]["/protocolSection/eligibilityModule/eligibilityCriteria"] = row["criteria"]
    for table, (_, columns) in TEXTS.items():
        for row in reader.rows(f"select nct_id, pointer, {', '.join(columns)} from core.{table}"):  # noqa: S608
            fields = {f"{row['pointer']}/{key}": row[column] for column, key in columns.items() if row[column]}
            texts["ctgov", row["nct_id"]].update(fields)
    return texts


# ---- what was read


def read_cells(reader: Reader) -> list[dict[str, Any]]:
    """The part of evidence.cell_source that pages need: nearly a hundred places a study."""
    return reader.rows(
        "select view_name, row_id, column_name, source, source_id, field, span_start, span_end, quote, is_derived"
        " from evidence.cell_source order by view_name, row_id, column_name, ordinal,"
        " source, source_id, field, span_start, span_end"
    )


def sources(
    cells: Iterable[Mapping[str, Any]], texts: Texts, titles: Mapping[Document, str], order: Sequence[Document]
) -> tuple[Source, ...]:
    """The documents of one study in `order`, each with the passages that rows of `evidence.cell_source` cite."""
    places: defaultdict[Place, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in cells:
        place = (cell["source"], cell["source_id"], cell["field"], cell["span_start"], cell["span_end"])
        places[place].append(cell)
    rank = {document: number for number, document in enumerate(order)}
    known = sorted((place for place in places if place[:2] in rank), key=lambda place: _position(place, rank))
    readings = {place: _reading(number, places[place]) for number, place in enumerate(known, 1)}
    return tuple(_source(document, readings, texts.get(document, {}), titles.get(document, "")) for document in order)


def _position(place: Place, rank: Mapping[Document, int]) -> tuple[Any, ...]:
    source, source_id, field, start, end = place
    return (rank[source, source_id], not is_prose(field), field_order(field), start, -end)


def _reading(number: int, cells: Sequence[Mapping[str, Any]]) -> Reading:
    return Reading(
        number=number,
        quote=cells[0]["quote"],
        cells=tuple(dict.fromkeys((cell["view_name"], cell["row_id"], cell["column_name"]) for cell in cells)),
        is_derived=all(cell["is_derived"] for cell in cells),
    )


def _source(document: Document, readings: Mapping[Place, Reading], texts: Mapping[str, str], title: str) -> Source:
    fields: defaultdict[str, dict[tuple[int, int], Reading]] = defaultdict(dict)
    for (source, source_id, field, start, end), reading in readings.items():
        if (source, source_id) == document:
            fields[field][start, end] = reading
    passages = [_passage(field, found, texts.get(field)) for field, found in fields.items()]
    return Source(
        source=document[0],
        source_id=document[1],
        title=title,
        texts=tuple(p for p in passages if is_prose(p.field)),
        fields=tuple(p for p in passages if not is_prose(p.field)),
    )


def _passage(field: str, found: Mapping[tuple[int, int], Reading], text: str | None) -> Passage:
    # a text that the release keeps otherwise than the record has it is not shown: its offsets would mislead
    stands = text is not None and all(text[start:end] == reading.quote for (start, end), reading in found.items())
    pieces = tuple(pieces_of(text, {span: r.number for span, r in found.items()})) if text and stands else ()
    return Passage(field=field, label=field_label(field), pieces=pieces, readings=tuple(found.values()))


def pieces_of(text: str, spans: Mapping[tuple[int, int], int]) -> Iterator[Piece]:
    """`text` cut at every start and end of a span; the pieces joined are the text."""
    cuts = sorted({0, len(text), *(offset for span in spans for offset in span)})
    for start, end in pairwise(cuts):
        yield Piece(
            text=text[start:end],
            readings=tuple(number for (first, last), number in spans.items() if first <= start and end <= last),
            starts=tuple(number for (first, _), number in spans.items() if first == start),
            ends=tuple(number for (first, last), number in spans.items() if last == end and first < last),
        )


# ---- fields in words


PROSE: Final = re.compile(
    r"title|abstract|/protocolSection/(identificationModule/\w+Title|descriptionModule/\w+"
    r"|eligibilityModule/eligibilityCriteria|armsInterventionsModule/\w+/\d+/\w+|outcomesModule/\w+/\d+/\w+)"
    r"|/resultsSection/outcomeMeasuresModule/outcomeMeasures/\d+/(title|description|timeFrame)"
)
"""Fields that are written as sentences; all others are numbers and words of the registry's forms."""
MODULES: Final = {
    "identificationModule": "Title",
    "statusModule": "Status",
    "designModule": "Design",
    "descriptionModule": "Description",
    "armsInterventionsModule": "Arms and interventions",
    "outcomesModule": "Planned outcomes",
    "eligibilityModule": "Eligibility",
    "sponsorCollaboratorsModule": "Sponsor",
    "oversightModule": "Oversight",
    "conditionsModule": "Conditions",
    "contactsLocationsModule": "Locations",
    "participantFlowModule": "Posted participant flow",
    "baselineCharacteristicsModule": "Posted baseline table",
    "outcomeMeasuresModule": "Posted outcomes",
    "adverseEventsModule": "Posted adverse events",
    "moreInfoModule": "Limitations",
}
SINGULAR: Final = {
    "armGroups": "arm",
    "interventions": "intervention",
    "primaryOutcomes": "primary outcome",
    "secondaryOutcomes": "secondary outcome",
    "otherOutcomes": "other outcome",
    "outcomeMeasures": "outcome",
    "eventGroups": "group",
    "seriousEvents": "serious event",
    "otherEvents": "other event",
    "measures": "characteristic",
    "classes": "row",
    "categories": "category",
    "measurements": "column",
    "denoms": "denominator",
    "counts": "column",
    "periods": "period",
    "milestones": "milestone",
    "achievements": "group",
    "dropWithdraws": "reason for leaving",
    "reasons": "group",
    "analyses": "analysis",
    "stats": "group",
}
KEYS: Final = {"timeFrame": "time frame", "eligibilityCriteria": "criteria", "numAffected": "people affected"}
FIRST: Final = {
    "primaryOutcomes": 0,
    "secondaryOutcomes": 1,
    "briefTitle": 0,
    "briefSummary": 0,
    "label": 0,
    "name": 0,
    "title": 0,
    "measure": 0,
    "description": 1,
    "timeFrame": 2,
}
"""What stands first where the alphabet would put it elsewhere."""
CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_prose(field: str) -> bool:
    """Whether a field is written as sentences."""
    return PROSE.fullmatch(field) is not None


def field_label(field: str) -> str:
    """A field in words: `/protocolSection/armsInterventionsModule/armGroups/0/label` is `Arm 1: label`."""
    if not field.startswith("/"):
        return field.capitalize()
    said = ": ".join(_words(field.split("/")[3:])) or module_of(field)
    return said[:1].upper() + said[1:]


def _words(parts: Sequence[str]) -> Iterator[str]:
    place = iter(parts)
    for part in place:
        if part in SINGULAR:
            yield f"{SINGULAR[part]} {int(next(place, '0')) + 1}"
        elif not part.isdigit():
            yield KEYS.get(part, CAPITAL.sub(" ", part).lower())


def module_of(field: str) -> str:
    """The part of the registry's record that a field stands in, in words."""
    parts = field.split("/")
    return MODULES.get(parts[2], parts[2]) if len(parts) > 2 else "Record"


def field_order(field: str) -> tuple[Any, ...]:
    """Reading order: title, abstract, then the registry's modules in the order of its form, numbers as numbers."""
    if not field.startswith("/"):
        return (field != "title", ())
    parts = field.split("/")
    modules = list(MODULES)
    module = modules.index(parts[2]) if parts[2] in modules else len(modules)
    return (2, (module, *((int(p), "") if p.isdigit() else (FIRST.get(p, 5) - 10, p) for p in parts[3:])))
