"""Tables of the room. Others reach them only through `issuance.queries` and `issuance.services`."""

from yakuba.issuance.models.approval import Approval
from yakuba.issuance.models.fee import Fee
from yakuba.issuance.models.image import Image
from yakuba.issuance.models.issue import Event, Issue, Numbering, OnPaper
from yakuba.issuance.models.notice import Notice, Registration
from yakuba.issuance.models.overflow import Overflow
from yakuba.issuance.models.release import Release
from yakuba.issuance.models.setting import Setting
from yakuba.issuance.models.stop import Stop

__all__ = [
    "Approval",
    "Event",
    "Fee",
    "Image",
    "Issue",
    "Notice",
    "Numbering",
    "OnPaper",
    "Overflow",
    "Registration",
    "Release",
    "Setting",
    "Stop",
]
