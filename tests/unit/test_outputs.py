"""What a person sees of the verbs that write citations and the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalit import cli
from ketalit.settings import Settings


def test_citations_go_to_standard_output_and_what_to_know_goes_beside_it(
    built: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    code = cli._run(["cite", "--home", str(built.home), "--view", "trial_pipeline", "--format", "csl-json"])
    out, err = capfd.readouterr()
    assert code == 0
    assert out.startswith("[")
    assert "Cite nothing" in err


def test_citations_in_a_file_are_counted(built: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "some.nbib"
    code = cli._run(["cite", "--home", str(built.home), "--format", "nbib", "--out", str(out)])
    told = capfd.readouterr()
    assert code == 0
    assert f"citations in {out}" in told.out
    assert "registrations have no place in NBIB" in told.err
    assert out.read_text("utf-8").startswith("PMID- ")


def test_a_report_names_the_file_that_it_wrote(
    built: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "evidence.md"
    assert cli._run(["report", "--home", str(built.home), "--format", "md", "--out", str(out)]) == 0
    assert capfd.readouterr().out == f"{out}\n"
    assert "## References" in out.read_text("utf-8")
