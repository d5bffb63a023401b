"""A release in a notebook: every published view as a typed pandas frame.

from ketalit import Release

release = Release.current()                  # of KETALIT_HOME, else ./data; or Release.current("folder")
doses = release.dosing_protocols()
doses[doses.route == "iv"].quote(0, "dose")  # the words behind a cell
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ketalit import settings
from ketalit.errors import SettingsError
from ketalit.export.facts import Facts, facts
from ketalit.export.presentation import VIEWS, presented
from ketalit.release import Release as Held
from ketalit.release import Releases
from ketalit.warehouse import read

if TYPE_CHECKING:
    import pandas as pd

    from ketalit.export.frames import EvidenceFrame, Origin
    from ketalit.trace import Trace


class Release:
    """One release of the evidence base; a method for each published view gives it as a data frame."""

    def __init__(self, held: Held, home: Path) -> None:
        self._held, self._home = held, home

    @classmethod
    def current(cls, home: str | Path | None = None) -> Release:
        """The current release of a home (KETALIT_HOME, else ./data). Raises SettingsError when none was built."""
        place = settings.read(home=home).home
        return cls(Releases(place).current(), place)

    @classmethod
    def named(cls, name: str, home: str | Path | None = None) -> Release:
        """The release with this id, or the start of it, or `previous`. Raises SettingsError when there is none."""
        place = settings.read(home=home).home
        releases = Releases(place)
        database = releases.named(name).database
        for held in releases.all():
            if held.database.resolve() == database.resolve():
                return cls(held, place)
        raise SettingsError(f"{name} is no release under {releases.folder}.", hint="Give an id, or `previous`.")

    @property
    def release_id(self) -> str:
        """The digest of what the release says."""
        return self._held.release_id

    @property
    def database(self) -> Path:
        """The DuckDB file, for a client of your own."""
        return self._held.database

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows of each published view, in reading order."""
        rows = {name.removeprefix("evidence."): n for name, n in self._held.counts.items()}
        return {name: rows[name] for name in (*VIEWS, *rows) if name in rows}

    @cached_property
    def facts(self) -> Facts:
        """What every output says of the release: days of the searches, warnings, counts."""
        manifest = self._held.manifest
        with read(self.database) as reader:
            return facts(reader, self.release_id, manifest.as_of, manifest.accepted)

    # ---- the views, in reading order

    def study_overview(self) -> EvidenceFrame:
        """A row is a study: who, what, in how many, and where it stands."""
        return self.table("study_overview")

    def study_reports(self) -> EvidenceFrame:
        """A row is a study and one of its records, with its role and the evidence that joins them."""
        return self.table("study_reports")

    def link_candidates(self) -> EvidenceFrame:
        """A row is a paper without id and a study that it may belong to."""
        return self.table("link_candidates")

    def dosing_protocols(self) -> EvidenceFrame:
        """A row is a study, source and regimen: drug, route, dose, schedule, and in whom."""
        return self.table("dosing_protocols")

    def durability_of_effect(self) -> EvidenceFrame:
        """A row is a study, source and statement on response, remission, relapse or their times."""
        return self.table("durability_of_effect")

    def outcome_measures(self) -> EvidenceFrame:
        """A row is a registered or posted outcome."""
        return self.table("outcome_measures")

    def outcome_comparisons(self) -> EvidenceFrame:
        """A row is a posted comparison of arms: estimate, interval, p value."""
        return self.table("outcome_comparisons")

    def participant_flow(self) -> EvidenceFrame:
        """A row is a registration, period and arm: started, completed, left and why."""
        return self.table("participant_flow")

    def safety(self) -> EvidenceFrame:
        """A row is a study, source, group and adverse event, or a total. Never to be added up."""
        return self.table("safety")

    def trial_demographics(self) -> EvidenceFrame:
        """A row is a study, source and arm or total: age, sex, race, ethnicity, severity."""
        return self.table("trial_demographics")

    def baseline_characteristics(self) -> EvidenceFrame:
        """A row is a posted baseline measurement."""
        return self.table("baseline_characteristics")

    def representation(self) -> EvidenceFrame:
        """A row is a dimension, its value and a category: who took part, beside the US population."""
        return self.table("representation")

    def registry_discrepancies(self) -> EvidenceFrame:
        """A row is an item on which registration and paper contradict each other."""
        return self.table("registry_discrepancies")

    def registry_comparisons(self) -> EvidenceFrame:
        """A row is an item on which registration and paper were compared."""
        return self.table("registry_comparisons")

    def registry_changes(self) -> EvidenceFrame:
        """A row is an item that changed between two versions of a registration, with both values."""
        return self.table("registry_changes")

    def report_integrity(self) -> EvidenceFrame:
        """A row is a statement on whether a publication stands."""
        return self.table("report_integrity")

    def patient_selection(self) -> EvidenceFrame:
        """A row is a study and source: who may be treated, who is kept out, how people are watched."""
        return self.table("patient_selection")

    def trial_pipeline(self) -> EvidenceFrame:
        """A row is a registration: to come, running, stopped, overdue."""
        return self.table("trial_pipeline")

    def topics(self) -> EvidenceFrame:
        """A row is a study, source and topic, with its words."""
        return self.table("topics")

    def screening(self) -> EvidenceFrame:
        """A row is a document: included or not, and why."""
        return self.table("screening")

    def prisma_flow(self) -> EvidenceFrame:
        """A row is a box of the PRISMA 2020 flow diagram: how many records, reports or studies stand in it."""
        return self.table("prisma_flow")

    def cell_source(self) -> EvidenceFrame:
        """A row is a cell of another view and a place that it rests on."""
        return self.table("cell_source")

    # ---- anything else

    def table(self, view: str) -> EvidenceFrame:
        """A published view by its name. Raises SettingsError naming those that are there."""
        from ketalit.export.frames import typed
        from ketalit.warehouse.published import published_views, table_of

        with read(self.database) as reader:
            views = published_views(reader)
            if view not in views:
                raise SettingsError(f"There is no view {view}.", hint=f"Views: {', '.join(views)}.")
            frame = typed(table_of(reader, view))
        frame.origin = self._origin(view, presented(view).title)
        return frame

    def query(self, statement: str, **variables: str | float) -> EvidenceFrame:
        """The answer to a statement of SQL; `variables` are what getvariable() gives in it."""
        from ketalit.export.frames import typed

        with read(self.database) as reader:
            for name, value in variables.items():
                reader.execute(f'set variable "{name}" = ?', [value])
            frame = typed(reader.arrow(statement))
        frame.origin = self._origin(None, "")
        return frame

    def recipe(self, name: str, **parameters: str | float) -> EvidenceFrame:
        """The answer to a question of the cookbook: `release.recipe("doses_above", dose=0.75)`.

        Raises SettingsError for a recipe or parameter that is not there.
        """
        from ketalit.warehouse import cookbook

        recipe = cookbook.recipe(name)
        given = recipe.values({name: str(value) for name, value in parameters.items()})
        frame = self.query(recipe.sql, **given)
        frame.origin = self._origin(None, recipe.title_with(given), recipe.note)
        return frame

    def _origin(self, view: str | None, title: str, note: str = "") -> Origin:
        from ketalit.export.frames import Origin

        head = (*filter(None, [note]), *self.facts.head)
        return Origin(view=view, title=title, head=head, quotes=self._quotes, trace=self._trace)

    def _quotes(self, view: str, row: str, column: str | None) -> pd.DataFrame:
        import pandas as pd

        from ketalit.export.frames import typed

        with read(self.database) as reader:
            found = reader.arrow(
                "select column_name, value_text, quote, source, source_id, field, rule, is_derived"
                " from evidence.cell_source where view_name = ? and row_id = ?"
                " and (?::varchar is null or column_name = ?) order by column_name, ordinal, field, span_start, quote",
                [view, row, column, column],
            )
        return pd.DataFrame(typed(found))  # a plain one: its column `quote` is no method

    def _trace(self, view: str, row: str, column: str | None) -> Traced:
        from ketalit.snapshot import Store
        from ketalit.trace import trace

        with read(self.database) as reader:
            return Traced(trace(self._held, reader, Store(self._home), view, row, column))

    # ---- shown

    def __repr__(self) -> str:
        return "\n".join([*self.facts.head, *(f"  {name}: {rows} rows" for name, rows in self.counts.items())])

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.facts.head)
        rows = "".join(
            f"<tr><td>{escape(presented(name).title)}</td><td><code>{escape(name)}()</code></td><td>{n}</td></tr>"
            for name, n in self.counts.items()
        )
        return f"{lines}<table><thead><tr><th>Table</th><th>Method</th><th>Rows</th></tr></thead>{rows}</table>"


class Traced:
    """Everything behind a cell, shown as text; `found` holds it as values."""

    def __init__(self, found: Trace) -> None:
        self.found = found

    def __repr__(self) -> str:
        from ketalit.trace import as_text

        return as_text(self.found)

    def _repr_html_(self) -> str:
        marked = escape(repr(self)).replace("[[", "<mark>").replace("]]", "</mark>")
        return f"<pre style='white-space: pre-wrap'>{marked}</pre>"
