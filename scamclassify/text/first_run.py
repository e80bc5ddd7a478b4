"""Tells a person at a terminal why the first run on a machine takes so long."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def tell_of_compilation(kernel: Any) -> None:
    """Say that kernels are compiled, if they have not been here before.

    Compiling all of them takes about a minute, once for each machine and version; it is
    silent otherwise. Nothing is said where standard error is no terminal.

    Parameters
    ----------
    kernel : numba dispatcher with a cache
        The first one that is called.
    """
    if sys.stderr is None or not sys.stderr.isatty() or is_compiled(kernel):
        return
    print("scamclassify: compiling for this machine, about a minute, once", file=sys.stderr)


def is_compiled(kernel: Any) -> bool:
    """Whether numba's cache holds a kernel, or cannot be known.

    Examples
    --------
    >>> from scamclassify.text.minhash_kernel import hash_signatures
    >>> import numpy as np
    >>> _ = hash_signatures(np.zeros((1, 64), dtype=np.uint32))
    >>> is_compiled(hash_signatures)
    True
    """
    folder = kernel.stats.cache_path
    if not folder:
        return True
    module = kernel.py_func.__module__.rpartition(".")[2]
    return any(Path(folder).glob(f"{module}.{kernel.py_func.__name__}-*.nbi"))
