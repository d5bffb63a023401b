"""The table of figures of the fault tests."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final

from tests.faults.stage import Case, Outcome, Row

HEAD = """\
# Faults

Written by `make test-faults`: the real clients against a server on this machine that does to each answer what
services and networks do, and runs that are killed, starved of disk or started twice. A loss is a record that is
not there after the fault was over and the same command was run again. A silent acceptance is a run that calls
itself complete while a promised record is neither stored as it is nor explained.
"""


BEGIN, END = "<!-- faults: written by make test-faults -->", "<!-- end of faults -->"
IN_README: Final = {
    "plays of {faults of the catalogue} faults of both services and the network": "plays (",
    "runs killed with `kill -9`, then the same command": "kill -9",
    "full disks, then the same command": "disk full",
    "records lost": "records lost",
    "silent acceptances": "silent acceptances",
    "appearances of the API key": "appearances of the API key",
    "damaged files, all of them found": ("flipped bits", "torn stored"),
    "reads during 200 publishes": "reads of 6",
    "errors of these readers": "errors of these readers",
    "releases of the same snapshots, byte for byte the same": "releases made of the same",
}
"""Line of README → how the figures of docs/faults.md that it sums begin."""


def summary(document: str) -> str:
    """The table in README, out of docs/faults.md."""
    rows = re.findall(r"^\| ([^|]+) \| ([\d,]+) \|$", document, re.M)
    figures = {name: int(number.replace(",", "")) for name, number in rows}
    lines = [
        f"| {re.sub(r'{(.+)}', lambda found: f'{figures[found[1]]:,}', line)} |"
        f" {sum(number for name, number in figures.items() if name.startswith(start)):,} |"
        for line, start in IN_README.items()
    ]
    return "\n".join(["| `make test-faults` | |", "|---|---|", *lines])


def with_summary(readme: str, document: str) -> str:
    """`readme` with the table of today."""
    before, after = readme.split(BEGIN)[0], readme.split(END)[1]
    return f"{before}{BEGIN}\n\n{summary(document)}\n\n{END}{after}"


class Figures:
    """What was played and what came of it."""

    def __init__(self) -> None:
        self._cases: list[tuple[Case, Outcome, bool]] = []
        self._proofs: Counter[str] = Counter()

    def add_case(self, case: Case, outcome: Outcome, is_as_due: bool) -> None:
        """Note one play of a fault."""
        self._cases.append((case, outcome, is_as_due))

    def add(self, proof: str, number: int = 1) -> None:
        """Note `number` successful trials of another promise."""
        self._proofs[proof] += number

    def table(self) -> str:
        """Everything, as Markdown."""
        return "\n".join([HEAD, *self._sums(), "", *self._rows(), ""])

    def _sums(self) -> list[str]:
        outcomes = [outcome for _, outcome, _ in self._cases]
        sums = {
            "faults of the catalogue": len({case.row.id for case, _, _ in self._cases}),
            "plays (first, middle, last page; passing and staying)": len(self._cases),
            "exception, tries, pauses, exit code and ledger as laid down": sum(due for _, _, due in self._cases),
            "records lost": sum(len(outcome.lost) for outcome in outcomes),
            "silent acceptances": sum(len(outcome.silently_accepted) for outcome in outcomes),
            "appearances of the API key": sum(len(outcome.leaks) for outcome in outcomes),
            **self._proofs,
        }
        return ["| figure | |", "|---|---|", *(f"| {name} | {number:,} |" for name, number in sums.items())]

    def _rows(self) -> list[str]:
        by_row: defaultdict[str, list[tuple[Case, Outcome, bool]]] = defaultdict(list)
        rows: dict[str, Row] = {}
        for case, outcome, due in self._cases:
            rows[case.row.id] = case.row
            by_row[case.row.id].append((case, outcome, due))
        lines = [
            "| id | fault | of | then | tries | exit codes | plays | as laid down |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for name, row in sorted(rows.items(), key=lambda item: ("NCH".index(item[0][0]), item[0])):
            played = by_row[name]
            tries = ", ".join(sorted({str(outcome.tries) for _, outcome, _ in played}))
            codes = ", ".join(sorted({str(outcome.exit_code) for _, outcome, _ in played}))
            due = sum(due for _, _, due in played)
            cells = (name, row.what, row.on, row.then, tries, codes, str(len(played)), str(due))
            lines.append(f"| {' | '.join(cells)} |")
        return lines
