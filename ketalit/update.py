"""Bringing the store up to date with one source: what to ask for, and what became of records that are gone.

Each run first asks how many records the search finds. An incremental run then asks for what was added or revised since
the last complete run, with an overlap, because indexes lag and days differ, and for what did not come then; when the
books then hold another number of ids than the source counts, or whenever there is another reason for doubt, everything
is listed and fetched anew. Ids that were listed once and no longer are get looked up one by one: they were deleted,
merged, or still stand.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from ketalit import durable
from ketalit.checkpoint import checkpoint
from ketalit.errors import Incomplete, SourceError, SourceRefused, VolumeJump
from ketalit.ledger import Ledger
from ketalit.model.search import Listing, QueryRecord
from ketalit.progress import Report
from ketalit.snapshot import Manifest, Run, Store, StrategyUsed
from ketalit.sources.client import A_FEW, Client
from ketalit.strategy import SearchStrategy
from ketalit.vocabulary import Source

OVERLAP: Final = timedelta(days=7)
"""How far a window reaches back behind the last run: indexing lags by days, and a service's day is not ours."""
RELIST_AFTER: Final = timedelta(days=30)
"""Age of the last full listing after which everything is listed again."""
FALL, RISE = 0.05, 0.30
"""Change of the count since the last run, as a share of it, beyond which a person has to confirm (FAULTS N29)."""


class _Plan(Struct, frozen=True):
    """What a run asks for."""

    mode: str
    reason: str
    listing: Listing
    since: date | None = None


def update(
    store: Store,
    source: Source,
    client: Client,
    strategy: SearchStrategy,
    *,
    is_full: bool,
    accept: Collection[str],
    report: Report,
) -> Manifest:
    """Ask one source for what is new, or for everything; gives the books of the run.

    Raises SourceRefused when the search finds nothing, VolumeJump when it finds far fewer or more records than the last
    time (unless `accept` holds "volume"), Incomplete when promised records did not come and nothing explains them.
    """
    report(f"searching {source}", 0, None)
    query = strategy.query(source).text
    used = StrategyUsed(name=strategy.name, version=strategy.version, digest=strategy.digest)
    ledger = Ledger(store, source, used.digest)
    whole = client.survey(query)
    if not whole.count:
        raise SourceRefused(
            f"{source}: the strategy {strategy.name} finds nothing: an outage or a misspelt query, but no result.",
            hint="Try later; if the query is right, refresh the other source alone with --source.",
        )
    jump = _volume_jump(ledger.last, whole)
    if jump and "volume" not in accept:
        store.begin(source, "refresh", used).refuse(jump)
        raise VolumeJump(f"{source}: {jump}.")
    plan = _plan(client, query, ledger, whole, is_full=is_full)
    run = store.begin(source, "refresh", used)
    checkpoint("run begun")
    run.plan(
        plan.mode,
        plan.reason,
        since=plan.since.isoformat() if plan.since else None,
        accepted=(f"volume: {jump}",) if jump else (),
    )
    if _is_understood_anew(ledger.last, whole):
        run.note([f"{source} understands the query differently from the last time; see core.query."])
    unlisted = (ledger.followed if plan.mode == "full" else ledger.owed) - set(plan.listing.ids)
    try:
        _fetch(run, client, plan.listing, report)
        _look_up(run, client, sorted(unlisted), report)
        while successors := _successors(run):
            _look_up(run, client, successors, report)
    except SourceError as error:
        _close_interrupted(run, error)
    finished = run.finish()
    checkpoint("books closed")
    return finished


# ---- what to ask for


def _plan(client: Client, query: str, ledger: Ledger, whole: QueryRecord, *, is_full: bool) -> _Plan:
    reason = "asked for" if is_full else _reason_for_all(ledger, whole)
    if reason is None and ledger.last is not None:
        since = _day(ledger.last.started_at) - OVERLAP
        window = client.search(query, since)
        held = len(ledger.listed | set(window.ids))
        if held == whole.count:
            listing = msgspec.structs.replace(window, queries=(whole, *window.queries))
            return _Plan("incremental", f"added or revised since {since}", listing, since)
        reason = f"the source counts {whole.count} records where the books hold {held}"
    listing = client.search(query)
    return _Plan("full", reason or "", msgspec.structs.replace(listing, queries=(whole, *listing.queries)))


def _reason_for_all(ledger: Ledger, whole: QueryRecord) -> str | None:
    """Why everything must be listed; None when the window since the last run will do."""
    last, full = ledger.last, ledger.last_full
    today = _day(durable.now())
    if last is None or full is None:
        return "first run with this strategy"
    if today - _day(full.started_at) > RELIST_AFTER:
        return f"the last full listing is of {_day(full.started_at)}"
    if _day(last.started_at) > today:
        return f"the last run is dated {_day(last.started_at)}, after today"
    if ledger.absent and _day(full.started_at) != today:
        return f"{len(ledger.absent)} records were absent on an earlier day"
    if _is_understood_anew(last, whole):
        return "the source understands the query differently"
    return None


def _volume_jump(last: Manifest | None, whole: QueryRecord) -> str | None:
    """How far the count of today is from the last one, if it is too far."""
    if last is None or not last.queries:
        return None
    before, change = last.queries[0].count, whole.count - last.queries[0].count
    if abs(change) <= A_FEW or -FALL * before <= change <= RISE * before:
        return None
    return f"the search finds {whole.count} records; it found {before} on {_day(last.started_at)}"


def _is_understood_anew(last: Manifest | None, whole: QueryRecord) -> bool:
    return last is not None and bool(last.queries) and last.queries[0].understood != whole.understood


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


# ---- what became of it


def _fetch(run: Run, client: Client, listing: Listing, report: Report) -> None:
    wanted = run.promise(listing)
    checkpoint("ids promised")
    done = 0
    for delivery in client.fetch(wanted):
        run.take(delivery)
        checkpoint("page stored")
        done += len(delivery.documents) + len(delivery.explained)
        report(f"fetching {run.manifest.source}", done, len(wanted))


def _look_up(run: Run, client: Client, ids: Collection[str], report: Report) -> None:
    """Ask one by one for records that the listing does not name."""
    wanted = run.promise_unlisted(ids)
    for done, source_id in enumerate(wanted, 1):
        run.take(client.look_up(source_id))
        report(f"looking up unlisted records of {run.manifest.source}", done, len(wanted))


def _successors(run: Run) -> list[str]:
    """What records were merged into, where it is neither held nor asked for yet."""
    return sorted({into for _, into in run.merged} - run.known.keys() - set(run.promised))


def _close_interrupted(run: Run, error: SourceError) -> None:
    """Close the books of a run that the source broke off: what is missing is missing because of `error`."""
    try:
        run.finish()
    except Incomplete as incomplete:
        raise Incomplete(f"{error} {incomplete}", hint=f"{error.hint} {incomplete.hint}") from error
