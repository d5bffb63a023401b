"""Single values in the JSON of ClinicalTrials.gov: what may stand in a field, whatever an export made of it."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

Scalar = str | int | float | None
"""A measured value. The registry sends strings (`"30,600"`, `"NA"`); some exports turn them into numbers."""

Strings = tuple[str, ...] | str
"""A list of strings, which some exports unbox when it holds one."""

MOST: Final = 2_147_483_647
"""The largest count that the tables hold; what is larger counts nobody, and must not stop a build."""

Count = Annotated[int, Meta(ge=0, le=MOST)]
"""A number of people or events. A study with another one is kept as it came and shown as unreadable."""
