"""Which of the thirteen languages a text is in.

The script decides Thai, Lao, Khmer, Burmese, Chinese and Tamil. Text in Latin letters goes
to a linear model over hashed character n-grams and words (softmax over the seven languages
and "none of them", which is what romanised Thai or Tamil is), in the manner of Cavnar and
Trenkle (1994) and Lui and Baldwin (2012). Its weights are in ``data/language``, made by
``data/language/build.py``; ``data/language/CARD.md`` says what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from scamclassify.labels import UNDETERMINED
from scamclassify.resources import resource_path
from scamclassify.text.codepoints import encode_texts
from scamclassify.text.language_features import DOWN, letter_entries
from scamclassify.text.scripts import SCRIPTS

#: Classes of the Latin-script model, in the order of its columns.
LATIN_LANGUAGES: tuple[str, ...] = ("en", "id", "ms", "vi", "tl", "pt", "tet", UNDETERMINED)

_OF_SCRIPT = {
    "thai": "th",
    "lao": "lo",
    "khmer": "km",
    "myanmar": "my",
    "han": "zh",
    "tamil": "ta",
}
# Codes of languages within a batch: places in the Latin-script model, then the other scripts.
_LANGUAGES = np.array([*LATIN_LANGUAGES, *_OF_SCRIPT.values()], dtype="<U3")
_NONE = LATIN_LANGUAGES.index(UNDETERMINED)
_CODE_OF_SCRIPT = np.array(
    [
        len(LATIN_LANGUAGES) + [*_OF_SCRIPT].index(name) if name in _OF_SCRIPT else _NONE
        for name in SCRIPTS
    ]
)
# How much of a message one letter carries, against a Latin letter.
_WEIGHTS = {"thai": 1.5, "lao": 1.5, "khmer": 1.3, "myanmar": 1.3, "tamil": 1.3, "han": 4.0}
#: Below this probability the answer is `UNDETERMINED`.
LEAST_PROBABILITY = 0.4
# Added to the letters of a text: few letters are little evidence.
_DOUBT = 1.0
_BLOCK = 4096


@dataclass(frozen=True)
class LanguageGuess:
    """A language and how likely it is.

    Attributes
    ----------
    language : str
        One of `scamclassify.labels.LANGUAGES` or ``"und"``.
    probability : float
        For ``"und"`` the probability of the best language all the same.
    """

    language: str
    probability: float


@dataclass(frozen=True)
class _Model:
    packed: np.ndarray  # (slots + 1,) uint64: a byte for each language, 0 at the end
    scale: float
    bias: np.ndarray  # (languages,) float32


def identify(text: str) -> LanguageGuess:
    """Identify the language of one text.

    Parameters
    ----------
    text : str

    Returns
    -------
    LanguageGuess

    Examples
    --------
    >>> identify("พรุ่งนี้เจอกันที่บ้านนะ").language
    'th'
    >>> identify("vui lòng liên hệ để nhận quà").language
    'vi'
    >>> identify("12345").language
    'und'
    """
    languages, probabilities = identify_batch([text])
    return LanguageGuess(str(languages[0]), float(probabilities[0]))


def identify_batch(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Identify the languages of many texts.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    languages : numpy.ndarray of str, shape (n,)
        Codes of `scamclassify.labels.LANGUAGES` or ``"und"``.
    probabilities : numpy.ndarray of float32, shape (n,)
        Of the best language, also where the answer is ``"und"``.

    Examples
    --------
    >>> languages, probabilities = identify_batch(["你在哪里", "saan ka na ba ngayon"])
    >>> languages.tolist()
    ['zh', 'tl']
    """
    languages = np.full(len(texts), UNDETERMINED, dtype="<U3")
    probabilities = np.zeros(len(texts), dtype=np.float32)
    for start in range(0, len(texts), _BLOCK):
        block = slice(start, start + _BLOCK)
        languages[block], probabilities[block] = identify_encoded(*encode_texts(texts[block]))
    return languages, probabilities


def script_shares(texts: Sequence[str]) -> np.ndarray:
    """Share of each script among the letters of each text, links left out.

    Parameters
    ----------
    texts : sequence of str
        Length n.

    Returns
    -------
    numpy.ndarray of float32, shape (n, len(SCRIPTS))
        Columns as `scamclassify.text.scripts.SCRIPTS`; the first is 1 where there are no
        letters, else 0. Rows sum to 1.

    Examples
    --------
    >>> shares = script_shares(["ok ครับ"])
    >>> dict(zip(SCRIPTS, shares[0].round(2).tolist()))["latin"]
    0.33...
    """
    counts = _read(*encode_texts(texts), np.arange(len(SCRIPTS)) > 0)[0].astype(np.float32)
    total = counts.sum(axis=1)
    counts[total == 0, 0] = 1
    return counts / np.maximum(total, 1)[:, None]


def _read(
    codes: np.ndarray, offsets: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weighted letters of each script, sums of the Latin model's weights, numbers of n-grams."""
    from scamclassify.text.language_kernel import read_batch

    n = len(offsets) - 1
    weighted = np.empty((n, len(SCRIPTS)), dtype=np.float64)
    sums = np.zeros((n, len(LATIN_LANGUAGES)), dtype=np.int64)
    sizes = np.zeros(n, dtype=np.int64)
    read_batch(
        codes, offsets, letter_entries(), weights.astype(np.float64), _model().packed, DOWN,
        weighted, sums, sizes,
    )  # fmt: skip
    return weighted, sums, sizes


@cache
def _script_weights() -> np.ndarray:
    weights = [_WEIGHTS.get(name, 1.0) for name in SCRIPTS]
    return np.array([0.0, *weights[1:]])


def identify_encoded(codes: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Identify the languages of an encoded batch, as :func:`identify_batch` does.

    Parameters
    ----------
    codes, offsets : numpy.ndarray
        As :func:`scamclassify.text.codepoints.encode_texts` returns them.
    """
    n = len(offsets) - 1
    weighted, sums, sizes = _read(codes, offsets, _script_weights())
    total = weighted.sum(axis=1)
    main = weighted.argmax(axis=1)
    share = weighted[np.arange(n), main] / np.maximum(total, 1.0)
    certainty = share * (total / (total + _DOUBT))

    chosen = _CODE_OF_SCRIPT[main]
    probabilities = np.where(chosen == _NONE, 0.0, certainty).astype(np.float32)
    # Kana among the ideographs is Japanese, and not ours.
    other = weighted[:, SCRIPTS.index("other")]
    foreign = (main == SCRIPTS.index("han")) & (other * 8 > total)
    probabilities[foreign] = 0.0
    latin = np.flatnonzero(sizes)
    if len(latin):
        scores = _probabilities(sums[latin], sizes[latin])
        best = scores[:, :-1].argmax(axis=1)
        top = scores[np.arange(len(best)), best]
        probabilities[latin] = top * certainty[latin]
        # Where "none of them" is likelier than any, none is the answer.
        chosen[latin] = np.where(scores[:, -1] > top, _NONE, best)
    chosen[(probabilities < LEAST_PROBABILITY) | (total == 0)] = _NONE
    probabilities[total == 0] = 0.0
    return _LANGUAGES[chosen], probabilities


@cache
def _model() -> _Model:
    with np.load(resource_path("data", "language", "weights.npz"), allow_pickle=False) as stored:
        # Eight weights of a byte each make one word, so that one addition serves four.
        shifted = (stored["weights"].astype(np.int16) + 128).astype(np.uint8)
        packed = np.ascontiguousarray(shifted).view("<u8").reshape(-1).astype(np.uint64)
        packed = np.append(packed, np.uint64(0))
        return _Model(packed, float(stored["scale"]), stored["bias"].astype(np.float32))


def _probabilities(sums: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Probabilities of the classes of the Latin-script model, float32 (n, 8)."""
    model = _model()
    scores = (model.scale * sums / np.sqrt(sizes)[:, None]).astype(np.float32) + model.bias
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    return scores / scores.sum(axis=1, keepdims=True)
