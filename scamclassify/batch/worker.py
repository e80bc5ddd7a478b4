"""A process that scores parts for another one. Started by :mod:`~scamclassify.batch.workers`.

It takes the task from standard input, then parts from a pipe until that ends: it ends too
when the process that started it dies, in whatever way.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import sys
from typing import IO, Any

from scamclassify.batch.messages import receive, send
from scamclassify.errors import ScamClassifyError

# Objects made and not yet given back after which a worker looks for cycles. Scoring leaves
# hardly any, and to look after 700, as Python does, takes some percent of its time.
_COLLECT_AFTER = 50_000


def main(descriptors: list[int]) -> None:
    """Serve one connection for each descriptor of a socket, in a process for each.

    The task is loaded before the processes part, so that they share its memory.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this
    connections = [socket.socket(fileno=descriptor) for descriptor in descriptors]
    reader = sys.stdin.buffer
    # What is loaded stays: collections meanwhile would take an eighth of the time.
    gc.disable()
    try:
        task = pickle.load(reader)
        answer: Any = True
    except Exception as error:
        task, answer = None, _UnreadableTask(f"{type(error).__name__}: {error}")
    if task is not None:
        try:
            task.warm_up()
        except Exception as error:
            task, answer = None, portable(error)
    try:
        for connection in connections:
            with connection.makefile("wb") as stream:
                send(stream, answer)
    except ConnectionError:
        return  # nobody waits any more
    if task is None:
        return
    # A collection would write to every object, and what is written to is no longer shared.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()
    children = []
    for number, connection in enumerate(connections):
        if number == len(connections) - 1:
            _serve(task, connection)
            break
        child = os.fork()
        if not child:
            for other in connections[number + 1 :]:
                other.close()
            _serve(task, connection)
            os._exit(0)
        children.append(child)
        connection.close()
    for child in children:
        os.waitpid(child, 0)


class _UnreadableTask(Exception):  # noqa: N818 - it is sent, not raised
    """The task cannot be loaded in another process."""


def _serve(task: Any, connection: socket.socket) -> None:
    try:
        with connection.makefile("rb") as parts, connection.makefile("wb") as results:
            serve(task, parts, results)
    except (BrokenPipeError, ConnectionResetError):
        return  # the other process is gone


def serve(task: Any, parts: IO[bytes], results: IO[bytes]) -> None:
    """Answer every part with its result, or with the exception that it caused."""
    while True:
        try:
            arguments = receive(parts)
        except EOFError:
            return
        try:
            answer = task(*arguments)
        except Exception as error:
            answer = portable(error)
        send(results, answer)


def portable(error: Exception) -> Exception:
    """An exception that survives pickling: of the same class where that can be.

    Examples
    --------
    >>> type(portable(ValueError("x"))).__name__
    'ValueError'
    """
    try:
        again = pickle.loads(pickle.dumps(error))
        if type(again) is type(error) and str(again) == str(error):
            return error
    except Exception:
        pass
    kind = ScamClassifyError if isinstance(error, ScamClassifyError) else RuntimeError
    return kind(f"{type(error).__name__}: {error}" if kind is RuntimeError else str(error))
