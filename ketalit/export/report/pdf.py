"""The report as PDF: the HTML page as the machine's own Chromium, Chrome or Edge prints it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from ketalit.errors import SettingsError

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""Programs that print a page without showing it."""
SECONDS: Final = 300
"""A page with two thousand rows takes a minute on one slow core."""
FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
WHEN: Final = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def as_pdf(page: bytes, day: str) -> bytes:
    """The page on paper, dated `day` and not now. Raises SettingsError when no browser is there, or it fails."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SettingsError(
            "PDF is printed by a browser, and none is there.",
            hint="Install Chromium (Debian: apt-get install chromium), or use --format html and print the page.",
        )
    with tempfile.TemporaryDirectory() as folder:
        html, pdf = Path(folder) / "report.html", Path(folder) / "report.pdf"
        html.write_bytes(page)
        _print(browser, html, pdf)
        if not pdf.is_file():
            raise SettingsError(f"{browser} printed nothing.", hint="Use --format html and print the page.")
        stamp = f"D:{day.replace('-', '')}000000".encode()
        return WHEN.sub(lambda match: b"/" + match[1] + b" (" + stamp, pdf.read_bytes())


def _print(browser: str, html: Path, pdf: Path) -> None:
    """One child process in a profile of its own, which nothing of the user's browser meets."""
    # a container's root has no sandbox; the page runs no script and loads nothing
    sandbox = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    profile = f"--user-data-dir={html.parent / 'profile'}"
    command = [browser, *FLAGS, *sandbox, profile, f"--print-to-pdf={pdf}", html.as_uri()]
    try:
        # a program of the machine, named by us, without a shell
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        raise SettingsError(
            f"{browser} did not print the page within {SECONDS} s.", hint="Use --format html and print the page."
        ) from None
