"""Reports on scored dumps: one page for people, from files of any size."""

from scamclassify.dump_report.report import DumpReportSummary, report_dump

__all__ = ["DumpReportSummary", "report_dump"]
