"""Telling others what changed or failed: a webhook that gets JSON, a program that gets the text on its standard input.

Both are settings of the machine (KETALIT_NOTIFY_URL, KETALIT_NOTIFY_COMMAND) and both are secrets: their text stands in
no message, because the address of a webhook is its key and commands hold passwords.
"""

from __future__ import annotations

import shlex
import subprocess
import urllib.error
import urllib.request
from typing import Any, Final

import msgspec

from ketalit import __version__
from ketalit.errors import KetalitError, NotificationFailed
from ketalit.settings import Settings

LONGEST: Final = 200_000
"""Characters of a digest that are sent: mail and chat services refuse more."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What was meant for one host is sent to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none: the answer 3xx becomes an HTTPError."""


def notify(settings: Settings, *, before: str, after: str, digest: str) -> tuple[str, ...]:
    """Send the digest to whom the settings name; gives which were told. Raises NotificationFailed after trying all."""
    message = {"release": after, "before": before, "text": digest[:LONGEST], "made_with": f"ketalit {__version__}"}
    return _send(settings, message, "The release is published, but not everybody was told")


def sound_alarm(settings: Settings, error: BaseException) -> tuple[str, ...]:
    """Say what failed to whom the settings name; gives which were told. Raises NotificationFailed after trying all.

    Of an error that is not ours only the kind is told: its text may hold anything.
    """
    name = type(error).__name__
    said = f"{error} {error.hint}" if isinstance(error, KetalitError) else f"{name}: see the log of the run."
    text = f"# ketalit failed\n\n{said}\n\nHome: {settings.home}. The last good release stays.\n"
    message = {"failure": name, "text": text[:LONGEST], "made_with": f"ketalit {__version__}"}
    return _send(settings, message, "Not everybody was told of the failure")


def _send(settings: Settings, message: dict[str, str], otherwise: str) -> tuple[str, ...]:
    told: list[str] = []
    failures: list[str] = []
    ways = (("webhook", settings.notify_url, _post), ("command", settings.notify_command, _run))
    for name, secret, send in ways:
        if secret is not None:
            problem = send(secret.get_secret_value(), message, settings)
            (failures if problem else told).append(f"{name}: {problem}" if problem else name)
    if failures:
        raise NotificationFailed(f"{otherwise}: {'; '.join(failures)}.")
    return tuple(told)


def _post(url: str, message: dict[str, str], settings: Settings) -> str | None:
    """What went wrong, in words that do not hold the address; None when it was taken."""
    request = urllib.request.Request(  # noqa: S310 - the settings let only https pass, or this machine
        url,
        data=msgspec.json.encode(message),
        headers={"Content-Type": "application/json", "User-Agent": f"ketalit/{__version__}"},
    )
    # proxies of the environment are not taken, as everywhere in ketalit
    proxies = {"https": settings.proxy.get_secret_value()} if settings.proxy else {}
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler(proxies))
    try:
        with opener.open(request, timeout=settings.notify_seconds):
            return None
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        return type(getattr(error, "reason", error)).__name__


def _run(command: str, message: dict[str, str], settings: Settings) -> str | None:
    """What went wrong, in words that do not hold the command; None when it ended with 0."""
    seconds = settings.notify_seconds
    try:
        done = subprocess.run(  # noqa: S603 - the person who runs ketalit wrote it
            shlex.split(command), input=message["text"].encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"did not end within {seconds:g} s"
    except (OSError, ValueError) as error:
        return type(error).__name__
    return f"exit code {done.returncode}" if done.returncode else None
