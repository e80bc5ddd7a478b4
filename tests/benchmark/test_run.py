"""A run does what is missing, repeats itself to the last digit, and fails kindly."""

import json

import numpy as np
import pytest
from sklearn.linear_model import Perceptron
from sklearn.naive_bayes import MultinomialNB

from scamclassify.benchmark import ModelSpec, load_results, run_benchmark
from scamclassify.benchmark.fitting import ModelError
from scamclassify.benchmark.judging import Judge
from scamclassify.benchmark.model import find_model
from scamclassify.benchmark.resolve import resolve_models
from scamclassify.benchmark.results import KEY
from scamclassify.errors import FrameError, InputFileError, MissingExtraError, UnknownNameError
from scamclassify.plugins import PluginError


def test_what_is_there_is_not_run_again(folder, suite, monkeypatch):
    def fail(*_):
        raise AssertionError("ran again")

    monkeypatch.setattr(Judge, "_work", fail)
    options = {"suite": suite, "output": folder, "n_boot": 60, "progress": False}
    names = ["complement_nb", "prior"]
    assert len(run_benchmark(names, **options)) == 6
    with pytest.raises(AssertionError, match="ran again"):
        run_benchmark(names, seed=1, **options)
    with pytest.raises(AssertionError, match="ran again"):
        run_benchmark(names, refresh=True, **options)


@pytest.mark.parametrize(("task", "n_jobs"), [("across", 2), ("kinds", 1)])
def test_a_second_run_gives_every_digit_again(folder, suite, task, n_jobs):
    models = ["complement_nb", "hashed_logistic"]
    again = run_benchmark(models, task, suite=suite, n_boot=60, n_jobs=n_jobs, progress=False)
    first = {(one.task, one.model): one.content for one in load_results(folder)}
    assert len(again) == 2
    for one in again:
        kept = first[one.task, one.model]
        for field in (*KEY, "score", "slices", "languages", "resamples", "versions"):
            assert json.loads(one.to_json())[field] == kept[field], field


def test_a_result_says_what_it_rests_on(folder):
    one = next(iter(load_results(folder, ["tiny/across"], ["hashed_logistic"])))
    content = one.content
    assert content["data_revision"].startswith("corpus-")
    assert {"python", "numpy", "scikit-learn"} <= set(content["versions"])
    assert content["cost"]["n_fits"] == 2
    assert content["cost"]["peak_memory_mib"] > 10
    assert content["cost"]["fit_seconds"] > 0
    assert content["cost"]["fit_cpu_seconds"] > 0
    assert set(content["languages"]) == {"en", "th"}
    part = content["slices"]["th"]
    assert part["n"] > part["n_scam"] > 50
    assert set(part["figures"]) >= {"average_precision", "recall_at_fpr_0.01"}
    value, low, high = one.score
    assert low < value < high
    assert value > 0.4


def test_ours_takes_other_labels_than_those_of_the_frame(suite):
    (one,) = run_benchmark("facts_only", "kinds", suite=suite, n_boot=0, progress=False)
    assert one.score[0] > 0.2


def test_better_than_nothing(folder):
    scores = load_results(folder).scores()
    assert (scores.loc["complement_nb"] > scores.loc["prior"]).all()


def test_estimators_by_object_path_and_encoder(suite, tmp_path, monkeypatch):
    monkeypatch.setenv("SCAMCLASSIFY_VECTORS", str(tmp_path))

    class Letters:
        calls = 0

        def encode(self, texts):
            Letters.calls += len(texts)
            return np.array([[text.count(letter) for letter in "aeiou:/"] for text in texts])

    from scamclassify.benchmark.resolve import encoder_spec

    encoder = encoder_spec(Letters, "letters")
    options = {"suite": suite, "tasks": "in-domain", "n_boot": 0, "progress": False}
    results = run_benchmark({"mine": MultinomialNB(), "letters": encoder}, **options)
    assert [one.model for one in results] == ["mine", "letters"]
    assert all(0.3 < one.score[0] <= 1 for one in results)
    called = Letters.calls
    run_benchmark([encoder], **options)
    assert Letters.calls == called
    (spec,) = resolve_models("sklearn.linear_model:Perceptron")
    assert spec.name == "sklearn.linear_model.Perceptron"
    assert isinstance(spec.build(3)[-1], Perceptron)
    assert spec.build(3)[-1].random_state == 3


def test_how_a_model_prints_holds_no_address():
    assert "at 0x" in repr(find_model("shape").build(0))
    assert "at 0x" not in find_model("shape").built_as(0)


def test_speed_is_beside_a_named_peer(tiny):
    from scamclassify.benchmark.frames import task_frame
    from scamclassify.benchmark.speed import measure_speed
    from scamclassify.benchmark.splits import SPLITS

    frame = task_frame(tiny)
    (fold,) = SPLITS["speed"](frame, tiny)
    few = type(fold)("speed", "all", fold.train[:200], fold.test[:200])
    scored, cost = measure_speed(
        find_model("complement_nb"), find_model("tfidf_linear_svm"), frame, few, 0
    )
    assert scored["score"][0] > 1
    assert cost["reference"] == "tfidf_linear_svm"
    same, _ = measure_speed(find_model("prior"), find_model("prior"), frame, few, 0)
    assert same["score"][0] == 1.0


def broken(seed):
    class Broken:
        def fit(self, X, y):
            raise RuntimeError("no memory for this")

    return Broken()


@pytest.mark.parametrize(
    ("models", "error", "message"),
    [
        ("complement_nbb", UnknownNameError, "Did you mean 'complement_nb'"),
        ("sklearn.svm:NoSuch", UnknownNameError, "NoSuch"),
        ("no_such_package:Thing", UnknownNameError, "no_such_package"),
        (["prior", "prior"], PluginError, "two models are called 'prior'"),
        ([MultinomialNB()], PluginError, "give estimators as"),
        ({"mine": object()}, PluginError, "cannot be built|no method fit"),
        (
            ModelSpec("lacking", broken, needs=("no_such_package",)),
            MissingExtraError,
            r"scamclassify\[benchmark\]",
        ),
        (ModelSpec("broken", broken), ModelError, "'broken' failed in tiny/.*no memory"),
    ],
)
def test_errors_say_what_and_where(suite, models, error, message):
    with pytest.raises(error, match=message):
        run_benchmark(models, suite=suite, n_boot=0, progress=False)


def test_a_task_without_data_says_so(tiny):
    import dataclasses

    from scamclassify.benchmark.frames import task_frame

    task = dataclasses.replace(tiny, split="later")
    with pytest.raises(FrameError, match="no dated set"):
        list(task.folds(task_frame(task)))


def test_a_foreign_file_among_results(folder, tmp_path):
    with pytest.raises(InputFileError, match="holds no result"):
        load_results(tmp_path)
    (tmp_path / "task").mkdir()
    (tmp_path / "task" / "model.json").write_text("{}")
    with pytest.raises(InputFileError, match="no result of the benchmark"):
        load_results(tmp_path)
