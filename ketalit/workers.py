"""Processes that interpret documents beside each other: each takes tasks on standard input and writes files.

Files and not objects are handed over: objects would cost as much to hand over as to make. And processes of our own
rather than a pool of multiprocessing, which runs the caller's main module once more in each of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Final, cast

import msgspec
import pyarrow as pa

from ketalit.errors import WorkerDied
from ketalit.interpreted import Make
from ketalit.interpreting import Schemas, Task, interpret_task

FOR_SEVERAL: Final = 2_000
"""Documents from which several processes pay: each takes over a second to begin."""


def makers(workers: int) -> Make:
    """What does tasks with that many processes, or here where there is too little to do for them."""

    def make(tasks: Sequence[Task], schemas: Schemas) -> Iterator[Task]:
        is_much = sum(task.documents for task in tasks) >= FOR_SEVERAL
        return _beside(tasks, schemas, min(workers, len(tasks))) if is_much and workers > 1 else _here(tasks, schemas)

    return make


def _here(tasks: Sequence[Task], schemas: Schemas) -> Iterator[Task]:
    for task in tasks:
        interpret_task(task, schemas)
        yield task


def _beside(tasks: Sequence[Task], schemas: Schemas, workers: int) -> Iterator[Task]:
    """Raises WorkerDied when a process ends before its time; what the others made is kept."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    started = [_Worker(schemas) for _ in range(workers)]
    for worker in started:
        idle.put(worker)

    def done(task: Task) -> Task:
        worker = idle.get()
        try:
            worker.do(task)
        finally:
            idle.put(worker)
        return task

    threads = ThreadPoolExecutor(workers)
    try:
        for future in as_completed([threads.submit(done, task) for task in tasks]):
            yield future.result()
    finally:
        for worker in started:
            worker.stop()
        threads.shutdown(cancel_futures=True)


class _Worker:
    """A child process; it ends with its standard input, so that none outlives a parent that was killed."""

    def __init__(self, schemas: Schemas) -> None:
        package = str(Path(__file__).resolve().parent.parent)
        paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ketalit.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._in, self._out = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        self._send({name: schema.serialize().to_pybytes() for name, schema in schemas.items()})

    def do(self, task: Task) -> None:
        """Hand over a task and wait until it is done."""
        self._send(task)
        if self._out.readline() != DONE:
            raise WorkerDied(
                f"A process that reads documents ended at {task.part}, places {task.first} to {task.last}."
            )

    def _send(self, message: object) -> None:
        try:
            self._in.write(msgspec.json.encode(message) + b"\n")
            self._in.flush()
        except (BrokenPipeError, ValueError):
            pass  # it is dead or was stopped: `do` finds out, and says at which task

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


DONE: Final = b"done\n"


def main() -> None:
    """Be a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, with whom this process ends
    packed = msgspec.json.decode(sys.stdin.buffer.readline(), type=dict[str, bytes])
    schemas = {name: pa.ipc.read_schema(pa.py_buffer(data)) for name, data in packed.items()}
    for line in sys.stdin.buffer:
        interpret_task(msgspec.json.decode(line, type=Task), schemas)
        sys.stdout.buffer.write(DONE)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
