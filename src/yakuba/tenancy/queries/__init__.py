"""What tenancy can be asked; nothing here changes anything."""

from yakuba.tenancy.queries.actors import actor_of
from yakuba.tenancy.queries.attempts import Attempts, failed_sign_ins
from yakuba.tenancy.queries.members import Group, Member, belongs, group, groups, members, municipalities
from yakuba.tenancy.queries.staff import (
    Account,
    DepartmentLine,
    RightLine,
    account,
    departments,
    ending_rights,
    rights_of,
    staff,
)

__all__ = [
    "Account",
    "Attempts",
    "DepartmentLine",
    "Group",
    "Member",
    "RightLine",
    "account",
    "actor_of",
    "belongs",
    "departments",
    "ending_rights",
    "failed_sign_ins",
    "group",
    "groups",
    "members",
    "municipalities",
    "rights_of",
    "staff",
]
