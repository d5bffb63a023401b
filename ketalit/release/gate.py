"""The gate: what must hold before a finished build becomes what readers see.

Audits come before it (zero offenders, and nobody can accept one). The gate asks what an audit cannot see, because the
new release alone looks well: whether evidence that the last release had went missing, whether the sources were searched
lately, and whether the accuracy of the rules is known and good. Each finding can be accepted by name, which the
manifest of the release keeps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from ketalit.errors import GateClosed, KetalitError, Stale
from ketalit.model.run import Manifest
from ketalit.release.accuracy import MARGIN, Accuracy, floor, measured, rules_digest
from ketalit.release.manifest import Release, last_searched
from ketalit.warehouse import Reader, read

LARGEST_FALL: Final = 0.05
"""Share of the last release's rows of a view, or of its links, that may go missing without a question: a year of
retractions and deletions stays below it, an outage of a source does not (FAULTS N29)."""
FEWEST_LOST: Final = 3
"""Rows: below it a fall is no finding, whatever its share; a view of a dozen rows loses one with any correction."""
UNWATCHED: Final = frozenset({"evidence.prisma_flow"})
"""Views whose rows are kinds of decisions: one kind less is no evidence lost."""
VOLUME, LINKS, STALE, ACCURACY = "volume", "links", "stale", "accuracy"


class Finding(Struct, frozen=True):
    """One thing that is amiss: the name to accept it by, and what it is."""

    name: str
    text: str


def check(findings: Iterable[Finding], accept: Collection[str]) -> tuple[str, ...]:
    """What was accepted, for the manifest. Raises GateClosed (or Stale, when it is but age) for what was not."""
    found = tuple(findings)
    refused = [finding for finding in found if finding.name not in accept]
    if refused:
        raise _refusal(refused)
    return tuple(f"{finding.name}: {finding.text}" for finding in found)


def _refusal(refused: Sequence[Finding]) -> KetalitError:
    names = dict.fromkeys(finding.name for finding in refused)
    error = Stale if set(names) == {STALE} else GateClosed
    return error(
        f"The last good release stays: {'; '.join(finding.text for finding in refused)}.",
        hint=f"{_ADVICE[refused[0].name]} To release it knowingly: ketalit build"
        f" {' '.join(f'--accept {name}' for name in names)} (the manifest will say so).",
    )


_ADVICE: Final = {
    VOLUME: "Look at what the sources sent last and at what changed in the rules.",
    LINKS: "Look at the publications and registrations named above.",
    STALE: "Run `ketalit refresh` first.",
    ACCURACY: "Run `make accuracy` in the checkout: it measures the rules and writes the figures down.",
}


def stale_sources(runs: Iterable[Manifest], *, days: float, today: datetime | None = None) -> tuple[Finding, ...]:
    """A finding for each source that was not searched or imported completely within the last `days`."""
    limit = (today or datetime.now(UTC)) - timedelta(days=days)
    return tuple(
        Finding(STALE, f"{source} was last searched completely on {at[:10]}, more than {days:g} days ago")
        for source, at in last_searched(runs).items()
        if datetime.fromisoformat(at) < limit
    )


def inaccuracies(found: Accuracy | None = None) -> tuple[Finding, ...]:
    """What is amiss with the accuracy of these rules (as `found`, by default the package's own measurement, says)."""
    found = found or measured()
    if found is None:
        return (Finding(ACCURACY, "the accuracy of the rules was never measured"),)
    if found.rules != rules_digest():
        return (Finding(ACCURACY, f"the rules are not those whose accuracy was measured on {found.measured_on}"),)
    return tuple(
        Finding(ACCURACY, f"{field} was measured at {found.development.get(field, 0.0):.3f}, its floor is {least:.3f}")
        for field, least in floor().items()
        if found.development.get(field, 0.0) < least - MARGIN
    )


def compare(last: Release | None, reader: Reader, counts: dict[str, int]) -> tuple[Finding, ...]:
    """What the last release had and the new one, open in `reader` with these `counts`, has not."""
    if last is None:
        return ()
    falls = [
        Finding(VOLUME, f"{name} falls from {before} to {counts.get(name, 0)} rows")
        for name, before in sorted(last.manifest.counts.items())
        if _is_watched(name) and _is_too_much(before - counts.get(name, 0), before)
    ]
    return (*falls, *_lost_links(last, reader))


def _lost_links(last: Release, reader: Reader) -> tuple[Finding, ...]:
    try:
        with read(last.database) as before_reader:
            before = _links(before_reader)
    except KetalitError as error:
        return (Finding(LINKS, f"the links of release {last.release_id} cannot be compared ({error})"),)
    lost = sorted(before - _links(reader))
    if not _is_too_much(len(lost), len(before)):
        return ()
    shown = ", ".join(f"PMID {pmid} – {registry_id}" for pmid, registry_id in lost[:5])
    return (Finding(LINKS, f"{len(lost)} of {len(before)} links between papers and trials are gone (first: {shown})"),)


def _links(reader: Reader) -> set[tuple[str, str]]:
    return {
        (row["pmid"], row["registry_id"]) for row in reader.rows("select distinct pmid, registry_id from core.link")
    }


def _is_watched(name: str) -> bool:
    return (name.startswith("evidence.") and name not in UNWATCHED) or name in {"core.document", "core.study"}


def _is_too_much(lost: int, before: int) -> bool:
    return lost >= FEWEST_LOST and lost > LARGEST_FALL * before
