"""What is known of hosts, as arrays that compiled loops look them up in.

A host is judged by Python once, when it is first seen; from then on its record answers.
"""

from __future__ import annotations

import threading
from functools import cache

import numpy as np

from scamclassify.features.brand_names import default_brand_matcher
from scamclassify.features.link_kernel import LURE, UNSURE
from scamclassify.features.links import HostFacts, host_facts
from scamclassify.features.lookalikes import LURES, default_index, host_likeness

#: Columns of a record: place and length of the host's letters, then what is known of it.
FLAGS, OWNER, LIKE, NATURE = 2, 3, 4, 5
_N_COLUMNS = 6
#: Bits of NATURE.
SHARED, HIDDEN, GOVERNMENT, SUFFIX, SENDER, LIKE_SURE = (1 << k for k in range(6))
#: Hosts that are kept; a table that is full makes room for an empty one.
_MOST = 1 << 16
_SEED, _PRIME, _ALL = 0xCBF29CE484222325, 0x100000001B3, 2**64 - 1

#: What of a host is a flag of its own, and the flag.
_FLAG_FIELDS = {
    "is_open_shortener": "link_shortener",
    "is_messaging": "link_messaging",
    "is_filesharing": "link_filesharing",
    "is_government": "link_government",
    "risky_tld": "link_risky_tld",
    "is_ip": "link_ip",
    "punycode": "link_punycode",
    "has_digits": "link_host_digits",
    "has_hyphen": "link_host_hyphen",
    "is_deep": "link_host_deep",
    "is_long": "link_host_long",
    "is_consonants": "link_host_consonants",
}


def text_hash(text: str) -> int:
    """Hash of ASCII text in small letters, as `link_kernel.hash_more` computes it."""
    state = _SEED
    for char in text:
        state = ((state ^ ord(char)) * _PRIME) & _ALL
    return state


def host_flags(facts: HostFacts) -> tuple[str, ...]:
    """Flags of `scamclassify.features.link_check.LINK_FLAGS` that a host has by itself.

    Examples
    --------
    >>> host_flags(host_facts("bit.ly"))
    ('link_shortener',)
    """
    return tuple(flag for field, flag in _FLAG_FIELDS.items() if getattr(facts, field))


class HostTable:
    """Records of hosts, found by the host's letters.

    Parameters
    ----------
    columns : dict of str to int
        Bit of each flag.

    Notes
    -----
    Records are only added, the place in the table last, so a loop that reads while another
    thread adds finds a host or does not; one that it does not find is asked for again.
    """

    def __init__(self, columns: dict[str, int]) -> None:
        self._columns = columns
        self._places: dict[tuple[str, str], int] = {}
        self._used = 0
        self._lock = threading.Lock()
        self.table = np.full(1 << 12, -1, dtype=np.int32)
        self.records = np.zeros((1 << 10, _N_COLUMNS), dtype=np.int64)
        self.letters = np.zeros(1 << 14, dtype=np.uint8)

    @property
    def full(self) -> bool:
        """Whether a new table should take over."""
        return len(self._places) >= _MOST

    def place(self, host: str, shown: str) -> int:
        """Number of the record of a host, made if there is none.

        Parameters
        ----------
        host, shown : str
            In ASCII and as a reader sees it.
        """
        with self._lock:
            found = self._places.get((host, shown))
            if found is None:
                found = self._add(host, shown)
                self._places[host, shown] = found
            return found

    def _add(self, host: str, shown: str) -> int:
        place = len(self._places)
        if place == len(self.records):
            self.records = np.vstack([self.records, np.zeros_like(self.records)])
        letters = host.encode("ascii")
        if self._used + len(letters) > len(self.letters):
            room = np.zeros(2 * len(self.letters) + len(letters), dtype=np.uint8)
            room[: self._used] = self.letters[: self._used]
            self.letters = room
        self.letters[self._used : self._used + len(letters)] = np.frombuffer(letters, np.uint8)
        self.records[place] = (self._used, len(letters), *self._judge(host, shown))
        self._used += len(letters)
        if host == shown:
            if 2 * place >= len(self.table):
                self._grow()
            self._enter(self.table, host, place)
        return place

    def _grow(self) -> None:
        table = np.full(4 * len(self.table), -1, dtype=np.int32)
        for (host, shown), place in self._places.items():
            if host == shown:
                self._enter(table, host, place)
        self.table = table

    @staticmethod
    def _enter(table: np.ndarray, host: str, place: int) -> None:
        probe = (text_hash(host) >> 20) & (len(table) - 1)
        while table[probe] >= 0:
            probe = (probe + 1) & (len(table) - 1)
        table[probe] = place

    def _judge(self, host: str, shown: str) -> tuple[int, int, int, int]:
        facts = host_facts(host)
        owner = default_brand_matcher().registry.owners.get(facts.registrable, -1)
        like = host_likeness(host, shown)
        nature = (
            SHARED * (facts.is_shortener or facts.is_messaging or facts.is_filesharing)
            | HIDDEN * (facts.is_shortener or facts.is_messaging)
            | GOVERNMENT * facts.is_government
            | SUFFIX * bool(facts.suffix)
            | SENDER * (shown in address_senders())
            | LIKE_SURE * bool(like and like.sure)
        )
        flags = sum(1 << self._columns[flag] for flag in host_flags(facts))
        return flags, owner, like.brand if like else -1, nature


@cache
def address_senders() -> frozenset[str]:
    """Senders' names that read like an address (``gov.sg``), in small letters."""
    brands = default_brand_matcher().registry.brands
    return frozenset(s.lower() for brand in brands for s in brand.senders if "." in s)


@cache
def word_table() -> tuple[np.ndarray, np.ndarray]:
    """Brand words and lures by hash, as `link_kernel.look_up` reads them.

    Returns
    -------
    keys, values : numpy.ndarray of uint64, int64
    """
    index = default_index()
    words = {word: LURE * (word in LURES) for word in LURES}
    for word, place in index.words.items():
        words[word] = words.get(word, 0) | (place + 1) | UNSURE * (word in index.unsure)
    size = 1 << (4 * len(words)).bit_length()
    keys, values = np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.int64)
    for word, value in words.items():
        key = text_hash(word)
        probe = (key >> 20) & (size - 1)
        while values[probe]:
            probe = (probe + 1) & (size - 1)
        keys[probe], values[probe] = key, value
    return keys, values
