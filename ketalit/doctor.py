"""The doctor: whether this machine, its network and this home are fit for work, and what to do where they are not.

`ketalit status` says how fresh the evidence is; this says whether the program can do its work at all. Nothing is
changed: the only file that is written is an empty one in the home, which is gone at once.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from msgspec import Struct

from ketalit import __version__
from ketalit.errors import FAILED, GOOD, KetalitError
from ketalit.settings import Settings

PYTHONS: Final = ((3, 11), (3, 13))
"""The oldest and the newest Python that ketalit is tested with."""
LIBRARIES: Final = (
    "duckdb",
    "pyarrow",
    "lxml",
    "biopython",
    "requests",
    "msgspec",
    "pydantic-settings",
    "pandas",
    "altair",
)
"""What no run can do without, and what decides which bytes come out."""
SAFE_EXPAT: Final = (2, 6, 0)
"""Older ones take quadratic time for large tokens (CVE-2023-52425)."""
NEEDED_BYTES: Final = 200 * 2**20
"""A build of all records and its release take some 100 MB, twice while they are written."""
COMFORTABLE_BYTES: Final = 2 * 2**30
PATIENCE: Final = {"tries": 1, "connect_seconds": 5.0, "read_seconds": 15.0, "call_seconds": 20.0, "retry_seconds": 0.0}
"""The doctor asks each service once: a person waits for the answer."""
QUESTION: Final = "esketamine"


class Verdict(StrEnum):
    """What a finding means; only a failure changes the exit code."""

    GOOD = "good"
    WARNING = "warning"
    FAILED = "failed"


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    what: str
    verdict: Verdict
    found: str
    advice: str = ""


class Diagnosis(Struct, frozen=True):
    """All findings; `exit_code` is what `ketalit doctor` ends with."""

    exit_code: int
    findings: tuple[Finding, ...]


def diagnose(settings: Settings, *, is_offline: bool = False) -> Diagnosis:
    """Look at everything. Raises nothing: whatever fails is a finding."""
    checks = [_versions, _home, _disk, _lock, _store, _release] + ([] if is_offline else [_network])
    findings = tuple(finding for check in checks for finding in _survived(check, settings))
    has_failed = any(finding.verdict is Verdict.FAILED for finding in findings)
    return Diagnosis(exit_code=FAILED if has_failed else GOOD, findings=findings)


def _survived(check: Callable[[Settings], Iterable[Finding]], settings: Settings) -> tuple[Finding, ...]:
    """The findings of a check, or that it failed."""
    try:
        return tuple(check(settings))
    except (KetalitError, OSError) as error:
        what = check.__name__.removeprefix("_")
        return (Finding(what, Verdict.FAILED, str(error), getattr(error, "hint", "Check the folder and its rights.")),)


# ---- versions


def _versions(_: Settings) -> Iterator[Finding]:
    oldest, newest = PYTHONS
    is_tested = oldest <= sys.version_info[:2] <= newest
    yield Finding("ketalit", Verdict.GOOD, __version__)
    yield Finding(
        "Python",
        Verdict.GOOD if is_tested else Verdict.WARNING,
        platform.python_version(),
        "" if is_tested else "ketalit is tested with Python {}.{} to {}.{}.".format(*oldest, *newest),
    )
    for name in LIBRARIES:
        yield _library(name)
    yield _expat()


def _library(name: str) -> Finding:
    try:
        return Finding(name, Verdict.GOOD, version(name))
    except PackageNotFoundError:
        return Finding(name, Verdict.FAILED, "not installed", "Install ketalit again: `pip install .` or `make demo`.")


def _expat(found: str | None = None) -> Finding:
    """The XML parser inside Python; ketalit reads XML with libxml2, other programs of this Python may not."""
    from pyexpat import EXPAT_VERSION

    number = (found or EXPAT_VERSION).removeprefix("expat_")
    if tuple(int(part) for part in number.split(".")) >= SAFE_EXPAT:
        return Finding("expat", Verdict.GOOD, number)
    return Finding(
        "expat",
        Verdict.WARNING,
        f"{number} is older than {'.'.join(map(str, SAFE_EXPAT))} and slow on hostile XML (CVE-2023-52425)",
        "ketalit itself does not read with it; update Python when you can.",
    )


# ---- the home


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home.absolute()
    if not home.exists():
        yield Finding(
            "home", Verdict.WARNING, f"{home} is not there yet", "`ketalit refresh` or `ketalit import` makes it."
        )
    place = _nearest(home)
    try:
        with tempfile.TemporaryFile(dir=place):
            yield Finding("rights", Verdict.GOOD, f"{place} can be written")
    except OSError as error:
        yield Finding(
            "rights", Verdict.FAILED, f"{place} cannot be written: {error.strerror}", "Choose another with --home."
        )


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _disk(settings: Settings) -> Iterator[Finding]:
    yield _space(shutil.disk_usage(_nearest(settings.home.absolute())).free)


def _space(free: int) -> Finding:
    found = f"{free / 2**30:.1f} GiB free"
    if free < NEEDED_BYTES:
        return Finding(
            "disk", Verdict.FAILED, found, "A build needs 0.2 GiB: make room, or choose another with --home."
        )
    if free < COMFORTABLE_BYTES:
        return Finding("disk", Verdict.WARNING, found, "Make room, or keep fewer releases (KETALIT_RELEASES_KEPT).")
    return Finding("disk", Verdict.GOOD, found)


def _lock(settings: Settings) -> Iterator[Finding]:
    from ketalit.snapshot import Store

    holder = Store(settings.home).holder()
    if holder is None:
        yield Finding("lock", Verdict.GOOD, "no run holds the store")
    else:
        yield Finding("lock", Verdict.WARNING, f"process {holder} holds the store", "Wait for that run to end.")


def _store(settings: Settings) -> Iterator[Finding]:
    from ketalit.snapshot import Store

    runs = Store(settings.home).runs()
    incomplete = [run.run_id for run in runs if run.status != "complete"]
    if not runs:
        yield Finding("store", Verdict.WARNING, "nothing is stored", "Run `ketalit refresh` or `ketalit import`.")
    elif runs[-1].run_id in incomplete:
        yield Finding("store", Verdict.WARNING, f"{runs[-1].run_id} is not complete", "Run `ketalit refresh` again.")
    else:
        documents = sum(part.documents for run in runs for part in run.parts)
        yield Finding(
            "store",
            Verdict.GOOD,
            f"{len(runs)} runs, {documents} records; `ketalit verify` reads them all back",
        )


def _release(settings: Settings) -> Iterator[Finding]:
    from ketalit.release import Releases

    releases = Releases(settings.home)
    release = releases.last()
    if release is None:
        yield Finding("release", Verdict.WARNING, "there is none", "Run `ketalit build`.")
    elif release.is_whole:
        yield Finding("release", Verdict.GOOD, f"{release.release_id}: every file is as it was written")
    else:
        yield Finding(
            "release",
            Verdict.FAILED,
            f"{release.release_id}: a file differs from what was written, or is gone",
            "Run `ketalit build`: it moves the damaged release aside and makes it anew.",
        )


# ---- the network


def _network(settings: Settings) -> Iterator[Finding]:
    hasty = settings.model_copy(update=PATIENCE)
    yield _asked("PubMed", lambda: _pubmed(hasty))
    yield _asked("ClinicalTrials.gov", lambda: _registry(hasty))


def _asked(service: str, count: Callable[[], int]) -> Finding:
    try:
        return Finding(service, Verdict.GOOD, f"answers; it finds {count():,} records on {QUESTION}")
    except KetalitError as error:
        return Finding(service, Verdict.FAILED, str(error).removeprefix(f"{service}: "), error.hint)


def _pubmed(settings: Settings) -> int:
    from ketalit.sources.pubmed.client import PubMedClient

    return PubMedClient(settings).survey(QUESTION).count


def _registry(settings: Settings) -> int:
    from ketalit.sources.ctgov.client import CtGovClient

    return CtGovClient(settings).survey(QUESTION).count
