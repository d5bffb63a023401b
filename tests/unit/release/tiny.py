"""Releases of a few rows, made in milliseconds: the same folder and files as a real one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import msgspec

from ketalit.durable import write_durably
from ketalit.release import DATABASE, Release, ReleaseManifest, Releases


def workshop_of(releases: Releases, generation: int, links: int = 0) -> Path:
    """A finished workshop whose two tables and one view hold `generation`, and which knows `links` links."""
    folder = releases.workshop()
    with duckdb.connect(folder / DATABASE) as connection:
        connection.execute("create schema core")
        connection.execute("create table first as select ?::integer as generation", [generation])
        connection.execute("create table second as select ?::integer as generation", [generation])
        connection.execute("create view generations as select 'only' as row_id, generation from first")
        connection.execute(
            "create table core.link as select 'pmid' || i as pmid, 'NCT' || i as registry_id from range(?) as t(i)",
            [links],
        )
    return folder


def manifest_of(folder: Path, generation: int, **changed: object) -> ReleaseManifest:
    """A manifest with one second of its own for each generation."""
    manifest = ReleaseManifest(
        release_id=f"{generation:016x}",
        built_at=f"2026-01-01T{generation // 3600:02d}:{generation // 60 % 60:02d}:{generation % 60:02d}Z",
        ketalit_version="0",
        code_digest="0",
        counts={},
        runs=(),
        inputs=f"inputs {generation}",
        files={DATABASE: hashlib.sha256((folder / DATABASE).read_bytes()).hexdigest()},
    )
    return msgspec.structs.replace(manifest, **changed)


def publish(releases: Releases, generation: int, *, keep: int = 12, links: int = 0, **changed: object) -> Release:
    """Publish the tiny release of that generation."""
    folder = workshop_of(releases, generation, links)
    manifest = manifest_of(folder, generation, **changed)
    write_durably(folder / "manifest.json", msgspec.json.encode(manifest))
    return releases.publish(folder, manifest, keep=keep)
