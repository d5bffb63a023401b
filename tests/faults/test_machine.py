"""The state machine of tests/unit with real builds: the released database equals the model after every publish."""

from __future__ import annotations

import pytest
from hypothesis import settings as hypothesis_settings

from ketalit import pipeline
from ketalit.release import Releases
from ketalit.warehouse import read
from tests.unit.test_update_machine import Services


class Releasing(Services):
    """What is compared with the model is read from the current release."""

    def database(self) -> tuple[dict[str, tuple[str, str]], set[str]]:
        home = self.world.settings.home
        pipeline.build(self.world.settings, accept=("stale", "accuracy", "volume", "links"))  # a calendar of the past
        with read(Releases(home).current().database) as reader:
            standing = reader.rows("select pmid, title, integrity from core.publication")
            withdrawn = reader.rows("select source_id from core.withdrawn_document")
        published = {row["pmid"]: (row["title"], row["integrity"]) for row in standing}
        return published, {row["source_id"] for row in withdrawn}


Releasing.TestCase.settings = hypothesis_settings(max_examples=5, stateful_step_count=8, deadline=None)
TestReleasing = pytest.mark.thorough(Releasing.TestCase)
