"""The charts of a release: each drawn, described in words, and as a table.

`figures(reader)` makes all of them. `svg` and `png` draw one; `specification` is what a page shows with Vega.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ketalit.export.charts.demographics import demographics_and_reference
from ketalit.export.charts.doses import dose_map
from ketalit.export.charts.durability import effect_since_last_dose
from ketalit.export.charts.evidence_map import evidence_map
from ketalit.export.charts.figure import Figure, png, specification, svg
from ketalit.export.charts.follow_up import follow_up_length
from ketalit.export.charts.lanes import regimen_lanes
from ketalit.export.charts.trials import trials_over_time
from ketalit.warehouse import Reader

__all__ = ["CHARTS", "Figure", "figures", "png", "specification", "svg"]

CHARTS: Final[tuple[Callable[[Reader], Figure], ...]] = (
    evidence_map,
    dose_map,
    regimen_lanes,
    effect_since_last_dose,
    follow_up_length,
    demographics_and_reference,
    trials_over_time,
)
"""Every chart, in reading order."""


def figures(reader: Reader) -> tuple[Figure, ...]:
    """Every chart of the release."""
    return tuple(chart(reader) for chart in CHARTS)
