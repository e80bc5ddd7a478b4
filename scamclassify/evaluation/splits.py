"""Cross-validation splits that no near-duplicate crosses, as scikit-learn splitters.

All of them split a *message frame*. A message of the training side whose group (cluster
of near-duplicates) also occurs on the test side is left out of training.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from scamclassify.errors import FrameError
from scamclassify.text.near_duplicates import group_near_duplicates
from scamclassify.validation import as_texts

Split = tuple[np.ndarray, np.ndarray]


def message_groups(frame: Any) -> np.ndarray:
    """Group number of each message: near-duplicates, joined with the column ``group``.

    Parameters
    ----------
    frame : pandas.DataFrame or iterable of str
        A message frame, whose column ``group`` may be missing or hold missing values, or texts.

    Returns
    -------
    numpy.ndarray of int64, shape (n_messages,)

    Examples
    --------
    >>> message_groups(pd.DataFrame({"text": ["win 100", "win 200", "hello there"]})).tolist()
    [0, 0, 1]
    """
    groups = group_near_duplicates(as_texts(frame))
    if not hasattr(frame, "columns") or "group" not in frame or frame["group"].isna().all():
        return groups
    # Names and clusters are the nodes of a graph, messages its edges: what hangs together is
    # one group, also where names and clusters join in a chain.
    names, uniques = pd.factorize(frame["group"])
    named, n_clusters = names >= 0, int(groups.max()) + 1
    size = n_clusters + len(uniques)
    edges = (np.ones(int(named.sum())), (groups[named], n_clusters + names[named]))
    _, component = connected_components(coo_matrix(edges, shape=(size, size)), directed=False)
    return pd.factorize(component[groups])[0].astype(np.int64)


def _column(frame, name: str) -> np.ndarray:
    if not hasattr(frame, "columns") or name not in frame.columns:
        raise FrameError(f"this split needs a message frame with the column {name!r}")
    return frame[name].to_numpy()


def _without_groups_of(train: np.ndarray, test: np.ndarray, groups: np.ndarray) -> Split:
    train, test = np.flatnonzero(train), np.flatnonzero(test)
    return train[~np.isin(groups[train], groups[test])], test


class _FrameSplit:
    """Common part: resolve the groups, count the splits."""

    def _parts(self, X, y) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        raise NotImplementedError

    def split(self, X, y=None, groups=None) -> Iterator[Split]:
        """Yield index arrays of training and test messages.

        Parameters
        ----------
        X : pandas.DataFrame
            A message frame.
        y : array-like of shape (n_messages,), optional
            Labels; by default the column ``label`` where one is needed.
        groups : array-like of shape (n_messages,), optional
            Groups that must not be torn; by default :func:`message_groups` of ``X``.

        Yields
        ------
        train, test : numpy.ndarray of int64

        Raises
        ------
        FrameError
            If ``X`` lacks a column that the split needs.
        """
        parts = list(self._parts(X, y))
        groups = message_groups(X) if groups is None else np.asarray(groups)
        for train, test in parts:
            yield _without_groups_of(train, test, groups)

    def get_n_splits(self, X=None, y=None, groups=None) -> int:
        """Number of splits of the frame ``X``."""
        return sum(1 for _ in self._parts(X, y))


class _LeaveOneValueOut(_FrameSplit):
    _name: str

    def __init__(self, both_classes: bool = False) -> None:
        self.both_classes = both_classes

    def values(self, X, y=None) -> list[str]:
        """The values that are held out, in the order of the splits."""
        column = _column(X, self._name)
        found = sorted({value for value in column if isinstance(value, str)})
        if not self.both_classes:
            return found
        scam = np.asarray(_column(X, "label") if y is None else y) == "scam"
        return [v for v in found if 0 < scam[column == v].sum() < (column == v).sum()]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(both_classes={self.both_classes})"

    def _parts(self, X, y):
        column = _column(X, self._name)
        if len(pd.unique(column)) < 2:
            raise FrameError(
                f"column {self._name!r} holds {pd.unique(column).tolist()} only: with one left "
                "out nothing is left to train on"
            )
        for value in self.values(X, y):
            test = column == value
            yield ~test, test


class LeaveOneSourceOut(_LeaveOneValueOut):
    """Hold out one data set after the other: does the model hold on the next collector?

    Parameters
    ----------
    both_classes : bool, default=False
        Hold out only sources that have scams and other messages.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["claim it", "see you", "win big", "good night"],
    ...                       "source": ["a", "a", "b", "b"]})
    >>> [(train.tolist(), test.tolist()) for train, test in LeaveOneSourceOut().split(frame)]
    [([2, 3], [0, 1]), ([0, 1], [2, 3])]
    """

    _name = "source"


class LeaveOneLanguageOut(_LeaveOneValueOut):
    """Hold out one language after the other: what crosses languages?

    Parameters
    ----------
    both_classes : bool, default=False
        Hold out only languages that have scams and other messages.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["claim it", "klaim", "see you"],
    ...                       "language": ["en", "id", "en"]})
    >>> [test.tolist() for _, test in LeaveOneLanguageOut().split(frame)]
    [[0, 2], [1]]
    """

    _name = "language"


class LaterInTime(_FrameSplit):
    """Train on the earlier messages of each source, test on its later ones.

    Only messages with a date take part.

    Parameters
    ----------
    test_share : float, default=0.25
        Share of the dated messages of each source that forms the test side.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["claim", "see you", "win big", "night"], "source": "a",
    ...                       "date": pd.to_datetime(["2020", "2021", "2022", "2023"])})
    >>> [(train.tolist(), test.tolist()) for train, test in LaterInTime().split(frame)]
    [([0, 1, 2], [3])]
    """

    def __init__(self, test_share: float = 0.25) -> None:
        self.test_share = test_share

    def __repr__(self) -> str:
        return f"LaterInTime(test_share={self.test_share})"

    def _parts(self, X, y):
        if not 0 < self.test_share < 1:
            raise ValueError(f"test_share must lie between 0 and 1, got {self.test_share!r}")
        dates = pd.Series(pd.to_datetime(_column(X, "date")))
        sources = pd.Series(_column(X, "source"))
        if not dates.notna().any():
            raise FrameError("column 'date': no message has a date, so none can be split by time")
        cut = dates.groupby(sources).transform(
            lambda values: values.quantile(1 - self.test_share, interpolation="lower")
        )
        test = (dates > cut).to_numpy()
        yield (dates.notna().to_numpy() & ~test), test


class GroupedStratifiedKFold(StratifiedGroupKFold):
    """K folds with like shares of labels, no group being torn apart.

    As :class:`sklearn.model_selection.StratifiedGroupKFold`, but groups are found by
    :func:`message_groups` where none are given.

    Parameters
    ----------
    n_splits : int, default=5
    shuffle : bool, default=True
    random_state : int, default=0

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["win 1", "win 2", "lunch", "home"],
    ...                       "label": ["scam", "scam", "ham", "ham"]})
    >>> folds = GroupedStratifiedKFold(2).split(frame, frame["label"])
    >>> all(len({0, 1} & set(test.tolist())) != 1 for _, test in folds)
    True
    """

    def __init__(self, n_splits: int = 5, shuffle: bool = True, random_state: int | None = 0):
        super().__init__(n_splits=n_splits, shuffle=shuffle, random_state=random_state)

    def split(self, X, y=None, groups=None):
        """Yield index arrays; parameters as for the other splits of this module.

        With ``y`` given, ``X`` may be texts as well.
        """
        if y is None:
            y = _column(X, "label")
        groups = message_groups(X) if groups is None else groups
        return super().split(np.zeros(len(y)), y, groups)
