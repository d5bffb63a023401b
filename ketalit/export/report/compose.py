"""The report of a release, put together: title page, methods, figures, tables, references."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ketalit.export import charts, prisma
from ketalit.export.facts import TITLE, Facts, counted, long_date
from ketalit.export.report.blocks import Block, Document, Heading, Picture, Table
from ketalit.export.report.citing import Citations
from ketalit.export.report.harms import safety_table
from ketalit.export.report.methods import counts_table, flow_table, methods, record_table
from ketalit.export.report.people import DEMOGRAPHICS, SELECTION, representation_table
from ketalit.export.report.printed import Printed, printed_table
from ketalit.export.report.treatment import DOSING, DURABILITY, STUDIES
from ketalit.export.report.trust import DISCREPANCIES, TRIALS, retracted_table
from ketalit.warehouse import Reader

CHAPTERS: Final[tuple[tuple[str, tuple[Printed, ...]], ...]] = (
    ("Studies", (STUDIES,)),
    ("Dosing", (DOSING,)),
    ("Durability of effect", (DURABILITY,)),
)


def compose(reader: Reader, facts: Facts, image: str | None) -> Document:
    """The whole report as a document that any writer can write, with figures as `svg`, as `png`, or without."""
    citations = Citations(reader)
    tables = _tables(reader, facts, citations)
    records = prisma.flow(reader)
    blocks: list[Block] = [*methods(facts)]
    if image:
        blocks += [Heading("Figures", anchor="figures"), _flow(records, facts, image), *_charts(reader, facts, image)]
    for chapter, found in tables:
        shown = [table for table in found if table is not None]
        if shown:
            blocks += [Heading(chapter, anchor=shown[0].name), *shown]
    blocks += [Heading("References", anchor="references"), citations.list()]
    record = prisma.record(reader, facts, records)
    blocks += [Heading("Appendix", anchor="appendix"), flow_table(records, facts), record_table(record, facts)]
    blocks.append(counts_table(facts))
    return Document(
        title=TITLE,
        subtitle="Evidence report",
        facts=_title_page(facts),
        warnings=facts.warnings,
        marks=facts.short_head[1:],
        release_id=facts.release_id,
        day=facts.day,
        blocks=tuple(blocks),
    )


def _title_page(facts: Facts) -> tuple[tuple[str, str], ...]:
    held = facts.counts
    return (
        ("Release", facts.release_id),
        *(
            (search.name, f"{'searched' if search.strategy else 'imported'} {long_date(search.as_of)}")
            for search in facts.searches
        ),
        ("Records", f"{held['records']:,}"),
        ("Studies included", f"{held['studies']:,}, {held['own_samples']:,} with a sample of their own"),
        ("To be checked by a human", counted(held["doubtful_records"], "record")),
        ("Retracted reports", f"{held['retracted_reports']:,}, marked and counted nowhere"),
        ("Read", "titles and abstracts of papers, registrations in full; no full texts"),
    )


def _tables(reader: Reader, facts: Facts, citations: Citations) -> Sequence[tuple[str, list[Table | None]]]:
    """In reading order: references are numbered in it."""

    def printed(which: Printed) -> Table | None:
        table = printed_table(reader, facts, citations, which)
        return table if table.rows else None

    return [
        *((chapter, [printed(which) for which in found]) for chapter, found in CHAPTERS),
        ("Safety", [_filled(safety_table(reader, facts, citations))]),
        ("People", [printed(DEMOGRAPHICS), representation_table(reader, facts), printed(SELECTION)]),
        ("What to check", [printed(DISCREPANCIES), printed(TRIALS), retracted_table(reader, facts, citations)]),
    ]


def _filled(table: Table) -> Table | None:
    return table if table.rows else None


def _drawn(figure: charts.Figure, image: str) -> bytes:
    if image == "svg":
        return charts.svg(figure, is_titled=False).encode()
    return charts.png(figure, is_titled=False)


def _flow(found: prisma.Flow, facts: Facts, image: str) -> Picture:
    boxes = prisma.table(found)
    drawn = prisma.svg(found, facts, is_warned=False).encode() if image == "svg" else prisma.png(found, facts)
    return Picture(
        name="prisma-flow",
        caption="Flow of records, reports and studies (PRISMA 2020)",
        note=" ".join(facts.short_head),
        description="; ".join(f"{box} {f'({reason}) ' if reason else ''}{n:,}" for _, box, _, reason, n in boxes),
        image=drawn,
    )


def _charts(reader: Reader, facts: Facts, image: str) -> list[Picture]:
    note = " ".join(facts.short_head)
    return [
        Picture(
            name=figure.name,
            caption=figure.title,
            note=f"{note} {figure.counted}",
            description=figure.description,
            image=_drawn(figure, image),
        )
        for figure in charts.figures(reader)
        if not figure.is_empty
    ]
