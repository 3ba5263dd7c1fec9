"""Intake (取り込み): any file form becomes staged parts, and every record is either in a part or in the rejects."""

from yakuba.migration.intake.staging import stage

__all__ = ["stage"]
