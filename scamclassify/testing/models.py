"""Does a model behave as the benchmark expects?"""

from __future__ import annotations

import numpy as np

from scamclassify.benchmark.fitting import target
from scamclassify.benchmark.model import ModelSpec, check_spec
from scamclassify.datasets.corpus import load_corpus
from scamclassify.evaluation.evaluator import scam_scores
from scamclassify.plugins import PluginError

_ODD = ("", " ", "a", "\u200b", "😀" * 50, "x" * 5000, "คุณ ကံ ຂ ខ 您 உ")


def check_model(spec: ModelSpec) -> None:
    """Check a model: it builds, learns, repeats itself, and takes odd texts.

    It is fitted on 400 carried messages.

    Parameters
    ----------
    spec : ModelSpec

    Raises
    ------
    PluginError
        At the first thing that is wrong.

    Examples
    --------
    >>> from scamclassify.benchmark.model import find_model
    >>> check_model(find_model("complement_nb"))
    """
    check_spec(spec)
    where = f"model {spec.name!r}"
    spec.check_installed()
    if spec.digest(0) != spec.digest(0):
        raise PluginError(f"{where}: two builds have different parameters")
    corpus = load_corpus(["en", "id"])
    frame = corpus.sample(400, random_state=0).reset_index(drop=True)
    texts = frame["text"].tolist()
    labels = target(spec, frame, None)
    first, second = (_scores(spec, frame, texts, labels, where) for _ in range(2))
    if not np.array_equal(first, second):
        raise PluginError(f"{where}: fitted twice with one seed, it gives different scores")
    scam = frame["label"].eq("scam").to_numpy()
    if len(set(first.tolist())) > 1 and first[scam].mean() <= first[~scam].mean():
        raise PluginError(f"{where}: on what it was fitted on, scams do not score above the rest")
    odd = _scores(spec, frame, list(_ODD), labels, where)
    if odd.shape != (len(_ODD),):
        raise PluginError(f"{where}: {len(_ODD)} odd texts gave scores of shape {odd.shape}")


def _scores(spec: ModelSpec, frame, texts, labels, where: str) -> np.ndarray:
    model = spec.build(0)
    encode = None if spec.encoder is None else spec.encoder().encode
    train = frame if spec.takes_frame else frame["text"].tolist()
    try:
        if encode is not None:
            model.fit(np.asarray(encode(frame["text"].tolist())), labels)
            scores, probabilistic = scam_scores(model, encode(texts))
        else:
            model.fit(train, labels)
            scores, probabilistic = scam_scores(model, texts)
    except Exception as error:
        raise PluginError(f"{where}: {type(error).__name__}: {error}") from error
    if not np.isfinite(scores).all():
        raise PluginError(f"{where}: a score is not a finite number")
    if probabilistic and not ((scores >= 0) & (scores <= 1)).all():
        raise PluginError(f"{where}: a probability lies outside 0 and 1")
    return scores
