"""Scores a file of messages: files in, files out, in bounded memory, nothing lost."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, Literal

import numpy as np

from scamclassify.batch.formats import file_format
from scamclassify.batch.quarantine import QuarantineFile
from scamclassify.batch.readers import Source, open_source
from scamclassify.batch.summary import ScoreSummary
from scamclassify.batch.writers import Added, open_writer
from scamclassify.errors import InputFileError
from scamclassify.labels import LABELS
from scamclassify.text.language import identify_batch

_DIGITS = 6


def score_file(
    source: str | Path,
    target: str | Path,
    *,
    model: Any = "default",
    text_column: str | None = None,
    batch_size: int = 20_000,
    progress: bool | Literal["always"] = True,
    quarantine: str | Path | None = None,
    overwrite: bool = False,
) -> ScoreSummary:
    """Score every message of a file.

    Parameters
    ----------
    source : path
        CSV (delimiter ``, ; |`` or tab), JSON Lines or Parquet, told by the suffix; the
        first two also with .gz or .zst. Text is UTF-8.
    target : path
        The same formats, whatever that of the source. It holds all columns of the source
        and ``label, scam_probability, promo_probability, ham_probability, language,
        language_probability``, with the prefix ``scamclassify_`` where the source has one
        of these. A probability is empty where the model does not know the label.
    model : str, path or fitted classifier, default="default"
        As for :func:`scamclassify.load_model`.
    text_column : str, optional
        By default ``text``, ``message``, ``body``, ``content``, ``sms`` or another of
        :data:`~scamclassify.batch.columns.TEXT_COLUMNS`.
    batch_size : int, default=20_000
        Rows scored together: more need more memory.
    progress : bool or "always", default=True
        Show a bar on standard error if that is a terminal, or always.
    quarantine : path, optional
        JSON Lines file for the rows that cannot be scored; by default the target with
        ``.quarantine.jsonl`` added. It is made only if there are such rows.
    overwrite : bool, default=False
        Whether existing outputs are replaced; else they are an error.

    Returns
    -------
    ScoreSummary
        Every row of the source is scored or quarantined.

    Raises
    ------
    InputFileError
        If the source cannot be read, or the target is there already.
    UnknownNameError
        If the format, the column or the model is unknown.
    ModelFormatError
        If the model file cannot be used.
    ValueError
        If ``batch_size`` is less than 1.

    Notes
    -----
    The outputs appear when they are whole: after an error there is none of them.

    Examples
    --------
    >>> import tempfile
    >>> from scamclassify import ScamClassifier
    >>> model = ScamClassifier(n_features=2**10, calibration_folds=0, random_state=0)
    >>> model = model.fit(["win a prize", "see you soon"], ["scam", "ham"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "dump.csv")
    ...     _ = path.write_text("id,message\\n1,win a prize\\n2,see you\\n3,\\n")
    ...     summary = score_file(path, Path(folder, "scored.jsonl"), model=model)
    >>> summary.rows_read, summary.counts["scam"], summary.reasons
    (3, 1, {'empty text': 1})
    """
    if batch_size < 1:
        raise ValueError(f"batch_size must be 1 or more, got {batch_size!r}")
    began = time.perf_counter()
    source, target = Path(source), Path(target)
    if quarantine is None:
        quarantine = target.with_name(target.name + ".quarantine.jsonl")
    quarantine = Path(quarantine)
    _check_paths(source, target, quarantine, overwrite)
    scorer = _Scorer(model)
    with _Bar(source, progress) as bar:
        reader = open_source(source, text_column, bar.advance)
        bad = QuarantineFile(quarantine, file_format(quarantine), source.name)
        writer = open_writer(target, reader)
        done = None
        try:
            read = scored = 0
            for batch in reader.batches(batch_size):
                read += len(batch.texts) + len(batch.bad)
                bad.write(batch.bad)
                if batch.texts:
                    writer.write(batch.rows, scorer.score(batch.texts))
                    scored += len(batch.texts)
            bad.close()
            writer.close()
            # The quarantine first: whoever sees the target can rely on it.
            done = bad.commit()
            writer.commit()
        except BaseException:
            bad.discard()
            writer.discard()
            if done is not None:
                done.unlink(missing_ok=True)
            raise
    return ScoreSummary(
        source=source,
        target=target,
        quarantine=done,
        rows_read=read,
        rows_scored=scored,
        rows_quarantined=bad.n_rows,
        counts=scorer.counts,
        reasons=dict(bad.reasons.most_common()),
        text_column=_text_column(reader),
        seconds=time.perf_counter() - began,
    )


def _check_paths(source: Path, target: Path, quarantine: Path, overwrite: bool) -> None:
    file_format(target)
    if file_format(quarantine).kind != "jsonl":
        raise InputFileError(f"the quarantine {quarantine.name} must be JSON Lines: name it .jsonl")
    if not source.is_file():
        raise InputFileError(f"there is no file {source}")
    if len({path.resolve() for path in (source, target, quarantine)}) < 3:
        raise InputFileError("source, target and quarantine must be three different files")
    for path in (target, quarantine):
        if path.is_dir():
            raise InputFileError(f"{path} is a folder")
        if path.exists() and not overwrite:
            raise InputFileError(f"{path} is already there; overwrite it only if you ask for that")


def _text_column(reader: Source) -> str:
    key = getattr(reader, "text_key", None)
    return reader.names[reader.text_place] if key is None else key  # type: ignore[union-attr]


class _Scorer:
    """A classifier and the counts of its answers."""

    def __init__(self, model: Any) -> None:
        if isinstance(model, str | os.PathLike):
            from scamclassify.persistence.models import load_model

            model = load_model(os.fspath(model))
        self._model = model
        self._classes = [str(name) for name in model.classes_]
        self.counts = dict.fromkeys(LABELS, 0)

    def score(self, texts: list[str]) -> Added:
        """Values of the added columns."""
        probabilities = np.asarray(self._model.predict_proba(texts))
        if hasattr(self._model, "label_of"):
            labels = self._model.label_of(probabilities)
        else:
            labels = np.asarray(self._classes)[probabilities.argmax(axis=1)]
        languages, language_probabilities = identify_batch(texts)
        added: Added = {"label": labels.tolist(), "language": languages.tolist()}
        added["language_probability"] = _rounded(language_probabilities)
        for label in LABELS:
            known = label in self._classes
            added[f"{label}_probability"] = (
                _rounded(probabilities[:, self._classes.index(label)])
                if known
                else [None] * len(texts)
            )
        for label, count in zip(*np.unique(labels, return_counts=True), strict=True):
            self.counts[str(label)] = self.counts.get(str(label), 0) + int(count)
        return added


def _rounded(values: np.ndarray) -> list[float]:
    return np.round(values.astype(np.float64), _DIGITS).tolist()


class _Bar:
    """A progress bar in bytes, or in rows for Parquet."""

    def __init__(self, source: Path, progress: bool | str) -> None:
        from tqdm import tqdm

        # None: silent where standard error is no terminal.
        disable = {True: None, "always": False}.get(progress, True)
        kind = file_format(source).kind
        # JSON Lines are read twice, first for their keys.
        total = None if kind == "parquet" else source.stat().st_size * (1 + (kind == "jsonl"))
        self._bar = tqdm(
            desc=source.name[:40],
            total=total,
            unit=" rows" if kind == "parquet" else "B",
            unit_scale=True,
            disable=disable,
        )
        self.advance = self._bar.update

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()
