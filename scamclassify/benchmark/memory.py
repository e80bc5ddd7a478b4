"""Peak memory of a piece of work."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class PeakMemory:
    """Peak resident memory of this process during a block, libraries and data included.

    On Linux the kernel's high-water mark is reset at the start. Elsewhere the mark is that of
    the whole life of the process.

    Examples
    --------
    >>> with PeakMemory() as memory:
    ...     block = bytearray(50_000_000)
    >>> memory.mib > 20
    True
    """

    mib: float = 0.0

    def __enter__(self) -> Self:
        with suppress(OSError):  # not Linux, or not allowed: the whole life of the process
            _RESET.write_text("5")
        return self

    def __exit__(self, *failure: object) -> None:
        self.mib = _peak()


def _peak() -> float:
    """High-water mark of resident memory, in MiB."""
    try:
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024
