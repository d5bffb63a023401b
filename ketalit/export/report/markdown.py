"""The report as one Markdown file: tables as GitHub and Pandoc read them, citations as links to the reference list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ketalit.export.cells import markdown
from ketalit.export.report.blocks import (
    STRONG,
    Block,
    Document,
    Heading,
    Paragraph,
    References,
    Table,
    Text,
    numbers,
)

LEVELS: Final = {1: "##", 2: "###"}


def as_markdown(document: Document) -> bytes:
    """The document as text; figures are left out, since one file holds none."""
    parts = [
        f"# {markdown(document.title)}",
        f"{markdown(document.subtitle)}, ketalit release {document.release_id}",
        *(f"**{markdown(warning)}**" for warning in document.warnings),
        "\n".join(f"- {markdown(name)}: {markdown(fact)}" for name, fact in document.facts),
        *_blocks(document),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _blocks(document: Document) -> Iterator[str]:
    number = 0
    for block in document.blocks:
        if isinstance(block, Table):
            number += 1
            yield from _table(block, number)
        else:
            yield from _plain_block(block)


def _plain_block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{LEVELS[block.level]} {markdown(block.words)}"
        case Paragraph(kind="code"):
            yield "\n".join(f"    {line}" for piece in block.runs for line in piece.text.splitlines())
        case Paragraph():
            yield _text(block.runs)
        case References():
            yield "\n".join(
                f'{line.number}. <a id="ref-{line.number}"></a>{markdown(line.words)} <{line.url}>'
                for line in block.lines
            )


def _table(table: Table, number: int) -> Iterator[str]:
    yield f"**Table {number}. {markdown(table.caption)}**  \n{markdown(' '.join(table.head))}"
    rules = ["---:" if column.is_number else "---" for column in table.columns]
    rows = [
        _line([_text(cell, is_struck=row.is_retracted and n > 0) for n, cell in enumerate(row.cells)])
        for row in table.rows
    ]
    yield "\n".join([_line([markdown(column.heading) for column in table.columns]), _line(rules), *rows])
    sources = f" Sources: references {numbers(table.sources)}." if table.sources else ""
    yield markdown(" ".join(table.notes) + sources)


def _text(runs: Text, *, is_struck: bool = False) -> str:
    written = "".join(_run(piece.text, piece.style, piece.cited) for piece in runs).strip()
    return f"~~{written}~~" if is_struck and written else written


def _run(words: str, style: str, cited: tuple[int, ...]) -> str:
    if cited:
        return " \\[" + ", ".join(f"[{number}](#ref-{number})" for number in sorted(cited)) + "\\]"
    # blanks at the ends would be lost with the line breaks inside
    inner = f"{words[: len(words) - len(words.lstrip())]}{markdown(words)}{words[len(words.rstrip()) :]}"
    return f"**{inner.strip()}** " if style == STRONG else inner


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
