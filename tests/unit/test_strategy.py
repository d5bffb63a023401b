"""Search strategies: versioned data that says why each line is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalit import strategy
from ketalit.errors import SettingsError
from ketalit.vocabulary import Source

MINIMAL = """
name = "x"
version = "1"
question = "?"
[[pubmed.block]]
name = "drug"
lines = [{ query = "a[tiab]", reason = "r" }, { query = "b[mh]", reason = "r" }]
[[pubmed.block]]
name = "condition"
lines = [{ query = "c[tiab]", reason = "r" }]
[[ctgov.block]]
name = "drug"
lines = [{ query = "a", reason = "r" }]
"""


def _written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_lines_are_joined_by_or_and_blocks_by_and(tmp_path: Path) -> None:
    read = strategy.read(_written(tmp_path, MINIMAL))
    assert read.pubmed.text == "(a[tiab] OR b[mh]) AND (c[tiab])"


def test_the_digest_changes_with_a_reason_and_not_with_layout(tmp_path: Path) -> None:
    same = strategy.read(_written(tmp_path, MINIMAL)).digest
    spaced = strategy.read(_written(tmp_path, MINIMAL.replace("\n", "\n\n"))).digest
    changed = strategy.read(_written(tmp_path, MINIMAL.replace('"?"', '"another question"'))).digest
    assert (spaced == same, changed == same) == (True, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MINIMAL.replace('reason = "r" }]\n[[ctgov', 'why = "r" }]\n[[ctgov'), "malformed"),
        (MINIMAL + "[[ctgov.block]]\nname = 'empty'\nlines = []\n", "empty block for ctgov"),
        ("this is no TOML", "malformed"),
    ],
)
def test_a_malformed_strategy_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        strategy.read(_written(tmp_path, text))


def test_an_unknown_strategy_is_told_with_the_names_that_exist() -> None:
    with pytest.raises(SettingsError, match="no search strategy ketamin_depresion") as told:
        strategy.read("ketamin_depresion")
    assert "ketamine_depression" in told.value.hint


@pytest.mark.parametrize("name", strategy.bundled())
def test_every_line_of_a_bundled_strategy_has_a_reason(name: str) -> None:
    read = strategy.read(name)
    lines = [line for source in Source for block in read.query(source).block for line in block.lines]
    assert [line.query for line in lines if len(line.reason) < 10] == []


@pytest.mark.parametrize("name", strategy.bundled())
def test_no_bundled_strategy_filters_by_study_type(name: str) -> None:
    query = strategy.read(name).pubmed.text.lower()
    assert [word for word in ("[pt]", "randomi", "trial", " not ") if word in query] == []
