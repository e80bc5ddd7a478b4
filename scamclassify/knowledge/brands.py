"""The brand registry: who is imitated in the region, and which addresses are really theirs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from scamclassify.errors import InputFileError, UnknownNameError
from scamclassify.resources import resource_path

#: ISO 3166 codes of the member states; ``*`` stands for brands at home everywhere.
COUNTRIES = ("BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN")
EVERYWHERE = "*"

#: What a brand does.
SECTORS = (
    "bank", "wallet", "payment", "card", "telco", "courier", "shop", "platform", "messaging",
    "agency", "utility", "transport", "airline", "travel", "crypto", "insurer", "lender",
    "broker", "food", "media", "technology",
)  # fmt: skip

_BRANDS = (
    "id", "name", "aliases", "ambiguous", "countries", "sector", "domains", "senders", "source",
    "checked",
)  # fmt: skip
_HOSTS = {
    "shorteners.tsv": ("domain", "use", "source"),
    "messaging.tsv": ("domain", "app", "source"),
    "filesharing.tsv": ("domain", "kind", "source"),
    "risky_tlds.tsv": ("tld", "score", "source"),
    "government_suffixes.tsv": ("suffix", "country", "source"),
    "sector_words.tsv": ("sector", "words"),
}
# What a column may hold, where that is a choice.
_CHOICES = {"use": ("open", "own")}


@dataclass(frozen=True)
class Brand:
    """An organisation that messages name, and what is known of it.

    Attributes
    ----------
    id : str
        Its name in the registry, such as ``"kbank"``.
    name : str
        How it is commonly called.
    aliases : tuple of str
        Other spellings, local scripts included.
    ambiguous : frozenset of str
        The spellings among name and aliases that are ordinary words as well.
    countries : tuple of str
        ISO 3166 codes, or ``"*"``.
    sector : str
        One of `SECTORS`.
    domains : tuple of str
        Official registrable domains; empty where none was certain.
    senders : tuple of str
        Official sender names and short codes; empty where none was certain.
    source, checked : str
        Where the facts come from, and the month they were written down.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: frozenset[str]
    countries: tuple[str, ...]
    sector: str
    domains: tuple[str, ...]
    senders: tuple[str, ...]
    source: str
    checked: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class BrandRegistry:
    """Brands and the lists of hosts that tell links apart.

    Attributes
    ----------
    brands : tuple of Brand
        In the order of the file.
    shorteners : dict of str to str
        From host that hides where a link leads to who makes its links: anybody (``open``),
        or only a platform or its customers' apps (``own``, as ``t.co``).
    messaging : dict of str to str
        From host to the app that its links open.
    filesharing : dict of str to str
        From host to what anybody can put there: files, forms, apps or hosting.
    risky_tlds : dict of str to float
        From top-level domain to phishing domains per 10,000 (0 where not published).
    government_suffixes : dict of str to str
        From suffix, under which only a government registers, to its country.
    sector_words : dict of str to tuple of str
        Words that stand beside a brand of the sector, in the region's languages.
    revision : str
        First 12 hex digits of the SHA-256 over the files.
    """

    brands: tuple[Brand, ...]
    shorteners: dict[str, str]
    messaging: dict[str, str]
    filesharing: dict[str, str]
    risky_tlds: dict[str, float]
    government_suffixes: dict[str, str]
    sector_words: dict[str, tuple[str, ...]]
    revision: str

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each brand id in `brands`."""
        return {brand.id: place for place, brand in enumerate(self.brands)}

    @cached_property
    def owners(self) -> dict[str, int]:
        """Place in `brands` of the owner of each official domain."""
        return {
            domain: place for place, brand in enumerate(self.brands) for domain in brand.domains
        }

    def brand(self, brand_id: str) -> Brand:
        """Brand of an id.

        Raises
        ------
        UnknownNameError
            If there is none.

        Examples
        --------
        >>> load_brands().brand("kbank").domains
        ('kasikornbank.com',)
        """
        if brand_id not in self.index:
            raise UnknownNameError("brand", brand_id, self.index)
        return self.brands[self.index[brand_id]]

    def to_frame(self):
        """The brands as a table, one row each, lists joined by ``" | "``."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    brand.id,
                    brand.name,
                    " | ".join(brand.aliases),
                    " | ".join(s for s in brand.spellings if s in brand.ambiguous),
                    "|".join(brand.countries),
                    brand.sector,
                    " | ".join(brand.domains),
                    " | ".join(brand.senders),
                    brand.source,
                    brand.checked,
                )
                for brand in self.brands
            ],
            columns=list(_BRANDS),
        )

    def summary(self) -> str:
        """Numbers of the registry, for people.

        Examples
        --------
        >>> load_brands().summary().splitlines()[0]
        '... brands, ... spellings, ... official domains (revision ...)'
        """
        countries = Counter(code for brand in self.brands for code in brand.countries)
        sectors = Counter(brand.sector for brand in self.brands)
        spellings = sum(len(brand.spellings) for brand in self.brands)
        return "\n".join(
            (
                f"{len(self.brands)} brands, {spellings} spellings, {len(self.owners)} official "
                f"domains (revision {self.revision})",
                "countries: "
                + ", ".join(f"{code} {countries[code]}" for code in (*COUNTRIES, EVERYWHERE)),
                "sectors: " + ", ".join(f"{name} {n}" for name, n in sectors.most_common()),
                f"hosts: {len(self.shorteners)} shorteners, {len(self.messaging)} messaging, "
                f"{len(self.filesharing)} file sharing, {len(self.risky_tlds)} risky endings",
            )
        )


def _read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise InputFileError(f"{path.parent} holds no {path.name}")
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise InputFileError(f"{path.name}, line 1: the header must be {', '.join(columns)}")
    for number, line in enumerate(lines[1:], 2):
        fields = line.split("\t")
        if len(fields) != len(columns) or not fields[0].strip():
            raise InputFileError(
                f"{path.name}, line {number}: {len(fields)} tab-separated fields, "
                f"{len(columns)} are needed and the first must not be empty"
            )
        row = dict(zip(columns, (field.strip() for field in fields), strict=True))
        for column in row.keys() & _CHOICES.keys():
            if row[column] not in _CHOICES[column]:
                raise InputFileError(
                    f"{path.name}, line {number}: unknown {column} {row[column]!r}; "
                    f"allowed: {', '.join(_CHOICES[column])}"
                )
        yield number, row


def _split(field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split("|") if part.strip())


def _parse_brand(where: str, row: dict[str, str]) -> Brand:
    brand = Brand(
        row["id"], row["name"], _split(row["aliases"]), frozenset(_split(row["ambiguous"])),
        _split(row["countries"]), row["sector"], _split(row["domains"]), _split(row["senders"]),
        row["source"], row["checked"],
    )  # fmt: skip
    if brand.sector not in SECTORS:
        raise InputFileError(
            f"{where}: unknown sector {brand.sector!r}; allowed: {', '.join(SECTORS)}"
        )
    strange = set(brand.countries) - {*COUNTRIES, EVERYWHERE}
    if strange or not brand.countries:
        raise InputFileError(
            f"{where}: countries {row['countries']!r}; allowed: {', '.join(COUNTRIES)} or *"
        )
    for field in ("name", "source", "checked"):
        if not row[field]:
            raise InputFileError(f"{where}: the field {field} is empty")
    lost = brand.ambiguous - set(brand.spellings)
    if lost:
        raise InputFileError(
            f"{where}: {sorted(lost)[0]!r} is ambiguous but neither name nor alias"
        )
    for domain in brand.domains:
        if domain != domain.lower() or "." not in domain or "/" in domain:
            raise InputFileError(f"{where}: {domain!r} is no domain in small letters")
    return brand


def _read_brands(path: Path) -> tuple[Brand, ...]:
    brands: dict[str, Brand] = {}
    owners: dict[str, str] = {}
    for number, row in _read_rows(path, _BRANDS):
        where = f"{path.name}, line {number}"
        brand = _parse_brand(where, row)
        if brand.id in brands:
            raise InputFileError(f"{where}: the id {brand.id!r} is taken")
        for domain in brand.domains:
            if domain in owners:
                raise InputFileError(f"{where}: {domain} already belongs to {owners[domain]!r}")
            owners[domain] = brand.id
        brands[brand.id] = brand
    return tuple(brands.values())


@cache
def load_brands(folder: Path | str | None = None) -> BrandRegistry:
    """Read the brand registry that the package carries.

    Parameters
    ----------
    folder : path, optional
        Another folder of the same layout: ``brands.tsv`` and the lists of hosts.

    Returns
    -------
    BrandRegistry

    Raises
    ------
    InputFileError
        If a file is missing or breaks the format; the message names file and line.

    Examples
    --------
    >>> registry = load_brands()
    >>> len(registry.brands) >= 300
    True
    >>> registry.messaging["wa.me"]
    'WhatsApp'
    """
    folder = resource_path("data", "brands") if folder is None else Path(folder)
    brands = _read_brands(folder / "brands.tsv")
    tables = {
        name: [row for _, row in _read_rows(folder / name, columns)]
        for name, columns in _HOSTS.items()
    }
    digest = hashlib.sha256()
    for name in ("brands.tsv", *_HOSTS):
        digest.update((folder / name).read_bytes())
    return BrandRegistry(
        brands,
        {row["domain"]: row["use"] for row in tables["shorteners.tsv"]},
        {row["domain"]: row["app"] for row in tables["messaging.tsv"]},
        {row["domain"]: row["kind"] for row in tables["filesharing.tsv"]},
        {row["tld"]: float(row["score"] or 0) for row in tables["risky_tlds.tsv"]},
        {row["suffix"]: row["country"] for row in tables["government_suffixes.tsv"]},
        {row["sector"]: _split(row["words"]) for row in tables["sector_words.tsv"]},
        digest.hexdigest()[:12],
    )
