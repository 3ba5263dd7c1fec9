"""Report (移行結果報告): one HTML page for a section chief, one workbook for the departments."""

from yakuba.migration.report.make import make_report

__all__ = ["make_report"]
