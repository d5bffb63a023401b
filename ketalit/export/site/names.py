"""What people call a study: the first author and year of its primary paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ketalit.export.bibliography import Key, Reference, labels

ROLES: Final = ("primary", "follow_up", "secondary", "pooled", "protocol", "review", "reprint", "other")
"""The paper of the first of these roles names the study."""


def study_names(reports: Sequence[Mapping[str, Any]], references: Mapping[Key, Reference]) -> dict[str, str]:
    """Study → `Daly 2019`, or `Daly 2019a` where there are two; studies without a paper with an author have none."""
    leading = {study: found for study, key in _leading(reports).items() if (found := references.get(key))}
    authored = {study: reference for study, reference in leading.items() if reference.authors}
    return dict(zip(authored, labels(list(authored.values())), strict=True))


def _leading(reports: Sequence[Mapping[str, Any]]) -> dict[str, Key]:
    """Study → the paper that names it; a paper of several studies names each."""
    ranked = sorted((row for row in reports if row["role"] in ROLES), key=_rank)
    return {row["study_id"]: (row["source"], row["source_id"]) for row in reversed(ranked)}


def _rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["study_id"], ROLES.index(row["role"]), str(row["reported_on"] or "9999"), row["source_id"])
