"""What a release says of itself: its manifest, its id and its citation."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec
from msgspec import Struct

from ketalit import __version__
from ketalit.model.search import QueryRecord
from ketalit.release.accuracy import EXTRACT, Accuracy, measured, rules_digest
from ketalit.snapshot import Manifest, digest, now, write_durably
from ketalit.warehouse import read
from ketalit.warehouse.published import canonical_digest, combined, parquet, published_views, table_of

DATABASE: Final = "evidence.duckdb"
PARQUET: Final = "parquet"
MANIFEST: Final = "manifest.json"
CITATION: Final = "CITATION.cff"
ID_LENGTH: Final = 16
"""Hexadecimal digits of a release id: 64 bits, short enough to cite."""
FORMAT: Final = 1
"""Of a release's folder. A version that lays it out in another way counts on, so that older ones refuse it."""
LIBRARIES: Final = ("duckdb", "lxml", "msgspec", "pyarrow")
"""Libraries whose version can change what is read or written."""


class SourceRun(Struct, frozen=True):
    """One run of a source that the release was made from."""

    run_id: str
    source: str
    kind: str
    finished_at: str | None
    strategy: str | None


class StrategyRun(Struct, frozen=True):
    """The last search of one source: the strategy, and its queries as sent and as the service understood them."""

    source: str
    name: str
    version: str
    digest: str
    searched_at: str
    queries: tuple[QueryRecord, ...]


class ReleaseManifest(Struct, frozen=True):
    """Where a release came from and what is in it."""

    release_id: str
    built_at: str
    ketalit_version: str
    code_digest: str
    counts: dict[str, int]
    """Rows of each evidence view and core table."""
    runs: tuple[SourceRun, ...]
    accepted: tuple[str, ...] = ()
    """What was known to be amiss and accepted with --accept."""
    inputs: str = ""
    """Digest of the runs and the code: the same inputs are not built twice."""
    as_of: dict[str, str] = {}
    """Source → day (UTC) to which it was last searched, or its files imported, completely."""
    views: dict[str, str] = {}
    """View → digest of its canonical rows."""
    files: dict[str, str] = {}
    """File of the release → its SHA-256; all but this one."""
    rules: dict[str, str] = {}
    """File of extraction rules → its SHA-256."""
    lists: dict[str, str] = {}
    """List that says, besides PubMed, whether reports stand → SHA-256 of its file; empty when none was given."""
    accuracy: Accuracy | None = None
    """How well these rules read; None when they were not measured."""
    strategies: tuple[StrategyRun, ...] = ()
    made_with: dict[str, str] = {}
    """Python and libraries → version."""
    format: int = FORMAT


class Release(Struct, frozen=True):
    """A release on disk."""

    folder: Path
    manifest: ReleaseManifest

    @property
    def release_id(self) -> str:
        """The digest of what the release says, shortened."""
        return self.manifest.release_id

    @property
    def database(self) -> Path:
        """The DuckDB file that readers open."""
        return self.folder / DATABASE

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows of each evidence view."""
        return {name: n for name, n in self.manifest.counts.items() if name.startswith("evidence.")}

    @property
    def is_whole(self) -> bool:
        """Whether every file is there and is what was written."""
        written = self.manifest.files
        return bool(written) and all(_is_as_written(self.folder / name, sha) for name, sha in written.items())


def describe(
    workshop: Path,
    *,
    runs: Sequence[Manifest],
    code: str,
    counts: dict[str, int],
    accepted: tuple[str, ...],
    lists: Mapping[str, str] = MappingProxyType({}),
) -> ReleaseManifest:
    """Write everything that stands beside the finished database of `workshop`; the manifest comes last."""
    views = _write_parquet(workshop)
    as_of, strategies = _as_of(runs), _strategies(runs)
    manifest = ReleaseManifest(
        release_id=_identity(views, code, as_of, strategies),
        built_at=now(),
        ketalit_version=__version__,
        code_digest=code,
        counts=counts,
        runs=tuple(_source_run(run) for run in runs),
        accepted=accepted,
        inputs=input_digest(runs, code, lists),
        lists=dict(lists),
        as_of=as_of,
        views=views,
        rules=_rules(),
        accuracy=_accuracy(),
        strategies=strategies,
        made_with={"python": platform.python_version()} | {name: version(name) for name in LIBRARIES},
    )
    write_durably(workshop / CITATION, citation(manifest).encode())
    manifest = msgspec.structs.replace(manifest, files=_files(workshop))
    write_durably(workshop / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def input_digest(runs: Iterable[Manifest], code: str, lists: Mapping[str, str] = MappingProxyType({})) -> str:
    """The digest of what a build reads: whatever it makes of the same inputs is the same."""
    books = sorted(digest(msgspec.json.encode(run)) for run in runs)
    named = [f"{name} {sha256}" for name, sha256 in sorted(lists.items())]
    return digest("\n".join([code, *books, *named]).encode())


def code_digest(sql_folder: Path) -> str:
    """SHA-256 over every file of the package and of sql/: any change of code or rules makes another release."""
    total = hashlib.sha256()
    package = Path(str(files("ketalit")))
    for root in (package, sql_folder):
        for path in sorted(root.rglob("*")):
            # an installed package carries sql/ inside: it is counted once, so that checkout and wheel give one id
            is_code = path.suffix in {".py", ".toml", ".sql", ".html"}
            if is_code and (root == sql_folder or sql_folder not in path.parents):
                total.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return total.hexdigest()


def citation(manifest: ReleaseManifest) -> str:
    """The Citation File Format (1.2.0); JSON strings are YAML strings, so that no title can break it."""
    searched = ", ".join(f"{source} to {day}" for source, day in manifest.as_of.items())
    entries = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "Cite this release by its version, so that others can look up what you saw.",
        "title": "ketalit: a living evidence base on ketamine and esketamine for depression",
        "version": manifest.release_id,
        "date-released": max(manifest.as_of.values()),
        "abstract": f"Sources searched: {searched}. Made with ketalit {manifest.ketalit_version}.",
    }
    authors = 'authors:\n  - name: "The ketalit developers"\n'
    identifier = (
        "identifiers:\n  - type: other\n"
        f'    value: "sha256:{combined(manifest.views)}"\n'
        '    description: "Digest of the canonical rows of every published view"\n'
    )
    lines = (f"{name}: {msgspec.json.encode(value).decode()}\n" for name, value in entries.items())
    return "".join(lines) + authors + identifier


def _write_parquet(workshop: Path) -> dict[str, str]:
    """Each published view as Parquet; gives the canonical digest of each."""
    folder = workshop / PARQUET
    folder.mkdir()
    with read(workshop / DATABASE) as reader:
        tables = {name: table_of(reader, name) for name in published_views(reader)}
    for name, table in tables.items():
        write_durably(folder / f"{name}.parquet", parquet(table))
    return {name: canonical_digest(table) for name, table in tables.items()}


def _identity(views: Mapping[str, str], code: str, as_of: Mapping[str, str], strategies: Sequence[StrategyRun]) -> str:
    searched = {f"as of {source}": day for source, day in as_of.items()}
    asked = {f"strategy of {run.source}": f"{run.name} {run.version} {run.digest}" for run in strategies}
    return combined({**views, "code": code, **searched, **asked})[:ID_LENGTH]


def last_searched(runs: Iterable[Manifest]) -> dict[str, str]:
    """Source → when its last search began: what came later cannot be in it. UTC, ISO 8601.

    Imported files tell the time only of a source that was never searched: they may be years old.
    """
    last: dict[str, str] = {}
    for run in sorted(runs, key=lambda run: (run.source, run.kind != "import", run.started_at)):
        last[run.source] = run.started_at
    return last


def _as_of(runs: Iterable[Manifest]) -> dict[str, str]:
    return {source: started_at[:10] for source, started_at in last_searched(runs).items()}


def _strategies(runs: Iterable[Manifest]) -> tuple[StrategyRun, ...]:
    last = {run.source: run for run in runs if run.strategy is not None}
    return tuple(
        StrategyRun(
            source=source,
            name=run.strategy.name,
            version=run.strategy.version,
            digest=run.strategy.digest,
            searched_at=run.started_at,
            queries=run.queries,
        )
        for source, run in sorted(last.items())
        if run.strategy is not None
    )


def _source_run(run: Manifest) -> SourceRun:
    strategy = f"{run.strategy.name} v{run.strategy.version}" if run.strategy else None
    return SourceRun(
        run_id=run.run_id, source=run.source, kind=run.kind, finished_at=run.finished_at, strategy=strategy
    )


def _rules() -> dict[str, str]:
    return {path.name: _file_digest(path) for path in sorted((EXTRACT / "rules").glob("*.toml"))}


def _accuracy() -> Accuracy | None:
    found = measured()
    return found if found is not None and found.rules == rules_digest() else None


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): _file_digest(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _is_as_written(path: Path, sha256: str) -> bool:
    return path.is_file() and _file_digest(path) == sha256


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
