"""Tables of the room. Others reach them only through `tenancy.queries` and `tenancy.services`."""

from yakuba.tenancy.models.audit import AuditDigest, AuditEntry, AuditHead
from yakuba.tenancy.models.body import Department, Membership, MunicipalGroup, Municipality
from yakuba.tenancy.models.signin import IdentityProvider, SignInAttempt
from yakuba.tenancy.models.staff import Right, Staff

__all__ = [
    "AuditDigest",
    "AuditEntry",
    "AuditHead",
    "Department",
    "IdentityProvider",
    "Membership",
    "MunicipalGroup",
    "Municipality",
    "Right",
    "SignInAttempt",
    "Staff",
]
