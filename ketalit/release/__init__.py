"""Releases: immutable results of a build, one of them current.

    <home>/releases/<id>/evidence.duckdb        what readers open
    <home>/releases/<id>/parquet/<view>.parquet  each published view
    <home>/releases/<id>/manifest.json          where it came from, and the digest of each file and view
    <home>/releases/<id>/CITATION.cff           how to cite it
    <home>/releases/current                     a link to the newest release, switched atomically

A release is made in a hidden folder and renamed when it is whole, so readers never see half of one, and never wait.
Its id is a digest of what it says: of the canonical rows of every published view, of the code that read them, of the
strategies, and of the days to which the sources were searched.
"""

from ketalit.release.gate import Finding, check, compare, inaccuracies, stale_sources
from ketalit.release.manifest import DATABASE, Release, ReleaseManifest, code_digest, input_digest
from ketalit.release.store import Releases

__all__ = [
    "DATABASE",
    "Finding",
    "Release",
    "ReleaseManifest",
    "Releases",
    "check",
    "code_digest",
    "compare",
    "inaccuracies",
    "input_digest",
    "stale_sources",
]
