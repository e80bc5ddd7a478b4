"""Keccak-256, the hash in which Ethereum writes an address's checksum.

Python's ``hashlib`` has SHA-3, which pads differently, and no Keccak; the packages that
have it are compiled. An address is hashed once, so plain Python is fast enough
(0.3 ms). Source: G. Bertoni et al., "The Keccak reference", version 3.0, 2011.
"""

from __future__ import annotations

_MASK = (1 << 64) - 1
_RATE = 136


def _round_constants() -> list[int]:
    constants, state = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if state & 1:
                constant |= 1 << ((1 << j) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return constants


def _rotations() -> list[int]:
    offsets, x, y = [0] * 25, 1, 0
    for t in range(24):
        offsets[x + 5 * y] = (t + 1) * (t + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return offsets


_CONSTANTS = _round_constants()
_ROTATIONS = _rotations()


def _turn(value: int, by: int) -> int:
    return ((value << by) | (value >> (64 - by))) & _MASK


def _permute(lanes: list[int]) -> list[int]:
    for constant in _CONSTANTS:
        columns = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        mixed = [columns[(x + 4) % 5] ^ _turn(columns[(x + 1) % 5], 1) for x in range(5)]
        moved = [0] * 25
        for x in range(5):
            for y in range(5):
                place = x + 5 * y
                moved[y + 5 * ((2 * x + 3 * y) % 5)] = _turn(
                    lanes[place] ^ mixed[x], _ROTATIONS[place]
                )
        lanes = [
            moved[x + 5 * y] ^ (~moved[(x + 1) % 5 + 5 * y] & moved[(x + 2) % 5 + 5 * y])
            for y in range(5)
            for x in range(5)
        ]
        lanes[0] ^= constant
    return lanes


def keccak_256(data: bytes) -> bytes:
    """Keccak-256 digest of 32 bytes.

    Examples
    --------
    >>> keccak_256(b"").hex()[:16]
    'c5d2460186f7233c'
    """
    padded = bytearray(data)
    padded += b"\x00" * (_RATE - len(data) % _RATE)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for begin in range(0, len(padded), _RATE):
        for k in range(_RATE // 8):
            lanes[k] ^= int.from_bytes(padded[begin + 8 * k : begin + 8 * k + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
