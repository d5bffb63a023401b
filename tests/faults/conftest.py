"""The figures of the fault tests: collected while they run, printed and written when the whole catalogue was played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.figures import Figures, with_summary
from tests.faults.stage import Case, Outcome

README = Path(__file__).resolve().parents[2] / "README.md"
FIGURES = pytest.StashKey[Figures]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", type=Path, help="write the table of figures to this file, and its sums into README")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = Figures()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return request.config.stash[FIGURES]


@pytest.fixture
def record_case(figures: Figures) -> Callable[[Case, Outcome, bool], None]:
    return figures.add_case


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    path = config.getoption("--figures", default=None)
    if path is not None:
        text = config.stash[FIGURES].table()
        path.write_text(text, "utf-8")
        README.write_text(with_summary(README.read_text("utf-8"), text), "utf-8")
        terminalreporter.write(text)
