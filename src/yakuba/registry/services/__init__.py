"""Writes of the room: one function = one transaction = one entry in the log."""

from yakuba.registry.services.discarding import must_own, replace_all, written_since
from yakuba.registry.services.export import Exported, export
from yakuba.registry.services.history import ChangedMeanwhileError, add_history
from yakuba.registry.services.load import Loaded, load, load_proven
from yakuba.registry.services.recounting import recount

__all__ = [
    "ChangedMeanwhileError",
    "Exported",
    "Loaded",
    "add_history",
    "export",
    "load",
    "load_proven",
    "must_own",
    "recount",
    "replace_all",
    "written_since",
]
