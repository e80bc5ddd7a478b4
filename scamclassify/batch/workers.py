"""Runs a task on parts over several cores, results in the order of the parts.

Processes, not threads: a good part of scoring is Python, which holds its lock. They are
started anew rather than forked from the caller, who may have threads; where the system can,
one process loads the model and the others are forked from it, so that they share its memory.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any

from scamclassify.batch.messages import receive, send
from scamclassify.errors import ScamClassifyError

_START = (
    "import os, sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from scamclassify.batch.worker import main; main(json.loads(sys.argv[2])); os._exit(0)"
)

#: What a task is called with.
Item = tuple[Any, ...]


def count_jobs(jobs: int | None) -> int:
    """Number of processes: all cores that this one may use, unless it is said.

    Examples
    --------
    >>> count_jobs(3)
    3
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be 1 or more, got {jobs!r}")
    if jobs is not None:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that run a task, or this one where more are not wanted or cannot be had.

    Parameters
    ----------
    task : callable
    jobs : int
        Processes. With 1 the task runs here.
    say : callable
        Told why it runs here although more processes were wanted.
    """

    def __init__(self, task: Callable[..., Any], jobs: int, say: Callable[[str], object]) -> None:
        self._task, self._jobs, self._say = task, jobs, say
        self._pool: _Pool | None = None

    def start(self) -> None:
        """Start the processes, which then load what they need; nobody waits for that here."""
        if self._jobs > 1 and self._pool is None:
            try:
                self._pool = _Pool(self._task, self._jobs)
            except _NotPortableError as error:
                self._stay_here(error)

    def _stay_here(self, error: _NotPortableError) -> None:
        self._say(f"one core only: the model cannot be sent to another process ({error})")
        self._jobs = 1
        self.close()

    def run_in_order(self, items: Iterable[Item]) -> Iterator[Any]:
        """Yield the results of the task on items, in their order.

        Parameters
        ----------
        items : iterable
            What the task is called with; read only a few ahead. A single one is no reason to
            start processes.
        """
        feed = iter(items)
        ahead = [item for _, item in zip(range(2), feed, strict=False)]
        if len(ahead) > 1:
            self.start()
        if self._pool is not None:
            try:
                self._pool.wait()
            except _NotPortableError as error:
                self._stay_here(error)
        if self._pool is None:
            for item in _chain(ahead, feed):
                yield self._task(*item)
            return
        waiting: deque[Future[Any]] = deque()
        for item in _chain(ahead, feed):
            waiting.append(self._pool.submit(item))
            if len(waiting) > 2 * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _chain(ahead: list[Item], feed: Iterator[Item]) -> Iterator[Item]:
    while ahead:
        yield ahead.pop(0)
    yield from feed


class WorkerLostError(ScamClassifyError):
    """A worker process has ended; what is done so far can be gone on with."""

    def __init__(self) -> None:
        super().__init__(
            "a scoring process ended before its time, perhaps for want of memory; the same "
            "command goes on where it stopped: try fewer --jobs (jobs=)"
        )


class _NotPortableError(Exception):
    """The task cannot be sent to another process."""


class _Connection:
    """A line to one worker: one part there, one result back."""

    def __init__(self, parts: IO[bytes], results: IO[bytes]) -> None:
        self._parts, self._results = parts, results

    def receive(self) -> Any:
        try:
            return receive(self._results)
        except (EOFError, ConnectionError, pickle.UnpicklingError):
            raise WorkerLostError from None

    def call(self, item: Item) -> Any:
        with suppress(ConnectionError):  # receive() says what it means
            send(self._parts, item)
        result = self.receive()
        if isinstance(result, Exception):
            raise result
        return result

    def close(self) -> None:
        for stream in (self._parts, self._results):
            with suppress(OSError):
                stream.close()


class _Pool:
    """Worker processes, each with a thread here that waits for it."""

    def __init__(self, task: Any, jobs: int) -> None:
        try:
            packed = pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            raise _NotPortableError(f"{type(error).__name__}: {error}") from None
        self._processes: list[subprocess.Popen[bytes]] = []
        self._sockets: list[socket.socket] = []
        self._connections: list[_Connection] = []
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: queue.SimpleQueue[_Connection] = queue.SimpleQueue()
        self._ready = False
        groups = [jobs] if sys.platform == "linux" else [1] * jobs
        try:
            for size in groups:
                self._start(packed, size)
        except BaseException:
            self.close()
            raise

    def wait(self) -> None:
        """Wait until all processes have loaded what they need."""
        for connection in () if self._ready else self._connections:
            self._check(connection.receive())
            self._idle.put(connection)
        self._ready = True

    def _start(self, packed: bytes, size: int) -> None:
        pairs = [socket.socketpair() for _ in range(size)]
        theirs = [other.fileno() for _, other in pairs]
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps(sys.path), json.dumps(theirs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=theirs,
        )
        self._processes.append(process)
        for mine, other in pairs:
            other.close()
            self._sockets.append(mine)
            self._connections.append(_Connection(mine.makefile("wb"), mine.makefile("rb")))
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.write(packed)
            process.stdin.close()

    def _check(self, answer: Any) -> None:
        from scamclassify.batch.worker import _UnreadableTask

        if isinstance(answer, _UnreadableTask):
            raise _NotPortableError(str(answer))
        if isinstance(answer, Exception):
            raise answer

    def submit(self, item: Item) -> Future[Any]:
        return self._threads.submit(self._call, item)

    def _call(self, item: Item) -> Any:
        connection = self._idle.get()
        try:
            return connection.call(item)
        finally:
            self._idle.put(connection)

    def close(self) -> None:
        """End the processes: those that still load have begun nothing."""
        # Whoever waits for a result is woken by the end of the line.
        for line in self._sockets:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._threads.shutdown(cancel_futures=True)
        for connection in self._connections:
            connection.close()
        for line in self._sockets:
            line.close()
        for process in self._processes:
            if not self._ready:
                process.kill()
            if process.stdin is not None:
                with suppress(OSError):
                    process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
