"""The history of a registration: the versions of its record that were seen, and what changed from one to the next."""

from __future__ import annotations

from msgspec import Struct

from ketalit.model.registration import Arm, Eligibility, Intervention, PlannedOutcome, RegistryDate


class RegisteredPlan(Struct, frozen=True):
    """What one version of a registration states of the plan and its course; its other fields are not compared."""

    status: str | None
    why_stopped: str | None
    enrollment: int | None
    enrollment_kind: str | None
    start: RegistryDate | None
    primary_completion: RegistryDate | None
    completion: RegistryDate | None
    posted: RegistryDate | None
    """LastUpdatePostDate: the day on which the registry showed this version."""
    has_results: bool
    results_first_posted: RegistryDate | None
    lead_sponsor: str | None
    eligibility: Eligibility
    arms: tuple[Arm, ...]
    interventions: tuple[Intervention, ...]
    outcomes: tuple[PlannedOutcome, ...]


class RegistryVersion(Struct, frozen=True):
    """One stored version of a registration; `number` counts those that we saw, from 1, oldest first."""

    nct_id: str
    number: int
    sha256: str
    fetched_at: str
    request: str
    run_id: str
    is_from_service: bool
    """Whether the registry itself gave it then; a file that is imported may be old."""
    plan: RegisteredPlan | None
    unreadable: str | None = None
    """Why `plan` is missing."""


class Words(Struct, frozen=True, gc=False):
    """Words of one version, at a JSON pointer: `value[start:end] == quote`."""

    pointer: str
    start: int
    end: int
    quote: str


class Side(Struct, frozen=True):
    """What one version states of an item. `kind` is ACTUAL or ESTIMATED, of numbers and dates."""

    value: str
    words: tuple[Words, ...]
    kind: str | None = None


class RegistryChange(Struct, frozen=True):
    """One item that differs between two versions; None on the side that does not state it."""

    item: str
    element: str | None
    """Arm, intervention or outcome, as labelled where it was last."""
    change: str
    old: Side | None
    new: Side | None
