"""Campaigns: the same message sent again and again under changed names, numbers and links."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scamclassify.campaigns.clustering import Clusters, cluster_signatures
    from scamclassify.campaigns.compare import CampaignChanges, compare_campaigns
    from scamclassify.campaigns.document import (
        Campaign,
        CampaignDocument,
        CampaignIndicator,
        load_campaigns,
    )
    from scamclassify.campaigns.drift import Drift, measure_drift
    from scamclassify.campaigns.find import Campaigns, find_campaigns

_HOMES = {
    "Campaign": "document",
    "CampaignChanges": "compare",
    "CampaignDocument": "document",
    "CampaignIndicator": "document",
    "Campaigns": "find",
    "Clusters": "clustering",
    "Drift": "drift",
    "cluster_signatures": "clustering",
    "compare_campaigns": "compare",
    "find_campaigns": "find",
    "load_campaigns": "document",
    "measure_drift": "drift",
}

__all__ = [
    "Campaign",
    "CampaignChanges",
    "CampaignDocument",
    "CampaignIndicator",
    "Campaigns",
    "Clusters",
    "Drift",
    "cluster_signatures",
    "compare_campaigns",
    "find_campaigns",
    "load_campaigns",
    "measure_drift",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
