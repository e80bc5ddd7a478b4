"""Vectors of texts, kept on disk: a text is encoded once, whatever fold it is in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import numpy as np

from scamclassify.atomic import atomic_writer
from scamclassify.datasets.mirror import data_home

_BLOCK = 200


def vector_folder() -> Path:
    """Where vectors are kept: ``SCAMCLASSIFY_VECTORS``, else ``vectors`` in the data home."""
    named = os.environ.get("SCAMCLASSIFY_VECTORS")
    return Path(named) if named else data_home(None) / "vectors"


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


class VectorStore:
    """Vectors by text; no text is kept, only its hash.

    Parameters
    ----------
    name : str
        Name of the encoder and its version: another one has other vectors.
    folder : path, optional
        By default :func:`vector_folder`.

    Examples
    --------
    >>> import tempfile
    >>> class Length:
    ...     def encode(self, texts):
    ...         return np.array([[len(text)] for text in texts], dtype=float)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     VectorStore("length", folder).add(["a", "bcd"], Length)
    ...     VectorStore("length", folder).look_up(["bcd"]).tolist()
    2
    [[3.0]]
    """

    def __init__(self, name: str, folder: str | Path | None = None) -> None:
        self.path = (Path(folder) if folder else vector_folder()) / f"{name}.npz"
        self._places: dict[bytes, int] = {}
        self._vectors: np.ndarray | None = None
        if self.path.is_file():
            with np.load(self.path, allow_pickle=False) as kept:
                keys, self._vectors = kept["keys"], kept["vectors"]
            raw = keys.tobytes()
            self._places = {raw[i : i + 16]: i // 16 for i in range(0, len(raw), 16)}

    def add(self, texts: Iterable[str], encoder: Any, progress: bool = False) -> int:
        """Encode the texts that are not kept yet.

        Parameters
        ----------
        texts : iterable of str
        encoder : callable
            Returns the object with ``encode``; it is not called when nothing is missing.
        progress : bool, default=False

        Returns
        -------
        int
            How many were encoded. Every few hundred are saved, so an interruption costs little.
        """
        missing = {key: text for text in texts if (key := _key(text)) not in self._places}
        if not missing:
            return 0
        from tqdm import tqdm

        model = encoder()
        keys = list(missing)
        bar = tqdm(total=len(keys), desc=self.path.stem, unit="text", disable=not progress)
        for start in range(0, len(keys), _BLOCK):
            block = keys[start : start + _BLOCK]
            found = np.asarray(model.encode([missing[key] for key in block]), dtype=np.float32)
            if found.shape[:1] != (len(block),) or found.ndim != 2:
                raise ValueError(
                    f"the encoder returned an array of shape {found.shape} for {len(block)} "
                    "texts; needed: (n_texts, n_dimensions)"
                )
            if self._vectors is not None:
                found = np.concatenate([self._vectors, found])
            self._places |= {key: len(found) - len(block) + i for i, key in enumerate(block)}
            self._vectors = found
            if start // _BLOCK % 5 == 4 or start + _BLOCK >= len(keys):
                self._save()
            bar.update(len(block))
        bar.close()
        return len(keys)

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(self._places), dtype=np.uint8).reshape(-1, 16)
        vectors = np.empty((0, 0), np.float32) if self._vectors is None else self._vectors
        with atomic_writer(self.path) as stream:
            np.savez(stream, keys=keys, vectors=vectors)

    def look_up(self, texts: Iterable[str]) -> np.ndarray:
        """Vectors of texts that are kept, float32 array of shape (n_texts, n_dimensions)."""
        places = [self._places[_key(text)] for text in texts]
        if self._vectors is None:
            return np.empty((0, 0), dtype=np.float32)
        return self._vectors[places]


class OnVectors:
    """A classifier of vectors as one of texts.

    Parameters
    ----------
    classifier : estimator
        Fitted on vectors.
    store : VectorStore
        Holds the vectors of every text that will come.
    """

    def __init__(self, classifier: Any, store: VectorStore) -> None:
        self.classifier = classifier
        self.store = store

    def fit(self, texts: list[str], y: Any) -> Self:
        """Fit on the vectors of texts."""
        self.classifier.fit(self.store.look_up(texts), y)
        self.classes_ = self.classifier.classes_
        return self

    def __getattr__(self, name: str) -> Any:
        if name not in ("predict_proba", "decision_function"):
            raise AttributeError(name)
        method = getattr(self.classifier, name)
        return lambda texts: method(self.store.look_up(texts))
