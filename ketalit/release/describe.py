"""What is written beside a finished database: each view as Parquet, the citation, and the manifest that names all."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from ketalit import __version__
from ketalit.durable import now, write_durably
from ketalit.model.run import Manifest
from ketalit.release.accuracy import EXTRACT, Accuracy, measured, rules_digest
from ketalit.release.manifest import (
    DATABASE,
    MANIFEST,
    ReleaseManifest,
    SourceRun,
    StrategyRun,
    file_digest,
    input_digest,
    last_searched,
)
from ketalit.warehouse import read
from ketalit.warehouse.published import canonical_digest, combined, parquet, published_views, table_of

PARQUET: Final = "parquet"
CITATION: Final = "CITATION.cff"
ID_LENGTH: Final = 16
"""Hexadecimal digits of a release id: 64 bits, short enough to cite."""
LIBRARIES: Final = ("duckdb", "lxml", "msgspec", "pyarrow")
"""Libraries whose version can change what is read or written."""


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
    digests: dict[str, str] = {}
    with read(workshop / DATABASE) as reader:
        for name in published_views(reader):
            table = table_of(reader, name)  # one at a time: together they would be the memory of the whole build
            write_durably(folder / f"{name}.parquet", parquet(table))
            digests[name] = canonical_digest(table)
    return digests


def _identity(views: Mapping[str, str], code: str, as_of: Mapping[str, str], strategies: Sequence[StrategyRun]) -> str:
    searched = {f"as of {source}": day for source, day in as_of.items()}
    asked = {f"strategy of {run.source}": f"{run.name} {run.version} {run.digest}" for run in strategies}
    return combined({**views, "code": code, **searched, **asked})[:ID_LENGTH]


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
    return {path.name: file_digest(path) for path in sorted((EXTRACT / "rules").glob("*.toml"))}


def _accuracy() -> Accuracy | None:
    found = measured()
    return found if found is not None and found.rules == rules_digest() else None


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): file_digest(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
