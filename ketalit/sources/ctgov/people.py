"""The JSON of the people who lead a study, a part of `schema`. Contacts (telephone numbers, addresses) are not read."""

from __future__ import annotations

from msgspec import Struct


class Official(Struct, frozen=True, gc=False):
    """One overall official."""

    name: str | None = None
    affiliation: str | None = None
    role: str | None = None


class ResponsibleParty(Struct, frozen=True, gc=False, rename="camel"):
    """Who answers for the record; a line with name and title in any order, as old records have it, is not read."""

    type: str | None = None
    investigator_full_name: str | None = None
    investigator_affiliation: str | None = None
