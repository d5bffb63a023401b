"""The printed tables of what to check: registry against paper, trials without an answer, retracted reports."""

from __future__ import annotations

from typing import Any, Final

from ketalit.export.facts import Facts
from ketalit.export.report.blocks import Column, Row, Table, Text, text
from ketalit.export.report.citing import Citations
from ketalit.export.report.printed import Printed, cited_in
from ketalit.export.report.wording import capital, coded, number, or_dash, verbatim
from ketalit.warehouse import Reader


def _discrepancy(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    difference = number(round(row["difference"], 4)).replace("-", "−") if row["difference"] is not None else ""
    unit = f" ({row['unit']})" if difference and row["unit"] else ""
    doubt = "‡" if row["needs_review"] else ""
    return (
        text(
            f"{citations.name(row['study_id'])}{doubt}",
            citations.cited([("ctgov", row["nct_id"]), ("pubmed", row["pmid"])]),
        ),
        text(capital(coded(row["item"]))),
        or_dash(_worded(row["item"], row["registry_value"])),
        or_dash(_worded(row["item"], row["paper_value"])),
        or_dash(f"{difference}{unit}"),
        or_dash(row["kind"] or ""),
        or_dash(row["severity"] or ""),
    )


def _worded(item: str, value: Any) -> str:
    return ", ".join(coded(part) for part in str(value).split(", ")) if item == "route" and value else verbatim(value)


DISCREPANCIES: Final = Printed(
    view="registry_discrepancies",
    title="Registry against paper: what differs",
    rows=(
        "select *, 'registry' as source, nct_id as source_id from evidence.registry_discrepancies"
        " order by study_id, nct_id, pmid, row_id"
    ),
    columns=(
        Column("Study", 18),
        Column("Item", 12),
        Column("Registry states", 24),
        Column("Paper states", 24),
        Column("Paper minus registry", 14),
        Column("How they differ", 16),
        Column("To do", 10),
    ),
    cells=_discrepancy,
    unit="discrepancy",
    units="discrepancies",
    notes=(
        "Papers are read by title and abstract: the full text may say more",
        "The registration is that of today: it may have been changed after the paper",
    ),
    left_out="Items on which both agree, or that only one states, stand in the workbook",
)


def _trial(row: dict[str, Any], citations: Citations) -> tuple[Text, ...]:
    n = f"{row['enrollment']:,} {coded(row['enrollment_kind'])}" if row["enrollment"] is not None else ""
    return (
        citations.study(row),
        or_dash(verbatim(row["title"])),
        or_dash(verbatim(row["sponsor"])),
        or_dash(", ".join(capital(coded(phase)) for phase in row["phases"])),
        text(capital(row["stage"])),
        or_dash(n),
        or_dash(row["primary_completion"] or row["completion"] or ""),
        or_dash(row["gap"] or ""),
        or_dash(number(row["months_overdue"])),
        or_dash(verbatim(row["why_stopped"])),
    )


TRIALS: Final = Printed(
    view="trial_pipeline",
    title="Trials under way, stopped or unreported",
    rows=(
        "select * from evidence.trial_pipeline where gap is not null or months_overdue is not null"
        " or stage not in ('completed', 'unrecognised') order by study_id, source_id"
    ),
    columns=(
        Column("Study", 16),
        Column("Title", 30),
        Column("Lead sponsor", 15),
        Column("Phase", 8),
        Column("Stage", 10),
        Column("Enrolment", 11),
        Column("Primary completion", 10),
        Column("Missing", 12),
        Column("Overdue, months", 8),
        Column("Why stopped", 16),
    ),
    cells=_trial,
    unit="registration",
    notes=("Results count as due a year after primary completion of any trial; the law does not bind them all",),
    left_out="Completed trials with results or a paper stand in the workbook",
)


def retracted_table(reader: Reader, facts: Facts, citations: Citations) -> Table | None:
    """Retracted reports and the notices that retracted them; None where there is none."""
    found = reader.rows(
        "select screening.source_id, screening.title, screening.study_ids,"
        " list(distinct correction.other_pmid) filter (correction.other_pmid is not null) as notices"
        " from evidence.screening as screening"
        " left join core.correction as correction"
        " on correction.pmid = screening.source_id and correction.kind = 'RetractionIn'"
        " where screening.decision = 'retracted' group by all order by all"
    )
    if not found:
        return None
    rows = tuple(_retracted(row, citations) for row in found)
    return Table(
        name="retracted",
        caption="Retracted reports",
        head=facts.short_head,
        columns=(Column("Report", 20), Column("Title", 60), Column("Studies", 15), Column("Notice of retraction", 20)),
        rows=rows,
        notes=("No table counts a value of these reports; where one shows them, they are struck through.",),
        sources=cited_in(rows),
    )


def _retracted(row: dict[str, Any], citations: Citations) -> Row:
    notices = [("pubmed", name) for name in sorted(row["notices"] or ())]
    held = citations.cited(notices)
    return Row(
        cells=(
            text(f"PMID {row['source_id']}", citations.cited([("pubmed", row["source_id"])])),
            text(verbatim(row["title"])),
            or_dash(", ".join(citations.name(study) for study in row["study_ids"] or ())),
            text(", ".join(f"PMID {name}" for _, name in notices) or "–", *([held] if held.cited else [])),
        )
    )
