"""What changes something in tenancy: one function = one transaction + one entry of the audit log."""

from yakuba.tenancy.services.account import (
    forget_second_factor,
    new_password,
    restart_staff,
    settle,
    stop_staff,
    unlock,
)
from yakuba.tenancy.services.bodies import add_department, add_group, add_municipality, join, leave
from yakuba.tenancy.services.provider import remove_provider, set_provider
from yakuba.tenancy.services.rights import grant, grant_for_now, revoke
from yakuba.tenancy.services.staff import add_first_administrator, add_operator, add_staff, change_staff

__all__ = [
    "add_department",
    "add_first_administrator",
    "add_group",
    "add_municipality",
    "add_operator",
    "add_staff",
    "change_staff",
    "forget_second_factor",
    "grant",
    "grant_for_now",
    "join",
    "leave",
    "new_password",
    "remove_provider",
    "restart_staff",
    "revoke",
    "set_provider",
    "settle",
    "stop_staff",
    "unlock",
]
