"""docs/faults-coverage.md names a proof for every row of the fault catalogue, and every proof that it names exists."""

from __future__ import annotations

import ast
import re
import socket
from pathlib import Path

import msgspec
import pytest

from ketalit import errors
from tests.faults.figures import with_summary

ROOT = Path(__file__).resolve().parents[1]
ROWS = {"N": 36, "C": 17, "H": 12, "P": 15, "D": 22, "X": 6, "O": 10, "R": 8, "Q": 20, "S": 22}
"""Rows of each kind in the catalogue: services, registry, transport, scheduler, database, parsing, outputs, integrity
of the evidence, promises, threats."""
PROOFS = {
    row[1]: row[2]
    for row in re.finditer(
        r"^\| ([NCHPDXORQS]\d+) \| [^|]+ \| ([^|]+) \|$",
        (ROOT / "docs" / "faults-coverage.md").read_text("utf-8"),
        re.M,
    )
}
PLAYED = {
    re.sub(r"\D+$", "", fault["id"])
    for fault in msgspec.toml.decode((ROOT / "tests" / "faults" / "faults.toml").read_bytes())["fault"]
}
MODULES = sorted([*ROOT.glob("ketalit/**/*.py"), *ROOT.glob("flows/*.py")])


def _number(kind: str, number: int) -> str:
    return f"{kind}{number}" if kind in "QS" else f"{kind}{number:02d}"


def test_every_row_of_the_catalogue_is_there_once() -> None:
    due = [_number(kind, number) for kind, most in ROWS.items() for number in range(1, most + 1)]
    assert sorted(PROOFS) == sorted(due)


def test_every_proof_is_a_test_that_exists_or_a_reason_why_there_is_none() -> None:
    text = "\n".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py"))
    tests = set(re.findall(r"def (test_\w+)", text))
    for row, proof in PROOFS.items():
        named = re.findall(r"`(test_\w+)`", proof)
        assert proof.startswith("– ") or named or "`faults.toml`" in proof, row
        assert [name for name in named if name not in tests] == [], row
        assert ("`faults.toml`" in proof) == (row in PLAYED), row


def test_the_figures_in_readme_are_those_of_the_last_run() -> None:
    readme, document = ((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/faults.md"))
    assert with_summary(readme, document) == readme
    assert ("| records lost | 0 |" in readme, "| silent acceptances | 0 |" in readme) == (True, True)


# ---- proofs that have no other place


def test_no_test_reaches_another_host() -> None:
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family) as to, pytest.raises(AssertionError, match="a test wanted to reach"):
            to.connect((address, 80))


def test_x06_xml_is_read_by_lxml_and_by_nothing_else() -> None:
    readers = re.compile(r"xml\.(etree|dom|parsers|sax(?!\.saxutils))|html\.parser|ParserCreate")
    assert [path.name for path in MODULES if readers.search(_code(path))] == []


def test_s13_nothing_is_unpickled_or_evaluated() -> None:
    called = {
        ast.unparse(node.func)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert called & {"eval", "exec", "pickle.load", "pickle.loads", "yaml.load", "os.system", "marshal.loads"} == set()
    assert [path.name for path in MODULES if re.search(r"import (pickle|marshal|shelve)|shell=True", _code(path))] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_s15_every_locked_library_has_its_digest(lock: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z])", (ROOT / lock).read_text("utf-8"))
    pinned = [entry for entry in entries if re.match(r"[A-Za-z0-9_.-]+==", entry)]
    assert (len(pinned) > 20, [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry]) == (True, [])


def test_every_exit_code_means_one_thing() -> None:
    codes = {kind.__name__: kind.exit_code for kind in _all(errors.KetalitError)}
    named = (errors.GOOD, errors.FAILED, errors.USAGE, errors.INCOMPLETE, errors.STALE, errors.LOCKED)
    assert named == tuple(range(6))
    assert {name for name, code in codes.items() if code == errors.INCOMPLETE} == {
        "Incomplete",
        "VolumeJump",
        "GateClosed",
    }
    assert [[name for name, code in codes.items() if code == wanted] for wanted in (2, 4, 5)] == [
        ["SettingsError"],
        ["Stale"],
        ["Locked"],
    ]


def _all(kind: type[errors.KetalitError]) -> list[type[errors.KetalitError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in _all(child))]


def _code(path: Path) -> str:
    """What runs of a module: no comment and no docstring."""
    return ast.unparse(ast.parse(path.read_text("utf-8")))
