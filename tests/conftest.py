"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records beside the checkout; tests that need it are skipped, visibly, where it is absent."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the real records (../shared/corpus) are not on this machine")
    return folder


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own key, address or home never reach a test."""
    for name in ("KETALIT_HOME", "KETALIT_EMAIL", "KETALIT_API_KEY", "KETALIT_STRATEGY", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
