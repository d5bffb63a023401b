"""Settings: the only reader of the environment.

Each setting is an environment variable with the prefix `KETALIT_` (KETALIT_HOME, KETALIT_EMAIL, …), which options of
the command line override. `NCBI_API_KEY` is read too, as other NCBI tools do. Secrets are kept in SecretStr, so that no
message, log or repr shows them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ketalit.errors import SettingsError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def _speaks_http(value: str) -> str:
    parts = urlsplit(value)
    is_here = parts.scheme == "http" and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not is_here:
        raise ValueError("must begin with https:// (plain http only for this machine)")
    return value


class Settings(BaseSettings):
    """Where things lie, who asks, and how patiently."""

    model_config = SettingsConfigDict(env_prefix="KETALIT_", frozen=True, extra="ignore", populate_by_name=True)

    home: Path = Path("data")
    """The folder that holds everything: snapshots/, releases/, publish/."""
    strategy: str = "ketamine_depression"
    """Name of a bundled search strategy, or the path of a TOML file."""
    email: str | None = None
    """Your address, which NCBI requires with each request so that it can write before it blocks."""
    tool: str = "ketalit"
    """The name under which NCBI knows the program."""
    api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("KETALIT_API_KEY", "NCBI_API_KEY", "api_key")
    )
    """NCBI API key: raises the limit from 3 to 10 requests a second."""
    entrez_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
    ctgov_url: str = "https://clinicaltrials.gov/api/v2"
    proxy: SecretStr | None = None
    """HTTP(S) proxy; proxies of the environment are not taken, so that a run does the same everywhere."""
    ca_bundle: Path | None = None
    """File of certificates to trust, for networks that look into TLS."""
    pace_folder: Path | None = None
    """Where the processes of this machine keep their pace together; unset: a temporary folder of this user's."""
    connect_seconds: float = Field(default=10.0, gt=0)
    read_seconds: float = Field(default=60.0, gt=0)
    call_seconds: float = Field(default=180.0, gt=0)
    """Longest time for one request, from the first byte sent to the last received."""
    run_seconds: float = Field(default=4 * 3600.0, gt=0)
    """Longest time for one refresh of one source."""
    retry_seconds: float = Field(default=1.0, ge=0)
    """Pause before the first retry; doubled each time. Tests set it to 0."""
    tries: int = Field(default=6, ge=1)
    """How often a request is sent before its failure is final."""
    task_retry_seconds: float = Field(default=60.0, ge=0)
    """Pause before a scheduled flow tries a source that failed once more; fifteen times as long before the last try."""
    entrez_per_second: float | None = Field(default=None, gt=0)
    """Requests a second to NCBI; unset: 3, or 10 with a key, NCBI's own limits."""
    ctgov_per_second: float = Field(default=40 / 60, gt=0)
    """Requests a second to ClinicalTrials.gov, which publishes no limit; 50 a minute is the figure others quote."""
    efetch_size: int = Field(default=200, ge=1, le=9_999)
    """PubMed records a request."""
    ctgov_page_size: int = Field(default=100, ge=1, le=1_000)
    """Registry studies a page; records with results reach half a megabyte each."""

    workers: int = Field(default_factory=lambda: len(os.sched_getaffinity(0)), ge=1)
    """Processes that read documents in a build; unset: the cores that this process may use."""
    retraction_watch: Path | None = None
    """CSV file of the Retraction Watch list; unset: PubMed alone says whether a report stands."""
    releases_kept: int = Field(default=12, ge=2)
    """Releases that are kept; the current one and the one before it always are."""
    query_seconds: float = Field(default=30.0, gt=0)
    """Longest time for one `ketalit query`."""
    query_rows: int = Field(default=1_000, ge=1)
    """Rows that one `ketalit query` gives at most."""
    stale_days: float = Field(default=8.0, gt=0)
    """Days after which a source is stale and its build is not released unasked: a week, and a day for a late run."""

    notify_url: SecretStr | None = None
    """Address to which the scheduled flow sends what changed, as JSON; secret, since such addresses hold their key."""
    notify_command: SecretStr | None = None
    """Program, with arguments, that the scheduled flow runs with the digest on standard input; no shell is involved."""
    notify_seconds: float = Field(default=30.0, gt=0)
    """Longest time for either."""

    @field_validator("notify_url")
    @classmethod
    def _is_safe_to_call(cls, value: SecretStr | None) -> SecretStr | None:
        return SecretStr(_speaks_http(value.get_secret_value())) if value else None

    @field_validator("entrez_url", "ctgov_url")
    @classmethod
    def _is_a_service(cls, value: str) -> str:
        return _speaks_http(value).rstrip("/")

    @field_validator("email")
    @classmethod
    def _looks_like_an_address(cls, value: str | None) -> str | None:
        if value is not None and ("@" not in value or " " in value.strip()):
            raise ValueError("must be an e-mail address such as name@example.org")
        return value.strip() if value else None

    @field_validator("email", "tool")
    @classmethod
    def _fits_a_header(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and value.isprintable()):
            raise ValueError("must be plain ASCII: it is sent in a header of each request")
        return value

    @property
    def entrez_rate(self) -> float:
        """Requests a second that NCBI allows us (NCBI, NBK25497: 3 without and 10 with an API key)."""
        return self.entrez_per_second or (10.0 if self.api_key else 3.0)


def read(**overrides: Any) -> Settings:
    """Settings from the environment, with `overrides` (None means not given) on top.

    Raises SettingsError naming each setting that is wrong.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))} {e['msg'].removeprefix('Value error, ')}" for e in error.errors()
        )
        raise SettingsError(
            f"A setting is wrong: {problems}.", hint="Correct the option or the environment variable KETALIT_<NAME>."
        ) from None
