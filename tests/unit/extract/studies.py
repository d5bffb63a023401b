"""How several kinds of study say what they gave: the first sentence of texts whose times and rates are read."""

from __future__ import annotations

SERIES = "Methods: 40 adults with depression received six ketamine infusions over 2 weeks. "
SINGLE = "Methods: 40 adults with depression received a single ketamine infusion. "
RECORDS = "Methods: Records of 60 adults with depression who started esketamine nasal spray were reviewed. "
PHASES = (
    "Methods: 60 adults received esketamine twice weekly in a 4-week induction phase and weekly in an 8-week "
    "maintenance phase. "
)
CASE = "A 45-year-old woman with treatment-resistant depression received six ketamine infusions over two weeks. "
COURSE = "Methods: 40 adults with depression took oral esketamine daily for 6 weeks. "
CROSSOVER = (
    "Methods: In a crossover trial, 20 adults with depression had one infusion of ketamine and one of midazolam two "
    "weeks apart. "
)
