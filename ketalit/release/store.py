"""Releases on disk: found, published, made current, pruned."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from ketalit.checkpoint import checkpoint
from ketalit.durable import now, refuse_newer, sync_folder, write_durably
from ketalit.errors import SettingsError, SnapshotDamaged
from ketalit.release.manifest import DATABASE, FORMAT, MANIFEST, Release, ReleaseManifest

KEPT: Final = 12
"""Releases that are kept, the current one among them, unless the setting says otherwise."""


class Side(Struct, frozen=True):
    """One of two releases that are compared: how it is called, and its file."""

    label: str
    database: Path


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

    def last(self) -> Release | None:
        """The release that the link names, whole or not; None when there is none to compare with."""
        return self._linked("current")

    def previous(self) -> Release | None:
        """The release that was current before the current one, if it is still kept."""
        return self._linked("previous")

    def _linked(self, name: str) -> Release | None:
        is_there = (self.folder / name / MANIFEST).is_file()
        return self._read(self.folder / os.readlink(self.folder / name)) if is_there else None

    def named(self, name: str) -> Side:
        """The release called `current`, `previous`, by its id (or the start of it), by its folder or by its file.

        Raises SettingsError when there is none, or when several ids start so.
        """
        if name in {"current", "previous"}:
            return self._side(self.current() if name == "current" else self._before_current())
        path = Path(name)
        if path.is_file():
            return Side(label=path.name, database=path)
        if (path / MANIFEST).is_file():
            return self._side(self._read(path.resolve()))
        return self._side(self._by_id(name))

    def _before_current(self) -> Release:
        found = self.previous()
        if found is None:
            raise SettingsError(
                f"No release was current before {self.current().release_id}.",
                hint="A second one is there after the next `ketalit refresh` and `ketalit build`; or name two.",
            )
        return found

    def _by_id(self, name: str) -> Release:
        known = self.all()
        found = [release for release in known if name and release.release_id.startswith(name)]
        if len(found) != 1:
            ids = ", ".join(release.release_id for release in known) or "none"
            problem = "Several releases start with" if found else "There is no release"
            raise SettingsError(f"{problem} {name} under {self.folder}.", hint=f"There are: {ids}.")
        return found[0]

    def _side(self, release: Release) -> Side:
        days = ", ".join(f"{source} to {day}" for source, day in release.manifest.as_of.items())
        return Side(label=f"{release.release_id} ({days})" if days else release.release_id, database=release.database)

    def all(self) -> tuple[Release, ...]:
        """Every release whose manifest can be read, in the order in which they were built."""
        return tuple(sorted(self._readable(), key=lambda release: (release.manifest.built_at, release.release_id)))

    def _readable(self) -> Iterator[Release]:
        for folder in self._folders():
            with suppress(SnapshotDamaged):  # a damaged old release is no reason to refuse a new one
                yield self._read(folder)

    def made_from(self, inputs: str) -> Release | None:
        """The release that was built from these inputs, if there is a whole one; a damaged one is moved aside."""
        named = self._same_as(inputs)
        made = (r for r in self.all() if r.manifest.inputs == inputs or r.release_id == named)
        return next((release for release in made if self._is_sound(release)), None)

    def workshop(self) -> Path:
        """An empty hidden folder to build in; what a killed build left behind is swept away."""
        folder = self.folder / ".building"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def publish(self, workshop: Path, manifest: ReleaseManifest, *, keep: int = KEPT) -> Release:
        """Give the finished workshop its name, make it current, and prune what is older than the last `keep` releases.

        When a release that says the same is there already, it becomes current again and the workshop is given up: what
        was published never changes.
        """
        folder = self.folder / manifest.release_id
        if any(release.folder == folder and self._is_sound(release) for release in self._readable()):
            shutil.rmtree(workshop)
            self._note_same(manifest)
        else:
            self._set_aside(folder)
            sync_folder(workshop)
            checkpoint("release described")
            workshop.rename(folder)
            checkpoint("release named")
            sync_folder(self.folder)
        self.switch(manifest.release_id)
        checkpoint("release published")
        self.prune(keep)
        return self._read(folder)

    def switch(self, release_id: str) -> None:
        """Make a release current: one rename, so that a reader finds the old one or the new one."""
        replaced = self._target("current")
        if replaced not in {None, release_id}:
            self._point("previous", str(replaced))
            if self._target("announced") is None:
                self._point("announced", str(replaced))  # whoever is told of changes knows where they start
        checkpoint("release about to be current")
        self._point("current", release_id)
        checkpoint("release current")
        sync_folder(self.folder)

    def announced(self) -> Release | None:
        """The last release that others were told of (at first the first one), if it is kept, else the previous one.

        None while there is but one.
        """
        return self._linked("announced") or self.previous()

    def set_announced(self) -> None:
        """Others were told of the current release."""
        self._point("announced", self.current().release_id)

    def _target(self, name: str) -> str | None:
        link = self.folder / name
        return os.readlink(link) if link.is_symlink() else None

    def _point(self, name: str, release_id: str) -> None:
        link = self.folder / f".{name}.switching"
        link.unlink(missing_ok=True)
        link.symlink_to(release_id, target_is_directory=True)
        os.replace(link, self.folder / name)

    def prune(self, keep: int) -> None:
        """Remove all but the `keep` newest releases, never the current one nor the one before it.

        Each vanishes at once and as a whole; what a killed run left half removed is swept away.
        """
        held = {self._target("current"), self._target("previous")}
        releases = self.all()
        for release in releases[: max(0, len(releases) - keep)]:
            if release.folder.name not in held:
                release.folder.rename(self.folder / f".pruned-{release.folder.name}")
        for gone in self.folder.glob(".pruned-*"):
            shutil.rmtree(gone)

    def _folders(self) -> Iterator[Path]:
        if self.folder.is_dir():
            for folder in sorted(self.folder.iterdir()):
                is_release = not folder.name.startswith(".") and not folder.is_symlink()
                if is_release and (folder / MANIFEST).is_file():
                    yield folder

    def _same_as(self, inputs: str) -> str | None:
        note = self.folder / ".same" / inputs
        return note.read_text("ascii") if inputs and note.is_file() else None

    def _note_same(self, manifest: ReleaseManifest) -> None:
        """Other inputs gave what a release says already (a search that brought nothing new): not to be built again."""
        notes = self.folder / ".same"
        shutil.rmtree(notes, ignore_errors=True)  # only the newest inputs are ever built again
        notes.mkdir()
        write_durably(notes / manifest.inputs, manifest.release_id.encode("ascii"))

    def _is_sound(self, release: Release) -> bool:
        if release.is_whole:
            return True
        self._set_aside(release.folder)
        return False

    def _set_aside(self, folder: Path) -> None:
        """Damaged after it was published: kept for whoever wants to know why, out of the way of the new build."""
        if folder.is_dir():
            folder.rename(self.folder / f".damaged-{folder.name}-{now().replace(':', '')}")

    def _read(self, folder: Path) -> Release:
        path = folder / MANIFEST
        try:
            text = path.read_bytes()
            refuse_newer(text, path, FORMAT)
            return Release(folder=folder, manifest=msgspec.json.decode(text, type=ReleaseManifest))
        except (OSError, msgspec.DecodeError) as error:
            raise SnapshotDamaged(
                f"The manifest of release {folder.name} cannot be read: {error}.",
                hint="Move the folder away and run `ketalit build` again.",
            ) from None
