"""What a release says of itself: its manifest, the digests of what it was made from, and the release on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec
from msgspec import Struct

from ketalit.durable import digest
from ketalit.model.run import Manifest
from ketalit.model.search import QueryRecord
from ketalit.release.accuracy import Accuracy

DATABASE: Final = "evidence.duckdb"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
"""Of a release's folder. A version that lays it out in another way counts on, so that older ones refuse it."""


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


def last_searched(runs: Iterable[Manifest]) -> dict[str, str]:
    """Source → when its last search began: what came later cannot be in it. UTC, ISO 8601.

    Imported files tell the time only of a source that was never searched: they may be years old.
    """
    last: dict[str, str] = {}
    for run in sorted(runs, key=lambda run: (run.source, run.kind != "import", run.started_at)):
        last[run.source] = run.started_at
    return last


def _is_as_written(path: Path, sha256: str) -> bool:
    return path.is_file() and file_digest(path) == sha256


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
