"""PRISMA of a living review: the flow of its records (PRISMA 2020) and the record of its searches (PRISMA-S).

`flow` counts and refuses boxes that do not add up; `svg` and `png` draw them; `record` answers the items of the search;
`prisma_files` writes all of it.
"""

from __future__ import annotations

from ketalit.export.prisma.counts import HEADINGS, Flow, Since, flow, table
from ketalit.export.prisma.diagram import png, svg
from ketalit.export.prisma.files import prisma_files
from ketalit.export.prisma.search import Item, record

__all__ = ["HEADINGS", "Flow", "Item", "Since", "flow", "png", "prisma_files", "record", "svg", "table"]
