"""Claims that overlap are settled: what a number is, it is once."""

from __future__ import annotations

from collections.abc import Iterable

from scamclassify.indicators.fields import FIELDS, Claim

# Fields that may share a place: a link holds its domain and the handle that it opens.
_SHARING = {"link", "domain"}
# Where confidence is the same, the more special field.
_ORDER = {
    field: place
    for place, field in enumerate(
        "crypto_address email link domain handle payment_id bank_account otp phone amount".split()
    )
}
assert set(_ORDER) == set(FIELDS)


def resolve(claims: Iterable[Claim]) -> list[Claim]:
    """Keep, of claims that overlap, the surest; then the longest; then the most special.

    Parameters
    ----------
    claims : iterable of Claim

    Returns
    -------
    list of Claim
        By place, claims that a number is nothing left out. The domain and the handle of a
        link stay inside it.

    Examples
    --------
    >>> kept = resolve([Claim("phone", 0, 9, "1", 0.8), Claim("otp", 0, 6, "2", 0.9)])
    >>> [claim.field for claim in kept]
    ['otp']
    """
    ranked = sorted(
        claims,
        key=lambda c: (-c.confidence, c.start - c.end, _ORDER.get(c.field, -1), c.start),
    )
    kept: list[Claim] = []
    for claim in ranked:
        if not any(
            claim.start < other.end and other.start < claim.end and not _may_share(claim, other)
            for other in kept
        ):
            kept.append(claim)
    kept.sort(key=lambda c: (c.start, -c.end, _ORDER.get(c.field, -1)))
    return [claim for claim in kept if claim.field]


def _may_share(one: Claim, other: Claim) -> bool:
    pair = {one.field, other.field}
    return pair == _SHARING or pair == {"link", "handle"} or pair == {"domain", "handle"}
