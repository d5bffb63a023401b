"""The site of the bundled sample in a real browser, opened from disk as a reader opens it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ketalit import outputs
from ketalit.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's own Chromium. Where it is absent the tests are skipped, visibly; in CI they fail."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        sentence = "no Chromium on this machine: install Debian's package chromium to run the tests of the site"
        pytest.fail(sentence) if "CI" in os.environ else pytest.skip(sentence)
    return found


# Playwright keeps an event loop running in this thread as long as it lives, which other tests (Prefect's) stumble over.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample with its abstracts, which were written for the project."""
    folder = tmp_path_factory.mktemp("site")
    outputs.site(built, folder / "with", with_abstracts=True)
    return folder / "with"


class Heard(list[str]):
    """What a page said that a reader should never see: errors, violations of the policy, requests to elsewhere."""

    def listen(self, context: BrowserContext) -> None:
        context.on("console", lambda message: self.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: self.append(f"error: {error.error}"))
        context.on("request", lambda request: self._judge(request.url))

    def _judge(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.append(f"request: {url}")


@pytest.fixture
def opened(site: Path, browser: Browser) -> Iterator[Open]:
    """Opens a page of the site; when the test ends, nothing was logged and nothing was asked of any server."""
    heard = Heard()
    contexts: list[BrowserContext] = []

    def open_page(name: str, *, width: int = 1280, folder: Path = site) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        heard.listen(context)
        contexts.append(context)
        page = context.new_page()
        page.goto((folder / name.partition("#")[0]).as_uri() + "".join(name.partition("#")[1:]))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert list(heard) == []
