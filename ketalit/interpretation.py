"""From one document to everything that it states: a pure function of its bytes and of the code."""

from __future__ import annotations

from msgspec import Struct

from ketalit.errors import DocumentUnreadable
from ketalit.extract import registry
from ketalit.extract.read import facts
from ketalit.model.document import Document, RejectedDocument
from ketalit.model.evidence import Facts
from ketalit.model.history import RegistryVersion
from ketalit.model.publication import Publication
from ketalit.model.registration import Registration
from ketalit.model.run import Manifest
from ketalit.sources.ctgov import parse as ctgov
from ketalit.sources.pubmed import parse as pubmed
from ketalit.vocabulary import Source


class Interpretation(Struct, frozen=True):
    """What one document states; `record` says why where it could not be read."""

    record: Publication | Registration | RejectedDocument
    facts: Facts | None


def interpret(document: Document) -> Interpretation:
    """Parse a document and read its facts; one that cannot be read is rejected with the reason, never raised."""
    try:
        if document.source is Source.PUBMED:
            return _of_publication(pubmed.publication(document))
        return _of_registration(ctgov.registration(document))
    except DocumentUnreadable as error:
        rejected = RejectedDocument(document.source, document.source_id, document.sha256, str(error))
        return Interpretation(record=rejected, facts=None)


def version(document: Document, run: Manifest) -> RegistryVersion:
    """One stored version of a registration; its place among the others is numbered by whoever holds them all."""
    plan, unreadable = None, None
    try:
        plan = ctgov.plan(document)
    except DocumentUnreadable as error:
        unreadable = str(error)
    return RegistryVersion(
        nct_id=document.source_id,
        number=0,
        sha256=document.sha256,
        fetched_at=document.fetched_at,
        request=document.request,
        run_id=run.run_id,
        is_from_service=run.kind == "refresh",
        plan=plan,
        unreadable=unreadable,
    )


def _of_publication(publication: Publication) -> Interpretation:
    headings = tuple(heading.descriptor for heading in publication.mesh)
    read = facts(pubmed.text_units(publication), publication_types=publication.publication_types, mesh=headings)
    return Interpretation(record=publication, facts=read)


def _of_registration(registration: Registration) -> Interpretation:
    return Interpretation(record=registration, facts=registry.facts(registration, ctgov.text_units(registration)))
