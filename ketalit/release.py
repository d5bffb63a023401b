"""Releases: immutable results of a build, one of them current.

    <home>/releases/<id>/evidence.duckdb   what readers open
    <home>/releases/<id>/manifest.json     where it came from
    <home>/releases/current                a link to the newest release, switched atomically

A release is made in a hidden folder and renamed when it is whole, so readers never see half of one, and never wait.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from ketalit import __version__
from ketalit.checkpoint import checkpoint
from ketalit.errors import SettingsError, SnapshotDamaged
from ketalit.snapshot import Manifest, digest, now, sync_folder, write_durably

DATABASE: Final = "evidence.duckdb"


class SourceRun(Struct, frozen=True):
    """One run of a source that the release was made from."""

    run_id: str
    source: str
    kind: str
    finished_at: str | None
    strategy: str | None


class ReleaseManifest(Struct, frozen=True):
    """Where a release came from and what is in it."""

    release_id: str
    built_at: str
    ketalit_version: str
    code_digest: str
    database_sha256: str
    counts: dict[str, int]
    """Rows of each evidence view and core table."""
    runs: tuple[SourceRun, ...]
    accepted: tuple[str, ...] = ()
    """What was known to be amiss and accepted with --accept."""


class Release(Struct, frozen=True):
    """A release on disk."""

    folder: Path
    manifest: ReleaseManifest

    @property
    def release_id(self) -> str:
        """The digest of the runs and the code that it was made from, shortened."""
        return self.manifest.release_id

    @property
    def database(self) -> Path:
        """The DuckDB file that readers open."""
        return self.folder / DATABASE

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows of each evidence view."""
        return {name: n for name, n in self.manifest.counts.items() if name.startswith("evidence.")}


def identity(runs: Iterable[Manifest], code: str) -> str:
    """The id of the release that `code` makes of `runs`: the same for the same input, whenever it is built."""
    books = [" ".join([run.run_id, *(f"{part.name} {part.sha256}" for part in run.parts)]) for run in runs]
    return digest("\n".join([code, *sorted(books)]).encode())[:16]


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


class Releases:
    """All releases under one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "releases"

    def current(self) -> Release:
        """The current release. Raises SettingsError when none was built yet."""
        link = self.folder / "current"
        if not (link / DATABASE).exists():
            raise SettingsError(
                f"There is no release under {self.folder} yet.",
                hint="Run `ketalit refresh` (or `ketalit import`), then `ketalit build`.",
            )
        return self._read(self.folder / os.readlink(link))

    def find(self, release_id: str) -> Release | None:
        """The release of that id, if it was built before and is whole; a damaged one is moved aside."""
        folder = self.folder / release_id
        if not folder.is_dir():
            return None
        release = self._read(folder) if (folder / "manifest.json").is_file() else None
        if (
            release
            and release.database.is_file()
            and _file_digest(release.database) == release.manifest.database_sha256
        ):
            return release
        # damaged after it was published: kept for whoever wants to know why, out of the way of the new build
        folder.rename(self.folder / f".damaged-{release_id}-{now().replace(':', '')}")
        return None

    def workshop(self) -> Path:
        """An empty hidden folder to build in; what a killed build left behind is swept away."""
        folder = self.folder / ".building"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def publish(
        self,
        workshop: Path,
        release_id: str,
        *,
        code: str,
        counts: dict[str, int],
        runs: Iterable[Manifest],
        accepted: tuple[str, ...] = (),
    ) -> Release:
        """Give the finished workshop its manifest and its name, and make it current."""
        manifest = ReleaseManifest(
            release_id=release_id,
            built_at=now(),
            ketalit_version=__version__,
            code_digest=code,
            database_sha256=_file_digest(workshop / DATABASE),
            counts=counts,
            runs=tuple(_source_run(run) for run in runs),
            accepted=accepted,
        )
        write_durably(workshop / "manifest.json", msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        checkpoint("release described")
        folder = self.folder / release_id
        workshop.rename(folder)
        checkpoint("release named")
        sync_folder(self.folder)
        self.switch(release_id)
        checkpoint("release published")
        return Release(folder=folder, manifest=manifest)

    def switch(self, release_id: str) -> None:
        """Make a release current: one rename, so that a reader finds the old one or the new one."""
        link = self.folder / ".current.switching"
        link.unlink(missing_ok=True)
        link.symlink_to(release_id, target_is_directory=True)
        checkpoint("release about to be current")
        os.replace(link, self.folder / "current")
        checkpoint("release current")
        sync_folder(self.folder)

    def _read(self, folder: Path) -> Release:
        path = folder / "manifest.json"
        try:
            return Release(folder=folder, manifest=msgspec.json.decode(path.read_bytes(), type=ReleaseManifest))
        except (OSError, msgspec.DecodeError) as error:
            raise SnapshotDamaged(
                f"The manifest of release {folder.name} cannot be read: {error}.",
                hint="Move the folder away and run `ketalit build` again.",
            ) from None


def _source_run(run: Manifest) -> SourceRun:
    strategy = f"{run.strategy.name} v{run.strategy.version}" if run.strategy else None
    return SourceRun(
        run_id=run.run_id, source=run.source, kind=run.kind, finished_at=run.finished_at, strategy=strategy
    )


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
