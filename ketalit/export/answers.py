"""The answer of `ketalit query` as CSV or Markdown for people, or JSON for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec

from ketalit.export.cells import markdown, spreadsheet
from ketalit.warehouse.question import Answer


def answer_as_csv(answer: Answer) -> str:
    """One line a row; text that a spreadsheet would run as a formula gets an apostrophe."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(answer.columns)
    writer.writerows([spreadsheet(value) for value in row] for row in answer.rows)
    return file.getvalue()


def answer_as_json(answer: Answer) -> str:
    """A list of objects, one a row."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return msgspec.json.format(msgspec.json.encode(rows, enc_hook=str), indent=1).decode() + "\n"


def answer_as_markdown(answer: Answer, *, title: str = "", notes: Sequence[str] = ()) -> str:
    """A pipe table; text of the records cannot become markup."""
    lines = [_line(answer.columns), _line(["---"] * len(answer.columns))]
    lines += [_line([markdown(value) for value in row]) for row in answer.rows]
    parts = [f"**{markdown(title)}**" if title else "", "\n".join(lines), *map(markdown, notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
