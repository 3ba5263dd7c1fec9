"""The audit log (操作ログ): who saw or did what, when, to whose record, and why.

Append-only for the application, numbered and chained by the database itself, closed by a digest every day.
"""

from yakuba.tenancy.audit.analysis import Use, uses
from yakuba.tenancy.audit.chain import Problem, verify
from yakuba.tenancy.audit.digest import Digest, close_days, close_days_of_every_log, digests
from yakuba.tenancy.audit.files import read_anchor, write_anchor, write_csv
from yakuba.tenancy.audit.log import Entry, Filter, entries, every, home, record

__all__ = [
    "Digest",
    "Entry",
    "Filter",
    "Problem",
    "Use",
    "close_days",
    "close_days_of_every_log",
    "digests",
    "entries",
    "every",
    "home",
    "read_anchor",
    "record",
    "uses",
    "verify",
    "write_anchor",
    "write_csv",
]
