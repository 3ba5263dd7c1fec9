"""Reads of the room. Every one asks what the actor may see, and logs itself."""

from yakuba.registry.display import Section, Value
from yakuba.registry.queries.counts import counts
from yakuba.registry.queries.household import Household, Member, household
from yakuba.registry.queries.loads import LoadShown, loads
from yakuba.registry.queries.output import output, output_items
from yakuba.registry.queries.person import Change, Person, resident
from yakuba.registry.queries.records import Tab, records
from yakuba.registry.queries.search import Found, Page, search
from yakuba.registry.queries.warnings import Caution
from yakuba.registry.search.understood import Kind, Query, understood

__all__ = [
    "Caution",
    "Change",
    "Found",
    "Household",
    "Kind",
    "LoadShown",
    "Member",
    "Page",
    "Person",
    "Query",
    "Section",
    "Tab",
    "Value",
    "counts",
    "household",
    "loads",
    "output",
    "output_items",
    "records",
    "resident",
    "search",
    "understood",
]
