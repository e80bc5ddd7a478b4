"""A package outside adds a language, a data set, a model and a task in under 30 lines."""

import os
import subprocess
import sys
from pathlib import Path

import scamclassify

MODULE = '''
"""Balinese for scamclassify (made up)."""
import random
import pandas as pd
from scamclassify.benchmark import ModelSpec, Task
from scamclassify.datasets.external import ExternalDataset
from scamclassify.labels import Language

BALINESE = Language("ban", "Balinese", "Basa Bali")
WORDS = """rahajeng semeng ring warung jam iraga matemu eling nggih sareng pasar umah meme bapa
    adi beli toko sekolah carik yeh toya nasi jaja kopi gula uyah lunga budal mulih rauh""".split()

def messages():
    rng = random.Random(0)
    rows = [(" ".join(rng.sample(WORDS, 9)), i % 2) for i in range(120)]
    return pd.DataFrame([(t + " menang hadiah" * s, ["ham", "scam"][s]) for t, s in rows],
                        columns=["text", "label"])

DATASET = ExternalDataset("balinese", messages, ("ban",), licence="CC0", citation="none")

def build(seed):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import BernoulliNB
    from sklearn.pipeline import make_pipeline
    return make_pipeline(CountVectorizer(binary=True), BernoulliNB())

MODEL = ModelSpec("toy_model", build, "Bernoulli naive Bayes on words")
TASK = Task(id="toy/balinese", description="Grouped folds.", datasets=("balinese",), corpus=False,
            origin="collected", split="in_domain", metric="average_precision",
            languages=("ban",), citation="none")
'''
ENTRY_POINTS = """
[scamclassify.languages]
ban = toy_scam:BALINESE
[scamclassify.datasets]
balinese = toy_scam:DATASET
[scamclassify.models]
toy_model = toy_scam:MODEL
broken_model = toy_scam:NO_SUCH_THING
[scamclassify.tasks]
toy/balinese = toy_scam:TASK
"""


def install(folder: Path) -> dict[str, str]:
    """What an installer leaves behind, and the environment that finds it."""
    (folder / "toy_scam.py").write_text(MODULE, encoding="utf-8")
    info = folder / "toy_scam-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-scam\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    root = Path(scamclassify.__file__).parent.parent
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), str(root)])}


def run(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "scamclassify", *arguments],
        env=environment, capture_output=True, text=True, timeout=300, encoding="utf-8",
    )  # fmt: skip


def test_it_is_under_thirty_lines():
    assert len(MODULE.strip().splitlines()) < 30


def test_a_newcomer_is_in_the_table(tmp_path):
    environment = install(tmp_path) | {"PYTHONIOENCODING": "utf-8"}
    done = run(
        environment, "benchmark", "run", "--suite", "toy", "--models", "toy_model", "prior",
        "--output", str(tmp_path / "results"), "--quiet",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith("|")]
    assert rows[0][2].strip() == "balinese"
    scores = {row[1].strip(): float(row[2].strip(" *")) for row in rows[2:]}
    assert set(scores) == {"toy_model", "prior"}
    assert scores["toy_model"] > 0.9 > scores["prior"]
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "import scamclassify as s, toy_scam\n"
        "from scamclassify.testing import check_dataset, check_model, check_task\n"
        "frame = s.load_dataset('balinese')\n"
        "print(len(frame), set(frame['language']), 'balinese' in set(s.list_datasets()['name']))\n"
        "check_dataset(toy_scam.DATASET), check_model(toy_scam.MODEL), check_task(toy_scam.TASK)\n"
        "print('checked')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.splitlines() == ["120 {'ban'} True", "checked"], done.stderr


def test_a_plugin_that_fails_is_named_and_left_out(tmp_path):
    environment = install(tmp_path)
    done = run(environment, "benchmark", "list", "--suite", "toy")
    assert done.returncode == 0
    assert "toy_model" in done.stdout
    assert "complement_nb" in done.stdout
    assert "'broken_model' of toy_scam:NO_SUCH_THING is left out" in done.stderr
    done = run(environment, "benchmark", "show", "model", "toy_modle")
    assert done.returncode == 2
    assert "Did you mean 'toy_model'?" in done.stderr
