"""Every real record of both sources is read, nothing in it is unknown, and every place that is cited exists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ketalit.errors import SourceError
from ketalit.model.document import Document
from ketalit.model.publication import Publication
from ketalit.model.registration import Registration
from ketalit.sources import registry_ids
from ketalit.sources.ctgov import parse as ctgov
from ketalit.sources.pubmed import parse as pubmed
from ketalit.vocabulary import DatePrecision, Integrity, Source

pytestmark = pytest.mark.corpus

XML_FILES = {"ketamine_records.xml": 44, "tricky_features.xml": 86}


def pointed(study: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        study = study[int(step)] if isinstance(study, list) else study[step]
    return study


@pytest.fixture(scope="session")
def publications(shared: Path) -> list[Publication]:
    found = []
    for name in XML_FILES:
        for pmid, body in pubmed.records((shared / "corpus/pubmed" / name).read_bytes()):
            found.append(pubmed.publication(Document(Source.PUBMED, pmid, body, "", "", name)))
    return found


@pytest.mark.parametrize(("name", "count"), XML_FILES.items())
def test_every_record_of_a_file_is_cut_out_and_stands_in_it_as_it_is(shared: Path, name: str, count: int) -> None:
    page = (shared / "corpus/pubmed" / name).read_bytes()
    found = list(pubmed.records(page))
    assert len(found) == count
    assert all(body in page for _, body in found)
    assert pubmed.unknown_children(page) == ()


def test_the_deleted_records_are_told(shared: Path) -> None:
    page = (shared / "corpus/pubmed/tricky_features.xml").read_bytes()
    assert len(pubmed.deleted(page)) == 20


def test_no_element_of_a_real_record_is_unknown(publications: list[Publication]) -> None:
    assert {name for publication in publications for name in publication.unknown_elements} == set()


def test_every_real_record_has_a_journal_and_dates(publications: list[Publication]) -> None:
    lacking = [p.pmid for p in publications if not (p.journal and p.published.earliest and p.created and p.revised)]
    assert lacking == []


def test_three_real_records_have_an_empty_title_and_all_others_one(publications: list[Publication]) -> None:
    assert [p.pmid for p in publications if not p.title] == ["32472320", "33977567", "34059504"]


def test_the_features_of_the_tricky_records_are_read(shared: Path, publications: list[Publication]) -> None:
    index = json.loads((shared / "corpus/pubmed/tricky_features.index.json").read_text("utf-8"))
    by_id = {f"{p.pmid}.{p.version}": p for p in publications}
    reads = {
        "retracted": lambda p: p.integrity is Integrity.RETRACTED,
        "erratum": lambda p: p.integrity is Integrity.NOTICE,
        "cc_ErratumIn": lambda p: p.integrity in (Integrity.CORRECTED, Integrity.RETRACTED, Integrity.NOTICE),
        "vernacular_title": lambda p: p.vernacular_title,
        "other_abstract": lambda p: p.other_abstracts,
        "no_abstract": lambda p: not p.abstract,
        "no_mesh": lambda p: not p.mesh,
        # the index also counts a label in an abstract of another language
        "structured_abstract": lambda p: any(section.label for section in p.sections) or p.other_abstracts,
        "author_suffix": lambda p: any(author.suffix for author in p.authors),
        "orcid": lambda p: any(author.orcid for author in p.authors),
        "pmid_version_gt1": lambda p: p.version > 1,
        "multi_language": lambda p: len(p.languages) > 1,
        # the index counts a season as no month
        "year_only": lambda p: p.published.precision in (DatePrecision.YEAR, DatePrecision.SEASON),
        "medlinedate": lambda p: p.published.precision in (DatePrecision.RANGE, DatePrecision.YEAR),
        "no_pagination": lambda p: p.pages is None,
    }
    missed = [
        (id_, feature)
        for id_, entry in index.items()
        for feature in entry["features"]
        if feature in reads and not reads[feature](by_id[id_])
    ]
    assert missed == []
    seen = {feature for entry in index.values() for feature in entry["features"]}
    assert set(reads) <= seen, "a feature of this list stands in no record"


def test_the_place_of_every_section_and_registry_id_holds_its_text(publications: list[Publication]) -> None:
    for publication in publications:
        texts = [publication.abstract[s.start : s.end] for s in publication.sections]
        assert "\n".join(texts) == publication.abstract
        for stated in publication.registry_ids:
            field = {"title": publication.title, "abstract": publication.abstract}.get(stated.where, stated.quote)
            start = stated.start if field is not stated.quote else 0
            assert field[start : start + len(stated.quote)] == stated.quote


def test_every_registry_id_of_the_dev_gold_is_found_in_its_abstract(shared: Path) -> None:
    texts = {}
    for line in (shared / "corpus/pubmed/ketamine_abstracts.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        texts[str(record["pmid"])] = f"{record.get('title') or ''}\n{record.get('abstract') or ''}"
    missed, compared = [], 0
    for line in (shared / "gold/dev.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        found = {registry_id for _, registry_id, _, _ in registry_ids.find(texts.get(gold["pmid"], ""))}
        wanted = {registry_ids.normalise(stated) for stated in gold["registry_ids"] if gold["pmid"] in texts}
        compared += len(wanted)
        missed += [(gold["pmid"], id_) for id_ in wanted if id_ is None or id_[1] not in found]
    assert missed == []
    assert compared > 20


@pytest.mark.parametrize("name", ["efetch_unavailable_pmid.xml"])
def test_a_pmid_that_is_not_available_gives_an_empty_page(shared: Path, name: str) -> None:
    assert list(pubmed.records((shared / "corpus/pubmed/eutils_errors" / name).read_bytes())) == []


def test_no_error_of_the_service_is_taken_for_records(shared: Path) -> None:
    folder = shared / "corpus/pubmed/eutils_errors"
    errors = [path for path in sorted(folder.iterdir()) if path.name != "efetch_unavailable_pmid.xml"]
    assert len(errors) > 20
    for path in errors:
        with pytest.raises(SourceError):
            pubmed.records(path.read_bytes())


# ---- ClinicalTrials.gov


def bodies(shared: Path) -> Iterator[bytes]:
    folder = shared / "corpus/ctgov"
    for path in (folder / "v2_studies.jsonl", *sorted(folder.glob("*/*.json"))):
        for _, body in ctgov.studies(path.read_bytes()):
            yield body


@pytest.fixture(scope="session")
def registrations(shared: Path) -> list[tuple[dict[str, Any], Registration]]:
    found = []
    for body in bodies(shared):
        study = json.loads(body)
        nct_id = study["protocolSection"]["identificationModule"]["nctId"]
        found.append((study, ctgov.registration(Document(Source.CTGOV, nct_id, body, "", "", ""))))
    return found


Registrations = list[tuple[dict[str, Any], Registration]]


def test_every_study_of_the_corpus_is_read(shared: Path) -> None:
    path = shared / "corpus/ctgov/v2_studies.jsonl"
    assert len(list(ctgov.studies(path.read_bytes()))) == 673


def test_each_pointer_of_a_value_leads_to_the_value_as_written(registrations: Registrations) -> None:
    counted = 0
    for study, registration in registrations:
        results = registration.results
        cells = [(row.pointer, row.value_text) for row in (*results.baseline, *results.outcomes)]
        cells += [(row.pointer, row.n_text) for row in results.flow]
        cells += [(secondary.pointer, secondary.id) for secondary in registration.secondary_ids]
        for pointer, text in cells:
            assert text is None or pointed(study, pointer) == text
            counted += 1
    assert counted > 4000


def test_each_pointer_of_an_object_leads_to_that_object(registrations: Registrations) -> None:
    for study, registration in registrations:
        for arm in registration.arms:
            assert pointed(study, arm.pointer).get("label", "") == arm.label
        for given in registration.interventions:
            assert pointed(study, given.pointer).get("name", "") == given.name
        for outcome in registration.outcomes:
            assert pointed(study, outcome.pointer).get("measure", "") == outcome.measure
        for reference in registration.references:
            assert pointed(study, reference.pointer).get("pmid") == reference.pmid
        for event in registration.results.adverse_events:
            assert pointed(study, event.pointer).get("numAffected") == event.n_affected
        for group in registration.results.adverse_event_groups:
            assert pointed(study, group.pointer).get("seriousNumAtRisk") == group.serious_at_risk
        for analysis in registration.results.analyses:
            assert pointed(study, analysis.pointer).get("pValue") == analysis.p_value_text


def test_each_text_that_rules_read_stands_at_its_pointer(registrations: Registrations) -> None:
    for study, registration in registrations:
        for unit in ctgov.text_units(registration):
            assert pointed(study, unit.field) == unit.text


def test_every_posted_measurement_becomes_a_row(registrations: Registrations) -> None:
    def measurements(measures: list[dict[str, Any]]) -> int:
        return sum(
            len(category.get("measurements", ()))
            for measure in measures
            for block in measure.get("classes", ())
            for category in block.get("categories", ())
        )

    for study, registration in registrations:
        posted = study.get("resultsSection", {})
        baseline = posted.get("baselineCharacteristicsModule", {}).get("measures", [])
        outcomes = posted.get("outcomeMeasuresModule", {}).get("outcomeMeasures", [])
        assert sum(row.group_id is not None for row in registration.results.baseline) == measurements(baseline)
        assert len(registration.results.outcomes) == measurements(outcomes)


def test_every_number_that_looks_like_one_is_read(registrations: Registrations) -> None:
    unread = {
        row.value_text
        for _, registration in registrations
        for row in (*registration.results.baseline, *registration.results.outcomes)
        if row.value is None and row.value_text is not None
    }
    assert unread <= {"NA"}


def test_every_date_and_age_of_the_registry_is_read(registrations: Registrations) -> None:
    for _, registration in registrations:
        stated = (registration.start, registration.completion, registration.first_posted)
        assert all(date.date.earliest for date in stated if date is not None)
        eligibility = registration.eligibility
        assert (eligibility.min_age_years is None) == (eligibility.min_age_text is None)
        assert (eligibility.max_age_years is None) == (eligibility.max_age_text is None)
