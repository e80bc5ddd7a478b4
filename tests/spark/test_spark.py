"""Spark gives what one machine gives."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import scamclassify
from scamclassify import find_campaigns, load_corpus, save_model, score_file

FIELDS = ["label", "probabilities", "type", "language", "reasons", "repairs", "indicators"]
N_PARTITIONS = 5
# A process of its own: Spark's threads, files and warnings are not those of these tests.
CODE = """
import json, sys
from pyspark.sql import SparkSession
import scamclassify
from scamclassify.errors import UnknownNameError
from scamclassify.spark import campaigns, score

source, model, folder, fields, partitions = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]").appName("test")
    .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
    .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "70")
    .getOrCreate()
)
df = spark.read.parquet(source).repartition(int(partitions))
assert df.rdd.getNumPartitions() == int(partitions)
score(df, model=model, add=fields.split(",")).write.parquet(folder + "/scored")
campaigns(df).write.parquet(folder + "/campaigns")
errors = []
for wrong in (lambda: score(df, "txt"), lambda: score(df, "id"), lambda: score([]),
              lambda: score(df, add=["labels"]), lambda: campaigns(df, min_size=0)):
    try:
        wrong()
    except (UnknownNameError, TypeError, ValueError) as error:
        errors.append(str(error))
empty = campaigns(df.where("false")).count()
print(json.dumps({"errors": errors, "empty": empty}))
spark.stop()
"""


@pytest.fixture(scope="module")
def results(small_model, tmp_path_factory):
    """Folder with what Spark wrote, and what it printed."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    folder = tmp_path_factory.mktemp("spark")
    base = load_corpus(["en", "th", "id", "my"])["text"].tolist()[:300]
    # Near-duplicates of some of them, and rows without a text.
    texts = [*base, *(f"{text} {n}" for text in base[:60] for n in (7, 88, 999)), None, "  "]
    frame = pd.DataFrame({"id": np.arange(len(texts)), "text": texts})
    frame.to_parquet(folder / "messages.parquet", index=False)
    model = save_model(small_model, folder / "small.scam")
    arguments = [folder / "messages.parquet", model, folder, ",".join(FIELDS), N_PARTITIONS]
    paths = [str(Path(scamclassify.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-c", CODE, *map(str, arguments)],
        capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)),
             "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return folder, json.loads(done.stdout.splitlines()[-1])


def read(folder):
    return pq.read_table(folder).to_pandas().sort_values("id").reset_index(drop=True)


def test_scores_are_those_of_one_machine(results):
    folder, _ = results
    assert len(list((folder / "scored").glob("*.parquet"))) > 1
    found = read(folder / "scored")
    score_file(
        folder / "messages.parquet", folder / "one.parquet", model=folder / "small.scam",
        add=FIELDS, jobs=1, progress=False,
    )  # fmt: skip
    expected = read(folder / "one.parquet")
    assert list(found.columns) == list(expected.columns)
    assert found["label"].isna().sum() == 2
    assert expected["label"].nunique() > 1
    pd.testing.assert_frame_equal(
        found[found["label"].notna()].reset_index(drop=True), expected, check_exact=True
    )


def test_campaigns_are_those_of_one_machine(results):
    folder, _ = results
    found = read(folder / "campaigns")
    frame = read(folder / "messages.parquet")
    frame["text"] = frame["text"].fillna("")
    expected = find_campaigns(frame).assignments
    assert expected.nunique() > 20
    assert found["campaign"].astype("string").tolist() == expected.tolist()


def test_wrong_arguments_and_empty_frames(results):
    said = results[1]
    for message, part in zip(
        said["errors"],
        ["Did you mean 'text'", "not strings", "Spark DataFrame", "'labels'", "min_size"],
        strict=True,
    ):
        assert part in message
    assert said["empty"] == 0
