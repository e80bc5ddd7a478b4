"""Campaigns: the same message sent again and again under changed names, numbers and links."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scamclassify.campaigns.document import (
        Campaign,
        CampaignDocument,
        CampaignIndicator,
        load_campaigns,
    )

__all__ = [
    "Campaign",
    "CampaignDocument",
    "CampaignIndicator",
    "load_campaigns",
]

_HOMES = {
    "Campaign": "document",
    "CampaignDocument": "document",
    "CampaignIndicator": "document",
    "load_campaigns": "document",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
