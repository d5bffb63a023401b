"""Which records the rows of a view or a query stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ketalit.export.bibliography.reference import Key
from ketalit.warehouse import Reader

BY_RECORD: Final = ("pmid", "pmids", "nct_id", "nct_ids", "source_id")
"""Columns that hold ids of records."""
OF_STUDIES: Final = ("study_id", "study_ids")
REPORTS: Final = """
select source, source_id
from evidence.study_reports
where study_id in (select unnest($studies)) and is_included
order by study_id, source, source_id
"""


def keys_of_view(reader: Reader, view: str) -> list[Key]:
    """The records that the rows of a published view come from, in its order."""
    return keys_of_rows(reader, reader.rows(f"select * from evidence.{view}"))  # noqa: S608 – checked by the caller


def keys_of_rows(reader: Reader, rows: Sequence[Mapping[str, Any]]) -> list[Key]:
    """The records that rows name: by PMID, NCT number or source_id, else every included report of their studies."""
    columns = set(rows[0]) if rows else set()
    named = [column for column in BY_RECORD if column in columns]
    if named:
        return list(dict.fromkeys(_key(item) for row in rows for column in named for item in _list(row[column])))
    studies = dict.fromkeys(study for row in rows for column in OF_STUDIES for study in _list(row.get(column)))
    found = reader.rows(REPORTS, {"studies": list(studies)}) if studies else []
    return list(dict.fromkeys((row["source"], row["source_id"]) for row in found))


def names_records(columns: Iterable[str]) -> bool:
    """Whether rows with these columns can be cited."""
    return not {*BY_RECORD, *OF_STUDIES}.isdisjoint(columns)


def _key(name: Any) -> Key:
    """The record of an id: NCT numbers are the registry's, all others PMIDs; no release holds any other."""
    text = str(name).strip()
    return ("ctgov" if text.upper().startswith("NCT") else "pubmed", text)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
