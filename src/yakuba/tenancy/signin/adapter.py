"""How allauth's sign-in behaves here: no registration, no mail, everything logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import login as django_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from yakuba.tenancy.audit import home, record
from yakuba.tenancy.models import Staff
from yakuba.tenancy.queries.actors import actor_from, works
from yakuba.tenancy.signin.identity import brings_second_factor, by_provider
from yakuba.tenancy.signin.lockout import Outcome, failures_since_success, note
from yakuba.tenancy.signin.origin import address_of, counted
from yakuba.tenancy.signin.session import begin, new, strong

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

_BACKEND = "yakuba.tenancy.signin.backend.WalledBackend"
_PLACE = "ログイン"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """See the module."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": (
            "利用者IDまたはパスワードが正しくありません。続けて間違えると、しばらくログインできなくなります。"
        ),
        "incorrect_code": "確認コードが正しくありません。続けて間違えると、しばらくログインできなくなります。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: accounts are made by those who administer them."""
        return False

    def get_login_stages(self) -> list[str]:
        """What follows the password: the second factor, and nothing by mail or telephone."""
        return ["yakuba.tenancy.signin.identity.FactorStage"]

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: there is no mail inside the closed network; the log tells."""

    def pre_login(self, request: HttpRequest, user: Staff, **_: Any) -> HttpResponse | None:
        """Nobody whose account does not work today, however they prove who they are."""
        if works(user):
            return None
        clear_login(request)
        messages.error(request, "この利用者IDは利用できません。管理者に確かめてください。")
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002
        """Whether to ask again who it is before a second factor is changed; not right after the whole sign-in."""
        request = context.request
        return not new(request) or (not strong(request) and is_mfa_enabled(request.user))

    def login(self, request: HttpRequest, user: Staff) -> None:
        """The last step, after every factor: a new session key, the session's start, the log."""
        records = get_authentication_records(request, user)
        methods = sorted({str(one.get("type") or one.get("method")) for one in records})
        failures = failures_since_success(user.login)
        with home(actor_from(user)):
            factor = any(one.get("method") == "mfa" for one in records) or brings_second_factor(request, user)
            begin_with = {"provided": by_provider(request, user), "factor": factor}
            django_login(request, user, _BACKEND)
            begin(request, **begin_with)
            user.last_login = timezone.now()
            user.save(update_fields=["last_login"])
            note(user.login, Outcome.SUCCESS, counted(request))
            detail = {"by": methods, "failures": failures, "address": address_of(request)}
            record(actor_from(user), place=_PLACE, action="sign_in", detail=detail)

    def logout(self, request: HttpRequest) -> None:
        """Leave, and log it."""
        if isinstance(request.user, Staff):
            record(actor_from(request.user), place=_PLACE, action="sign_out")
        super().logout(request)
