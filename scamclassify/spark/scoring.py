"""Scores a Spark data frame of messages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from scamclassify.batch.columns import added_names
from scamclassify.batch.encoders import to_arrow
from scamclassify.batch.fields import added_columns, choose_fields
from scamclassify.batch.scorer import Scorer
from scamclassify.classifiers.operation import Operation
from scamclassify.classifiers.prevalence import Prevalence
from scamclassify.labels import check_language
from scamclassify.spark.frames import check_frame, spread, texts_of

if TYPE_CHECKING:
    import pyarrow as pa


def score(
    df: Any,
    text_column: str = "text",
    model: Any = "default",
    *,
    add: Iterable[str] | None = None,
    reasons: int = 3,
    reason_language: str = "en",
    max_fpr: float | None = None,
    prevalence: Prevalence | None = None,
    unsure_band: float | tuple[float, float] | None = None,
) -> Any:
    """Score every message of a Spark data frame.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
    text_column : str, default="text"
        Column of messages, strings.
    model : str, path or fitted classifier, default="default"
        As for :func:`scamclassify.load_model`. It is loaded here and broadcast, once to each
        machine; a classifier needs ``predict_proba`` and ``classes_`` at least.
    add : iterable of str, optional
        As for :func:`scamclassify.score_file`; by default ``label``, ``probabilities``,
        ``type`` and ``language``.
    reasons : int, default=3
        Most reasons a message, where they are added.
    reason_language : str, default="en"
        Language of the reasons in words.
    max_fpr, prevalence, unsure_band : optional
        As for :func:`scamclassify.score_file`.

    Returns
    -------
    pyspark.sql.DataFrame
        All rows and columns of ``df``, then those that are added, with the names and values
        that :func:`scamclassify.score_file` writes to Parquet. They are null where the text
        is missing or empty.

    Raises
    ------
    MissingExtraError
        If pyspark is not installed.
    UnknownNameError
        If a column, field or language is unknown.
    ParameterError
        If the model cannot be used with ``max_fpr``, ``prevalence`` or ``unsure_band``.
    TypeError
        If the column does not hold strings.

    Notes
    -----
    ``df.mapInArrow`` hands Arrow batches to Python; their size is set by
    ``spark.sql.execution.arrow.maxRecordsPerBatch``.

    Examples
    --------
    >>> from scamclassify.spark import score
    >>> scored = score(spark.read.parquet("messages/"), "body")  # doctest: +SKIP
    >>> scored.write.parquet("scored/")  # doctest: +SKIP
    """
    check_frame(df, text_column)
    check_language(reason_language)
    if reasons < 1:
        raise ValueError(f"reasons must be 1 or more, got {reasons!r}")
    fields = tuple(field for field in choose_fields(add) if field != "file")
    kinds = added_columns(fields)
    if isinstance(model, str | os.PathLike):
        from scamclassify.persistence.models import load_model

        model = load_model(os.fspath(model))
    model = Operation(max_fpr, prevalence, unsure_band).apply(model)
    shared = df.sparkSession.sparkContext.broadcast(model)
    scored = _Scoring(shared, text_column, fields, kinds, reasons, reason_language)
    return df.mapInArrow(scored, _schema(df, kinds))


def _schema(df: Any, kinds: dict[str, str]) -> Any:
    from pyspark.sql.types import ArrayType, DoubleType, StringType, StructField, StructType

    types = {"number": DoubleType(), "list": ArrayType(StringType())}
    names = added_names(df.columns, list(kinds))
    added = [StructField(names[key], types.get(kind, StringType())) for key, kind in kinds.items()]
    return StructType([*df.schema.fields, *added])


class _Scoring:
    """What a worker does with the batches of a partition."""

    def __init__(
        self,
        shared: Any,
        text_column: str,
        fields: tuple[str, ...],
        kinds: dict[str, str],
        reasons: int,
        language: str,
    ) -> None:
        self._shared, self._text_column = shared, text_column
        self._fields, self._kinds = fields, kinds
        self._reasons, self._language = reasons, language

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        scorer = Scorer(self._shared.value, self._fields, self._reasons, self._language)
        names = None
        for batch in batches:
            texts, rows = texts_of(batch, self._text_column)
            if texts:
                added = scorer.added(scorer.ask(texts), texts, "")
            else:
                added = {key: [] for key in self._kinds}
            columns = [
                spread(to_arrow(added[key], kind), rows, batch.num_rows)
                for key, kind in self._kinds.items()
            ]
            names = names or added_names(batch.schema.names, list(self._kinds))
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, *columns], [*batch.schema.names, *names.values()]
            )
