"""Settings: what the environment may say and how mistakes are told."""

from __future__ import annotations

import pytest

from ketalit import settings
from ketalit.errors import SettingsError


def test_the_environment_is_read_with_the_projects_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALIT_EMAIL", "ada@example.org")
    assert settings.read().email == "ada@example.org"


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALIT_EMAIL", "ada@example.org")
    assert settings.read(email="bea@example.org").email == "bea@example.org"


def test_an_option_that_was_not_given_leaves_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALIT_EMAIL", "ada@example.org")
    assert settings.read(email=None).email == "ada@example.org"


def test_the_key_under_its_usual_name_raises_the_rate_to_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "k-123")
    assert settings.read().entrez_rate == 10.0


def test_without_a_key_three_requests_a_second_are_allowed() -> None:
    assert settings.read().entrez_rate == 3.0


def test_the_key_shows_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "canary-key-77")
    assert "canary-key-77" not in repr(settings.read()) + str(settings.read().model_dump())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("email", "nobody", "email must be an e-mail address"),
        ("entrez_url", "http://example.org/entrez", "entrez_url must begin with https://"),
        ("efetch_size", "0", "efetch_size Input should be greater than or equal to 1"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"KETALIT_{name.upper()}", value)
    with pytest.raises(SettingsError, match=told):
        settings.read()


def test_plain_http_is_allowed_to_this_machine_only() -> None:
    assert settings.read(entrez_url="http://127.0.0.1:9/entrez/").entrez_url == "http://127.0.0.1:9/entrez"
