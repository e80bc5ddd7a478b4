"""Fixtures of the data set tests: a web server to fetch from and the real files."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from scamclassify.datasets import DataFile, DatasetInfo, dataset_names, load_dataset

REVISION = "0123456789" * 4


class FileServer:
    """Serves bytes by path on 127.0.0.1, counts requests and misbehaves on demand."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, str | None]] = []  # path as requested, Range
        self.failures: list[int] = []  # statuses to answer first
        self.cut_after: list[int] = []  # bytes to send of the next answers, then hang up
        self.ranges = True
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.httpd.server_port}"
        self.thread = threading.Thread(target=self.httpd.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range")
        with self.lock:
            self.requests.append((handler.path, wanted))
            status = self.failures.pop(0) if self.failures else 0
            cut = self.cut_after.pop(0) if self.cut_after and not status else None
        body = self.files.get(handler.path)
        if status or body is None:
            handler.send_error(status or 404)
            return
        start = 0
        if wanted and self.ranges:
            start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1])
            if start >= len(body):
                handler.send_error(416)
                return
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        handler.wfile.write(body[start:] if cut is None else body[start : start + cut])

    def close(self) -> None:
        self.httpd.shutdown()
        self.httpd.server_close()
        self.thread.join()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A running :class:`FileServer` that ``SCAMCLASSIFY_MIRROR`` points at."""
    running = FileServer()
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", running.address)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield running
    running.close()


def make_info(contents: dict[str, bytes], **changes: object) -> DatasetInfo:
    """Metadata of a made-up data set with these files."""
    fields: dict[str, object] = {
        "name": "made_up",
        "description": "A made-up data set.",
        "languages": ("en",),
        "labels": {"ham": "ham"},
        "counts": {"ham": 1},
        "period": "never",
        "authors": ("Nobody",),
        "licence": "none stated",
        "redistributable": False,
        "citation": "None.",
        "homepage": "https://example.com/",
        "repository": "owner/repository",
        "revision": REVISION,
        "files": tuple(
            DataFile(path, hashlib.sha256(content).hexdigest(), len(content))
            for path, content in contents.items()
        ),
    }
    return DatasetInfo(**{**fields, **changes})


@pytest.fixture(scope="session")
def real_frames(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Every data set, read from the mirror; skips where there is none."""
    if not os.environ.get("SCAMCLASSIFY_MIRROR"):
        pytest.skip("SCAMCLASSIFY_MIRROR is not set: the real files are not at hand")
    home: Path = tmp_path_factory.mktemp("data_home")
    return {name: load_dataset(name, data_home=home) for name in dataset_names()}


def tally(values: object) -> dict[str, int]:
    """Counts of the values that are not missing."""
    return dict(Counter(value for value in values if value is not None))
