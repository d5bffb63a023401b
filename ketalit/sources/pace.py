"""Pace: at most so many requests in any sliding second, over all threads and processes of one user on one machine.

The times of the last requests stand in one small file for each service. Its lock is held while they are looked at and
never while anybody waits, and the system frees it when its process dies.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ketalit.errors import SettingsError

MARGIN: Final = 0.01
"""Seconds more than due: clocks tick coarsely, and a limit met exactly is a limit exceeded."""
AHEAD: Final = 1.0
"""Seconds: times further ahead than this were written before the machine was started anew, and mean nothing."""


class Pace:
    """At most `per_second` requests in any sliding second; below one a second, one in each 1/`per_second` seconds.

    `clock` is one that all processes share and that nobody sets (CLOCK_MONOTONIC): a change of the time of day changes
    nothing here.
    """

    def __init__(
        self,
        per_second: float,
        times: Times,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._window = 1.0 if per_second >= 1 else 1.0 / per_second
        self._limit = max(1, int(per_second))
        self._times, self._clock, self._sleep = times, clock, sleep

    def wait(self) -> float:
        """Return when the next request may be sent; gives the time that was written down for it."""
        while True:
            with self._times.held() as times:
                now = self._clock()
                recent = sorted(t for t in times if now - self._window - MARGIN < t <= now + AHEAD)
                due = recent[-self._limit] + self._window + MARGIN if len(recent) >= self._limit else now
                if due <= now:
                    times[:] = array("d", [*recent, now])
                    return now
            self._sleep(due - now)

    def done(self, started: float) -> None:
        """Count a request from its end: when it arrived at the service between the two, we do not know."""
        with self._times.held() as times:
            if started in times:
                times[times.index(started)] = self._clock()


class Times:
    """The times of the last requests, in a file that all processes share, or for one process without a file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._alone = array("d")
        self._lock = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[array[float]]:
        """The times, held against all others; what the caller makes of them is kept."""
        with self._lock:
            if self._path is None:
                yield self._alone
                return
            file = _opened(self._path)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                times = array("d")
                data = os.pread(file, 2**20, 0)
                times.frombytes(data[: len(data) // times.itemsize * times.itemsize])
                yield times
                # one write: a process that is killed here has written all or nothing
                os.pwrite(file, times.tobytes(), 0)
                os.ftruncate(file, len(times) * times.itemsize)
            finally:
                os.close(file)


def times_of(service: str, folder: Path | None) -> Times:
    """The times of `service`, which every process of this user shares: in `folder`, or in a temporary folder."""
    place = folder or Path(tempfile.gettempdir()) / f"ketalit-{os.getuid()}"
    return Times(place / f"{service.lower()}.times")


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.parent.stat().st_uid != os.getuid():
            raise PermissionError(0, "it belongs to somebody else")
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SettingsError(
            f"The pace of requests cannot be kept in {path.parent}: {error.strerror}.",
            hint="Name a folder of yours with KETALIT_PACE_FOLDER.",
        ) from None
