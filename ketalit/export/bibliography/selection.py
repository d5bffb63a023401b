"""Which records the rows of a view or a query stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ketalit.export.bibliography.reference import Key
from ketalit.warehouse import Reader

BY_RECORD: Final = {"pmid": "pubmed", "pmids": "pubmed", "nct_id": "ctgov", "nct_ids": "ctgov"}
"""Column → source of the ids in it."""
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
    named = [column for column in (*BY_RECORD, "source_id") if column in columns]
    if named:
        return list(dict.fromkeys(key for row in rows for column in named for key in _keys(column, row[column])))
    studies = dict.fromkeys(study for row in rows for column in OF_STUDIES for study in _list(row.get(column)))
    found = reader.rows(REPORTS, {"studies": list(studies)}) if studies else []
    return list(dict.fromkeys((row["source"], row["source_id"]) for row in found))


def names_records(columns: Iterable[str]) -> bool:
    """Whether rows with these columns can be cited."""
    return not {*BY_RECORD, "source_id", *OF_STUDIES}.isdisjoint(columns)


def _keys(column: str, value: Any) -> list[Key]:
    ids = [str(item) for item in _list(value)]
    if column == "source_id":
        return [("ctgov" if name.upper().startswith("NCT") else "pubmed", name) for name in ids]
    return [(BY_RECORD[column], name) for name in ids]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
