"""The free text of registrations as the rules read it: title, summary and description, without arms and time frames.

    registry.jsonl         first measured (mean F1 .851), then used to find classes of error
    registry_unseen.jsonl  annotated by another reader, scored only (.833 at first): no writer of rules looked at them

Of eight texts that both readers annotated, four of them included, every value agrees.

Annotated by the guide of the abstracts; what a text plans counts as stated. Who is included, the size of the sample,
eligible ages and follow-up come from structured fields of a registration, which need no reading, and are not scored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import structs

from ketalit import settings
from ketalit.extract import registry
from ketalit.extract.gold import gold_record
from ketalit.model.document import Document
from ketalit.model.registration import Registration
from ketalit.sources.ctgov.client import CtGovClient
from ketalit.sources.ctgov.parse import registration, text_units
from ketalit.vocabulary import Source

TEXTS: Final = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "ctgov" / "ketamine_registry_text.jsonl"
FIELDS: Final = (
    "population",
    "drug",
    "route",
    "dose",
    "dose_route",
    "infusion_minutes",
    "sessions",
    "per_week",
    "course_days",
    "comparators",
)
"""What the tables take from the text of a registration."""


def texts(nct_ids: Iterable[str]) -> dict[str, Registration]:
    """NCT id → the registration with its free text alone, as far as it can be had."""
    wanted = set(nct_ids)
    if TEXTS.is_file():
        records = map(json.loads, TEXTS.read_text("utf-8").splitlines())
        documents = [_document(record) for record in records if record["nct_id"] in wanted]
    else:
        deliveries = CtGovClient(settings.read()).fetch(tuple(sorted(wanted)))
        documents = [document for delivery in deliveries for document in delivery.documents]
    return {document.source_id: _free_text_of(registration(document)) for document in documents}


def _document(record: Mapping[str, Any]) -> Document:
    described = {"briefSummary": record["brief_summary"], "detailedDescription": record["detailed_description"]}
    identified = {"nctId": record["nct_id"], "briefTitle": record["brief_title"]}
    study = {"protocolSection": {"identificationModule": identified, "descriptionModule": described}}
    body = json.dumps(study).encode()
    digest = hashlib.sha256(body).hexdigest()
    return Document(
        Source.CTGOV, record["nct_id"], body, digest, "2021-01-01T00:00:00Z", "the texts beside the checkout"
    )


def _free_text_of(record: Registration) -> Registration:
    return structs.replace(
        record, official_title=None, arms=(), interventions=(), outcomes=(), conditions=(), keywords=()
    )


def readings(found: Mapping[str, Registration]) -> dict[str, dict[str, Any]]:
    """NCT id → what the rules read."""
    return {nct_id: gold_record(registry.facts(record, text_units(record))) for nct_id, record in found.items()}
