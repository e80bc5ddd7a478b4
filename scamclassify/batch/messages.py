"""Objects on their way between processes, large buffers beside them and not copied."""

from __future__ import annotations

import pickle
import struct
import sys
from typing import IO, Any

_COUNTS = struct.Struct("<QQ")
_SIZE = struct.Struct("<Q")


def send(stream: IO[bytes], value: Any) -> None:
    """Write an object; only to where it may be unpickled.

    Parameters
    ----------
    stream : binary file
    value : object
        Arrow buffers in it go as they are.

    Examples
    --------
    >>> import io
    >>> stream = io.BytesIO()
    >>> send(stream, {"rows": 3})
    >>> _ = stream.seek(0)
    >>> receive(stream)
    {'rows': 3}
    """
    beside: list[pickle.PickleBuffer] = []
    head = pickle.dumps(value, protocol=5, buffer_callback=beside.append)
    views = [buffer.raw() for buffer in beside]
    sizes = b"".join(_SIZE.pack(len(view)) for view in views)
    stream.write(_COUNTS.pack(len(head), len(views)) + sizes + head)
    for view in views:
        stream.write(view)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read what :func:`send` wrote.

    Raises
    ------
    EOFError
        If the stream ends.
    """
    n_head, n_buffers = _COUNTS.unpack(_exactly(stream, _COUNTS.size))
    sizes = _exactly(stream, n_buffers * _SIZE.size)
    head = _exactly(stream, n_head)
    buffers = [_buffer(stream, size) for (size,) in _SIZE.iter_unpack(sizes)]
    return pickle.loads(head, buffers=buffers)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _buffer(stream: IO[bytes], size: int) -> Any:
    # Arrow's allocator gives large pieces back; that of C, with several threads, hardly does.
    arrow = sys.modules.get("pyarrow")
    memory = bytearray(size) if arrow is None else arrow.allocate_buffer(size)
    view = memoryview(memory)
    while view:
        n = stream.readinto(view)  # type: ignore[attr-defined]
        if not n:
            raise EOFError
        view = view[n:]
    return memory
