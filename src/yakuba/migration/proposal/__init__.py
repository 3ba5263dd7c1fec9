"""Proposal (移行定義の提案): looks at an unknown dump and writes a project file that can be run as it is."""

from yakuba.migration.proposal.look import look
from yakuba.migration.proposal.summary import summary, write_project

__all__ = ["look", "summary", "write_project"]
