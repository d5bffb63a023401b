"""Rows of studies and links."""

from __future__ import annotations

from ketalit.model.evidence import Span
from ketalit.model.study import Candidate, Link, Study
from ketalit.vocabulary import Source
from ketalit.warehouse.rows.row import Row, Rows


def of_study(study: Study) -> Rows:
    """The study and every id by which it may be called."""
    yield (
        "study",
        {
            "study_id": study.study_id,
            "registry_ids": list(study.registry_ids),
            "nct_ids": list(study.nct_ids),
            "pmids": list(study.pmids),
        },
    )
    for nct_id in study.nct_ids:
        yield "study_member", _member(study, nct_id, "registration", Source.CTGOV, nct_id)
    for registry_id in study.registry_ids:
        if registry_id not in study.nct_ids:
            yield "study_member", _member(study, registry_id, "registry_id")
    for pmid in study.pmids:
        yield "study_member", _member(study, f"PMID{pmid}", "publication", Source.PUBMED, pmid)


def _member(study: Study, member_id: str, kind: str, source: Source | None = None, source_id: str | None = None) -> Row:
    return {
        "study_id": study.study_id,
        "member_id": member_id,
        "kind": kind,
        "source": source,
        "source_id": source_id,
    }


def of_link(link: Link) -> Rows:
    """Why a publication belongs to a trial."""
    yield (
        "link",
        {
            "pmid": link.pmid,
            "registry_id": link.registry_id,
            "kind": link.kind,
            "source": link.span.source,
            "source_id": link.span.source_id,
            "field": link.span.field,
            "span_start": link.span.start,
            "span_end": link.span.end,
            "quote": link.span.quote,
        },
    )


def of_candidate(candidate: Candidate) -> Rows:
    """A study that a publication may belong to, and what speaks for and against it."""
    key: Row = {"pmid": candidate.pmid, "study_id": candidate.study_id}
    record: Row = {"source": candidate.source, "source_id": candidate.source_id}
    yield "link_candidate", key | record | {"score": candidate.score}
    for ordinal, part in enumerate(candidate.parts, 1):
        said: Row = {"ordinal": ordinal, "part": part.name, "points": part.points, "reason": part.reason}
        yield "link_candidate_part", key | said | _quoted("report", part.report) | _quoted("record", part.record)


def _quoted(side: str, span: Span) -> Row:
    return {
        f"{side}_source_id": span.source_id,
        f"{side}_field": span.field,
        f"{side}_start": span.start,
        f"{side}_end": span.end,
        f"{side}_quote": span.quote,
    }
