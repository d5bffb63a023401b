"""Studies: publications and registrations that belong together."""

from __future__ import annotations

from msgspec import Struct

from ketalit.model.evidence import Span
from ketalit.vocabulary import LinkKind


class Link(Struct, frozen=True, gc=False):
    """What joins a publication to a registry id, and the place that says so."""

    pmid: str
    registry_id: str
    kind: LinkKind
    span: Span


class Study(Struct, frozen=True):
    """Every registration and publication of one trial or cohort: the unit of evidence.

    `study_id` is the id of one of its members, so an id that a release once used always resolves: the first NCT id,
    else the first other registry id, else `PMID` + the PMID of the only publication.
    """

    study_id: str
    registry_ids: tuple[str, ...]
    """Ids of every registry under which the study is known, whether or not we hold the record."""
    nct_ids: tuple[str, ...]
    """Those of ClinicalTrials.gov whose registrations we hold."""
    pmids: tuple[str, ...]
