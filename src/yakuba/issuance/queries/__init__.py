"""Reads of the room. What tells of people logs itself."""

from yakuba.issuance.queries.ledger import Entry, Filter, Happening, Line, entry, history, ledger
from yakuba.issuance.queries.lists import NoticeLine, OverflowLine, notices, overflows, registered
from yakuba.issuance.queries.standing import (
    FeeLine,
    StopLine,
    Waiting,
    approval,
    everywhere,
    fees,
    gaps,
    offered,
    person,
    settings,
    stopped,
    stops,
    waiting,
)
from yakuba.issuance.queries.verifying import Verified, state, verify

__all__ = [
    "Entry",
    "FeeLine",
    "Filter",
    "Happening",
    "Line",
    "NoticeLine",
    "OverflowLine",
    "StopLine",
    "Verified",
    "Waiting",
    "approval",
    "entry",
    "everywhere",
    "fees",
    "gaps",
    "history",
    "ledger",
    "notices",
    "offered",
    "overflows",
    "person",
    "registered",
    "settings",
    "state",
    "stopped",
    "stops",
    "verify",
    "waiting",
]
