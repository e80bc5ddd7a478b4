"""Fetching, against a web server of our own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError

import pytest
from dataset_helpers import REVISION, FileServer, make_info

from scamclassify.datasets import fetch, fetch_dataset, mirror
from scamclassify.errors import ChecksumError, FetchError

PATH = "raw/FR:Phishing(Bank)"
QUOTED = f"/owner/repository/{REVISION}/raw/FR%3APhishing%28Bank%29"
CONTENT = bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_BACKOFF", 0.01)


def leftovers(home: Path) -> list[str]:
    return sorted(path.name for path in home.rglob("*") if path.is_file() and path.name != ".lock")


def test_fetches_once_under_a_safe_name(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    info = make_info({PATH: CONTENT})
    files = fetch_dataset(info, home=tmp_path)
    assert files[PATH].read_bytes() == CONTENT
    assert files[PATH].relative_to(tmp_path).parts == (
        "made_up",
        REVISION[:12],
        "raw",
        "FR_Phishing_Bank_",
    )
    assert fetch_dataset(info, home=tmp_path, download=False) == files
    assert fetch_dataset(info, home=tmp_path) == files
    assert server.requests == [(QUOTED, None)]
    assert leftovers(tmp_path) == ["FR_Phishing_Bank_"]


def test_fetches_only_what_is_missing(server: FileServer, tmp_path: Path) -> None:
    prefix = f"/owner/repository/{REVISION}/"
    server.files = {prefix + "a": b"first", prefix + "b": b"second"}
    info = make_info({"a": b"first", "b": b"second"})
    files = fetch_dataset(info, home=tmp_path)
    files["b"].unlink()
    fetch_dataset(info, home=tmp_path)
    assert [path for path, _ in server.requests] == [prefix + "a", prefix + "b", prefix + "b"]


def test_a_cached_file_that_changed_is_fetched_again(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    info = make_info({PATH: CONTENT})
    target = fetch_dataset(info, home=tmp_path)[PATH]
    target.write_bytes(CONTENT[:-1] + b"X")  # of the same length: only the hash can tell
    assert fetch_dataset(info, home=tmp_path)[PATH].read_bytes() == CONTENT
    assert len(server.requests) == 2


def test_a_broken_download_is_resumed(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    server.cut_after = [4000, 1000]
    files = fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    assert files[PATH].read_bytes() == CONTENT
    assert [wanted for _, wanted in server.requests] == [None, "bytes=4000-", "bytes=5000-"]


def test_a_later_call_resumes_what_an_earlier_one_left(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files[QUOTED] = CONTENT
    server.cut_after = [3000]
    info = make_info({PATH: CONTENT})
    monkeypatch.setattr(fetch, "_ATTEMPTS", 1)
    with pytest.raises(FetchError, match="ended after 3000 bytes"):
        fetch_dataset(info, home=tmp_path)
    assert leftovers(tmp_path) == ["FR_Phishing_Bank_.part"]
    assert fetch_dataset(info, home=tmp_path)[PATH].read_bytes() == CONTENT
    assert server.requests[-1] == (QUOTED, "bytes=3000-")


@pytest.mark.parametrize("left", [b"not the head of the file", CONTENT + b"longer"])
def test_a_foreign_part_does_not_spoil_the_file(
    server: FileServer, tmp_path: Path, left: bytes
) -> None:
    server.files[QUOTED] = CONTENT
    info = make_info({PATH: CONTENT})
    part = tmp_path / "made_up" / REVISION[:12] / "raw" / "FR_Phishing_Bank_.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(left)
    assert fetch_dataset(info, home=tmp_path)[PATH].read_bytes() == CONTENT
    assert leftovers(tmp_path) == ["FR_Phishing_Bank_"]


def test_a_server_without_ranges_is_read_from_the_start(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    server.cut_after = [4000]
    server.ranges = False
    files = fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    assert files[PATH].read_bytes() == CONTENT
    assert len(server.requests) == 2


def test_a_server_error_is_retried(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    server.failures = [500, 503, 429]
    files = fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    assert files[PATH].read_bytes() == CONTENT
    assert len(server.requests) == 4


def test_a_missing_file_is_not_retried(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"'made_up'.*%28Bank%29 \(HTTP 404"):
        fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "sent",
    [CONTENT[:-1] + b"X", CONTENT + b"longer", CONTENT[:-3]],
    ids=["other byte", "longer", "shorter"],
)
def test_a_wrong_checksum_is_never_accepted(
    server: FileServer, tmp_path: Path, sent: bytes
) -> None:
    server.files[QUOTED] = sent
    with pytest.raises(ChecksumError, match=r"'made_up'.*not the pinned file.*removed"):
        fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    assert leftovers(tmp_path) == []


def test_no_network_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SCAMCLASSIFY_MIRROR", raising=False)
    calls = []

    def no_network(request, timeout):
        calls.append(request.full_url)
        raise URLError(socket.gaierror(-3, "Temporary failure in name resolution"))

    monkeypatch.setattr(fetch, "urlopen", no_network)
    with pytest.raises(FetchError) as caught:
        fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    message = str(caught.value)
    assert "'made_up'" in message
    assert f"https://raw.githubusercontent.com{QUOTED}" in message
    assert "no network" in message
    assert "SCAMCLASSIFY_MIRROR" in message
    assert "\n" not in message
    assert len(calls) == 1


def test_a_refused_connection_names_the_mirror(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody else can answer there
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("SCAMCLASSIFY_MIRROR", address)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with pytest.raises(FetchError, match=f"{address}.*4 attempts.*SCAMCLASSIFY_MIRROR"):
            fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)


@pytest.mark.parametrize("as_address", [False, True], ids=["folder", "file address"])
def test_a_folder_is_a_mirror(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, as_address: bool
) -> None:
    folder = tmp_path / "a mirror"
    source = folder / "owner" / "repository" / REVISION / PATH
    source.parent.mkdir(parents=True)
    source.write_bytes(CONTENT)
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", folder.as_uri() if as_address else str(folder))
    info = make_info({PATH: CONTENT})
    files = fetch_dataset(info, home=tmp_path / "home")
    assert files[PATH].read_bytes() == CONTENT
    source.write_bytes(CONTENT[::-1])
    with pytest.raises(ChecksumError):
        fetch_dataset(info, home=tmp_path / "other home")
    source.unlink()
    with pytest.raises(FetchError, match="No such file"):
        fetch_dataset(info, home=tmp_path / "third home")
    assert fetch_dataset(info, home=tmp_path / "home") == files


def test_a_mirror_of_another_scheme_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", "ftp://example.com/")
    with pytest.raises(FetchError, match=r"'ftp' is not allowed.*http://"):
        fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)


def test_without_download_the_error_says_how_to_fetch(server: FileServer, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="scamclassify data fetch made_up"):
        fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path, download=False)
    assert server.requests == []
    assert leftovers(tmp_path) == []


def test_a_data_home_that_cannot_be_written_is_named(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(FetchError, match=r"cannot write to the data home.*SCAMCLASSIFY_DATA"):
        fetch_dataset(make_info({PATH: CONTENT}), home=blocked / "home")


TOGETHER = """
import sys
sys.path.insert(0, sys.argv[1])
from dataset_helpers import make_info
from scamclassify.datasets import fetch_dataset
content = bytes(range(256)) * 40
info = make_info({sys.argv[3]: content})
print("ready", flush=True)
sys.stdin.read(1)
assert fetch_dataset(info, home=sys.argv[2])[sys.argv[3]].read_bytes() == content
"""


def test_two_processes_at_once_make_one_request(server: FileServer, tmp_path: Path) -> None:
    server.files[QUOTED] = CONTENT
    server.delay = 0.5  # the second asks while the first still waits for its answer
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", TOGETHER, here, str(tmp_path), PATH]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(2)]
    for process in processes:
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        process.stdin.write(b"x")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    assert server.requests == [(QUOTED, None)]
    assert leftovers(tmp_path) == ["FR_Phishing_Bank_"]


def test_a_file_system_without_locks_still_fetches(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scamclassify.datasets import locking

    def no_locks(handle):
        raise OSError("no locks here")

    server.files[QUOTED] = CONTENT
    monkeypatch.setattr(locking, "_acquire", no_locks)
    files = fetch_dataset(make_info({PATH: CONTENT}), home=tmp_path)
    assert files[PATH].read_bytes() == CONTENT
    assert leftovers(tmp_path) == ["FR_Phishing_Bank_"]


def test_data_home_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("SCAMCLASSIFY_DATA", raising=False)
    assert mirror.data_home() == tmp_path / "cache" / "scamclassify"
    monkeypatch.setenv("SCAMCLASSIFY_DATA", str(tmp_path / "variable"))
    assert mirror.data_home() == tmp_path / "variable"
    assert mirror.data_home(tmp_path / "argument") == tmp_path / "argument"


def test_long_downloads_show_a_bar_on_a_terminal(
    server: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(fetch, "_BAR_FROM", 1000)
    server.files[QUOTED] = CONTENT
    info = make_info({PATH: CONTENT})
    fetch_dataset(info, home=tmp_path / "no terminal")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    fetch_dataset(info, home=tmp_path / "silenced", progress=False)
    assert capsys.readouterr().err == ""
    fetch_dataset(info, home=tmp_path / "terminal")
    shown = capsys.readouterr()
    assert "FR:Phishing(Bank)" in shown.err
    assert shown.out == ""


def test_mirror_variable_is_read_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", "http://example.com/base/")
    assert mirror.locate("a/b c") == "http://example.com/base/a/b%20c"
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", "")
    assert mirror.locate("a/b") == "https://raw.githubusercontent.com/a/b"
    monkeypatch.setenv("SCAMCLASSIFY_MIRROR", os.path.join("..", "folder"))
    assert mirror.locate("a/b:c") == Path("..", "folder", "a", "b:c")
