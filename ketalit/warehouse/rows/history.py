"""Rows of the history of a registration: its versions, and what changed between them."""

from __future__ import annotations

from collections.abc import Iterable

from ketalit.model.history import RegistryChange, RegistryVersion, Side
from ketalit.model.registration import RegistryDate
from ketalit.warehouse.rows.row import Row, Rows, earliest, latest, moment


def of_version(version: RegistryVersion) -> Rows:
    """A version that was seen, with the dates against which a change is held."""
    plan = version.plan
    yield (
        "registry_version",
        {
            "nct_id": version.nct_id,
            "version": version.number,
            "sha256": version.sha256,
            "fetched_at": moment(version.fetched_at),
            "request": version.request,
            "run_id": version.run_id,
            "is_from_service": version.is_from_service,
            "posted": earliest(plan.posted.date) if plan and plan.posted else None,
            "status": plan.status if plan else None,
            **_date("start", plan.start if plan else None),
            **_date("primary_completion", plan.primary_completion if plan else None),
            **_date("completion", plan.completion if plan else None),
            "unreadable": version.unreadable,
        },
    )


def _date(name: str, stated: RegistryDate | None) -> Row:
    return {
        f"{name}_earliest": earliest(stated.date) if stated else None,
        f"{name}_latest": latest(stated.date) if stated else None,
        f"{name}_kind": stated.kind if stated else None,
    }


def of_changes(found: Iterable[tuple[RegistryVersion, RegistryVersion, RegistryChange]]) -> Rows:
    """The changes of one registration, numbered from one version to the next, each side with its words."""
    ordinals: dict[int, int] = {}
    for before, after, change in found:
        ordinal = ordinals[after.number] = ordinals.get(after.number, 0) + 1
        change_id = f"ctgov:{after.nct_id}/change/{after.number}-{ordinal}"
        yield (
            "registry_change",
            {
                "change_id": change_id,
                "nct_id": after.nct_id,
                "old_version": before.number,
                "new_version": after.number,
                "ordinal": ordinal,
                "item": change.item,
                "element": change.element,
                "change": change.change,
                "old_value": change.old.value if change.old else None,
                "old_kind": change.old.kind if change.old else None,
                "new_value": change.new.value if change.new else None,
                "new_kind": change.new.kind if change.new else None,
            },
        )
        yield from _words(change_id, "old", change.old)
        yield from _words(change_id, "new", change.new)


def _words(change_id: str, side: str, stated: Side | None) -> Rows:
    for ordinal, words in enumerate(stated.words if stated else (), 1):
        yield (
            "registry_change_words",
            {
                "change_id": change_id,
                "side": side,
                "ordinal": ordinal,
                "pointer": words.pointer,
                "span_start": words.start,
                "span_end": words.end,
                "quote": words.quote,
            },
        )
