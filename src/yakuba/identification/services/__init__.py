"""Writes of the room: one function = one transaction = one entry in the log."""

from yakuba.identification.services.approving import approve, hand_back
from yakuba.identification.services.asking import ask_identification
from yakuba.identification.services.bringing import bring
from yakuba.identification.services.proposing import FIRST, propose
from yakuba.identification.services.setting_aside import set_aside
from yakuba.identification.services.together import settle_together
from yakuba.identification.services.undoing import undo, undo_last

__all__ = [
    "FIRST",
    "approve",
    "ask_identification",
    "bring",
    "hand_back",
    "propose",
    "set_aside",
    "settle_together",
    "undo",
    "undo_last",
]
