"""Every fault of the catalogue, at the first, the middle and the last page, against the real clients.

`make test` plays each fault once, in the middle of the walk; `make test-faults` plays all and writes docs/faults.md.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from ketalit.replay import Corpus
from ketalit.settings import Settings
from tests.faults.stage import Case, Outcome, cases, expected, play

Record = Callable[[Case, Outcome, bool], None]


def _each() -> list[object]:
    """All cases; those that are not in the middle of the walk, or take their time, are thorough."""
    seen: set[str] = set()
    marked = []
    for case in sorted(cases(), key=lambda case: (case.page != "middle", not case.stays)):
        manner = case.row.reply.manner
        is_slow = manner is not None and (manner.drip > 0 or manner.wait > 0)
        marks = [pytest.mark.thorough] if case.row.id in seen or is_slow else []
        seen.add(case.row.id)
        marked.append(pytest.param(case, id=case.name, marks=marks))
    return marked


@pytest.mark.parametrize("case", _each())
def test_a_fault_is_told_retried_or_explained_and_nothing_is_lost(
    case: Case, unhurried: Callable[..., Settings], tmp_path: Path, sample: Corpus, record_case: Record
) -> None:
    outcome, due = play(case, unhurried, tmp_path / "home", sample), expected(case)
    is_as_due = replace(outcome, silently_accepted=(), lost=(), leaks=(), short_waits=()) == due
    record_case(case, outcome, is_as_due and outcome.short_waits == ())
    assert outcome == due
