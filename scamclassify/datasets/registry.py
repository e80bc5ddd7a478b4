"""The data sets by name: list them, load one, load many."""

from __future__ import annotations

import hashlib
import inspect
import os
from collections.abc import Callable, Iterable

import pandas as pd

from scamclassify.datasets import (
    burmese_comments,
    fbs_zh,
    indonesian_sms,
    judol_id,
    khmer_news,
    malay_tweets,
    mishra_soni,
    nus_sms_en,
    nus_sms_zh,
    ph_sms,
    tamil_comments,
    thai_sms,
    uci_sms,
    vietnamese_sms,
    wisesight_th,
)
from scamclassify.datasets.assemble import Dropped
from scamclassify.datasets.external import EXTERNAL, ExternalDataset
from scamclassify.datasets.fetch import fetch_dataset
from scamclassify.datasets.metadata import DatasetInfo
from scamclassify.errors import UnknownNameError
from scamclassify.frame import FRAME_COLUMNS, validate_frame
from scamclassify.labels import LABELS

_Reader = Callable[..., tuple[pd.DataFrame, Dropped]]

#: Name -> metadata and reader, by language.
_REGISTRY: dict[str, tuple[DatasetInfo, _Reader]] = {
    module.INFO.name: (module.INFO, module.read)
    for module in (
        uci_sms,
        mishra_soni,
        nus_sms_en,
        nus_sms_zh,
        fbs_zh,
        thai_sms,
        wisesight_th,
        indonesian_sms,
        judol_id,
        vietnamese_sms,
        ph_sms,
        malay_tweets,
        tamil_comments,
        khmer_news,
        burmese_comments,
    )
}


def dataset_names(*, added: bool = True) -> tuple[str, ...]:
    """Names of all data sets, in the order of :func:`list_datasets`.

    Parameters
    ----------
    added : bool, default=True
        Whether sets that were added from outside the package are among them.

    Examples
    --------
    >>> dataset_names()[0]
    'uci_sms'
    """
    return (*_REGISTRY, *(EXTERNAL.names() if added else ()))


def dataset_info(name: str) -> DatasetInfo | ExternalDataset:
    """Metadata of a data set.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    DatasetInfo
        Or an ExternalDataset, for a set that was added from outside the package.

    Raises
    ------
    UnknownNameError
        If there is no such data set; the message offers the nearest name.

    Examples
    --------
    >>> dataset_info("uci_sms").licence
    'CC BY 4.0'
    """
    if name in _REGISTRY:
        return _REGISTRY[name][0]
    if name not in EXTERNAL:
        raise UnknownNameError("data set", name, dataset_names())
    return EXTERNAL[name]


def list_datasets() -> pd.DataFrame:
    """A table of all data sets; nothing is fetched for it.

    Returns
    -------
    pandas.DataFrame
        One row a data set with the columns name, languages, labels, messages, origin,
        licence, redistributable, evaluation_only, description.

    Examples
    --------
    >>> list_datasets().set_index("name").loc["ph_sms", ["languages", "labels", "messages"]]
    languages                 tl
    labels      ham, promo, scam
    messages                2006
    Name: ph_sms, dtype: object
    """
    return pd.DataFrame(
        [
            {
                "name": info.name,
                "languages": ", ".join(info.languages),
                "labels": ", ".join(label for label in LABELS if label in info.counts),
                "messages": info.messages,
                "origin": info.origin,
                "licence": info.licence,
                "redistributable": info.redistributable,
                "evaluation_only": info.evaluation_only,
                "description": info.description,
            }
            for info in map(dataset_info, dataset_names())
        ]
    )


def load_dataset(
    name: str,
    *,
    data_home: str | os.PathLike[str] | None = None,
    download: bool = True,
    progress: bool = True,
    **options: object,
) -> pd.DataFrame:
    """Load one data set, fetching it on the first call.

    Parameters
    ----------
    name : str
        One of :func:`dataset_names`.
    data_home : path or None
        Folder that keeps fetched files; if None, the environment variable
        ``SCAMCLASSIFY_DATA``, else the user's cache folder.
    download : bool
        If False, only what the data home already holds is used.
    progress : bool
        Show a bar on standard error while long files are fetched.
    **options
        Options of the data set itself: ``spam_as="promo"`` or ``"scam"`` of ``uci_sms``.

    Returns
    -------
    pandas.DataFrame
        A message frame (:mod:`scamclassify.frame`). ``attrs["dropped"]`` counts the rows
        left out by reason, ``attrs["revision"]`` names the revision of the data.

    Raises
    ------
    UnknownNameError
        If there is no such data set or option.
    FetchError, ChecksumError
        If a file cannot be had, or is not the pinned one.

    Examples
    --------
    >>> frame = load_dataset("uci_sms", progress=False)  # doctest: +SKIP
    >>> frame["label"].value_counts()["ham"]  # doctest: +SKIP
    4827
    """
    info = dataset_info(name)
    if isinstance(info, ExternalDataset):
        if options:
            raise UnknownNameError(f"option of data set {name!r}", next(iter(options)), ())
        frame = info.frame()
        frame.attrs = {"dropped": {}, "revision": data_revision(name)}
        return frame
    reader = _REGISTRY[name][1]
    known = [option for option in inspect.signature(reader).parameters if option != "files"]
    for option in options:
        if option not in known:
            raise UnknownNameError(f"option of data set {name!r}", option, known)
    files = fetch_dataset(info, home=data_home, download=download, progress=progress)
    frame, dropped = reader(files, **options)
    validate_frame(frame)
    frame.attrs["dropped"] = dropped
    chosen = [f"{key}={value}" for key, value in sorted(options.items()) if value is not None]
    frame.attrs["revision"] = "+".join([data_revision(name), *chosen])
    return frame


def load_collected(
    names: str | Iterable[str] | None = None,
    *,
    data_home: str | os.PathLike[str] | None = None,
    download: bool = True,
    progress: bool = True,
    evaluation_only: bool = True,
) -> pd.DataFrame:
    """Load many data sets into one message frame.

    Parameters
    ----------
    names : str, iterable of str or None
        Data sets; all that this package describes if None.
    data_home, download, progress
        As of :func:`load_dataset`.
    evaluation_only : bool
        If False, sets whose licence keeps them out of a shipped model are left out.

    Returns
    -------
    pandas.DataFrame
        The frames one after another. ``attrs["dropped"]`` maps name -> reason -> count,
        ``attrs["revision"]`` is :func:`data_revision` of the names.

    Raises
    ------
    UnknownNameError
        If a name is not known; nothing is fetched then.
    FetchError, ChecksumError
        At the first file that cannot be had.
    """
    chosen = [info.name for info in _chosen(names) if evaluation_only or not info.evaluation_only]
    frames = [
        load_dataset(name, data_home=data_home, download=download, progress=progress)
        for name in chosen
    ]
    dropped = {name: frame.attrs["dropped"] for name, frame in zip(chosen, frames, strict=True)}
    if frames:
        together = pd.concat(frames, ignore_index=True)
    else:
        together = pd.DataFrame(columns=list(FRAME_COLUMNS))
    together.attrs = {"dropped": dropped, "revision": data_revision(chosen)}
    return together


def data_revision(names: str | Iterable[str] | None = None) -> str:
    """A short name of the exact bytes, and the exact reading, of data sets.

    Parameters
    ----------
    names : str, iterable of str or None
        Data sets in any order; all that this package describes if None.

    Returns
    -------
    str
        16 hexadecimal digits of a sha256 over the names, the sha256 of every file and
        the version of every reader.

    Raises
    ------
    UnknownNameError
        If a name is not known.

    Examples
    --------
    >>> data_revision(["uci_sms", "ph_sms"]) == data_revision(["ph_sms", "uci_sms"])
    True
    """
    digest = hashlib.sha256()
    for info in sorted(_chosen(names), key=lambda info: info.name):
        if isinstance(info, ExternalDataset):
            parts = [info.name, info.revision]
        else:
            parts = [info.name, str(info.reader), *(file.sha256 for file in info.files)]
        digest.update(("\t".join(parts) + "\n").encode())
    return digest.hexdigest()[:16]


def _chosen(names: str | Iterable[str] | None) -> list[DatasetInfo | ExternalDataset]:
    """Metadata of the names, each once."""
    if names is None:
        names = _REGISTRY
    elif isinstance(names, str):
        names = [names]
    return [dataset_info(name) for name in dict.fromkeys(names)]
