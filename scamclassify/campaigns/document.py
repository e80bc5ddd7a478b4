"""The campaign document: what one run found, as a file that others read."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamclassify.atomic import atomic_writer
from scamclassify.campaigns.document_check import check_document
from scamclassify.errors import InputFileError

if TYPE_CHECKING:
    import pandas as pd

#: What stands under ``format`` and ``version`` in every file.
FORMAT = "scamclassify-campaigns"
VERSION = 1
#: What may have become of a campaign between two dumps.
STATUSES: tuple[str, ...] = ("new", "growing", "steady", "dying", "gone")
# Far more than a million campaigns need; a compressed bomb is stopped there.
_MOST_BYTES = 4 << 30
_PIECE = 1 << 20


@dataclass(frozen=True)
class CampaignIndicator:
    """A link, number, account or handle that a campaign's messages hold.

    Attributes
    ----------
    field : str
        Kind of indicator, as :func:`scamclassify.extract_indicators` names it.
    value : str
        Normalised value.
    count : int
        Messages of the campaign that hold it.
    confidence : float
        Highest confidence among them, 0 to 1.
    detail : str or None
    country : str or None
        ISO 3166 code.
    """

    field: str
    value: str
    count: int
    confidence: float
    detail: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Campaign:
    """One campaign.

    Attributes
    ----------
    id : str
        ``c-`` and 16 hexadecimal digits; stays over days.
    size : int
        Messages.
    first_seen, last_seen : str or None
        ISO 8601; None where no message has a date.
    languages : dict of str to int
        Messages a language, most first.
    label : str or None
        The most common label; None where the messages were not scored.
    scam_types : dict of str to float
        Share of each type among the messages with one, largest first.
    probability : float or None
        Mean probability of scam.
    exemplars : tuple of str
        At most three messages, repaired and redacted.
    indicators : tuple of CampaignIndicator
        Most common first.
    disguises : dict of str to int
        Messages in which each kind of repair was needed, most first.
    brands : tuple of str
        Brands that the messages name, most common first.
    words : tuple of str
        Words that mark the campaign beside all other messages, strongest first.
    signature : tuple of int
        MinHash values of its medoid, by which it is known again.
    status : str or None
        One of `STATUSES`, where an earlier document was given.
    daily : dict of str to int
        Messages a day, in order.
    merged : tuple of str
        Ids of earlier campaigns that turned out to be this one.
    """

    id: str
    size: int
    first_seen: str | None = None
    last_seen: str | None = None
    languages: dict[str, int] = field(default_factory=dict)
    label: str | None = None
    scam_types: dict[str, float] = field(default_factory=dict)
    probability: float | None = None
    exemplars: tuple[str, ...] = ()
    indicators: tuple[CampaignIndicator, ...] = ()
    disguises: dict[str, int] = field(default_factory=dict)
    brands: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    signature: tuple[int, ...] = ()
    status: str | None = None
    daily: dict[str, int] = field(default_factory=dict)
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class CampaignDocument:
    """The campaigns of one dump, and how they were found.

    Attributes
    ----------
    created : str
        ISO 8601 in UTC, ending in ``Z``.
    package_version : str
    n_messages : int
        Messages looked at, those in no campaign included.
    parameters : dict
        Of :func:`scamclassify.find_campaigns`.
    campaigns : tuple of Campaign
        Largest first.
    inputs : tuple of dict
        ``name``, ``sha256`` and ``rows`` of each file.
    model : dict or None
        What is known of the model that scored the messages.
    drift : dict or None
        As :meth:`scamclassify.campaigns.drift.Drift.to_dict` gives it.

    Examples
    --------
    >>> document = CampaignDocument(
    ...     created="2026-01-02T03:04:05Z", package_version="0.1.0", n_messages=9, parameters={},
    ...     campaigns=(Campaign(id="c-00000000000000aa", size=4, label="scam"),))
    >>> document.to_frame()[["id", "size", "label"]].values.tolist()
    [['c-00000000000000aa', 4, 'scam']]
    """

    created: str
    package_version: str
    n_messages: int
    parameters: dict[str, Any]
    campaigns: tuple[Campaign, ...]
    inputs: tuple[dict[str, Any], ...] = ()
    model: dict[str, Any] | None = None
    drift: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON values, in the order of the file."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "created": self.created,
            "package_version": self.package_version,
            "model": self.model,
            "inputs": list(self.inputs),
            "n_messages": self.n_messages,
            "parameters": self.parameters,
            "drift": self.drift,
            "campaigns": [asdict(campaign) for campaign in self.campaigns],
        }

    @classmethod
    def from_dict(cls, values: Any, name: str = "document") -> CampaignDocument:
        """Build a document from what :meth:`to_dict` gave.

        Parameters
        ----------
        values : dict
        name : str
            How error messages call it.

        Raises
        ------
        InputFileError
            If it is not such a document, or of an unknown version.
        """
        check_document(values, name, FORMAT, VERSION, STATUSES)
        campaigns = []
        for entry in values["campaigns"]:
            known = {key: entry[key] for key in Campaign.__dataclass_fields__ if key in entry}
            indicator_fields = CampaignIndicator.__dataclass_fields__
            known["indicators"] = tuple(
                CampaignIndicator(**{key: one[key] for key in indicator_fields if key in one})
                for one in entry["indicators"]
            )
            for key in ("exemplars", "brands", "words", "signature", "merged"):
                known[key] = tuple(entry.get(key, ()))
            campaigns.append(Campaign(**known))
        return cls(
            created=values["created"],
            package_version=values["package_version"],
            n_messages=values["n_messages"],
            parameters=values["parameters"],
            campaigns=tuple(campaigns),
            inputs=tuple(values["inputs"]),
            model=values["model"],
            drift=values["drift"],
        )

    def save(self, path: str | Path) -> Path:
        """Write the document; the file appears when it is whole.

        Parameters
        ----------
        path : path
            JSON; compressed where the name ends in .gz or .zst.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        InputFileError
            If the folder does not exist.
        """
        path = Path(path)
        if not path.parent.is_dir():
            raise InputFileError(f"cannot write {path.name}: there is no folder {path.parent}")
        text = json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=1)
        # Lone surrogates of a message cannot be UTF-8; JSON writes them as escapes.
        raw = (text + "\n").encode("utf-8", "backslashreplace")
        suffix = path.suffix.lower()
        if suffix == ".gz":
            raw = gzip.compress(raw, mtime=0)
        elif suffix in (".zst", ".zstd"):
            import zstandard

            raw = zstandard.ZstdCompressor(level=3).compress(raw)
        with atomic_writer(path) as stream:
            stream.write(raw)
        return path

    def to_frame(self) -> pd.DataFrame:
        """One row a campaign.

        Returns
        -------
        pandas.DataFrame
            ``id, size, status, first_seen, last_seen, label, scam_type, probability, language,
            n_indicators, disguises, brands, words, exemplar``: the most common type and
            language, the first exemplar, lists joined by ``", "``.
        """
        import pandas as pd

        columns = (
            "id size status first_seen last_seen label scam_type probability language "
            "n_indicators disguises brands words exemplar"
        ).split()
        rows = [
            (
                c.id, c.size, c.status, c.first_seen, c.last_seen, c.label,
                next(iter(c.scam_types), None), c.probability, next(iter(c.languages), None),
                len(c.indicators), ", ".join(c.disguises), ", ".join(c.brands),
                ", ".join(c.words), next(iter(c.exemplars), None),
            )
            for c in self.campaigns
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype({"size": "int64", "n_indicators": "int64", "probability": "float64"})


def load_campaigns(path: str | Path) -> CampaignDocument:
    """Read a campaign document.

    Parameters
    ----------
    path : path
        What :meth:`CampaignDocument.save` wrote, also as .gz or .zst.

    Returns
    -------
    CampaignDocument

    Raises
    ------
    InputFileError
        If there is no such file, or it is not such a document; the message says where.

    Examples
    --------
    >>> import tempfile
    >>> document = CampaignDocument("2026-01-02T03:04:05Z", "0.1.0", 0, {}, ())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load_campaigns(document.save(Path(folder, "campaigns.json.gz"))) == document
    True
    """
    path = Path(path)
    if not path.is_file():
        raise InputFileError(f"there is no file {path}")
    try:
        values = json.loads(_unpacked(path).decode("utf-8"))
    except UnicodeDecodeError:
        raise InputFileError(f"{path.name} is not UTF-8, so no campaign document") from None
    except (json.JSONDecodeError, RecursionError) as error:
        why = str(error) if path.suffix.lower() in (".json", ".gz", ".zst") else "no JSON"
        raise InputFileError(
            f"{path.name} is not a campaign document ({why}); scamclassify campaigns writes one"
        ) from None
    return CampaignDocument.from_dict(values, path.name)


def _unpacked(path: Path) -> bytes:
    suffix = path.suffix.lower()
    opened: Any
    errors: tuple[type[Exception], ...]
    if suffix == ".gz":
        kind, errors = "gzip", (EOFError, gzip.BadGzipFile, zlib.error)
        opened = gzip.open
    elif suffix in (".zst", ".zstd"):
        import zstandard

        kind, errors, opened = "zstd", (zstandard.ZstdError,), zstandard.open
    else:
        kind, errors, opened = "JSON", (), open
    pieces = bytearray()
    with opened(path, "rb") as stream:
        try:
            while piece := stream.read(_PIECE):
                pieces += piece
                if len(pieces) > _MOST_BYTES:
                    raise InputFileError(f"{path.name} holds more than {_MOST_BYTES >> 30} GiB")
        except errors as error:
            raise InputFileError(f"{path.name} is not a whole {kind} file: {error}") from None
    return bytes(pieces)
