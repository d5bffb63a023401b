"""Rows about documents and the runs that obtained them."""

from __future__ import annotations

from datetime import date

from ketalit.ledger import Withdrawal
from ketalit.model.document import Document, RejectedDocument
from ketalit.model.run import Manifest
from ketalit.model.search import QueryRecord
from ketalit.warehouse.rows.row import Row, Rows, moment


def of_document(document: Document, run_id: str | None = None) -> Rows:
    """Where, when and how a document was obtained; its body stays in the snapshot, found by its digest."""
    yield (
        "document",
        {
            "source": document.source,
            "source_id": document.source_id,
            "sha256": document.sha256,
            "fetched_at": moment(document.fetched_at),
            "request": document.request,
            "run_id": run_id,
        },
    )


def of_rejected(rejected: RejectedDocument) -> Rows:
    """A document that could not be read, and why."""
    yield (
        "rejected_document",
        {
            "source": rejected.source,
            "source_id": rejected.source_id,
            "sha256": rejected.sha256,
            "reason": rejected.reason,
        },
    )


def of_withdrawn(document: Document, title: str | None, withdrawal: Withdrawal) -> Rows:
    """The last stored version of a record that its source no longer holds, and what the source says of it."""
    yield (
        "withdrawn_document",
        {
            "source": document.source,
            "source_id": document.source_id,
            "title": title,
            "reason": withdrawal.reason,
            "merged_into": withdrawal.merged_into,
            "withdrawn_at": moment(withdrawal.withdrawn_at),
            "run_id": withdrawal.run_id,
            "sha256": document.sha256,
            "fetched_at": moment(document.fetched_at),
            "request": document.request,
        },
    )


def of_run(manifest: Manifest) -> Rows:
    """One refresh or import, as its books say: the run, its queries, and the promised records that it did not get."""
    strategy = manifest.strategy
    yield (
        "run",
        {
            "run_id": manifest.run_id,
            "source": manifest.source,
            "kind": manifest.kind,
            "mode": manifest.mode if manifest.kind == "refresh" else None,
            "mode_reason": manifest.mode_reason or None,
            "since": date.fromisoformat(manifest.since) if manifest.since else None,
            "strategy": strategy.name if strategy else None,
            "strategy_version": strategy.version if strategy else None,
            "strategy_digest": strategy.digest if strategy else None,
            "started_at": moment(manifest.started_at),
            "finished_at": moment(manifest.finished_at),
            "promised": manifest.promised,
            "stored": manifest.stored,
            "unchanged": manifest.unchanged,
            "explained": len(manifest.explained),
            "status": manifest.status,
            "ketalit_version": manifest.ketalit_version,
        },
    )
    for ordinal, query in enumerate(manifest.queries, 1):
        yield "query", _query(manifest.run_id, ordinal, query)
    for source_id, reason in manifest.explained:
        yield (
            "unobtained_document",
            {"run_id": manifest.run_id, "source": manifest.source, "source_id": source_id, "reason": reason},
        )


def _query(run_id: str, ordinal: int, query: QueryRecord) -> Row:
    return {
        "run_id": run_id,
        "ordinal": ordinal,
        "query_sent": query.sent,
        "query_understood": query.understood,
        "n_found": query.count,
        "asked_at": moment(query.asked_at),
        "data_version": query.data_version,
        "warnings": list(query.warnings),
    }
