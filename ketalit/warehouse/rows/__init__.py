"""Model objects → rows of `core.*`, flat and explicit: the keys of a row are the columns of its table.

Each function yields `(table, row)` pairs, so that one document's rows for many tables leave in one stream.
"""

from ketalit.warehouse.rows.documents import of_document, of_rejected, of_run, of_withdrawn
from ketalit.warehouse.rows.facts import of_facts
from ketalit.warehouse.rows.history import of_changes, of_version
from ketalit.warehouse.rows.integrity import of_retractions
from ketalit.warehouse.rows.publications import of_publication
from ketalit.warehouse.rows.registrations import of_registration
from ketalit.warehouse.rows.studies import of_candidate, of_link, of_study

__all__ = [
    "of_candidate",
    "of_changes",
    "of_document",
    "of_facts",
    "of_link",
    "of_publication",
    "of_registration",
    "of_rejected",
    "of_retractions",
    "of_run",
    "of_study",
    "of_version",
    "of_withdrawn",
]
