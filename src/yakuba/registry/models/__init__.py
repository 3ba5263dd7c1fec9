"""Tables of the room. Others reach them only through `registry.queries` and `registry.services`."""

from yakuba.registry.models.home import HomeEntry
from yakuba.registry.models.ledger import Ledger
from yakuba.registry.models.load import Load
from yakuba.registry.models.record import Record
from yakuba.registry.models.resident import Resident, SearchEntry
from yakuba.registry.models.statistic import Statistic

__all__ = ["HomeEntry", "Ledger", "Load", "Record", "Resident", "SearchEntry", "Statistic"]
