"""A run that is killed goes on where it stopped, and gives the same bytes."""

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from scamclassify import save_model, score_file
from scamclassify.batch.journal import state_folder
from scamclassify.batch.run_lock import run_lock
from scamclassify.errors import InputFileError

N_ROWS = 1500
N_KILLS = 20
# Loads the model once; every run is a process of its own, forked from there.
CODE = """
import json, os, sys, time
import pyarrow.parquet
import scamclassify
import scamclassify.batch.journal as journal
from scamclassify.batch.scoring import score_file

model = scamclassify.load_model(sys.argv[1])
def score(source, target):
    score_file(source, target, model=model, jobs=1, batch_size=60, progress=False,
               add=["label", "probabilities", "language", "reasons", "repairs"])

for name in ("x.csv", "x.parquet"):  # all that is loaded when first used
    score(sys.argv[2], sys.argv[3] + "/" + name)
# Slow enough that a kill hits any step, also between the writes of one part.
write = journal._write_all
def slowly(handle, data):
    half = len(data) // 2
    write(handle, data[:half]); time.sleep(0.003); write(handle, data[half:])
journal._write_all = slowly
for line in sys.stdin:
    source, target = json.loads(line)
    child = os.fork()
    if not child:
        code = 1
        try:
            score(source, target)
            code = 0
        finally:
            os._exit(code)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Runs:
    """Starts runs, and kills them."""

    def __init__(self, model, source, folder):
        self._source = str(source)
        self._process = subprocess.Popen(
            [sys.executable, "-c", CODE, model, source, folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, target, seconds=None):
        """Exit code of a run that is killed after some seconds, if it is not done by then."""
        print(json.dumps([self._source, str(target)]), file=self._process.stdin, flush=True)
        pid = int(self._process.stdout.readline())
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):  # it may be done
                os.kill(pid, signal.SIGKILL)
        return int(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


@pytest.fixture(scope="module")
def runs(model, dump, tmp_path_factory):
    """Runs over the dump."""
    runs = Runs(model, dump, tmp_path_factory.mktemp("warm"))
    yield runs
    runs.close()


@pytest.fixture(scope="module")
def model(tiny_model, tmp_path_factory):
    """Path of a small model."""
    return str(save_model(tiny_model, tmp_path_factory.mktemp("model") / "tiny.scam"))


@pytest.fixture(scope="module")
def dump(small_messages, tmp_path_factory):
    """A file with good and bad rows."""
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl.gz"
    texts = small_messages["text"].tolist()
    lines = []
    for n in range(N_ROWS):
        row = {"id": n, "text": texts[n % len(texts)] if n % 11 else "  "}
        lines.append(json.dumps(row) if n % 17 else '{"id": broken')
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def outputs(target):
    """Content of everything that must not depend on what happened on the way."""
    found = {p.name: p.read_bytes() for p in target.parent.iterdir() if p.is_file()}
    manifest = json.loads(found.pop(f"{target.name}.manifest.json"))
    del manifest["began"], manifest["finished"], manifest["seconds"], manifest["runs"]
    return found, manifest


def parts_done(target):
    """Parts in the journal; None where there is no unfinished run."""
    journal = state_folder(target) / "journal.jsonl"
    return journal.read_bytes().count(b'"part"') if journal.exists() else None


@pytest.mark.parametrize(("name", "kills"), [("b.csv", 8), ("b.parquet", 6), ("b.jsonl.zst", 6)])
def test_twenty_kills_at_random_moments_change_no_byte(tmp_path, runs, name, kills):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    assert runs.run(tmp_path / name) == 0  # warm
    begun = time.perf_counter()
    assert runs.run(whole / name) == 0
    length = time.perf_counter() - begun
    choice = random.Random(name)
    target = killed / name
    seen = []
    while len(seen) < kills:
        code = runs.run(target, choice.uniform(0, 0.8) * length)
        if code == -signal.SIGKILL:
            seen.append(parts_done(target))
        else:
            assert code == 0
        if target.exists() and parts_done(target) is None:
            # Done before the kill: compare, and begin again for the kills that are left.
            assert outputs(target) == outputs(whole / name)
            for entry in killed.iterdir():
                entry.unlink() if entry.is_file() else shutil.rmtree(entry)
    assert len(set(seen)) > 2, f"all kills hit the same moments: {seen}"
    assert runs.run(target) == 0
    assert outputs(target) == outputs(whole / name)
    assert [p.name for p in killed.iterdir() if p.is_dir()] == []


def test_a_killed_run_with_workers_goes_on(tmp_path, dump, model):
    arguments = [dump, tmp_path / "b.csv", model]
    code = (
        "import sys; from scamclassify import score_file\n"
        "score_file(*sys.argv[1:3], model=sys.argv[3], jobs=2, batch_size=20, progress=False)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], start_new_session=True)
    while (parts_done(tmp_path / "b.csv") or 0) < 4:
        assert process.poll() is None
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    # The workers see the end of their line and go as well; their parts are done again.
    options = {"model": model, "batch_size": 20, "jobs": 2}
    summary = score_file(*arguments[:2], **options)
    assert 0 < summary.rows_resumed < N_ROWS
    anew = score_file(dump, tmp_path / "c.csv", **{**options, "jobs": 1})
    assert anew.target.read_bytes() == summary.target.read_bytes()
    deadline = time.monotonic() + 20
    while group_lives(process.pid):
        assert time.monotonic() < deadline, "workers outlive the run"
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_lost_worker_is_said_and_loses_nothing(tmp_path, dump, model):
    target = tmp_path / "b.csv"
    command = [sys.executable, "-m", "scamclassify", "score", dump, "-o", target, "--model", model]
    command += ["--jobs", "2", "--batch-size", "10", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while (parts_done(target) or 0) < 4:
        assert process.poll() is None
        time.sleep(0.001)
    for task in Path(f"/proc/{process.pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.count("\n") == 1
    assert "a scoring process ended before its time" in err
    summary = score_file(dump, target, model=model, batch_size=10, jobs=1)
    assert 0 < summary.rows_resumed < summary.rows_read == N_ROWS


def group_lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_runs_for_one_target_are_kept_apart(tmp_path, dump, tiny_model):
    target = tmp_path / "b.csv"
    with (
        run_lock(state_folder(target), "b.csv"),
        pytest.raises(InputFileError, match="another run is writing"),
    ):
        score_file(dump, target, model=tiny_model, jobs=1)
    # The lock of a process that is gone holds nothing.
    assert score_file(dump, target, model=tiny_model, jobs=1).rows_read == N_ROWS


class Interrupting:
    """Scores some batches, then is interrupted."""

    def __init__(self, model, batches):
        self.classes_, self._model, self.left = model.classes_, model, batches

    def __reduce__(self):
        # Two of them that differ in what is left are one model.
        return Interrupting, (self._model, 0)

    def predict_proba(self, texts):
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self._model.predict_proba(texts)


@pytest.fixture
def interrupted(tmp_path, dump, tiny_model):
    """A target with an unfinished run, its model and its options."""
    options = {"batch_size": 100, "jobs": 1}
    said = []
    with pytest.raises(KeyboardInterrupt):
        score_file(dump, tmp_path / "b.csv", model=Interrupting(tiny_model, 4), say=said.append,
                   **options)  # fmt: skip
    assert "goes on where it stopped" in said[-1]
    return tmp_path / "b.csv", Interrupting(tiny_model, 1000), options


def test_an_interrupted_run_goes_on(interrupted, dump):
    target, model, options = interrupted
    summary = score_file(dump, target, model=model, **options)
    assert (summary.rows_read, summary.rows_resumed) == (N_ROWS, 400)
    assert model.left == 1000 - 11
    assert json.loads(summary.manifest.read_text())["runs"] == 2


def test_changes_are_named(interrupted, dump, tiny_model, tmp_path):
    target, model, options = interrupted
    changed = {**options, "batch_size": 50, "redact": True}
    with pytest.raises(InputFileError, match=r"options redact was false, is true; .* 100, is 50"):
        score_file(dump, target, model=model, **changed)
    with pytest.raises(InputFileError, match=r"model .*Interrupting"):
        score_file(dump, target, model=tiny_model, **options)
    other = tmp_path / "dump.jsonl.gz"
    other.write_bytes(gzip.compress(b'{"text": "hi"}\n'))
    with pytest.raises(InputFileError, match=r"inputs dump\.jsonl\.gz .* has changed"):
        score_file(other, target, model=model, **options)
    # Nothing of that has harmed the run.
    assert score_file(dump, target, model=model, **options).rows_resumed == 400


def test_starting_anew_forgets_the_run(interrupted, dump, tiny_model):
    target, _, options = interrupted
    summary = score_file(dump, target, model=tiny_model, restart=True, **options)
    assert (summary.rows_read, summary.rows_resumed) == (N_ROWS, 0)


@pytest.mark.parametrize("damage", ["journal", "rows", "both"])
def test_what_a_crash_of_the_system_lost_is_done_again(interrupted, dump, damage):
    target, model, options = interrupted
    state = state_folder(target)
    if damage != "rows":
        journal = (state / "journal.jsonl").read_bytes()
        (state / "journal.jsonl").write_bytes(journal[:-20])
    if damage != "journal":
        rows = bytearray((state / "rows").read_bytes())
        rows[len(rows) // 2 :] = bytes(len(rows) - len(rows) // 2)
        (state / "rows").write_bytes(rows)
    summary = score_file(dump, target, model=model, **options)
    assert 0 < summary.rows_resumed < 400
    anew = score_file(dump, target.with_name("c.csv"), model=model, **options)
    assert anew.target.read_bytes() == target.read_bytes()
