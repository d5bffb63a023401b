"""Studies: publications and registrations that belong together."""

from __future__ import annotations

from msgspec import Struct

from ketalit.model.evidence import Span
from ketalit.vocabulary import LinkKind, Source


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


class CandidatePart(Struct, frozen=True, gc=False):
    """One reason for or against a candidate: its points, and the words of either record that it rests on."""

    name: str
    points: float
    reason: str
    report: Span
    record: Span


class Candidate(Struct, frozen=True):
    """A publication that may belong to a study, although no id says so. It is offered to a human and never merged.

    `source` and `source_id` are the member of the study that the publication was compared with; `score` is the sum of
    the points of `parts`.
    """

    pmid: str
    study_id: str
    source: Source
    source_id: str
    score: float
    parts: tuple[CandidatePart, ...]
