"""Model objects as rows: every key is a column, every value has its span."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from ketalit.history import changes
from ketalit.ledger import Withdrawal
from ketalit.model.dates import PartialDate
from ketalit.model.document import RejectedDocument
from ketalit.model.evidence import (
    BaselineSeverity,
    Criterion,
    Demographics,
    Facts,
    Judgement,
    NotUnderstood,
    PrimaryOutcome,
    RaceShare,
    SafetyCount,
    SafetyTotal,
    SampleSize,
    Selection,
    Span,
    TimeToRelapse,
    Topic,
)
from ketalit.model.history import RegistryVersion
from ketalit.model.integrity import ListedStatement, RetractionList
from ketalit.model.publication import Author, Correction, MeshHeading, OtherAbstract, Section
from ketalit.model.registration import (
    AdverseEventGroup,
    AdverseEventRow,
    BaselineGroup,
    FlowRow,
    Investigator,
    Location,
    OutcomeAnalysisRow,
    PlannedOutcome,
    PostedResults,
    SecondaryId,
)
from ketalit.model.search import QueryRecord
from ketalit.model.study import Candidate, CandidatePart, Link, Study
from ketalit.snapshot import Manifest, StrategyUsed
from ketalit.vocabulary import DatePrecision, LinkKind, NBasis, SectionRole, Source
from ketalit.warehouse import rows
from ketalit.warehouse.database import Warehouse
from ketalit.warehouse.rows.row import Row, moment
from tests.unit.test_history import PLAN
from tests.unit.warehouse.examples import (
    SENTENCE,
    baseline_row,
    document,
    esketamine_arm,
    facts,
    outcome_measures,
    outcome_row,
    publication,
    reading,
    reference,
    registration,
    stated_id,
)

A_SPAN = Span(Source.PUBMED, "101", "abstract", 0, 6, SENTENCE[:6])


def of_table(table: str, found: Iterable[tuple[str, Row]]) -> list[Row]:
    return [row for name, row in found if name == table]


def full_publication() -> Iterable[tuple[str, Row]]:
    return rows.of_publication(
        publication(
            sections=(Section("METHODS", "METHODS", SectionRole.METHODS, 0, 6),),
            other_abstracts=(OtherAbstract("Publisher", "fre", "Un essai"),),
            authors=(Author("Doe", "Jane", "J", None, None, None),),
            mesh=(MeshHeading("Ketamine", "D007649", True, ("therapeutic use",)),),
            registry_ids=(stated_id("NCT00000001"),),
            corrections=(Correction("ErratumIn", "102", None),),
        )
    )


def full_registration() -> Iterable[tuple[str, Row]]:
    arm, given = esketamine_arm()
    results = PostedResults(
        flow=(FlowRow("Overall", "STARTED", False, "FG000", "All", "20", 20, None, "/x"),),
        baseline_groups=(BaselineGroup("BG000", "All", None, True, "20", 20, "Participants", "/x", "/x"),),
        baseline=(baseline_row("Sex: Female, Male", "12", category="Female"),),
        outcome_measures=outcome_measures(outcome_row("Response", "11")),
        outcomes=(outcome_row("Response", "11"),),
        analyses=(
            OutcomeAnalysisRow(
                0, ("OG000", "OG001"), ("A", "B"), None, "ANCOVA", "<0.001", 0.001, "<", None, None, None, None, None,
                None, None, None, None, None, None, None, None, None, None, "/x",
            ),
        ),
        adverse_event_groups=(AdverseEventGroup("EG000", "A", None, None, "5", 5, 1, 20, 2, 20, 0, 20, "/x"),),
        adverse_events=(AdverseEventRow("Nausea", None, None, None, None, False, "EG000", "A", None, 2, 20, "/x"),),
    )  # fmt: skip
    return rows.of_registration(
        registration(
            secondary_ids=(SecondaryId("2014-004585-22", "EUDRACT_NUMBER", None, "/x"),),
            arms=(arm,),
            interventions=(given,),
            outcomes=(PlannedOutcome("primary", "MADRS", None, "Day 28", "/x"),),
            locations=(Location("Clinic", "Town", None, "Nowhere", None),),
            references=(reference("101"),),
            investigators=(Investigator("Ada Sample, MD", "STUDY_CHAIR", None, "/x"),),
            has_results=True,
            results=results,
        )
    )


def full_facts() -> Iterable[tuple[str, Row]]:
    n = reading(20, "20")
    return rows.of_facts(
        facts(
            judgement=Judgement(True, False, "a reason", (A_SPAN,)),
            design=reading("open_label", "got"),
            population=(reading("mdd", "Adults"),),
            demographics=Demographics(
                age_mean=n,
                race=(RaceShare("White", n),),
                baseline_severity=(BaselineSeverity("madrs", n),),
            ),
            n_arms=n,
            primary_outcomes=(PrimaryOutcome(reading("madrs", "responded"), n),),
            scales=(reading("madrs", "responded"),),
            times_to_relapse=(TimeToRelapse(n, "median"),),
            effect_until_days=n,
            safety=(reading("nausea", "got"),),
            selection=Selection(
                (Criterion("psychosis", reading("excluded", "got")),),
                failed_treatments_min=n,
                monitoring=(reading("oxygen", "got"),),
            ),
            safety_counts=(SafetyCount("nausea", n),),
            safety_totals=(SafetyTotal("any_serious", n),),
            topics=(Topic(reading("home", "40 min")),),
            registry_ids=(reading("NCT00000001", "got"),),
            roles=(reading("pooled", "got"),),
            not_understood=(NotUnderstood("dose", A_SPAN),),
        )
    )


def a_run() -> Manifest:
    return Manifest(
        run_id="run-1",
        source=Source.PUBMED,
        kind="refresh",
        status="complete",
        ketalit_version="0",
        started_at="2026-01-01T00:00:00Z",
        strategy=StrategyUsed("an_example", "1", "digest"),
        queries=(QueryRecord("ketamine", "ketamine[All]", 2, "2026-01-01T00:00:00Z", ("a warning",)),),
        promised=2,
        stored=1,
        explained=(("102", "withdrawn"),),
    )


def everything() -> Iterable[tuple[str, Row]]:
    yield from rows.of_document(document(publication()))
    yield from rows.of_rejected(RejectedDocument(Source.PUBMED, "9", "digest", "not XML"))
    yield from rows.of_run(a_run())
    withdrawal = Withdrawal(Source.PUBMED, "101", "gone", None, "run-1", "2026-01-01T00:00:00Z")
    yield from rows.of_withdrawn(document(publication()), publication().title, withdrawal)
    yield from full_publication()
    yield from full_registration()
    yield from full_facts()
    yield from rows.of_study(Study("NCT00000001", ("NCT00000001", "ISRCTN12345678"), ("NCT00000001",), ("101",)))
    yield from rows.of_link(Link("101", "NCT00000001", LinkKind.DATABANK, A_SPAN))
    reason = CandidatePart("size", 4.0, "the same number of people", A_SPAN, A_SPAN)
    yield from rows.of_candidate(Candidate("102", "NCT00000001", Source.CTGOV, "NCT00000001", 14.0, (reason,)))
    yield from history()
    statement = ListedStatement("7", "101", None, "Retraction", "2024-02-31", None, "10.1000/n", "Error")
    yield from rows.of_retractions(RetractionList("retraction_watch", "list.csv", "digest", (statement,)), {"101"}, ())


def history() -> Iterable[tuple[str, Row]]:
    """Two versions of a registration, of which the later one enrolled fewer people."""
    old = RegistryVersion("NCT00000001", 1, "digest-1", "2026-01-02T03:04:05Z", "request", "run", True, PLAN)
    new = replace(old, number=2, sha256="digest-2", plan=replace(PLAN, enrollment=3))
    for version in (old, new):
        yield from rows.of_version(version)
    yield from rows.of_changes(changes([old, new]))


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Table → columns, as sql/30_core declares them."""
    found: dict[str, set[str]] = {}
    with Warehouse.create(tmp_path_factory.mktemp("rows") / "empty.duckdb") as warehouse:
        for row in warehouse.rows("select table_name, column_name from duckdb_columns() where schema_name = 'core'"):
            found.setdefault(row["table_name"], set()).add(row["column_name"])
    return found


def test_the_keys_of_each_row_are_the_columns_of_its_table(columns: dict[str, set[str]]) -> None:
    wrong = {table: set(row) ^ columns[table] for table, row in everything() if set(row) != columns[table]}
    assert wrong == {}


def test_every_core_table_gets_rows(columns: dict[str, set[str]]) -> None:
    assert {table for table, _ in everything()} == set(columns)


def test_every_row_fits_its_table(tmp_path: Path) -> None:
    with Warehouse.create(tmp_path / "full.duckdb") as warehouse:
        warehouse.load(everything())
        warehouse.run_sql()
        assert warehouse.counts()["core.outcome_analysis"] == 1


class TestFacts:
    def test_a_regimen_is_called_by_its_document_and_place(self) -> None:
        [row] = of_table("regimen", rows.of_facts(facts()))
        assert row["entity_id"] == "pubmed:101/regimen/1"

    def test_each_value_has_a_reading_with_its_span(self) -> None:
        found = of_table("reading", rows.of_facts(facts()))
        [dose] = [row for row in found if row["attribute"] == "dose"]
        assert (dose["entity_id"], dose["value_number"], dose["quote"]) == ("pubmed:101/regimen/1", 0.4, "0.4 mg/kg")

    def test_every_quote_stands_where_its_span_says(self) -> None:
        found = of_table("reading", rows.of_facts(facts()))
        assert [SENTENCE[row["span_start"] : row["span_end"]] for row in found] == [row["quote"] for row in found]

    def test_each_further_span_is_a_row_behind_the_first(self) -> None:
        derived = reading(3, "3 infusions", derived=True, support=(A_SPAN,))
        found = of_table("reading", rows.of_facts(facts(comparators=(derived,))))
        spans = [(row["ordinal"], row["quote"]) for row in found if row["attribute"] == "comparator"]
        assert spans == [(1, "3 infusions"), (2, SENTENCE[:6])]

    def test_the_total_is_the_sample_size_that_the_facts_name(self) -> None:
        arm = SampleSize(reading(12, "12"), NBasis.RANDOMISED, arm="A")
        total = SampleSize(reading(20, "20"), NBasis.RANDOMISED)
        found = of_table("sample_size", rows.of_facts(facts(sample_sizes=(arm, total), n_total=total)))
        assert [(row["n"], row["is_total"]) for row in found] == [(12, False), (20, True)]

    def test_a_total_that_is_not_among_the_sample_sizes_is_added(self) -> None:
        found = of_table("sample_size", rows.of_facts(facts()))
        assert [(row["n"], row["is_total"]) for row in found] == [(20, True)]

    def test_a_document_that_states_nothing_has_a_judgement_and_no_more(self) -> None:
        silent = Facts(Source.PUBMED, "101", Judgement(False, False, "no drug"))
        assert [table for table, _ in rows.of_facts(silent)] == ["judgement"]


class TestDates:
    def test_a_month_is_kept_as_its_first_and_last_day(self) -> None:
        month = PartialDate("2020 May", DatePrecision.MONTH, "2020-05-01", "2020-05-31")
        [row] = of_table("publication", rows.of_publication(publication(published=month)))
        assert (row["published_earliest"], row["published_latest"]) == (date(2020, 5, 1), date(2020, 5, 31))

    def test_a_date_that_says_nothing_is_no_date(self) -> None:
        unknown = PartialDate("n.d.", DatePrecision.UNKNOWN, None, None)
        [row] = of_table("publication", rows.of_publication(publication(published=unknown)))
        assert (row["published_text"], row["published_earliest"]) == ("n.d.", None)

    def test_times_are_utc(self) -> None:
        assert moment("2026-01-01T01:00:00+01:00") == datetime(2026, 1, 1)  # noqa: DTZ001 – core stores UTC without zone


class TestRegistrations:
    def test_an_arm_gets_what_either_side_says(self) -> None:
        arm, given = esketamine_arm()
        one_sided = replace(given, arm_labels=())
        found = of_table(
            "arm_intervention", rows.of_registration(registration(arms=(arm,), interventions=(one_sided,)))
        )
        assert [(row["arm_id"], row["intervention_id"]) for row in found] == [
            ("ctgov:NCT00000001/arm/1", "ctgov:NCT00000001/intervention/1")
        ]

    def test_an_intervention_that_neither_side_gives_to_the_arm_is_not_given(self) -> None:
        arm, given = esketamine_arm()
        other = replace(given, name="Placebo", arm_labels=("Control",))
        found = rows.of_registration(registration(arms=(arm,), interventions=(other,)))
        assert of_table("arm_intervention", found) == []


def test_a_study_may_be_called_by_the_id_of_each_member() -> None:
    study = Study("NCT00000001", ("NCT00000001", "ISRCTN12345678"), ("NCT00000001",), ("101",))
    found = of_table("study_member", rows.of_study(study))
    assert [row["member_id"] for row in found] == ["NCT00000001", "ISRCTN12345678", "PMID101"]


def test_a_promised_record_that_did_not_come_keeps_its_reason() -> None:
    [row] = of_table("unobtained_document", rows.of_run(a_run()))
    assert (row["source_id"], row["reason"]) == ("102", "withdrawn")
