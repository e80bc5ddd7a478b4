"""What several data set tests need: a web server to fetch from and made-up metadata."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scamclassify.datasets import DataFile, DatasetInfo

REVISION = "0123456789" * 4


class FileServer:
    """Serves bytes by path on 127.0.0.1, counts requests and misbehaves on demand."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, str | None]] = []  # path as requested, Range
        self.failures: list[int] = []  # statuses to answer first
        self.cut_after: list[int] = []  # bytes to send of the next answers, then hang up
        self.ranges = True
        self.delay = 0.0  # seconds before an answer
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
        time.sleep(self.delay)
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


def tally(values: object) -> dict[str, int]:
    """Counts of the values that are not missing."""
    return dict(Counter(value for value in values if value is not None))
