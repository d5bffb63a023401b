"""Prefect's server, asked over HTTP as its pages do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

import pytest
import requests

SECONDS: Final = 480
"""What is waited for comes within this time on a slow machine, or never."""
ENDED: Final = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
Found = TypeVar("Found")


def wait_for(what: str, found: Callable[[], Found]) -> Found:
    """What `found` gives once it is true."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(1)
    pytest.fail(f"{what} did not come within {SECONDS} s")


class Api:
    """The server's runs."""

    def __init__(self, url: str) -> None:
        self.url = url

    def is_healthy(self) -> bool:
        try:
            return requests.get(f"{self.url}/health", timeout=5).ok
        except requests.ConnectionError:
            return False

    def start(self, deployment: str, **parameters: object) -> str:
        """A run of the deployment that is due now; gives its id."""
        found = self._get(f"/deployments/name/{deployment}")
        return str(self._post(f"/deployments/{found['id']}/create_flow_run", {"parameters": parameters})["id"])

    def scheduled(self, deployment: str) -> int:
        """How many runs are to come by the deployment's schedule."""
        made = self._get(f"/deployments/name/{deployment}")["id"]
        chosen = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "deployments": {"id": {"any_": [made]}}}
        return len(self._post("/flow_runs/filter", chosen))

    def state(self, run: str) -> tuple[str, str]:
        """Type and message of a run's state."""
        state = self._get(f"/flow_runs/{run}")["state"]
        return str(state["type"]), str(state["message"])

    def has_ended(self, run: str) -> bool:
        return self.state(run)[0] in ENDED

    def end_of(self, run: str) -> tuple[str, str]:
        """Type and message of the state with which the run ends."""
        wait_for(f"the end of run {run}", lambda: self.has_ended(run))
        return self.state(run)

    def _get(self, path: str) -> Any:
        reply = requests.get(self.url + path, timeout=30)
        reply.raise_for_status()
        return reply.json()

    def _post(self, path: str, body: dict[str, object]) -> Any:
        reply = requests.post(self.url + path, json=body, timeout=30)
        reply.raise_for_status()
        return reply.json()
