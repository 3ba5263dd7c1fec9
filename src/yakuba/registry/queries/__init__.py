"""Reads of the room. Every one asks what the actor may see, and logs itself."""

from yakuba.registry.display import Section, Value
from yakuba.registry.queries.attention import Attention, Concerned, ConcernedPage, attention, concerned
from yakuba.registry.queries.concern import Concern
from yakuba.registry.queries.counts import counts
from yakuba.registry.queries.digest import record_digest, row_digest
from yakuba.registry.queries.entry import Draft, Entry, Field, draft, entry
from yakuba.registry.queries.household import Household, Member, household
from yakuba.registry.queries.loads import LoadShown, loads
from yakuba.registry.queries.output import Chosen, chosen, output, output_items
from yakuba.registry.queries.person import Person, head, history, resident
from yakuba.registry.queries.records import Business, Tab, businesses, records
from yakuba.registry.queries.relief import districts, relief_list
from yakuba.registry.queries.relief_groups import District, Group, Line
from yakuba.registry.queries.roll import usual_residents
from yakuba.registry.queries.search import Found, Page, search
from yakuba.registry.queries.timeline import Change
from yakuba.registry.queries.totals import totals
from yakuba.registry.queries.warnings import Caution
from yakuba.registry.search.understood import Kind, Query, understood

__all__ = [
    "Attention",
    "Business",
    "Caution",
    "Change",
    "Chosen",
    "Concern",
    "Concerned",
    "ConcernedPage",
    "District",
    "Draft",
    "Entry",
    "Field",
    "Found",
    "Group",
    "Household",
    "Kind",
    "Line",
    "LoadShown",
    "Member",
    "Page",
    "Person",
    "Query",
    "Section",
    "Tab",
    "Value",
    "attention",
    "businesses",
    "chosen",
    "concerned",
    "counts",
    "districts",
    "draft",
    "entry",
    "head",
    "history",
    "household",
    "loads",
    "output",
    "output_items",
    "record_digest",
    "records",
    "relief_list",
    "resident",
    "row_digest",
    "search",
    "totals",
    "understood",
    "usual_residents",
]
