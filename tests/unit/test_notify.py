"""Telling others: what a webhook and a program get, and that no message holds their secrets."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from ketalit import pipeline, settings
from ketalit.errors import NotificationFailed, SettingsError
from ketalit.notify import notify
from ketalit.release import Releases
from tests.unit.release.tiny import publish

CANARY = "canary-7f3a"


class Hook:
    """A webhook that answers with `status` and keeps what it got."""

    def __init__(self) -> None:
        self.status, self.got = 200, list[dict[str, Any]]()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append({"path": self.path, "type": self.headers["Content-Type"], **json.loads(body)})
                self.send_response(hook.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/{CANARY}"


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def tell(**changed: object) -> tuple[str, ...]:
    return notify(settings.read(**changed), before="a", after="b", digest="# What changed")


def test_a_webhook_gets_the_digest_as_json(hook: Hook) -> None:
    assert tell(notify_url=hook.url) == ("webhook",)
    (got,) = hook.got
    assert (got["path"], got["type"], got["release"], got["before"], got["text"]) == (
        f"/{CANARY}",
        "application/json",
        "b",
        "a",
        "# What changed",
    )


def test_a_program_gets_the_digest_on_its_standard_input(tmp_path: Path) -> None:
    script = f"import sys; open({str(tmp_path / 'out')!r}, 'w').write(sys.stdin.read())"
    assert tell(notify_command=f'{sys.executable} -c "{script}"') == ("command",)
    assert (tmp_path / "out").read_text() == "# What changed"


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    tell(notify_command=f"echo hello > {tmp_path / 'out'}")
    assert not (tmp_path / "out").exists()


def test_without_settings_nobody_is_told() -> None:
    assert tell() == ()


@pytest.mark.parametrize(("status", "told"), [(500, "webhook: HTTP 500"), (302, "webhook: HTTP 302")])
def test_a_webhook_that_refuses_or_sends_elsewhere_is_told_without_its_address(
    hook: Hook, status: int, told: str
) -> None:
    hook.status = status
    with pytest.raises(NotificationFailed) as error:
        tell(notify_url=hook.url)
    assert (told in str(error.value), CANARY in f"{error.value}{error.value.hint}", len(hook.got)) == (True, False, 1)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (f"{sys.executable} -c 'raise SystemExit(3)' {CANARY}", "command: exit code 3"),
        (f"/nowhere/program {CANARY}", "command: FileNotFoundError"),
        (f'"unfinished {CANARY}', "command: ValueError"),
    ],
)
def test_a_program_that_fails_is_told_without_its_arguments(command: str, told: str) -> None:
    with pytest.raises(NotificationFailed) as error:
        tell(notify_command=command)
    assert (told in str(error.value), CANARY in str(error.value)) == (True, False)


def test_one_that_fails_does_not_keep_the_other_from_being_told(hook: Hook) -> None:
    with pytest.raises(NotificationFailed, match="command: exit code 1"):
        tell(notify_url=hook.url, notify_command="false")
    assert len(hook.got) == 1


def test_a_program_that_hangs_is_ended() -> None:
    with pytest.raises(NotificationFailed, match=r"did not end within 0\.2 s"):
        tell(notify_command="sleep 60", notify_seconds=0.2)


@pytest.mark.parametrize("url", [f"http://example.org/{CANARY}", f"file:///etc/{CANARY}", f"ftp://127.0.0.1/{CANARY}"])
def test_an_address_that_is_not_safe_to_call_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="notify_url") as error:
        settings.read(notify_url=url)
    assert CANARY not in f"{error.value}{error.value.hint}"


def test_the_settings_show_neither() -> None:
    chosen = settings.read(notify_url=f"https://example.org/{CANARY}", notify_command=f"mail {CANARY}")
    assert CANARY not in f"{chosen!r}{chosen}"


# ---- once for each release


def test_when_the_announced_release_is_no_longer_kept_news_reach_from_the_one_before(tmp_path: Path) -> None:
    for generation in range(1, 6):
        publish(Releases(tmp_path), generation, keep=2)
    (found,) = pipeline.news(settings.read(home=tmp_path))
    assert [int(name, 16) for name in (found.before, found.after)] == [4, 5]


def test_a_release_is_announced_once_and_after_a_failure_with_the_next_one(tmp_path: Path, hook: Hook) -> None:
    releases = Releases(tmp_path)
    chosen = settings.read(home=tmp_path, notify_url=hook.url)
    publish(releases, 1)
    assert pipeline.news(chosen) == ()  # the first has nothing before it
    publish(releases, 2)
    (found,) = pipeline.news(chosen)
    hook.status = 500
    with pytest.raises(NotificationFailed):
        pipeline.announce(chosen, found)
    hook.status = 200
    publish(releases, 3)
    (found,) = pipeline.news(chosen)
    assert [int(name, 16) for name in (found.before, found.after)] == [1, 3]  # what nobody was told of comes along
    assert pipeline.announce(chosen, found) == ("webhook",)
    assert pipeline.news(chosen) == ()
