"""The stored versions of a document in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from ketalit.model.document import Document
from ketalit.snapshot import Manifest, Store, Stored
from ketalit.vocabulary import Source

Read = TypeVar("Read")


def histories(
    store: Store, source: Source, runs: Iterable[Manifest], read: Callable[[Document, Manifest], Read]
) -> Iterator[tuple[Read, ...]]:
    """Of each document that was stored in several versions: what `read` keeps of each, oldest first.

    Oldest by the record's own date of its last change, then by the order of storage; the version that builds read is
    the last. The same bytes twice in a row are one version. Bodies are read part by part and handed to `read`, so that
    memory holds only what it keeps. Raises SnapshotDamaged for a part that is not what its manifest says.
    """
    held = tuple(runs)
    chains = _chains(store.versions(source, held))
    wanted = {(stored.run.run_id, stored.sha256) for chain in chains for stored in chain}
    if not wanted:
        return
    manifests = {run.run_id: run for run in held}
    kept: dict[tuple[str, str, str], Read] = {}
    for run_id, document in store.bodies(tuple(run for run in held if run.source is source), wanted):
        kept.setdefault((run_id, document.source_id, document.sha256), read(document, manifests[run_id]))
    for chain in chains:
        yield tuple(kept[stored.run.run_id, stored.source_id, stored.sha256] for stored in chain)


def _chains(versions: Iterable[Stored]) -> list[tuple[Stored, ...]]:
    """The versions of each document of which there are several, in the order of its id."""
    found: defaultdict[str, list[Stored]] = defaultdict(list)
    for stored in versions:
        found[stored.source_id].append(stored)
    chains = (_in_order(found[source_id]) for source_id in sorted(found))
    return [chain for chain in chains if len(chain) > 1]


def _in_order(versions: Sequence[Stored]) -> tuple[Stored, ...]:
    # sorting keeps the order of storage among those of one date
    ordered = sorted(versions, key=lambda stored: (stored.is_newest, stored.revised))
    return tuple(next(same) for _, same in groupby(ordered, key=lambda stored: stored.sha256))
