"""Tables on a screen: as wide as it is, and where that is too narrow, one record below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ketalit.export.cells import plain


def show(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str = "", notes: Sequence[str] = ()) -> None:
    """Print a table of values as they are, without markup; into a file or pipe no line is folded."""
    console = Console(highlight=False)
    table = _table(columns, rows)
    needed = Measurement.get(console, console.options.update(max_width=1_000_000), table)
    if title:
        console.print(Text(title, style="bold"))
    if not rows:
        console.print(Text(f"No rows. Columns: {', '.join(columns)}"), soft_wrap=True)
    elif not console.is_terminal:
        console.width = max(needed.maximum, 1)
        console.print(table)
    elif needed.minimum > console.width:
        _show_records(console, columns, rows)
    else:
        console.print(table)
    for note in notes:
        console.print(Text(note), soft_wrap=not console.is_terminal)


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for place, name in enumerate(columns):
        is_number = all(row[place] is None or _is_number(row[place]) for row in rows)
        table.add_column(Text(name), justify="right" if rows and is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row))
    return table


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _show_records(console: Console, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(rows, 1):
        console.print(Rule(Text(f"{number} of {len(rows)}"), align="left", style="dim"))
        record = Table.grid(padding=(0, 2))
        record.add_column(no_wrap=True)
        record.add_column()
        for name, value in zip(columns, row, strict=True):
            record.add_row(Text(name, style="dim"), Text(plain(value)))
        console.print(record)


STYLES: Final = {"good": "green", "warning": "yellow", "failed": "bold red"}


def show_findings(findings: Sequence[tuple[str, str, str, str]]) -> None:
    """Print (verdict, what, found, advice), a line each; the word says what the colour says."""
    console = Console(highlight=False, soft_wrap=True)
    for verdict, what, found, advice in findings:
        line = Text.assemble((f"{verdict:8}", STYLES[verdict]), f"{plain(what)}: {plain(found)}")
        console.print(line)
        if advice:
            console.print(Text(f"{'':8}  {plain(advice)}", style="dim"))
