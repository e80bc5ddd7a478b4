"""Find near-duplicate messages that carry different labels or scam types."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scamclassify.frame import validate_frame
from scamclassify.text.near_duplicates import group_near_duplicates

_SHOWN = ("id", "text", "label", "scam_type", "language", "source")


def find_conflicts(frame: pd.DataFrame, *, threshold: float = 0.6) -> pd.DataFrame:
    """List the clusters of near-duplicate messages that were not labelled alike.

    One template with two labels is the cheapest label error to find: no model is needed,
    and a person decides once for the whole cluster.

    Parameters
    ----------
    frame : pandas.DataFrame
        A message frame with ``text`` and ``label``, and ``scam_type`` where types are to be
        compared too. A missing type contradicts nothing.
    threshold : float, default=0.6
        Least similarity of two messages of a cluster, as for
        :func:`~scamclassify.text.near_duplicates.group_near_duplicates`. Nearer to 1 fewer
        and plainer conflicts are found.

    Returns
    -------
    pandas.DataFrame
        All messages of the clusters in conflict, with the index of ``frame``: conflicts of
        labels first, then of scam types, larger clusters first. Columns:

        ============================  ==================================================
        ``cluster``                   number, from 0 in the order of the rows
        ``conflict``                  "label" or "scam_type"
        ``size``                      messages in the cluster
        ``share``                     share of the cluster that has this message's label;
                                      for "scam_type" of the typed messages, its type
        ``id``, ``text``, ``label``,  where ``frame`` has them
        ``scam_type``, ``language``,
        ``source``
        ============================  ==================================================

    Raises
    ------
    FrameError
        If ``text`` or ``label`` is missing or a value is not allowed.
    ValueError
        If the threshold is outside its range.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "text": ["You won 100, claim now", "See you", "You won 900, claim now"],
    ...     "label": ["scam", "ham", "promo"]})
    >>> find_conflicts(frame)
       cluster conflict  size  share                    text  label
    0        0    label     2    0.5  You won 100, claim now   scam
    2        0    label     2    0.5  You won 900, claim now  promo
    """
    compared = ["label", "scam_type"] if "scam_type" in frame.columns else ["label"]
    validate_frame(frame, ["text", *compared])
    # Indices may repeat where frames were put together, so rows are counted by place.
    plain = frame.reset_index(drop=True)
    groups = pd.Series(group_near_duplicates(plain["text"].tolist(), threshold))
    out = pd.DataFrame({"cluster": groups, "conflict": "", "size": 0, "share": np.nan})
    out["size"] = groups.groupby(groups).transform("size")
    for name in compared:
        values = plain[name]
        # A cluster with two labels is reported once, as a conflict of labels.
        differs = (values.groupby(groups).transform("nunique") > 1) & (out["conflict"] == "")
        of_value = values.groupby([groups, values]).transform("size")
        of_cluster = values.groupby(groups).transform("count")
        out.loc[differs, "conflict"] = name
        out.loc[differs, "share"] = (of_value / of_cluster)[differs]
    out = out.join(plain[[name for name in _SHOWN if name in plain.columns]])
    out = out[out["conflict"] != ""]
    out = out.iloc[np.lexsort((out["cluster"], -out["size"], out["conflict"] != "label"))]
    out["cluster"] = pd.factorize(out["cluster"])[0]
    return out.set_axis(frame.index[out.index], axis=0)
