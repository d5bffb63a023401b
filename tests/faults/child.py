"""A run in a process of its own, which may be killed at a checkpoint or starved of disk.

python -m tests.faults.child STAGE POINT NTH FILE_BYTES HOME ENTREZ_URL CTGOV_URL
"""

from __future__ import annotations

import os
import resource
import signal
import sys

from ketalit import checkpoint, pipeline, settings
from ketalit.errors import KetalitError


def main() -> int:
    stage, point, nth, file_bytes, home, entrez_url, ctgov_url = sys.argv[1:]
    checkpoint.on_reached = _killing(point, int(nth))
    chosen = settings.read(
        home=home,
        entrez_url=entrez_url,
        ctgov_url=ctgov_url,
        email="ada@example.org",
        entrez_per_second=1_000.0,
        ctgov_per_second=1_000.0,
        efetch_size=17,
        ctgov_page_size=8,
        pace_folder=f"{home}.pace",
    )
    if int(file_bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_bytes), int(file_bytes)))
    try:
        {"refresh": pipeline.refresh, "build": pipeline.build, "publish": pipeline.publish}[stage](chosen)
    except (KetalitError, OSError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return error.exit_code if isinstance(error, KetalitError) else 1
    return 0


def _killing(point: str, nth: int) -> checkpoint.Callable[[str], None]:
    passed = 0

    def on_reached(reached: str) -> None:
        nonlocal passed
        passed += reached == point
        if reached == point and passed == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return on_reached


if __name__ == "__main__":
    sys.exit(main())
