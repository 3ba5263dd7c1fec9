"""Writes of the room: one function = one transaction = one entry in the log."""

from yakuba.issuance.services.configuring import approve, keep_images, set_content, set_fee
from yakuba.issuance.services.issuing import copy_key, issue, issue_copies
from yakuba.issuance.services.noticing import register, sent
from yakuba.issuance.services.overflowing import settle
from yakuba.issuance.services.preparing import Prepared, prepare
from yakuba.issuance.services.rehearsing import Rehearsal, Rehearsed, originals, rehearse
from yakuba.issuance.services.releasing import release
from yakuba.issuance.services.reprinting import reprint
from yakuba.issuance.services.stopping import resume, stop
from yakuba.issuance.services.voiding import counter_entry, printed, void

__all__ = [
    "Prepared",
    "Rehearsal",
    "Rehearsed",
    "approve",
    "copy_key",
    "counter_entry",
    "issue",
    "issue_copies",
    "keep_images",
    "originals",
    "prepare",
    "printed",
    "register",
    "rehearse",
    "release",
    "reprint",
    "resume",
    "sent",
    "set_content",
    "set_fee",
    "settle",
    "stop",
    "void",
]
