"""The Retraction Watch list: read as it comes, with its bad bytes and its ways to say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalit.errors import SettingsError
from ketalit.model.integrity import ListedStatement
from ketalit.sources import retraction_watch

HEAD = (
    b"Record ID,Title,Reason,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,OriginalPaperPubMedID,"
    b"RetractionNature,Notes\r\n"
)


def read(tmp_path: Path, body: bytes) -> tuple[ListedStatement, ...]:
    path = tmp_path / "list.csv"
    path.write_bytes(body)
    return retraction_watch.read(path).statements


def test_an_entry_is_read_with_its_ids_date_and_reasons(tmp_path: Path) -> None:
    line = b"7,A trial,+Error in Data;+Old Image;,7/1/2023 0:00,10.1000/N,38,10.1000/Paper,37,Retraction,\r\n"
    assert read(tmp_path, HEAD + line) == (
        ListedStatement(
            "7",
            "37",
            "10.1000/paper",
            "Retraction",
            "2023-07-01",
            "38",
            "10.1000/n",
            "Error in Data; Old Image",
        ),
    )


def test_ids_that_are_none_stay_empty(tmp_path: Path) -> None:
    line = b"8,A trial,,,unavailable,0,Unavailable,0,EXPRESSION OF CONCERN,\r\n"
    assert read(tmp_path, HEAD + line) == (
        ListedStatement("8", None, None, "Expression of concern", None, None, None, None),
    )


def test_bytes_that_are_not_utf_8_and_lines_within_a_cell_lose_no_entry(tmp_path: Path) -> None:
    lines = b'1,"Caf\xe9\n trial",,,,0,10.1000/a,0,Retraction,\r\n2,B,,,,0,10.1000/b,0,Correction,"\xff"\r\n'
    assert [found.doi for found in read(tmp_path, b"\xef\xbb\xbf" + HEAD + lines)] == ["10.1000/a", "10.1000/b"]


@pytest.mark.parametrize("body", [b"", b"PMID,Title\r\n1,A\r\n", b"<html></html>"])
def test_another_file_is_refused_by_name(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(SettingsError, match=r"list\.csv is no list of Retraction Watch"):
        read(tmp_path, body)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        retraction_watch.read(tmp_path / "none.csv")
