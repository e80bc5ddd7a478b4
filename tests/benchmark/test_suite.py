"""The published suite stays as it was published, and its folds are sound."""

import dataclasses

import pytest

from scamclassify.benchmark import Task, find_tasks, suite_names, suite_tasks
from scamclassify.benchmark.frames import current_revision, task_frame
from scamclassify.benchmark.splits import SPLITS
from scamclassify.benchmark.suites import definitions, frozen_definitions
from scamclassify.benchmark.task import folds_digest, register_task, split_function
from scamclassify.errors import UnknownNameError
from scamclassify.evaluation.disguise import disguise, units
from scamclassify.plugins import PluginError
from scamclassify.testing import check_task

SUITE = "asean-2026.1"


def test_published_tasks_are_not_edited():
    frozen = {
        name: {key: kept[key] for key in ("digest", "definition")}
        for name, kept in frozen_definitions(SUITE).items()
    }
    assert definitions(SUITE) == frozen, (
        "a published task was edited: give the changed one a new id, and name it in "
        "superseded_by of the old one"
    )


def test_superseding_does_not_change_a_digest():
    task = suite_tasks()[0]
    assert dataclasses.replace(task, superseded_by="new/one").digest() == task.digest()
    assert dataclasses.replace(task, seed=1).digest() != task.digest()


def test_the_suite_has_what_was_promised():
    tasks = {task.name: task for task in suite_tasks()}
    assert set(tasks) >= {
        "in-domain", "cross-source", "cross-language", "language-pairs", "later", "disguise",
        "few-shot-8", "few-shot-32", "few-shot-128", "false-alarms", "calibration", "scam-type",
        "speed",
    }  # fmt: skip
    assert {code for task in tasks.values() for code in task.languages} == {
        "en", "id", "ms", "th", "vi", "tl", "my", "km", "lo", "zh", "ta", "pt", "tet",
    }  # fmt: skip
    for task in tasks.values():
        assert task.revision
        assert "http" in task.citation


@pytest.mark.parametrize("task", suite_tasks(), ids=lambda task: task.name)
def test_folds_of_the_suite_are_sound(task, mirror):
    if task.name in ("in-domain-authored", "few-shot-8", "few-shot-32", "scam-type-found"):
        pytest.skip("made by the same function as a task that is checked")
    frame = task_frame(task)
    assert frame.attrs["revision"] == current_revision(task) == task.revision
    folds = list(task.folds(frame))
    assert (
        folds_digest(folds, frame["id"].to_numpy()) == frozen_definitions(SUITE)[task.id]["folds"]
    ), (
        "code that splits rest on (near-duplicates, disguises, the lexicon) has changed: supersede "
        "the task, and run every model again"
    )
    check_task(task, frame)
    if task.split == "false_alarms":
        trained = {source for fold in task.folds(frame) for source in frame["source"][fold.train]}
        assert not trained & {fold.slice for fold in task.folds(frame)}
    if task.split == "leave_language_out":
        for fold in task.folds(frame):
            assert fold.slice not in set(frame["language"].iloc[fold.train])
    if task.split == "cross_source":
        for fold in task.folds(frame):
            assert fold.slice not in set(frame["source"].iloc[fold.train])
    if task.split == "later":
        for fold in task.folds(frame):
            part = frame.iloc[fold.train]
            same = part["date"][part["source"] == fold.slice]
            assert same.max() < frame["date"].iloc[fold.test].min()


def test_disguises_of_the_suite_do_not_move_with_the_lexicon(mirror, monkeypatch):
    task = find_tasks("disguise")[0]
    frame = task_frame(task)
    monkeypatch.setattr(units, "concept_spans", lambda text: ())
    units._units.cache_clear()
    digest = folds_digest(task.folds(frame), frame["id"].to_numpy())
    assert digest == frozen_definitions(SUITE)[task.id]["folds"]


def test_recorded_concepts_are_disguised_first():
    text = "See you at the market tomorrow morning"
    with units.recorded_concepts({text: ((15, 21),)}):
        assert [text[u.start : u.end] for u in units.find_units(text) if u.key] == ["market"]
        for name in ("lookalike", "emoji"):
            changed = disguise([text], name, strength=0)[0]
            assert changed.startswith("See you at the ")
            assert changed.endswith(" tomorrow morning")
    assert "market" not in [text[u.start : u.end] for u in units.find_units(text) if u.key]


def test_names_patterns_and_nearest_matches():
    assert suite_names() == (SUITE,)
    names = [task.name for task in find_tasks(["later", "few-shot-*"])]
    assert names == ["later", "few-shot-8", "few-shot-32", "few-shot-128"]
    assert find_tasks(f"{SUITE}/later")[0].name == "later"
    with pytest.raises(UnknownNameError, match="Did you mean 'cross-language'"):
        find_tasks("cros-language")
    with pytest.raises(UnknownNameError, match=r"Did you mean 'asean-2026\.1'"):
        suite_tasks("asean-2026.2")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "no suite"}, "suite/name"),
        ({"metric": "average_precison"}, "Did you mean 'average_precision'"),
        ({"origin": "invented"}, "unknown origin"),
        ({"languages": ()}, "tests no language"),
        ({"languages": ("xx",)}, "unknown language"),
        ({"citation": " "}, "citation is empty"),
        ({"datasets": (), "corpus": False}, "neither data sets nor the corpus"),
        ({"train_sample": 0}, "1 or more"),
    ],
)
def test_a_task_that_is_wrong_says_so(tiny, change, message):
    with pytest.raises((PluginError, UnknownNameError), match=message):
        dataclasses.replace(tiny, **change)


def test_a_published_suite_takes_no_more_tasks(tiny):
    with pytest.raises(PluginError, match="takes no more tasks"):
        register_task(dataclasses.replace(tiny, id=f"{SUITE}/mine"))
    with pytest.raises(UnknownNameError, match="Did you mean 'in_domain'"):
        register_task(dataclasses.replace(tiny, id="mine/mine", split="in_domian"))


def test_a_split_by_import_path():
    assert split_function("scamclassify.benchmark.splits.later:later") is SPLITS["later"]


def test_tasks_are_frozen(tiny):
    assert isinstance(tiny, Task)
    with pytest.raises(dataclasses.FrozenInstanceError):
        tiny.seed = 3
