"""Small literal records: one esketamine trial with its paper, as the parsers and rules would give them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ketalit.candidates import candidates, of_publication, of_registration
from ketalit.linkage import links, studies
from ketalit.model.dates import PartialDate
from ketalit.model.document import Document
from ketalit.model.evidence import (
    Facts,
    FollowUp,
    Judgement,
    Rate,
    Reading,
    Regimen,
    SampleSize,
    Span,
)
from ketalit.model.publication import Correction, Publication, StatedRegistryId
from ketalit.model.registration import (
    Arm,
    BaselineRow,
    Eligibility,
    Intervention,
    OutcomeMeasureRow,
    OutcomeRow,
    PostedResults,
    Reference,
    Registration,
    RegistryDate,
)
from ketalit.vocabulary import Anchor, DatePrecision, Integrity, NBasis, OutcomeKind, Source
from ketalit.warehouse import Reader, read, rows
from ketalit.warehouse.database import Warehouse

SENTENCE = (
    "Adults got esketamine 0.4 mg/kg intravenously, 3 infusions in 40 min each; 12 of 20 (60%) responded at day 7."
)
"""The whole abstract of the example publication, written for these tests."""

Loaded = Publication | Registration


def day(text: str) -> PartialDate:
    return PartialDate(text, DatePrecision.DAY, text, text)


def publication(pmid: str = "101", **changes: Any) -> Publication:
    plain = Publication(
        pmid=pmid,
        version=1,
        is_book=False,
        title="An invented trial of esketamine",
        vernacular_title=None,
        abstract=SENTENCE,
        sections=(),
        other_abstracts=(),
        journal="Journal of Examples",
        journal_abbreviation=None,
        issn=None,
        volume=None,
        issue=None,
        pages=None,
        published=day("2020-05-01"),
        created=None,
        revised=None,
        languages=("eng",),
        authors=(),
        authors_complete=True,
        publication_types=("Journal Article",),
        mesh=(),
        keywords=(),
        doi=None,
        pmcid=None,
        registry_ids=(),
        corrections=(),
        integrity=Integrity.CURRENT,
        status=None,
    )
    return replace(plain, **changes)


def stated_id(registry_id: str, where: str = "databank") -> StatedRegistryId:
    return StatedRegistryId("a registry", registry_id, where, 0, len(registry_id), registry_id)


def notice(pmid: str, of: str, kind: str = "RetractionOf", **changes: Any) -> Publication:
    return publication(
        pmid, abstract="", integrity=Integrity.NOTICE, corrections=(Correction(kind, of, None),), **changes
    )


def registration(nct_id: str = "NCT00000001", **changes: Any) -> Registration:
    plain = Registration(
        nct_id=nct_id,
        aliases=(),
        org_study_id=None,
        secondary_ids=(),
        brief_title="Invented registration",
        official_title=None,
        acronym=None,
        status="COMPLETED",
        why_stopped=None,
        study_type="INTERVENTIONAL",
        phases=("PHASE2",),
        allocation="RANDOMIZED",
        intervention_model="PARALLEL",
        masking="DOUBLE",
        primary_purpose="TREATMENT",
        enrollment=40,
        enrollment_kind="ACTUAL",
        start=RegistryDate(day("2018-01-01"), "ACTUAL"),
        primary_completion=None,
        completion=None,
        first_posted=RegistryDate(day("2017-11-01"), "ACTUAL"),
        last_update_posted=None,
        results_first_posted=None,
        version_holder=None,
        has_results=False,
        lead_sponsor="Example University",
        sponsor_class="OTHER",
        is_fda_regulated_drug=None,
        collaborators=(),
        conditions=("Depression",),
        keywords=(),
        condition_meshes=(),
        intervention_meshes=(),
        brief_summary=None,
        detailed_description=None,
        arms=(),
        interventions=(),
        outcomes=(),
        eligibility=Eligibility(
            criteria=None,
            sex="ALL",
            min_age_text="18 Years",
            min_age_years=18,
            max_age_text="65 Years",
            max_age_years=65,
            healthy_volunteers=False,
            std_ages=("ADULT",),
        ),
        locations=(),
        references=(),
        results=PostedResults(),
    )
    return replace(plain, **changes)


def esketamine_arm() -> tuple[Arm, Intervention]:
    arm = Arm("Esketamine group", "EXPERIMENTAL", None, ("Drug: S-ketamine",), "/protocolSection/x/armGroups/0")
    given = Intervention("DRUG", "S-ketamine", None, (), ("Esketamine group",), "/protocolSection/x/interventions/0")
    return arm, given


def reference(pmid: str, kind: str | None = "RESULT") -> Reference:
    return Reference(pmid, kind, None, "/protocolSection/referencesModule/references/0")


def baseline_row(
    measure: str, value: str, *, group: str = "BG000", category: str | None = None, **changes: Any
) -> BaselineRow:
    plain = BaselineRow(
        measure=measure,
        description=None,
        population_description=None,
        param_type="COUNT_OF_PARTICIPANTS",
        dispersion_type=None,
        unit="Participants",
        class_title=None,
        category_title=category,
        group_id=group,
        group_title="Esketamine" if group == "BG000" else "Total",
        is_total=group != "BG000",
        value_text=value,
        value=float(value) if value.replace(".", "").isdigit() else None,
        spread_text=None,
        spread=None,
        lower_text=None,
        lower=None,
        upper_text=None,
        upper=None,
        denominator_text="20",
        denominator=20,
        denominator_unit="Participants",
        comment=None,
        pointer=f"/resultsSection/baselineCharacteristicsModule/measures/0/{measure}/{category}/{group}/value",
        denominator_pointer="/resultsSection/baselineCharacteristicsModule/denoms/0/counts/0/value",
    )
    return replace(plain, **changes)


def outcome_row(title: str, value: str, **changes: Any) -> OutcomeRow:
    at = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/0"
    plain = OutcomeRow(
        outcome_index=0,
        kind="PRIMARY",
        title=title,
        description=None,
        time_frame="Baseline to Day 28",
        population_description=None,
        param_type="COUNT_OF_PARTICIPANTS",
        dispersion_type=None,
        unit="Participants",
        class_title=None,
        category_title=None,
        group_id="OG000",
        group_title="Esketamine",
        group_description=None,
        value_text=value,
        value=float(value) if value.lstrip("-").replace(".", "").isdigit() else None,
        spread_text=None,
        spread=None,
        lower_text=None,
        lower=None,
        upper_text=None,
        upper=None,
        denominator_text="20",
        denominator=20,
        denominator_unit="Participants",
        comment=None,
        pointer=f"{at}/classes/0/categories/0/measurements/0/value",
        denominator_pointer=f"{at}/denoms/0/counts/0/value",
    )
    return replace(plain, **changes)


def outcome_measures(*rows: OutcomeRow) -> tuple[OutcomeMeasureRow, ...]:
    """The outcomes that these posted values belong to, as the parser lists them."""
    found = {
        row.outcome_index: OutcomeMeasureRow(
            row.outcome_index,
            row.kind,
            row.title,
            row.description,
            row.time_frame,
            "POSTED",
            f"/resultsSection/outcomeMeasuresModule/outcomeMeasures/{row.outcome_index}",
        )
        for row in rows
    }
    return tuple(found.values())


def reading(value: str | float, quote: str, pmid: str = "101", **changes: Any) -> Reading:
    """A value as read from the words `quote` of the example abstract."""
    start = SENTENCE.index(quote)
    span = Span(Source.PUBMED, pmid, "abstract", start, start + len(quote), quote)
    return replace(Reading(value, span, "an.example"), **changes)


def regimen(pmid: str = "101", **changes: Any) -> Regimen:
    plain = Regimen(
        drug=reading("esketamine", "esketamine", pmid),
        route=reading("iv", "intravenously", pmid),
        dose=reading(0.4, "0.4 mg/kg", pmid),
        unit=reading("mg/kg", "mg/kg", pmid),
        sessions=reading(3, "3 infusions", pmid),
        infusion_minutes=reading(40, "40 min", pmid),
    )
    return replace(plain, **changes)


def facts(pmid: str = "101", **changes: Any) -> Facts:
    """What the rules would read in the example abstract."""
    plain = Facts(
        source=Source.PUBMED,
        source_id=pmid,
        judgement=Judgement(True, False, "esketamine given to adults with depression"),
        regimens=(regimen(pmid),),
        comparators=(reading("none", "got esketamine", pmid),),
        n_total=SampleSize(reading(20, "20", pmid), NBasis.ANALYSED),
        rates=(
            Rate(
                OutcomeKind.RESPONSE,
                reading(60.0, "60%", pmid),
                n=reading(12, "12", pmid),
                denominator=reading(20, "20", pmid),
                time_days=reading(7, "day 7", pmid),
            ),
        ),
        follow_up=FollowUp(reading(7, "day 7", pmid), Anchor.FIRST_DOSE),
    )
    return replace(plain, **changes)


def registry_facts(nct_id: str = "NCT00000001", **changes: Any) -> Facts:
    """A registration that the rules include, but in whose text they read nothing more."""
    plain = Facts(Source.CTGOV, nct_id, Judgement(True, False, "registered for depression"))
    return replace(plain, **changes)


def document(record: Loaded) -> Document:
    source, source_id = (
        (Source.PUBMED, record.pmid) if isinstance(record, Publication) else (Source.CTGOV, record.nct_id)
    )
    return Document(source, source_id, b"", f"digest-{source_id}", "2026-01-02T03:04:05Z", "imported: example.xml")


def load(warehouse: Warehouse, records: Iterable[Loaded], read_facts: Iterable[Facts]) -> None:
    """Everything that the pipeline would load for these records."""
    records = tuple(records)
    publications = [record for record in records if isinstance(record, Publication)]
    registrations = [record for record in records if isinstance(record, Registration)]
    for record in records:
        warehouse.load(rows.of_document(document(record)))
    for item in publications:
        warehouse.load(rows.of_publication(item))
    for registered in registrations:
        warehouse.load(rows.of_registration(registered))
    facts_of = {(fact.source, fact.source_id): fact for fact in read_facts}
    for fact in facts_of.values():
        warehouse.load(rows.of_facts(fact))
    found = links(publications, registrations)
    for link in found:
        warehouse.load(rows.of_link(link))
    joined = studies(publications, registrations, found)
    for study in joined:
        warehouse.load(rows.of_study(study))
    profiles = [of_publication(item, facts_of.get((Source.PUBMED, item.pmid))) for item in publications]
    profiles += [of_registration(item, facts_of.get((Source.CTGOV, item.nct_id))) for item in registrations]
    for candidate in candidates([one for one in profiles if one], joined):
        warehouse.load(rows.of_candidate(candidate))


def build(path: Path, records: Iterable[Loaded], read_facts: Iterable[Facts]) -> Reader:
    """A finished evidence base of these records, audited, open for reading."""
    with Warehouse.create(path) as warehouse:
        load(warehouse, records, read_facts)
        warehouse.run_sql()
        warehouse.audit()
        warehouse.finish()
    return read(path)
