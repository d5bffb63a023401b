"""Several processes of one user against one NCBI: never more than its limit in any sliding second."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ketalit.replay import Corpus, ReplayServer
from ketalit.replay.eutils import RateLimit
from tests.faults.figures import Figures
from tests.faults.stage import CANARY


@pytest.mark.thorough
@pytest.mark.parametrize(("key", "limit", "page"), [(None, 3, 7), (CANARY, 10, 3)], ids=["no key", "key"])
def test_three_refreshes_at_once_stay_within_the_limit_of_one(
    tmp_path: Path, sample: Corpus, figures: Figures, key: str | None, limit: int, page: int
) -> None:
    with ReplayServer(sample, rate_limit=RateLimit()) as server:
        environment = {
            **os.environ,
            "KETALIT_ENTREZ_URL": server.entrez_url,
            "KETALIT_EMAIL": "ada@example.org",
            "KETALIT_EFETCH_SIZE": str(page),
            "KETALIT_PACE_FOLDER": str(tmp_path / "pace"),
            **({"NCBI_API_KEY": key} if key else {}),
        }
        command = [sys.executable, "-m", "ketalit", "refresh", "--source", "pubmed", "--home"]
        running = [
            subprocess.Popen([*command, str(tmp_path / str(n))], env=environment, stdout=subprocess.DEVNULL)
            for n in range(3)
        ]
        codes = [process.wait() for process in running]
        arrivals = sorted(request.arrived_at for request in server.requests)
    most = max(sum(start <= other < start + 1 for other in arrivals) for start in arrivals)
    assert codes == [0, 0, 0]
    assert most <= limit
    figures.add("requests of three processes at once", len(arrivals))
    figures.add(f"most of them in one second, where {limit} are allowed", most)
