"""Links are right, and what is offered without an id is mostly right: docs/linkage.md has the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalit.candidates import OFFERED
from tests.corpus.linkage import Material, Offers, link_counts, offers

pytestmark = [pytest.mark.corpus, pytest.mark.thorough]


@pytest.fixture(scope="module")
def material(shared: Path) -> Material:
    return Material(shared)


@pytest.fixture(scope="module")
def found(material: Material) -> Offers:
    return offers(material)


def test_links_to_the_reference_trials_are_right(material: Material) -> None:
    made, right, wanted, held = link_counts(material)
    assert (made >= 20, right / made >= 0.98, held / wanted >= 0.9) == (True, True, True)


def test_most_offers_are_right(material: Material, found: Offers) -> None:
    made, right, _, _ = found.counts(OFFERED, material.known)
    assert (made >= 12, right / made >= 0.7) == (True, True)


def test_a_good_part_of_the_hidden_trials_is_found_again(material: Material, found: Offers) -> None:
    _, _, papers, findable = found.counts(OFFERED, material.known)
    assert (findable >= 40, papers / findable >= 0.25) == (True, True)


def test_registrations_on_other_topics_are_never_offered(found: Offers, shared: Path) -> None:
    other = {path.split('"')[0] for path in _bodies(shared).split('"nctId":"')[1:]}
    offered = {offer.source_id for offers in found.offered.values() for offer in offers}
    assert (len(other) >= 673, offered & other) == (True, set())


def _bodies(shared: Path) -> str:
    return (shared / "corpus" / "ctgov" / "v2_studies.jsonl").read_text("utf-8").replace('": "', '":"')
