"""Campaigns in a Spark data frame of messages, by the same signatures as on one machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from scamclassify.campaigns.clustering import THRESHOLD, cluster_signatures
from scamclassify.campaigns.find import LEAST_CHARACTERS
from scamclassify.campaigns.identity import identify_campaigns
from scamclassify.campaigns.signatures import sign_texts
from scamclassify.spark.frames import check_frame, spread, texts_of

if TYPE_CHECKING:
    import pyarrow as pa

    from scamclassify.campaigns import CampaignDocument

_SIGNED = "exact bigint, length int, n bigint, signature binary"


def campaigns(
    df: Any,
    text_column: str = "text",
    *,
    previous: CampaignDocument | str | Path | None = None,
    min_size: int = 3,
    threshold: float = THRESHOLD,
) -> Any:
    """Assign the messages of a Spark data frame to campaigns.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
        It is read twice: ``df.cache()`` helps where it is costly to make.
    text_column : str, default="text"
        Column of messages, strings.
    previous : CampaignDocument or path, optional
        Campaigns of an earlier dump: those that go on keep their ids.
    min_size : int, default=3
        Least messages of a campaign.
    threshold : float, default=0.5
        Least estimated similarity of two messages that are joined.

    Returns
    -------
    pyspark.sql.DataFrame
        All rows and columns of ``df`` and ``campaign``: an id, or null. The ids are those of
        :func:`scamclassify.find_campaigns` for the same messages.

    Raises
    ------
    MissingExtraError
        If pyspark is not installed.
    UnknownNameError
        If there is no such column.
    ValueError
        If ``df`` has a column ``campaign``, or a parameter is outside its range.

    Notes
    -----
    Workers mask and sign messages; the driver clusters the distinct templates, which takes
    about 300 bytes for each, and sends back which campaign each of them is of.

    Examples
    --------
    >>> from scamclassify.spark import campaigns
    >>> found = campaigns(scored.where("label = 'scam'"))  # doctest: +SKIP
    >>> found.groupBy("campaign").count().show()  # doctest: +SKIP
    """
    check_frame(df, text_column)
    if min_size < 1:
        raise ValueError(f"min_size must be 1 or more, got {min_size!r}")
    if "campaign" in df.columns:
        raise ValueError("the data frame has a column 'campaign' already: rename or drop it")
    exact, ids = _identify(df, text_column, previous, min_size, threshold)
    shared = df.sparkSession.sparkContext.broadcast((exact, ids))

    from pyspark.sql.types import StringType, StructField, StructType

    schema = StructType([*df.schema.fields, StructField("campaign", StringType())])
    return df.mapInArrow(_Assigning(shared, text_column), schema)


def _identify(
    df: Any,
    text_column: str,
    previous: CampaignDocument | str | Path | None,
    min_size: int,
    threshold: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of the templates that are of a campaign, ascending, and its id for each."""
    from pyspark.sql import functions as F  # noqa: N812 - everybody calls it that

    from scamclassify.campaigns.document import CampaignDocument, load_campaigns

    if previous is not None and not isinstance(previous, CampaignDocument):
        previous = load_campaigns(previous)
    signed = df.select(text_column).mapInArrow(_Signing(text_column), _SIGNED)
    table = (
        signed.groupBy("exact")
        .agg(
            F.first("length").alias("length"),
            F.sum("n").alias("n"),
            F.first("signature").alias("s"),
        )
        .toArrow()
    )
    exact = table["exact"].to_numpy().view(np.uint64)
    order = np.argsort(exact)  # as on one machine
    raw = b"".join(table["s"].to_pylist())
    signatures = np.frombuffer(raw, dtype="<u4").reshape(len(exact), -1 if len(exact) else 0)
    signatures = np.ascontiguousarray(signatures[order], dtype=np.uint32)
    counts = table["n"].to_numpy()[order].astype(np.int64)
    lengths = table["length"].to_numpy()[order]
    clusters = cluster_signatures(signatures, counts, threshold)
    sizes = np.bincount(clusters.labels, counts, len(clusters.medoids))
    wanted = (sizes >= min_size) & (lengths[clusters.medoids] >= LEAST_CHARACTERS)
    earlier = () if previous is None else previous.campaigns
    found = identify_campaigns(clusters, signatures, counts, wanted, earlier, threshold)
    campaign = found.campaign[clusters.labels]
    kept = campaign >= 0
    names = np.array(found.ids, dtype=object)
    return exact[order][kept], names[campaign[kept]]


class _Signing:
    """Distinct templates of a partition's batches, with their signatures."""

    def __init__(self, text_column: str) -> None:
        self._text_column = text_column

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in batches:
            texts, _ = texts_of(batch, self._text_column)
            signed = sign_texts(texts)
            rows = [row.astype("<u4").tobytes() for row in signed.signatures]
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array(signed.exact.view(np.int64), pa.int64()),
                    pa.array(signed.lengths, pa.int32()),
                    pa.array(signed.counts, pa.int64()),
                    pa.array(rows, pa.binary()),
                ],
                ["exact", "length", "n", "signature"],
            )


class _Assigning:
    """Looks up the campaign of each message by the hash of its template."""

    def __init__(self, shared: Any, text_column: str) -> None:
        self._shared, self._text_column = shared, text_column

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        exact, ids = self._shared.value
        for batch in batches:
            texts, rows = texts_of(batch, self._text_column)
            signed = sign_texts(texts)
            names = np.full(len(signed.exact), None, dtype=object)
            if len(exact):
                places = np.minimum(np.searchsorted(exact, signed.exact), len(exact) - 1)
                hit = exact[places] == signed.exact
                names[hit] = ids[places[hit]]
            column = pa.array(names[signed.template], pa.string())
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, spread(column, rows, batch.num_rows)],
                [*batch.schema.names, "campaign"],
            )
