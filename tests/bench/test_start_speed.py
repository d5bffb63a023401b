"""How long the command line takes to begin. The aims are 0.3 s for help and 0.6 s for a query."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from ketalit.settings import Settings

pytestmark = pytest.mark.benchmark(group="start-up")


def ketalit(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "ketalit", *map(str, arguments)], check=True, capture_output=True)


def test_help(benchmark: Any) -> None:
    benchmark.pedantic(ketalit, args=("--help",), rounds=9, warmup_rounds=1)


def test_query(benchmark: Any, built: Settings) -> None:
    asked = ("query", "--home", built.home, "select count(*) from evidence.study_overview")
    benchmark.pedantic(ketalit, args=asked, rounds=9, warmup_rounds=1)
