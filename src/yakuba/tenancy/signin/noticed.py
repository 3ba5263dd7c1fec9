"""What allauth tells (通知): a changed password, a second factor set up or taken off. All of it is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.tenancy.signin.session import set_strong

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from yakuba.tenancy.models import Staff

_PLACE = "自分の利用者ID"


def listen() -> None:
    """Connect the signals; Django's own note of the last sign-in is made by `adapter`, behind the wall."""
    from allauth.account.signals import password_changed
    from allauth.mfa.signals import authenticator_added, authenticator_removed
    from django.contrib.auth.models import update_last_login
    from django.contrib.auth.signals import user_logged_in

    user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
    password_changed.connect(_password_changed)
    authenticator_added.connect(_factor_added)
    authenticator_removed.connect(_factor_removed)


def _password_changed(user: Staff, **_: object) -> None:
    user.initial_password = False
    user.save(update_fields=["initial_password"])
    _record(user, "change_password")


def _factor_added(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: object) -> None:
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        set_strong(request, factor=True)
    _record(user, "add_factor", authenticator.type)


def _factor_removed(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: object) -> None:
    from allauth.mfa.utils import is_mfa_enabled

    if not is_mfa_enabled(user):
        set_strong(request, factor=False)
    _record(user, "remove_factor", authenticator.type)


def _record(user: Staff, action: str, kind: str = "") -> None:
    from yakuba.tenancy.audit import record
    from yakuba.tenancy.queries.actors import actor_from

    record(actor_from(user), place=_PLACE, action=action, detail={"kind": kind} if kind else None)
