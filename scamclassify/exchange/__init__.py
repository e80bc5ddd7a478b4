"""Exchange between agencies: campaigns and indicators out, messages of citizens never."""

from scamclassify.exchange.export import ExportSummary, export_campaigns
from scamclassify.exchange.outgoing import Outgoing, select_outgoing

__all__ = ["ExportSummary", "Outgoing", "export_campaigns", "select_outgoing"]
