"""What changes something in the backup centre: plans, findings, alarms."""

from yakuba.backup.services.alarms import acknowledge, end_alarm, raise_alarm
from yakuba.backup.services.asking import ask_examination
from yakuba.backup.services.checks import note_check
from yakuba.backup.services.examining import examine
from yakuba.backup.services.looking import look
from yakuba.backup.services.plans import USUAL, set_plan
from yakuba.backup.services.replicating import replicate
from yakuba.backup.services.verifying import verify
from yakuba.backup.services.watching import watch

__all__ = [
    "USUAL",
    "acknowledge",
    "ask_examination",
    "end_alarm",
    "examine",
    "look",
    "note_check",
    "raise_alarm",
    "replicate",
    "set_plan",
    "verify",
    "watch",
]
