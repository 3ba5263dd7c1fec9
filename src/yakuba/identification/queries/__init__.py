"""Reads of the room. Nothing of a single resident is here to be read."""

from yakuba.identification.queries.collections import Group, Progress, collection, collections, progress
from yakuba.identification.queries.exports import mapping, vendor_folder
from yakuba.identification.queries.glyph import Happening, Page, Proposal, Used, page, picture
from yakuba.identification.queries.lines import Line, Mark

__all__ = [
    "Group",
    "Happening",
    "Line",
    "Mark",
    "Page",
    "Progress",
    "Proposal",
    "Used",
    "collection",
    "collections",
    "mapping",
    "page",
    "picture",
    "progress",
    "vendor_folder",
]
