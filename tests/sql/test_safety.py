"""evidence.safety: one row a study, document, group of people and adverse event; nobody is summed over events."""

from __future__ import annotations

from typing import Any

import pytest

from ketalit.model.evidence import NotUnderstood, SafetyCount, SafetyTotal, Span
from ketalit.model.registration import AdverseEventGroup, AdverseEventRow, FlowRow, PostedResults, Registration
from ketalit.vocabulary import Integrity, Source
from ketalit.warehouse.database import Warehouse
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import facts, notice, publication, reading, registration, registry_facts

TABLE = "select * from evidence.safety"
MODULE = "/resultsSection/adverseEventsModule"
PERIOD = "/resultsSection/participantFlowModule/periods/0"


def event(term: str, n: int | None, at_risk: int | None = 20, **changes: Any) -> AdverseEventRow:
    plain: dict[str, Any] = {
        "term": term,
        "organ_system": "Psychiatric disorders",
        "source_vocabulary": "MedDRA (23.1)",
        "assessment_type": "SYSTEMATIC_ASSESSMENT",
        "notes": None,
        "is_serious": False,
        "group_id": "EG000",
        "group_title": "Esketamine",
        "n_events": None,
        "n_affected": n,
        "n_at_risk": at_risk,
        "pointer": f"{MODULE}/otherEvents/0/stats/0",
    }
    return AdverseEventRow(**plain | changes)


def group(place: int = 0, **changes: Any) -> AdverseEventGroup:
    plain: dict[str, Any] = {
        "group_id": f"EG00{place}",
        "title": "Esketamine",
        "description": None,
        "time_frame": "28 days",
        "frequency_threshold_text": "5",
        "frequency_threshold_pct": 5.0,
        "serious_affected": 1,
        "serious_at_risk": 20,
        "other_affected": 9,
        "other_at_risk": 20,
        "deaths_affected": 0,
        "deaths_at_risk": 20,
        "pointer": f"{MODULE}/eventGroups/{place}",
    }
    return AdverseEventGroup(**plain | changes)


def left(reason: str, n: int | None, **changes: Any) -> FlowRow:
    plain: dict[str, Any] = {
        "period": "Induction",
        "event": reason,
        "is_drop_out": True,
        "group_id": "FG000",
        "group_title": "Esketamine",
        "n_text": None if n is None else str(n),
        "n": n,
        "comment": None,
        "pointer": f"{PERIOD}/dropWithdraws/0/reasons/0/numSubjects",
    }
    return FlowRow(**plain | changes)


def started(n: int, **changes: Any) -> FlowRow:
    return left("STARTED", n, is_drop_out=False, pointer=f"{PERIOD}/milestones/0/achievements/0/numSubjects", **changes)


def posted(**results: Any) -> Registration:
    return registration(has_results=True, results=PostedResults(**results))


def built(base: Base, **results: Any) -> Warehouse:
    return base([posted(**results)], [registry_facts()])


def from_registry(base: Base, item: str = "event", **results: Any) -> list[Row]:
    return [row for row in built(base, **results).rows(TABLE) if row["item"] == item]


def from_abstract(base: Base, **read: Any) -> list[Row]:
    return base([publication()], [facts(**read)]).rows(TABLE)


def only(rows: list[Row]) -> Row:
    [row] = rows
    return row


class TestPostedEvents:
    def test_people_affected_and_at_risk_stand_beside_the_term_as_written(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Dissociation", 9, n_events=14),)))
        assert (row["term"], row["n_affected"], row["n_at_risk"], row["n_events"]) == ("Dissociation", 9, 20, 14)
        assert (row["source"], row["nct_id"], row["arm_id"], row["arm_label"]) == (
            "registry", "NCT00000001", "EG000", "Esketamine",
        )  # fmt: skip

    def test_the_share_is_computed_and_says_so(self, base: Base) -> None:
        warehouse = built(base, adverse_events=(event("Dissociation", 9),))
        shares = warehouse.rows("from evidence.cell_source where view_name = 'safety' and column_name = 'pct'")
        assert [(row["value_number"], row["quote"], row["is_derived"]) for row in shares] == [
            (45, "9", True),
            (45, "20", True),
        ]

    def test_nobody_is_a_number_and_no_gap(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Cystitis", 0),)))
        assert (row["n_affected"], row["pct"], row["n_affected_absence"]) == (0, 0, None)

    def test_a_missing_denominator_stays_missing_with_a_reason(self, base: Base) -> None:
        results = {"adverse_events": (event("Nausea", 3, None),), "adverse_event_groups": (group(),)}
        row = only(from_registry(base, **results))
        assert (row["n_affected"], row["n_at_risk"], row["pct"], row["n_at_risk_absence"]) == (
            3, None, None, "not reported",
        )  # fmt: skip

    def test_a_missing_count_of_people_is_never_taken_from_the_count_of_events(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Nausea", None, n_events=4),)))
        assert (row["n_affected"], row["n_affected_absence"], row["n_events"]) == (None, "not reported", 4)

    def test_more_people_affected_than_at_risk_are_not_understood(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Nausea", 30),)))
        assert (row["n_affected"], row["n_at_risk"], row["pct"], row["n_affected_absence"]) == (
            None, None, None, "not understood",
        )  # fmt: skip

    def test_a_group_of_nobody_has_no_share(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Nausea", 0, 0),)))
        assert (row["n_affected"], row["n_at_risk"], row["pct"]) == (0, 0, None)

    def test_vocabulary_assessment_and_notes_are_those_of_the_registry(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Nausea", 3, notes="After dinner."),)))
        assert (row["source_vocabulary"], row["assessment_type"], row["notes"], row["organ_system"]) == (
            "MedDRA (23.1)", "SYSTEMATIC_ASSESSMENT", "After dinner.", "Psychiatric disorders",
        )  # fmt: skip

    def test_a_word_that_the_registry_invents_is_kept(self, base: Base) -> None:
        row = only(from_registry(base, adverse_events=(event("Nausea", 3, assessment_type="BY_TELEPATHY"),)))
        assert row["assessment_type"] == "BY_TELEPATHY"

    def test_the_threshold_holds_for_other_events_and_not_for_serious_ones(self, base: Base) -> None:
        serious = event("Mania", 1, is_serious=True, pointer=f"{MODULE}/seriousEvents/0/stats/0")
        rows = from_registry(base, adverse_events=(serious, event("Nausea", 3)), adverse_event_groups=(group(),))
        assert [(row["is_serious"], row["frequency_threshold_pct"], row["time_frame"]) for row in rows] == [
            (True, None, "28 days"),
            (False, 5, "28 days"),
        ]

    def test_each_cell_leads_to_its_json_pointer(self, base: Base) -> None:
        warehouse = built(base, adverse_events=(event("Dissociation", 9),), adverse_event_groups=(group(),))
        places = warehouse.rows(
            "from evidence.cell_source where view_name = 'safety' and row_id like '%/event/%' and ordinal = 1"
        )
        assert {row["column_name"]: (row["field"].removeprefix(MODULE), row["quote"]) for row in places} == {
            "term": ("/otherEvents/0/term", "Dissociation"),
            "event": ("/otherEvents/0/term", "Dissociation"),
            "event_group": ("/otherEvents/0/term", "Dissociation"),
            "organ_system": ("/otherEvents/0/organSystem", "Psychiatric disorders"),
            "source_vocabulary": ("/otherEvents/0/sourceVocabulary", "MedDRA (23.1)"),
            "assessment_type": ("/otherEvents/0/assessmentType", "SYSTEMATIC_ASSESSMENT"),
            "n_affected": ("/otherEvents/0/stats/0/numAffected", "9"),
            "n_at_risk": ("/otherEvents/0/stats/0/numAtRisk", "20"),
            "pct": ("/otherEvents/0/stats/0/numAffected", "9"),
            "time_frame": ("/timeFrame", "28 days"),
            "frequency_threshold_pct": ("/frequencyThreshold", "5"),
        }


class TestTotals:
    def test_a_group_has_its_totals_as_posted_and_none_is_summed(self, base: Base) -> None:
        events = (event("Nausea", 8), event("Vomiting", 7, pointer=f"{MODULE}/otherEvents/1/stats/0"))
        rows = built(base, adverse_events=events, adverse_event_groups=(group(),)).rows(TABLE)
        assert [(row["item"], row["is_serious"], row["n_affected"], row["n_at_risk"]) for row in rows[2:]] == [
            ("any_serious", True, 1, 20),
            ("any_other", False, 9, 20),
            ("death", None, 0, 20),
        ]

    def test_totals_name_no_event_and_are_in_no_group(self, base: Base) -> None:
        row = only(from_registry(base, "any_other", adverse_event_groups=(group(),)))
        assert (row["term"], row["term_absence"], row["event_group"]) == (None, "not applicable", None)

    def test_deaths_are_a_group_of_their_own(self, base: Base) -> None:
        row = only(from_registry(base, "death", adverse_event_groups=(group(deaths_affected=2),)))
        assert (row["event_group"], row["n_affected"], row["pct"]) == ("death", 2, 10)

    def test_deaths_that_an_old_record_does_not_post_are_not_reported(self, base: Base) -> None:
        without = group(deaths_affected=None, deaths_at_risk=None)
        row = only(from_registry(base, "death", adverse_event_groups=(without,)))
        assert (row["n_affected"], row["n_affected_absence"]) == (None, "not reported")

    def test_eleven_groups_stay_in_the_order_of_the_record(self, base: Base) -> None:
        groups = tuple(group(place, title=f"Group {place}") for place in range(11))
        rows = from_registry(base, "death", adverse_event_groups=groups)
        assert [row["arm_label"] for row in rows] == [f"Group {place}" for place in range(11)]


class TestDiscontinuation:
    def test_who_left_because_of_an_event_is_counted_among_who_started_the_period(self, base: Base) -> None:
        row = only(from_registry(base, "discontinuation", flow=(started(40), left("Adverse Event", 3))))
        assert (row["event_group"], row["term"], row["period"]) == ("discontinuation", "Adverse Event", "Induction")
        assert (row["n_affected"], row["n_at_risk"], row["pct"]) == (3, 40, 7.5)

    def test_periods_of_the_same_name_are_kept_apart(self, base: Base) -> None:
        second = PERIOD.replace("/0", "/1")
        flow = (
            started(40),
            left("Adverse Event", 3),
            left("STARTED", 30, is_drop_out=False, pointer=f"{second}/milestones/0/achievements/0/numSubjects"),
            left("Adverse Event", 2, pointer=f"{second}/dropWithdraws/0/reasons/0/numSubjects"),
        )
        rows = from_registry(base, "discontinuation", flow=flow)
        assert [(row["n_affected"], row["n_at_risk"]) for row in rows] == [(3, 40), (2, 30)]

    @pytest.mark.parametrize("reason", ["Adverse Event", "adverse events", "Side effects", "AE", "SAE", "Toxicity"])
    def test_a_reason_that_is_an_adverse_event(self, base: Base, reason: str) -> None:
        assert only(from_registry(base, "discontinuation", flow=(left(reason, 1),)))["n_affected"] == 1

    @pytest.mark.parametrize(
        "reason",
        [
            "Lack of Efficacy", "Death", "Withdrawal by Subject", "No adverse event", "Other than adverse event",
            "Adverse event or lack of efficacy", "Adverse event/withdrew consent",
        ],
    )  # fmt: skip
    def test_a_reason_that_is_none_or_not_only_that(self, base: Base, reason: str) -> None:
        assert from_registry(base, "discontinuation", flow=(left(reason, 1),)) == []

    def test_a_number_that_is_none_is_not_understood(self, base: Base) -> None:
        row = only(from_registry(base, "discontinuation", flow=(left("Adverse Event", None, n_text="NA"),)))
        assert (row["n_affected"], row["n_affected_absence"]) == (None, "not understood")

    def test_people_who_left_do_not_make_a_record_without_events_one_with_them(self, base: Base) -> None:
        rows = built(base, flow=(left("Adverse Event", 1),)).rows(TABLE)
        assert [(row["item"], row["term_absence"]) for row in rows] == [
            ("none", "not reported"),
            ("discontinuation", None),
        ]


class TestGroups:
    """One wording a group and spelling; tests/sql/test_real_registrations.py does it with every posted one."""

    @pytest.mark.parametrize(
        ("term", "expected"),
        [
            ("Dissociation", "dissociation"),
            ("Depersonalisation/derealisation disorder", "dissociation"),
            ("Derealization", "dissociation"),
            ("Time perception altered", "dissociation"),
            ("Blood pressure increased", "blood_pressure"),
            ("42100-Hypertension", "blood_pressure"),
            ("HYPERTENSIVE CRISIS", "blood_pressure"),
            ("Somnolence", "sedation"),
            ("Depressed level of consciousness", "sedation"),
            ("Nausea", "nausea_or_dizziness"),
            ("Dizziness postural", "nausea_or_dizziness"),
            ("Vertigo", "nausea_or_dizziness"),
            ("Suicidal behaviour", "suicidality"),
            ("Intentional self-injury", "suicidality"),
            ("Pollakiuria", "urinary"),
            ("Haematuria", "urinary"),
            ("Hematuria", "urinary"),
            ("Cystitis interstitial", "urinary"),
            ("Drug abuse", "abuse_or_misuse"),
            ("Intentional product misuse", "abuse_or_misuse"),
            ("Hypomania", "mania_or_psychosis"),
            ("Hallucination, visual", "mania_or_psychosis"),
            ("Psychotic disorder", "mania_or_psychosis"),
            ("Memory impairment", "cognition"),
            ("Confusional state", "cognition"),
            ("Sudden death", "death"),
            ("Headache", "other"),
        ],
    )
    def test_a_term_has_its_group(self, base: Base, term: str, expected: str) -> None:
        assert only(from_registry(base, adverse_events=(event(term, 1),)))["event_group"] == expected

    @pytest.mark.parametrize(
        "term",
        [
            "Portal hypertension", "Electromechanical dissociation", "Retinal detachment", "Urinary tract neoplasm",
            "Hypoglycaemic coma", "Sexual abuse", "Foetal death", "Cholecystitis", "Euphoric mood", "Syncope",
        ],
    )  # fmt: skip
    def test_a_word_that_means_something_else_makes_no_group(self, base: Base, term: str) -> None:
        assert only(from_registry(base, adverse_events=(event(term, 1),)))["event_group"] == "other"

    @pytest.mark.parametrize(
        ("term", "expected"),
        [
            ("Completed suicide, sudden death", "suicidality"),
            ("Dissociative amnesia", "dissociation"),
            ("Dissociation and nausea", "dissociation"),
            ("Hallucination during sedation", "mania_or_psychosis"),
        ],
    )
    def test_of_several_groups_the_documented_order_takes_one(self, base: Base, term: str, expected: str) -> None:
        assert only(from_registry(base, adverse_events=(event(term, 1),)))["event_group"] == expected

    def test_spellings_of_one_event_are_found_together(self, base: Base) -> None:
        terms = ("57600-Nausea", "NAUSEA", "Nausea  ")
        events = tuple(event(term, 1, pointer=f"{MODULE}/otherEvents/{i}/stats/0") for i, term in enumerate(terms))
        rows = from_registry(base, adverse_events=events)
        assert [(row["event"], row["term"]) for row in rows] == [("nausea", term) for term in terms]

    def test_each_wording_says_why_and_stands_once(self, base: Base) -> None:
        warehouse = built(base)
        assert warehouse.rows("from ref.safety_group where trim(reason) = ''") == []
        assert warehouse.rows("select pattern from ref.safety_group group by pattern having count(*) > 1") == []
        assert warehouse.rows("from ref.safety_group where pattern != lower(pattern) or pattern like '%-%'") == []


class TestAbstracts:
    NAUSEA = reading("nausea", "infusions")

    def test_an_effect_is_named_in_the_paper_s_words(self, base: Base) -> None:
        row = only(from_abstract(base, safety=(self.NAUSEA,)))
        assert (row["source"], row["pmid"], row["item"]) == ("abstract", "101", "event")
        assert (row["term"], row["event"], row["event_group"]) == ("infusions", "nausea", "nausea_or_dizziness")

    def test_an_effect_without_a_number_has_none(self, base: Base) -> None:
        row = only(from_abstract(base, safety=(self.NAUSEA,)))
        assert (row["n_affected"], row["n_affected_absence"], row["is_serious"]) == (None, "not reported", None)

    def test_a_number_that_the_sentence_states_for_it_stands_beside_it(self, base: Base) -> None:
        count = SafetyCount("nausea", reading(12, "12"), reading(20, "20"), reading(60, "60%"))
        row = only(from_abstract(base, safety=(self.NAUSEA,), safety_counts=(count,)))
        assert (row["n_affected"], row["n_at_risk"], row["pct"]) == (12, 20, 60)

    def test_that_nobody_had_a_serious_event_is_a_statement(self, base: Base) -> None:
        row = only(from_abstract(base, safety_totals=(SafetyTotal("any_serious", reading(0, "12 of 20")),)))
        assert (row["item"], row["is_serious"], row["n_affected"]) == ("any_serious", True, 0)
        assert row["term_absence"] == "not applicable"

    def test_how_many_left_cites_the_words_that_say_so(self, base: Base) -> None:
        total = SafetyTotal("discontinuation", pct=reading(60, "60%"))
        warehouse = base([publication()], [facts(safety_totals=(total,))])
        row = only([row for row in warehouse.rows(TABLE) if row["item"] == "discontinuation"])
        assert (row["event_group"], row["pct"]) == ("discontinuation", 60)
        [source] = warehouse.rows(
            "from evidence.cell_source where view_name = 'safety' and column_name = 'event_group'"
        )
        assert source["quote"] == "60%"

    def test_a_paper_that_names_no_event_has_a_row_of_reasons(self, base: Base) -> None:
        row = only(from_abstract(base))
        assert (row["item"], row["term"], row["term_absence"]) == ("none", None, "not reported")
        assert (row["n_affected_absence"], row["n_at_risk_absence"]) == ("not reported", "not reported")

    def test_a_paper_whose_events_no_rule_could_read_is_not_understood(self, base: Base) -> None:
        item = NotUnderstood("safety", Span(Source.PUBMED, "101", "abstract", 0, 6, "Adults"))
        assert only(from_abstract(base, not_understood=(item,)))["term_absence"] == "not understood"


class TestReports:
    def test_a_registration_without_results_says_not_posted(self, base: Base) -> None:
        row = only(base([registration()], [registry_facts()]).rows(TABLE))
        assert (row["item"], row["term_absence"], row["n_affected_absence"]) == ("none", "not posted", "not posted")

    def test_results_without_adverse_events_are_not_reported(self, base: Base) -> None:
        assert only(built(base).rows(TABLE))["term_absence"] == "not reported"

    def test_a_retracted_report_is_marked(self, base: Base) -> None:
        records = [publication(integrity=Integrity.RETRACTED), notice("102", "101")]
        rows = base(records, [facts(safety=(TestAbstracts.NAUSEA,)), facts("102")]).rows(TABLE)
        assert [(row["pmid"], row["integrity"]) for row in rows] == [("101", "retracted")]

    def test_every_audit_holds(self, base: Base) -> None:
        results = {
            "adverse_events": (event("Dissociation", 9), event("Nausea", 30, n_events=2)),
            "adverse_event_groups": (group(), group(1, deaths_affected=None, serious_at_risk=None)),
            "flow": (started(40), left("Adverse Event", 3)),
        }
        assert len(built(base, **results).audit()) > 20
