"""The evidence tables as files: CSV for people, Parquet for programs, Markdown for manuscripts, HTML to look at.

Each file is written whole or not at all, and the same release gives the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
from msgspec import Struct

from ketalit.durable import digest, write_durably
from ketalit.errors import SettingsError
from ketalit.export.cells import markdown, spreadsheet
from ketalit.export.facts import Facts
from ketalit.export.report import render
from ketalit.warehouse import Reader
from ketalit.warehouse.published import parquet, table_of

PUBLISHED: Final = (
    "study_overview",
    "study_reports",
    "report_integrity",
    "link_candidates",
    "dosing_protocols",
    "durability_of_effect",
    "outcome_measures",
    "outcome_comparisons",
    "participant_flow",
    "safety",
    "trial_demographics",
    "baseline_characteristics",
    "representation",
    "registry_discrepancies",
    "registry_comparisons",
    "registry_changes",
    "patient_selection",
    "trial_pipeline",
    "topics",
    "prisma_flow",
    "screening",
    "cell_source",
)
"""The evidence views that are written, in reading order."""
TOO_LONG_TO_READ: Final = frozenset({"baseline_characteristics", "cell_source", "registry_comparisons"})
"""Views of which nobody reads a Markdown table: many rows for each row of evidence."""


class Table(Struct, frozen=True):
    """One evidence view with its rows, in the view's own order."""

    name: str
    comment: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    arrow: pa.Table


def write_tables(reader: Reader, facts: Facts, out: Path) -> tuple[Path, ...]:
    """Write every published view and the report into `out`; gives the paths.

    Raises SettingsError when the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        return tuple(_write(reader, facts, out))
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.", hint="Choose another with --out.") from None


def _write(reader: Reader, facts: Facts, out: Path) -> list[Path]:
    tables = [read_table(reader, name) for name in PUBLISHED]
    files = render(reader, facts, "html", "report")
    for table in tables:
        files[f"{table.name}.csv"] = _csv(table)
        files[f"{table.name}.parquet"] = parquet(table.arrow)
        if table.name not in TOO_LONG_TO_READ:
            files[f"{table.name}.md"] = _markdown(table, facts.release_id)
    files["manifest.json"] = _manifest(facts.release_id, files)
    for name, data in files.items():
        write_durably(out / name, data)
    return [out / name for name in files]


def _manifest(release_id: str, files: Mapping[str, bytes]) -> bytes:
    """Written last: files whose digests differ from it are of another release, or a kill came between."""
    digests = {name: digest(data) for name, data in files.items()}
    return msgspec.json.format(msgspec.json.encode({"release_id": release_id, "sha256": digests}), indent=1)


def read_table(reader: Reader, name: str) -> Table:
    """An evidence view as it stands in the release."""
    arrow = table_of(reader, name)
    (comment,) = reader.rows(
        "select comment from duckdb_views() where schema_name = 'main' and view_name = ?", [name]
    ) or ({"comment": ""},)
    return Table(
        name=name,
        comment=str(comment["comment"]),
        columns=tuple(arrow.column_names),
        rows=tuple(arrow.to_pylist()),
        arrow=arrow,
    )


def _csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads it as Latin-1."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(table.columns)
    writer.writerows([spreadsheet(row[column]) for column in table.columns] for row in table.rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _markdown(table: Table, release_id: str) -> bytes:
    lines = [
        f"# evidence.{table.name}",
        f"{markdown(table.comment)} Release {release_id}.",
        "\n".join([_line(table.columns), _line(["---"] * len(table.columns)), *_body(table)]),
    ]
    return ("\n\n".join(lines) + "\n").encode()


def _body(table: Table) -> list[str]:
    return [_line([markdown(row[column]) for column in table.columns]) for row in table.rows]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
