"""evidence.participant_flow: one row a registration, period and group: who started, completed and left, and why."""

from __future__ import annotations

from ketalit.model.registration import FlowRow, PostedResults, Registration
from tests.sql.conftest import Base, Row
from tests.unit.warehouse.examples import registration, registry_facts

TABLE = "select * from evidence.participant_flow"


def flow(
    *events: tuple[str, str], group: str = "FG000", period: int = 0, reasons: tuple[tuple[str, str], ...] = ()
) -> tuple[FlowRow, ...]:
    """The milestones and reasons for leaving of one group in one period."""
    at = f"/resultsSection/participantFlowModule/periods/{period}"
    place = int(group[-1])

    def row(kind: str, list_name: str, n: int, event: str, count: str) -> FlowRow:
        return FlowRow(
            period=f"Period {period + 1}",
            event=event,
            is_drop_out=kind == "reason",
            group_id=group,
            group_title=f"Arm {place + 1}",
            n_text=count,
            n=int(count.replace(",", "")) if count.replace(",", "").isdigit() else None,
            comment=None,
            pointer=f"{at}/{list_name}/{n}/{'reasons' if kind == 'reason' else 'achievements'}/{place}/numSubjects",
        )

    milestones = (row("milestone", "milestones", n, *event) for n, event in enumerate(events))
    left = (row("reason", "dropWithdraws", n, *reason) for n, reason in enumerate(reasons))
    return *milestones, *left


def posted(*rows: tuple[FlowRow, ...]) -> Registration:
    return registration(has_results=True, results=PostedResults(flow=sum(rows, ())))


def shown(base: Base, *rows: tuple[FlowRow, ...]) -> list[Row]:
    return base([posted(*rows)], [registry_facts()]).rows(TABLE)


def test_a_row_tells_who_started_completed_and_left_for_which_reason(base: Base) -> None:
    events = ("STARTED", "1,020"), ("Treated", "1,000"), ("COMPLETED", "1,011"), ("NOT COMPLETED", "9")
    reasons = (
        ("Adverse Event", "3"),
        ("Lost to Follow-up", "2"),
        ("Moved away", "1"),
        ("Pregnancy", "1"),
        ("Withdrawal by Subject", "2"),
        ("Death", "0"),
    )
    [row] = shown(base, flow(*events, reasons=reasons))
    assert (row["arm_label"], row["period"], row["period_number"]) == ("Arm 1", "Period 1", 1)
    assert (row["n_started"], row["n_completed"], row["n_not_completed"]) == (1020, 1011, 9)
    assert {name: row[name] for name in row if name.startswith("n_left")} == {
        "n_left_adverse_event": 3,
        "n_left_lack_of_efficacy": None,
        "n_left_withdrawal_by_subject": 2,
        "n_left_lost_to_follow_up": 2,
        "n_left_death": 0,
        "n_left_physician_decision": None,
        "n_left_protocol_violation": None,
        "n_left_other": 2,
    }
    assert row["reasons_verbatim"] == (
        "Adverse Event: 3; Lost to Follow-up: 2; Moved away: 1; Pregnancy: 1; Withdrawal by Subject: 2"
    )
    assert row["other_milestones"] == "Treated: 1,000"
    assert (row["balance_status"], row["reasons_status"]) == ("adds up", "adds up")


def test_what_does_not_add_up_is_shown_as_posted_and_said(base: Base) -> None:
    events = ("STARTED", "20"), ("COMPLETED", "15"), ("NOT COMPLETED", "4")
    [row] = shown(base, flow(*events, reasons=(("Death", "1"),)))
    assert (row["n_started"], row["n_completed"], row["n_not_completed"]) == (20, 15, 4)
    assert row["balance_status"] == "does not add up: 20 started, 15 completed and 4 did not"
    assert row["reasons_status"] == "does not add up: 1 with a reason, 4 left"


def test_what_is_not_posted_is_never_computed(base: Base) -> None:
    rows = shown(
        base,
        flow(("STARTED", "20"), ("COMPLETED", "15")),
        flow(("STARTED", "20"), group="FG001"),
        flow(("COMPLETED", "20"), group="FG002"),
        flow(("STARTED", "20"), ("COMPLETED", "NA"), ("NOT COMPLETED", "5"), group="FG003"),
        flow(("STARTED", "20"), ("COMPLETED", "20"), group="FG004"),
    )
    assert [(row["n_completed"], row["n_not_completed"], row["balance_status"]) for row in rows] == [
        (15, None, "number who left not posted"),
        (None, None, "number who completed not posted"),
        (20, None, "number who started not posted"),
        (None, 5, "number who completed not posted"),
        (20, None, "number who left not posted"),
    ]
    assert [row["reasons_status"] for row in rows] == ["not posted"] * 4 + [None]


def test_each_period_and_group_has_its_row(base: Base) -> None:
    rows = shown(
        base,
        flow(("STARTED", "12"), period=1),
        flow(("STARTED", "14")),
        flow(("STARTED", "13"), group="FG001"),
    )
    assert [(row["period_number"], row["arm_id"], row["n_started"]) for row in rows] == [
        (1, "FG000", 14),
        (1, "FG001", 13),
        (2, "FG000", 12),
    ]


def test_a_registration_without_flow_says_why(base: Base) -> None:
    built = base([registration(), posted_nothing()], [registry_facts(), registry_facts("NCT00000002")])
    assert [(row["nct_id"], row["flow_absence"], row["balance_status"]) for row in built.rows(TABLE)] == [
        ("NCT00000001", "not posted", None),
        ("NCT00000002", "not reported", None),
    ]


def posted_nothing() -> Registration:
    return registration("NCT00000002", has_results=True)


def test_a_reason_leads_to_its_words_and_to_its_count(base: Base) -> None:
    record = posted(flow(("STARTED", "20"), reasons=(("Moved away", "1"), ("Fell ill", "2"))))
    found = base([record], [registry_facts()]).rows(
        "select column_name, value_text, quote, field from evidence.cell_source"
        " where view_name = 'participant_flow' and column_name in ('reasons_verbatim', 'n_left_other')"
    )
    at = "/resultsSection/participantFlowModule/periods/0/dropWithdraws"
    assert [(row["column_name"], row["value_text"], row["quote"], row["field"]) for row in found] == [
        ("n_left_other", "1", "1", f"{at}/0/reasons/0/numSubjects"),
        ("n_left_other", "2", "2", f"{at}/1/reasons/0/numSubjects"),
        ("reasons_verbatim", "Moved away: 1", "Moved away", f"{at}/0/type"),
        ("reasons_verbatim", "Moved away: 1", "1", f"{at}/0/reasons/0/numSubjects"),
        ("reasons_verbatim", "Fell ill: 2", "Fell ill", f"{at}/1/type"),
        ("reasons_verbatim", "Fell ill: 2", "2", f"{at}/1/reasons/0/numSubjects"),
    ]
