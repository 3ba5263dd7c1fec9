"""The authentication backend: finds one account through the wall, looks at its password, counts failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password
from django.db import transaction

from yakuba.tenancy.database.walls import signing_in
from yakuba.tenancy.models import Staff
from yakuba.tenancy.queries.actors import works
from yakuba.tenancy.signin.lockout import Outcome, flooded, locked_until, note, one_at_a_time
from yakuba.tenancy.signin.origin import counted

if TYPE_CHECKING:
    from typing import Any

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest


class WalledBackend(AuthenticationBackend):  # type: ignore[misc] # allauth has no types
    """Password sign-in and the account of a session."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Staff | None:
        """The account of a login name and its password; None for every reason there is, after the same work.

        Only an address that is not listened to is told so by being quick: that says nothing of any account.
        """
        name = str(credentials.get("username") or "").lower()
        password = str(credentials.get("password") or "")
        if not name or not password:
            return None
        origin = counted(request)
        if flooded(origin):
            note(name, Outcome.REFUSED, origin)
            return None
        with transaction.atomic():
            one_at_a_time(name)
            if locked_until(name):
                make_password(password)
                note(name, Outcome.REFUSED, origin)
                return None
            found = _account(name)
            right = found.check_password(password) if found else not make_password(password)
            if found is None or not right or not works(found):
                note(name, Outcome.FAILED, origin)
                return None
        return found

    def get_user(self, user_id: Any) -> Staff | None:
        """The account of a session, if it works today."""
        with signing_in(str(user_id)):
            found = Staff.objects.select_related("municipality").filter(pk=user_id).first()
        return found if found and works(found) else None

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """Whether an account works today."""
        return isinstance(user, Staff) and works(user)


def _account(name: str) -> Staff | None:
    with signing_in(name):
        return Staff.objects.select_related("municipality").filter(login=name).first()
