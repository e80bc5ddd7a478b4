"""What a person is told while kernels are compiled for the first time."""

import io
import sys
from types import SimpleNamespace

import pytest

from scamclassify.text.first_run import is_compiled, tell_of_compilation
from scamclassify.text.prescan import find_cues
from scamclassify.text.prescan_kernel import scan_batch


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def kernel_in(folder):
    return SimpleNamespace(
        stats=SimpleNamespace(cache_path=str(folder)), py_func=scan_batch.py_func
    )


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_said_once_and_only_at_a_terminal(tmp_path, monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", stream())
    kernel = kernel_in(tmp_path)
    tell_of_compilation(kernel)
    assert ("compiling for this machine" in sys.stderr.getvalue()) is sys.stderr.isatty()
    monkeypatch.setattr(sys, "stderr", Terminal())
    (tmp_path / "prescan_kernel.scan_batch-1.py311.nbi").touch()
    tell_of_compilation(kernel)
    assert sys.stderr.getvalue() == ""


def test_numba_says_where_its_cache_is():
    find_cues(["hello"])
    assert is_compiled(scan_batch)
    assert is_compiled(kernel_in(""))
