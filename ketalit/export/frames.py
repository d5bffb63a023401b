"""The published views in pandas: typed, with the closed words as categories, and each cell with the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from html import escape
from typing import Any, ClassVar, Final

import pandas as pd
import pyarrow as pa
from msgspec import Struct

from ketalit.errors import SettingsError
from ketalit.vocabulary import (
    Anchor,
    AtRisk,
    Decision,
    Design,
    DoseUnit,
    Drug,
    Integrity,
    NBasis,
    OutcomeKind,
    Phase,
    ReportRole,
    Route,
    TopicName,
)
from ketalit.warehouse.cells import key_of, row_name

CLOSED: Final[Mapping[str, type[StrEnum] | tuple[str, ...]]] = {
    "agreement": ("agrees", "differs", "not comparable", "only here"),
    "at_risk": AtRisk,
    "bipolar": Decision,
    "category": (),
    "compared_source": ("ctgov", "pubmed"),
    "decision": (),
    "design": Design,
    "dimension": (),
    "dose_unit": DoseUnit,
    "drug": Drug,
    "event_group": (),
    "follow_up_anchor": Anchor,
    "gap": (),
    "instrument": (),
    "integrity": Integrity,
    "item": (),
    "kind": (),
    "n_basis": NBasis,
    "n_source": ("abstract", "registry"),
    "outcome_kind": OutcomeKind,
    "outcome_type": ("primary", "secondary", "other", "post_hoc"),
    "paper_role": ReportRole,
    "phase": Phase,
    "pregnancy": Decision,
    "prior_ketamine": Decision,
    "psychosis": Decision,
    "role": ReportRole,
    "route": Route,
    "severity": ("minor", "check", "check first"),
    "source": (),
    "sponsor_class": (),
    "stage": (),
    "statistic": (),
    "status": (),
    "substance_use": Decision,
    "time_anchor": Anchor,
    "topic": TopicName,
    "topic_group": (),
    "treatment_status": ("on_drug", "drug_free", "mixed", "unknown"),
    "uncontrolled_hypertension": Decision,
    "verdict": (),
    "view_name": (),
}
"""Columns of closed words → the words in their order; a word beside them is appended, and where none are given here
the view's own words are taken in alphabetical order."""
ORDERED: Final = frozenset({"severity"})
"""Columns whose words rise in the order of CLOSED: comparisons and sorting go by it."""
REASONS: Final = ("_absence", "_status")
"""Ends of the columns that say why a cell is empty, or how a list adds up: closed words too."""


class Origin(Struct, frozen=True):
    """Where a frame comes from, and whom to ask about its cells."""

    view: str | None
    """None for the answer to a question, whose rows are those of no view."""
    title: str
    head: tuple[str, ...]
    """The lines that belong above the table: release, searches, warnings."""
    quotes: Callable[[str, str, str | None], pd.DataFrame]
    """View, row and column → the quotes that the cell rests on."""
    trace: Callable[[str, str, str | None], Any]
    """View, row and column → everything behind the cell."""


class EvidenceFrame(pd.DataFrame):
    """A published view: an ordinary data frame that knows where its cells come from.

    It stays one through filtering, sorting and choosing columns, as long as the columns that name a row are kept.
    """

    _metadata: ClassVar[list[str]] = ["origin"]
    origin: Origin | None = None

    @property
    def _constructor(self) -> type[EvidenceFrame]:
        return EvidenceFrame

    def quote(self, row: Any, column: str | None = None) -> pd.DataFrame:
        """The words that a row, or one cell of it, was read from; no rows for a cell that the view computes.

        `row` is a label of the index, a row itself, or its row_id. Raises SettingsError when the frame does not say
        any more which row it is.
        """
        origin, view, name = self._asked(row)
        return origin.quotes(view, name, column)

    def trace(self, row: Any, column: str | None = None) -> Any:
        """Everything behind a row, or one cell of it: quote in its context, document, request, rule and version."""
        origin, view, name = self._asked(row)
        return origin.trace(view, name, column)

    def _asked(self, row: Any) -> tuple[Origin, str, str]:
        """Whom to ask, and the names of view and row."""
        view = self.origin.view if self.origin else None
        if self.origin is None or view is None:
            raise SettingsError(
                "This table does not say which view it is of.", hint="Ask the table of a view, before joins and groups."
            )
        if isinstance(row, str):
            return self.origin, view, row
        found = row if isinstance(row, pd.Series) else self.loc[row]
        key = key_of(view, list(self.columns))
        if len(key) == len(self.columns) > 1 or not isinstance(found, pd.Series):
            raise SettingsError(
                "The columns that name a row are gone.",
                hint="Keep row_id (of the overview: study_id) to ask for words.",
            )
        values = {name: None if pd.isna(found[name]) else found[name] for name in key}
        return self.origin, view, row_name(values, key)

    def _repr_html_(self) -> str | None:
        """The table as pandas shows it, below the lines that belong above it."""
        table: str | None = getattr(pd.DataFrame(self), "_repr_html_")()  # noqa: B009 - the stubs of pandas hide it
        if self.origin is None or table is None:
            return table
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.origin.head)
        title = f"<p><strong>{escape(self.origin.title)}</strong></p>" if self.origin.title else ""
        return f"{title}{lines}{table}"


def typed(table: pa.Table) -> EvidenceFrame:
    """An Arrow table with nullable types: Int64, Float64, boolean, string, category, and datetime64 for days.

    Lists become tuples, so that rows can be grouped and exploded by them.
    """
    frame = _without_decimals(table).to_pandas(types_mapper=_nullable, date_as_object=False)
    for field in table.schema:
        if pa.types.is_list(field.type):
            frame[field.name] = [None if value is None else tuple(value) for value in frame[field.name]]
        elif pa.types.is_string(field.type) and _is_closed(field.name):
            frame[field.name] = frame[field.name].astype(_category(field.name, frame[field.name].dropna().unique()))
    return EvidenceFrame(frame)


def _without_decimals(table: pa.Table) -> pa.Table:
    """Sums of whole numbers stay whole; other decimals become floats."""
    return table.cast(pa.schema([field.with_type(_plain_number(field.type)) for field in table.schema]))


def _plain_number(kind: pa.DataType) -> pa.DataType:
    if not pa.types.is_decimal(kind):
        return kind
    return pa.int64() if kind.scale == 0 else pa.float64()


def _nullable(kind: pa.DataType) -> Any:
    if pa.types.is_integer(kind):
        return pd.Int64Dtype()
    if pa.types.is_floating(kind):
        return pd.Float64Dtype()
    if pa.types.is_boolean(kind):
        return pd.BooleanDtype()
    return pd.StringDtype() if pa.types.is_string(kind) else None


def _is_closed(column: str) -> bool:
    return column in CLOSED or column.endswith(REASONS)


def _category(column: str, found: Iterable[str]) -> pd.CategoricalDtype:
    present = set(found)
    known = [str(word) for word in CLOSED.get(column, ())]
    if present.isdisjoint(known):  # another view's column of the same name, such as outcome_kind of the topics
        known = known if not present else []
    words = known + sorted(present - set(known))
    return pd.CategoricalDtype(pd.Index(words, dtype="string"), ordered=column in ORDERED)
