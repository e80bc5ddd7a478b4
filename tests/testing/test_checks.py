"""The checks let good newcomers pass and say of bad ones what is wrong."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from scamclassify.benchmark import Fold, ModelSpec, Task
from scamclassify.benchmark.splits import SPLITS
from scamclassify.datasets.external import (
    ExternalDataset,
    register_dataset,
    unregister_dataset,
)
from scamclassify.datasets.registry import data_revision, dataset_names, load_dataset
from scamclassify.errors import FrameError, UnknownNameError
from scamclassify.features.concepts import default_matcher
from scamclassify.knowledge.additions import LexiconAddition, register_lexicon, use_lexicon
from scamclassify.knowledge.lexicon import Concept, load_lexicon
from scamclassify.labels import Language, known_languages, register_language, unregister_language
from scamclassify.plugins import PluginError
from scamclassify.testing import (
    check_concept,
    check_dataset,
    check_language,
    check_model,
    check_task,
)

TABLE = pd.DataFrame(
    {"text": ["win a prize", "claim it now", "see you", "lunch?"],
     "label": ["scam", "scam", "ham", "ham"]}
)  # fmt: skip
GOOD = ExternalDataset("notes", lambda: TABLE, ("en",), "CC0", "none")


def with_table(table, **fields):
    return dataclasses.replace(GOOD, load=lambda: table, **fields, _kept={})


def test_a_good_data_set_is_found_by_name():
    check_dataset(GOOD)
    register_dataset(GOOD)
    try:
        frame = load_dataset("notes")
        assert frame.attrs["revision"] == data_revision("notes")
        assert frame["id"].tolist() == ["notes-1", "notes-2", "notes-3", "notes-4"]
        assert "notes" in dataset_names()
        assert "notes" not in dataset_names(added=False)
        with pytest.raises(PluginError, match="'notes' already"):
            register_dataset(GOOD)
        register_dataset(GOOD, replace=True)
        with pytest.raises(UnknownNameError, match="option of data set 'notes' 'spam_as'"):
            load_dataset("notes", spam_as="scam")
    finally:
        unregister_dataset("notes")
    with pytest.raises(UnknownNameError, match="unknown data set 'notes'"):
        load_dataset("notes")
    with pytest.raises(PluginError, match="carries a data set 'uci_sms'"):
        register_dataset(dataclasses.replace(GOOD, name="uci_sms"))


def test_added_sets_never_enter_the_default_training_data():
    before = data_revision()
    register_dataset(GOOD)
    try:
        assert data_revision() == before
    finally:
        unregister_dataset("notes")


@pytest.mark.parametrize(
    ("dataset", "message"),
    [
        (with_table(TABLE, name="Notes"), "lower-case letters"),
        (with_table(TABLE, languages="en"), "tuple of codes"),
        (with_table(TABLE, languages=("xx",)), "unknown language 'xx'"),
        (with_table(TABLE, licence=" "), "licence is empty"),
        (with_table(TABLE.drop(columns="label")), r"lacks the column\(s\) label"),
        (with_table(TABLE.head(0)), "has no message"),
        (with_table(TABLE.assign(label="spam")), "'notes': column 'label', row 0: 'spam'"),
        (with_table(TABLE.assign(id="one")), "row 1: id 'one' occurs twice"),
        (with_table(TABLE.assign(text=["a", "b", " ", "c"])), "row 2: the text is empty"),
        (with_table(TABLE.assign(language="th")), "messages in th"),
        (with_table(TABLE.assign(text="same")), "100% of its rows share a text"),
        (with_table([1, 2]), "returned a list"),
    ],
)
def test_data_sets_that_are_wrong(dataset, message):
    with pytest.raises((PluginError, FrameError, UnknownNameError), match=message):
        check_dataset(dataset)


def test_a_data_set_that_changes_between_loads():
    counter = iter(range(10))
    moving = dataclasses.replace(
        GOOD, load=lambda: TABLE.assign(text=TABLE["text"] + str(next(counter))), _kept={}
    )
    with pytest.raises(PluginError, match="two loads gave different messages"):
        check_dataset(moving)


def test_languages():
    varied = [
        "Rahajeng semeng, punapi gatra?", "Titiang lunga ka peken mangkin",
        "Meme ngajeng ring jumah",
        "Benjang wenten odalan ring pura", "Adi sampun budal saking sekolah", "Tulung beliang kopi",
        "Sabehe bales pisan ring Ubud", "Bapa magae di carik", "Ngiring masembahyang sareng-sareng",
        "Suksma antuk wantuan ragane",
    ]  # fmt: skip
    check_language(Language("ban", "Balinese"), varied)
    register_language(Language("ban", "Balinese", "Basa Bali"))
    try:
        assert known_languages()["ban"] == "Balinese"
        check_dataset(with_table(TABLE, languages=("ban",)))
        with pytest.raises(PluginError, match="'ban' already"):
            register_language(Language("ban", "Balinese"))
    finally:
        unregister_language("ban")
    with pytest.raises(UnknownNameError, match="unknown language 'ban'"):
        check_dataset(with_table(TABLE, languages=("ban",)))
    with pytest.raises(PluginError, match="two or three letters"):
        check_language(Language("Ban", "Balinese"), varied)
    with pytest.raises(PluginError, match="is Thai already"):
        check_language(Language("th", "Thai"), varied)
    with pytest.raises(PluginError, match="ten sentences"):
        check_language(Language("ban", "Balinese"), varied[:3])
    with pytest.raises(PluginError, match="near-duplicates"):
        check_language(Language("ban", "Balinese"), ["Rahajeng semeng sareng sami"] * 9 + ["a b"])


def test_additions_to_the_lexicon_are_used_when_asked_for():
    crypto = Concept("seed_phrase", "scam", "ask", "Asks for the words of a wallet")
    addition = LexiconAddition(
        "wallets",
        {
            "en": {
                "seed_phrase": "twelve coin words | coin recovery words*",
                "prize_win": "u hav won",
            }
        },
        (crypto,),
        {("en", "seed_phrase"): "asks for the secret words of a wallet"},
    )
    check_concept(addition)
    before = load_lexicon()
    register_lexicon(addition, replace=True)
    assert load_lexicon() == before
    try:
        used = use_lexicon("wallets")
        assert load_lexicon().revision == used.revision != before.revision
        assert used.concepts[: len(before.concepts)] == before.concepts
        found = {
            match.concept for match in default_matcher().matches("u hav won, twelve coin words?")
        }
        assert {"seed_phrase", "prize_win"} <= found
        assert used.reason("seed_phrase") == "asks for the secret words of a wallet"
    finally:
        use_lexicon()
    assert load_lexicon() == before
    assert not default_matcher().matches("twelve coin words")


def test_a_model_from_before_does_not_score_with_other_concepts(small_model):
    crypto = Concept("seed_phrase", "scam", "ask", "Asks for the words of a wallet")
    register_lexicon(
        LexiconAddition("one", {"en": {"seed_phrase": "abc"}}, (crypto,)), replace=True
    )
    before = small_model.predict_proba(["hello"])
    try:
        use_lexicon("one")
        with pytest.raises(ValueError, match="load it again, or fit it again"):
            small_model.predict_proba(["hello"])
    finally:
        use_lexicon()
    assert np.array_equal(small_model.predict_proba(["hello"]), before)


@pytest.mark.parametrize(
    ("forms", "message"),
    [
        ({"en": {"prize_wn": "you won"}}, "Did you mean 'prize_win'"),
        ({"xx": {"prize_win": "you won"}}, "unknown language 'xx'"),
        ({}, "has no form"),
        ({"en": {"prize_win": "you won | "}}, "an empty form"),
        ({"en": {"prize_win": "..."}}, "not found in itself"),
        ({"en": {"prize_win": "the*"}}, "of honest messages; make them longer"),
        ({"en": {"prize_win": "odd form", "loan_offer": "odd form"}}, "is one of 'prize_win'"),
    ],
)
def test_additions_that_are_wrong(forms, message):
    with pytest.raises((PluginError, UnknownNameError), match=message):
        check_concept(LexiconAddition("bad", forms))


class Stub:
    """A model that scores by a function."""

    classes_ = np.array(["ham", "scam"])

    def __init__(self, score):
        self.score = score

    def fit(self, X, y):
        return self

    def decision_function(self, X):
        return np.array([self.score(text) for text in X])


@pytest.mark.parametrize(
    ("score", "message"),
    [
        (lambda text: np.nan, "not a finite number"),
        (lambda text: -float(len(text)), "scams do not score above the rest"),
        (lambda text: np.random.default_rng().random(), "different scores"),
        (lambda text: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_models_that_are_wrong(score, message):
    with pytest.raises(PluginError, match=message):
        check_model(ModelSpec("stub", lambda seed: Stub(score)))
    check_model(ModelSpec("stub", lambda seed: Stub(lambda text: len(text) + 0.5)))
    with pytest.raises(PluginError, match="letters, digits"):
        check_model(ModelSpec("a stub", lambda seed: None))


def leaky(frame, task):
    """A split with a leak: every test message is trained on."""
    for fold in SPLITS["in_domain"](frame, task):
        yield dataclasses.replace(fold, train=np.union1d(fold.train, fold.test))


def one_class(frame, task):
    """A split without honest messages on the test side."""
    for fold in SPLITS["in_domain"](frame, task):
        scam = frame["label"].iloc[fold.test].eq("scam").to_numpy()
        yield dataclasses.replace(fold, test=fold.test[scam])


def same_names(frame, task):
    """A split whose folds are all called the same."""
    for fold in SPLITS["in_domain"](frame, task):
        yield Fold("one", fold.slice, fold.train, fold.test)


@pytest.mark.parametrize(
    ("split", "message"),
    [
        (leaky, "near-duplicates of test messages are trained on"),
        (one_class, "test side has one class only"),
        (same_names, "two folds share a name"),
        (lambda frame, task: iter(()), "has no fold"),
    ],
)
def test_tasks_that_are_wrong(split, message, monkeypatch):
    fields = {"datasets": (), "corpus": True, "origin": "authored", "languages": ("tet",),
              "metric": "average_precision", "citation": "none", "description": "x"}  # fmt: skip
    monkeypatch.setitem(SPLITS, "wrong", split)
    with pytest.raises(PluginError, match=message):
        check_task(Task(id="mine/wrong", split="wrong", **fields))
