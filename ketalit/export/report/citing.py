"""Who is cited where: references get their numbers in the order in which the text first needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ketalit.export.bibliography import Key, Reference, labels, references, vancouver
from ketalit.export.report.blocks import STRONG, Line, References, Run, Text, text
from ketalit.warehouse import Reader

SPEAKERS: Final = """
select study_id, arg_min(source_id, (role != 'primary', integrity = 'retracted', reported_on, source_id)) as pmid
from evidence.study_reports
where source = 'pubmed' and role != 'notice' and (is_included or integrity = 'retracted')
group by study_id
order by study_id
"""
"""The paper after which a study is named: its primary report, else the first that stands."""


class Citations:
    """The numbers of references, and the names of studies."""

    def __init__(self, reader: Reader) -> None:
        speakers = {row["study_id"]: ("pubmed", row["pmid"]) for row in reader.rows(SPEAKERS)}
        records = reader.rows("select source, source_id from evidence.screening order by all")
        self._known = references(reader, [(row["source"], row["source_id"]) for row in records])
        named = sorted(
            ((study, self._known[key]) for study, key in speakers.items() if key in self._known),
            key=lambda pair: (pair[1].year or 0, pair[1].source_id),
        )
        # a paper on several trials lends its name to each of them, with its letter
        papers = list(dict.fromkeys(reference for _, reference in named))
        names = dict(zip(papers, labels(papers), strict=True))
        self._names = {study: names[reference] for study, reference in named}
        self._numbers: dict[Key, int] = {}

    def name(self, study_id: str) -> str:
        """What a table calls a study: first author and year, else its id."""
        return self._names.get(study_id, study_id.replace("PMID", "PMID "))

    def order(self, study_id: str) -> tuple[bool, str, str]:
        """Where a study stands in a table: by name, those without a paper last."""
        return (study_id not in self._names, self.name(study_id).casefold(), study_id)

    def number(self, source: str, source_id: str) -> int | None:
        """The number of a record's reference; None for one that the release does not hold."""
        key = ("ctgov" if source in {"ctgov", "registry"} else "pubmed", source_id)
        if key not in self._known:
            return None
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def cited(self, records: Iterable[tuple[str, str]]) -> Run:
        """A run that cites records, each by its number."""
        found = (self.number(source, source_id) for source, source_id in records)
        return Run(cited=tuple(number for number in found if number is not None))

    def study(self, row: Mapping[str, Any]) -> Text:
        """The first cell of a row: the study's name, the record that says so, and whether it still stands."""
        mark = MARKS.get(row["integrity"], "")
        doubt = "‡" if row["needs_review"] else ""
        retracted = Run(text="RETRACTED ", style=STRONG) if row["integrity"] == "retracted" else ""
        name = f"{self.name(row['study_id'])}{mark}{doubt}"
        return text(retracted, name, self.cited([(row["source"], row["source_id"])]))

    def list(self) -> References:
        """The reference list: everything that was cited, in the order of the numbers."""
        return References(
            lines=tuple(_line(number, self._known[key]) for key, number in sorted(self._numbers.items(), key=_number))
        )


MARKS: Final = {"corrected": "*", "expression_of_concern": "†"}


def _number(item: tuple[Key, int]) -> int:
    return item[1]


def _line(number: int, reference: Reference) -> Line:
    return Line(number=number, words=vancouver(reference), url=reference.url, is_retracted=reference.is_retracted)
