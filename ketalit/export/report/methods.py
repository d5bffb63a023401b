"""The methods text: sentences made of counted facts alone. The release says everything that they say."""

from __future__ import annotations

from collections.abc import Sequence

from ketalit.export import prisma
from ketalit.export.facts import COUNTED, WORDS, Facts, Search, counted, long_date
from ketalit.export.report.blocks import Block, Column, Heading, Paragraph, Row, Table, text


def methods(facts: Facts) -> tuple[Block, ...]:
    """How the evidence was found, chosen, read and linked, each sentence with its numbers."""
    return (
        Heading("Methods", anchor="methods"),
        Heading("Search", level=2),
        *(Paragraph(text(sentence)) for sentence in _search(facts)),
        *_strategies(facts),
        Heading("Selection", level=2),
        Paragraph(text(_selection(facts))),
        Heading("Extraction", level=2),
        Paragraph(text(_extraction(facts))),
    )


def _search(facts: Facts) -> tuple[str, ...]:
    found = [_searched(search) for search in facts.searches]
    gaps = f" {counted(len(facts.unobtained), 'promised record')} could not be obtained." if facts.unobtained else ""
    held = facts.counts
    return (
        " ".join(found) + gaps,
        f"The release holds {counted(held['records'], 'record')}: {counted(held['pubmed_records'], 'paper')} of PubMed"
        f" and {counted(held['ctgov_records'], 'registration')} of ClinicalTrials.gov."
        " Papers were read by title and abstract, registrations in full; no full text was read.",
    )


def _searched(search: Search) -> str:
    when = long_date(search.as_of)
    if search.strategy is None:
        return f"Files of {search.name} were imported on {when}; what was left out of them, no release can tell."
    found = counted(search.n_found or 0, "record")
    return f"{search.name} was searched on {when} with the strategy {search.strategy}, which counted {found}."


def _strategies(facts: Facts) -> tuple[Block, ...]:
    return tuple(
        block
        for search in facts.searches
        if search.query
        for block in (Paragraph(text(f"{search.name}, as sent:")), Paragraph(text(search.query), kind="code"))
    )


def _selection(facts: Facts) -> str:
    held = facts.counts
    included = held["included_papers"] + held["included_registrations"]
    left = [
        counted(held["excluded_records"], "record was excluded", "records were excluded"),
        counted(
            held["notices"], "was a notice of retraction or correction", "were notices of retraction or correction"
        ),
        counted(held["retracted_reports"], "was a retracted report", "were retracted reports"),
    ]
    rare = [
        counted(held[name], f"was {words}", f"were {words}")
        for name, words in (("withdrawn_records", "withdrawn by their source"), ("unreadable_records", "unreadable"))
        if held[name]
    ]
    return (
        f"Rules on titles, abstracts and registry entries included {counted(included, 'record')}"
        f" ({counted(held['included_papers'], 'paper')} and {counted(held['included_registrations'], 'registration')});"
        f" {counted(held['doubtful_records'], 'of them is', 'of them are')} marked for a human to check."
        f" {'; '.join([*left, *rare])}."
        f" They belong to {counted(held['studies'], 'study', 'studies')}, of which"
        f" {held['own_samples']:,} have a sample of their own and {held['randomised']:,} of those are randomised;"
        f" {held['people_studies']:,} of the randomised ones state how many people took part: {held['people']:,}."
    )


def _extraction(facts: Facts) -> str:
    held = facts.counts
    return (
        f"Rules read {counted(held['values'], 'value')}, each kept with the words or registry field that it was read"
        " from. Registry and abstract are shown side by side and never merged; what is not reported is said so and"
        f" never guessed. Papers and registrations were joined by the ids that they state"
        f" ({counted(held['linked_studies'], 'included study has', 'included studies have')} both);"
        f" {counted(held['candidates'], 'further pair was', 'further pairs were')} offered to a human and not joined."
    )


def flow_table(found: prisma.Flow, facts: Facts) -> Table:
    """The boxes of the flow diagram as a table; boxes that hold nothing for a reason are left out."""
    boxes = [row for row in prisma.table(found) if row[-1] or not row[3]]
    return Table(
        name="prisma_flow",
        caption="Flow of records, reports and studies (PRISMA 2020)",
        head=facts.short_head,
        columns=(
            Column("Stage", 16),
            Column("Box", 34),
            Column("Source", 18),
            Column("Reason", 50),
            Column("n", 10, is_number=True),
        ),
        rows=tuple(Row(cells=(*(text(part or "–") for part in row[:-1]), text(f"{row[-1]:,}"))) for row in boxes),
        notes=("Exclusions are made by rules, none by a person.",),
    )


def record_table(items: Sequence[prisma.Item], facts: Facts) -> Table:
    """How the records were searched for, item by item of PRISMA-S and of its questions to living reviews."""
    return Table(
        name="prisma_s",
        caption="Search record (PRISMA-S, with items for a living review)",
        head=facts.short_head,
        columns=(Column("Item", 7), Column("What", 26), Column("Answer", 80), Column("Basis", 18)),
        rows=tuple(
            Row(cells=(text(item.number), text(item.name), text(" ".join(item.answers) or "–"), text(item.basis)))
            for item in items
        ),
        notes=("The search strategies stand in the methods, as sent.",),
    )


def counts_table(facts: Facts) -> Table:
    """Every number of the methods text with the query that counts it."""
    return Table(
        name="counts",
        caption="How each number of the text is counted",
        head=facts.short_head,
        columns=(Column("Number of", 22), Column("Count", 10, is_number=True), Column("Query", 80)),
        rows=tuple(
            Row(cells=(text(WORDS[name]), text(f"{facts.counts[name]:,}"), text(query)))
            for name, query in COUNTED.items()
        ),
        notes=("Run them with `ketalit query`, or in any program that opens evidence.duckdb.",),
    )
