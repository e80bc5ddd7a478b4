"""A model that ran elsewhere gets the same figures as one that ran here."""

import numpy as np
import pandas as pd
import pytest

from scamclassify.benchmark import export_folds, find_tasks, load_results, run_benchmark
from scamclassify.benchmark.frames import task_frame
from scamclassify.benchmark.model import find_model
from scamclassify.benchmark.predictions import write_folds
from scamclassify.errors import InputFileError
from scamclassify.evaluation.evaluator import scam_scores


@pytest.fixture(scope="module")
def made_elsewhere(suite):
    """What a user elsewhere would do with the exported folds of two tasks."""
    tasks = find_tasks(["in-domain", "kinds"], suite)
    folds = pd.concat(export_folds(tasks))
    assert list(folds.columns) == ["task", "fold", "slice", "side", "id", "target"]
    texts = task_frame(tasks[0]).set_index("id")["text"]
    rows = []
    for (task, fold), part in folds.groupby(["task", "fold"], sort=False):
        train, test = part[part["side"] == "train"], part[part["side"] == "test"]
        labels = np.where(train["target"].eq(1), "scam", "ham")
        model = find_model("hashed_logistic").build(0)
        model.fit(texts[train["id"]].tolist(), labels)
        scores, _ = scam_scores(model, texts[test["id"]].tolist())
        rows.append(pd.DataFrame({"task": task, "fold": fold, "id": test["id"], "score": scores}))
    return pd.concat(rows).sample(frac=1, random_state=0)


@pytest.fixture
def predictions(made_elsewhere, tmp_path):
    """A file with them."""
    path = tmp_path / "elsewhere.csv"
    made_elsewhere.to_csv(path, index=False)
    return path


def test_the_round_trip(predictions, suite, folder):
    results = run_benchmark(f"predictions:{predictions}", suite=suite, n_boot=60, progress=False)
    assert [one.task for one in results] == ["tiny/in-domain", "tiny/kinds"]
    here = {one.task: one for one in load_results(folder, models=["hashed_logistic"])}
    for one in results:
        assert one.model == "elsewhere"
        assert one.score == pytest.approx(here[one.task].score, abs=1e-5)


def test_no_text_and_the_same_bytes(suite, tmp_path):
    tasks = find_tasks("in-domain", suite)
    paths = [tmp_path / name for name in ("a.csv.gz", "b.csv.gz")]
    rows = [write_folds(tasks, path, side="test") for path in paths]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    table = pd.read_csv(paths[0])
    assert len(table) == rows[0] > 500
    texts = set(task_frame(tasks[0])["text"])
    assert not texts & set(table.astype(str).to_numpy().ravel())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="fold"), r"lacks the column\(s\) fold"),
        (lambda table: table.assign(score="high"), "row 2: score 'high' is not a finite number"),
        (lambda table: pd.concat([table, table.head(1)]), "a second score of the same id"),
        (lambda table: table.iloc[1:], "lacks 1 of .* messages, the first is 'corpus-"),
        (lambda table: table[table["fold"] != "en-0"], "no scores for fold 'en-0'"),
    ],
)
def test_wrong_files_say_where(predictions, suite, change, message):
    table = pd.read_csv(predictions).sort_values(["task", "fold", "id"])
    change(table).to_csv(predictions, index=False)
    with pytest.raises(InputFileError, match=message):
        run_benchmark(f"predictions:{predictions}", suite=suite, n_boot=0, progress=False)
