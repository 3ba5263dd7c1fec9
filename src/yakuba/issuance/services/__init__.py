"""Writes of the room: one function = one transaction = one entry in the log."""

from yakuba.issuance.services.configuring import approve, keep_images, set_content, set_fee
from yakuba.issuance.services.issuing import issue
from yakuba.issuance.services.noticing import register, sent
from yakuba.issuance.services.overflowing import settle
from yakuba.issuance.services.preparing import Prepared, prepare
from yakuba.issuance.services.releasing import release
from yakuba.issuance.services.reprinting import reprint
from yakuba.issuance.services.stopping import resume, stop
from yakuba.issuance.services.voiding import counter_entry, printed, void

__all__ = [
    "Prepared",
    "approve",
    "counter_entry",
    "issue",
    "keep_images",
    "prepare",
    "printed",
    "register",
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
