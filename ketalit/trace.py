"""From a cell of an evidence view back to the words that it was read from.

    evidence.<view> → evidence.cell_source → core.document → the stored record → the sentence around the quote

Cells that were read have a source each. Cells that a view computes (ids, counts of studies, flags) have none: for them
the trace gives what the column means and the documents that its row rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

import msgspec
from msgspec import Struct

from ketalit.errors import KetalitError, SettingsError
from ketalit.export.cells import plain
from ketalit.export.codebook import meaning_of
from ketalit.model.document import Document
from ketalit.release import Release
from ketalit.snapshot import Store
from ketalit.sources.pubmed import parse as pubmed
from ketalit.vocabulary import Source
from ketalit.warehouse import Reader
from ketalit.warehouse.cells import key_of, row_name
from ketalit.warehouse.published import published_views, table_of

AROUND: Final = 80
"""Characters of context on each side of a quote."""


class Origin(Struct, frozen=True):
    """One place that a cell rests on."""

    column: str
    value: str
    quote: str
    context: str | None
    """The quote between [[ and ]] with what stands around it; None when the record is not at hand."""
    missing: str | None
    """Why there is no context."""
    source: str
    source_id: str
    field: str
    span: tuple[int, int]
    sha256: str
    fetched_at: str
    request: str
    run_id: str | None
    revised: str | None
    """When the record says that it was last changed; None when it does not, or is not at hand."""
    rule: str
    meaning: str
    is_derived: bool
    confidence: float


class Basis(Struct, frozen=True):
    """A document that a computed cell's row rests on."""

    source: str
    source_id: str
    sha256: str
    fetched_at: str
    request: str


class Trace(Struct, frozen=True):
    """Where a row, or one cell of it, comes from."""

    release_id: str
    ketalit_version: str
    code_digest: str
    view: str
    row: str
    cells: dict[str, str]
    """Column → value of the cells that were asked for."""
    meanings: dict[str, str]
    """Column → what it means and how it is filled."""
    origins: tuple[Origin, ...]
    documents: tuple[Basis, ...]
    """Of cells that a view computes: the documents of the row."""


def trace(release: Release, reader: Reader, store: Store, view: str, row: str, column: str | None) -> Trace:
    """Everything behind a row, or behind one cell of it. Raises SettingsError for a view, row or column that is not."""
    view = _view(reader, view)
    row = row.strip()  # a name taken from a line of CSV ends with the carriage return of that line
    found = _row(reader, view, row)
    wanted = [_column(found, view, column)] if column else [name for name, value in found.items() if value is not None]
    origins = tuple(_origins(reader, store, view, row, column))
    return Trace(
        release_id=release.release_id,
        ketalit_version=release.manifest.ketalit_version,
        code_digest=release.manifest.code_digest,
        view=view,
        row=row,
        cells={name: plain(found[name]) for name in wanted},
        meanings=_meanings(reader, view, wanted),
        origins=origins,
        documents=() if origins else tuple(_documents(reader, found)),
    )


def _view(reader: Reader, name: str) -> str:
    views = published_views(reader)
    bare = name.removeprefix("evidence.")
    if bare not in views:
        raise SettingsError(f"There is no view {name}.", hint=f"Views: {', '.join(views)}.")
    return bare


def _row(reader: Reader, view: str, row: str) -> dict[str, Any]:
    table = table_of(reader, view)
    key = key_of(view, table.column_names)
    names = {row_name(dict(zip(key, values, strict=True)), key): i for i, values in enumerate(_keys(table, key))}
    if row not in names:
        near = get_close_matches(row, names, n=3, cutoff=0.5)
        known = f"Did you mean {' or '.join(near)}?" if near else f"A row is named by its {' | '.join(key)}."
        raise SettingsError(f"evidence.{view} has no row {row} in this release.", hint=known)
    found: dict[str, Any] = table.slice(names[row], 1).to_pylist()[0]
    return found


def _keys(table: Any, key: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(table.column(name).to_pylist() for name in key), strict=True)


def _column(row: Mapping[str, Any], view: str, column: str) -> str:
    if column not in row:
        near = get_close_matches(column, row, n=3, cutoff=0.5) or list(row)
        raise SettingsError(f"evidence.{view} has no column {column}.", hint=f"There are: {', '.join(near)}.")
    return column


def _meanings(reader: Reader, view: str, columns: Sequence[str]) -> dict[str, str]:
    comments = reader.rows(
        "select column_name, comment from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and table_name = ?",
        [view],
    )
    said = {row["column_name"]: row["comment"] or "" for row in comments}
    return {name: said.get(name, "") for name in columns}


def _origins(reader: Reader, store: Store, view: str, row: str, column: str | None) -> Iterator[Origin]:
    records = _Records(store)
    for cell in reader.rows(
        "select cell.*, coalesce(version.run_id, document.run_id) as run_id from evidence.cell_source as cell"
        " left join core.document as document using (source, source_id)"
        " left join (select nct_id, sha256, min(run_id) as run_id from core.registry_version group by all) as version"
        " on version.nct_id = cell.source_id and version.sha256 = cell.sha256"
        " where cell.view_name = ? and cell.row_id = ? and (?::varchar is null or cell.column_name = ?)"
        " order by cell.column_name, cell.ordinal, cell.field, cell.span_start, cell.quote",
        [view, row, column, column],
    ):
        document, missing = records.get(cell)
        yield _origin(cell, document, missing)


class _Records:
    """The stored records of one trace; each is looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[str, tuple[Document | None, str | None]] = {}

    def get(self, cell: Mapping[str, Any]) -> tuple[Document | None, str | None]:
        """The record, or why it is not at hand."""
        sha256 = cell["sha256"]
        if sha256 not in self._found:
            self._found[sha256] = self._look_up(cell)
        return self._found[sha256]

    def _look_up(self, cell: Mapping[str, Any]) -> tuple[Document | None, str | None]:
        if not cell["run_id"]:
            return None, "the release does not say which run stored the record"
        try:
            found = self._store.version(cell["run_id"], cell["source_id"], cell["sha256"])
        except KetalitError as error:
            return None, str(error)
        return found, None if found else f"snapshots/{cell['run_id']} is not in {self._store.home}"


def _origin(cell: Mapping[str, Any], document: Document | None, missing: str | None) -> Origin:
    context = _context(document, cell) if document else None
    if document and context is None:
        missing = f"the stored record does not hold this quote at {cell['field']}"
    return Origin(
        column=cell["column_name"],
        value=cell["value_text"],
        quote=cell["quote"],
        context=context,
        missing=missing,
        source=cell["source"],
        source_id=cell["source_id"],
        field=cell["field"],
        span=(cell["span_start"], cell["span_end"]),
        sha256=cell["sha256"],
        fetched_at=f"{cell['fetched_at']:%Y-%m-%dT%H:%M:%SZ}",
        request=cell["request"],
        run_id=cell["run_id"],
        revised=document.revised or None if document else None,
        rule=cell["rule"],
        meaning=meaning_of(cell["rule"]),
        is_derived=cell["is_derived"],
        confidence=cell["confidence"],
    )


def _context(document: Document, cell: Mapping[str, Any]) -> str | None:
    """The quote with what stands around it; None when the record does not hold it there."""
    text = _field(document, cell["field"])
    start, end, quote = cell["span_start"], cell["span_end"], cell["quote"]
    if text is None or text[start:end] != quote:
        return None
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    opening, closing = "…" if start > AROUND else "", "…" if end + AROUND < len(text) else ""
    return f"{opening}{before}[[{quote}]]{after}{closing}"


def _field(document: Document, field: str) -> str | None:
    """The text of a field: title or abstract of a paper, the value at a JSON pointer of a registration."""
    if document.source is Source.PUBMED:
        publication = pubmed.publication(document)
        return {"title": publication.title, "abstract": publication.abstract}.get(field)
    value: Any = msgspec.json.decode(document.body)
    try:
        for step in field.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else value[name]
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _documents(reader: Reader, row: Mapping[str, Any]) -> Iterator[Basis]:
    """The documents that a row names, else those of its study."""
    documents = reader.rows(
        "select distinct document.* from core.document"
        " left join core.study_member as member using (source, source_id)"
        " where case when ?::varchar is not null then document.source_id = ? else member.study_id = ? end"
        " order by document.source, document.source_id",
        [row.get("source_id"), row.get("source_id"), row.get("study_id")],
    )
    for document in documents:
        yield Basis(
            source=document["source"],
            source_id=document["source_id"],
            sha256=document["sha256"],
            fetched_at=f"{document['fetched_at']:%Y-%m-%dT%H:%M:%SZ}",
            request=document["request"],
        )


# ---- as text


def as_text(found: Trace) -> str:
    """The trace for a terminal; what records state is shown without control characters."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Trace) -> Iterator[str]:
    yield f"evidence.{found.view}, row {plain(found.row)}"
    yield f"release {found.release_id}, ketalit {found.ketalit_version}, code {found.code_digest}"
    for number, origin in enumerate(found.origins, 1):
        yield ""
        yield from _told(number, origin)
    if not found.origins:
        yield from _computed(found)


def _told(number: int, origin: Origin) -> Iterator[str]:
    derived = ", computed from what is stated" if origin.is_derived else ""
    yield f"{number}. {origin.column} = {plain(origin.value)}{derived}"
    yield f"   {_one_line(origin.context)}" if origin.context else f"   [[{_one_line(origin.quote)}]]"
    if origin.missing:
        yield f"   (no context: {plain(origin.missing)})"
    revised = f", revised {origin.revised}" if origin.revised else ""
    yield f"   document  {origin.source} {origin.source_id}{revised}"
    yield f"   place     {origin.field}, characters {origin.span[0]} to {origin.span[1]}"
    yield f"   sha256    {origin.sha256}"
    yield f"   fetched   {origin.fetched_at}"
    yield f"   request   {_one_line(origin.request)}"
    yield f"   rule      {origin.rule}: {origin.meaning} (confidence {origin.confidence:g})"


def _computed(found: Trace) -> Iterator[str]:
    yield ""
    for column, value in found.cells.items():
        yield f"{column} = {_one_line(value) or '(empty)'}"
        yield f"   {_one_line(found.meanings[column])}"
    if found.documents:
        yield "The row rests on:"
    for document in found.documents:
        yield f"   {document.source} {document.source_id}, sha256 {document.sha256}, fetched {document.fetched_at}"
        yield f"      {_one_line(document.request)}"


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())
