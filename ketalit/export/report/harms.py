"""The printed table of safety: one row an arm, the most frequent event of each ketamine-specific group."""

from __future__ import annotations

from typing import Any, Final

from ketalit.export.facts import Facts, counted
from ketalit.export.presentation import presented
from ketalit.export.report.blocks import Column, Row, Table, Text, text
from ketalit.export.report.citing import Citations
from ketalit.export.report.printed import cited_in, notes_of
from ketalit.export.report.wording import number, or_dash, verbatim
from ketalit.warehouse import Reader

TOTALS: Final = {"any_serious": "Any serious event", "death": "Deaths", "discontinuation": "Left for adverse events"}
GROUPS: Final = {
    "dissociation": "Dissociation",
    "sedation": "Sedation",
    "blood_pressure": "Blood pressure",
    "nausea_or_dizziness": "Nausea or dizziness",
    "suicidality": "Suicidality",
}
COUNTED: Final = """
select *
from evidence.safety
where (n_affected is not null or pct is not null)
    and (item in ('any_serious', 'death', 'discontinuation') or item = 'event' and event_group in (
        'dissociation', 'sedation', 'blood_pressure', 'nausea_or_dizziness', 'suicidality'
    ))
order by study_id, source, source_id, arm_label, row_id
"""


def safety_table(reader: Reader, facts: Facts, citations: Citations) -> Table:
    """Every arm of which at least one count is posted or stated."""
    found = reader.rows(COUNTED)
    arms: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for event in sorted(found, key=lambda row: citations.order(row["study_id"])):
        arms.setdefault((event["study_id"], event["source"], event["source_id"], event["arm_label"]), []).append(event)
    rows = [_row(events, citations) for events in arms.values()]
    standing = {key[0] for key, events in arms.items() if events[0]["integrity"] != "retracted"}
    notes = (
        *presented("safety").notes,
        "Of each group the most frequent single event is shown: people may have several, so events are never added up",
        "Only rows with a number; every event stands in the workbook",
    )
    return Table(
        name="safety",
        caption=f"Safety ({counted(len(rows), 'arm or sample', 'arms or samples')} of"
        f" {counted(len(standing), 'study', 'studies')})",
        head=facts.short_head,
        columns=(
            Column("Study", 17),
            Column("Arm or group", 16),
            *(Column(heading, 12) for heading in TOTALS.values()),
            *(Column(heading, 14) for heading in GROUPS.values()),
        ),
        rows=tuple(rows),
        notes=notes_of(rows, notes),
        sources=cited_in(rows),
    )


def _row(events: list[dict[str, Any]], citations: Citations) -> Row:
    first = events[0]
    totals = [_total([event for event in events if event["item"] == item]) for item in TOTALS]
    groups = [
        _most_frequent([event for event in events if event["item"] == "event" and event["event_group"] == group])
        for group in GROUPS
    ]
    cells: tuple[Text, ...] = (citations.study(first), or_dash(verbatim(first["arm_label"])), *totals, *groups)
    return Row(cells=cells, is_retracted=first["integrity"] == "retracted")


def _total(events: list[dict[str, Any]]) -> Text:
    """Of people who left in several periods each is told: the periods' numbers at risk differ."""
    return text("; ".join(_affected(event) for event in events) or "–")


def _most_frequent(events: list[dict[str, Any]]) -> Text:
    if not events:
        return text("–")
    event = max(events, key=lambda event: (event["pct"] or 0, event["n_affected"] or 0, event["term"] or ""))
    return text(f"{verbatim(event['term'])}: {_affected(event)}")


def _affected(event: dict[str, Any]) -> str:
    share = f"{number(event['pct'], 1)}%" if event["pct"] is not None else ""
    if event["n_affected"] is None:
        return share
    whole = f"/{event['n_at_risk']:,}" if event["n_at_risk"] is not None else ""
    return f"{event['n_affected']:,}{whole}" + (f" ({share})" if share else "")
