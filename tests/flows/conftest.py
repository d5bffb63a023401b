"""One Prefect server for all flow tests: it takes ten seconds to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    import flows  # noqa: F401 - switches telemetry off before Prefect is imported

    with prefect_test_harness(server_startup_timeout=120):
        yield
