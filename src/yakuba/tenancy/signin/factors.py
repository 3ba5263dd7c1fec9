"""Second factors (多要素): TOTP secrets are kept encrypted, wrong codes are counted like wrong passwords."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError
from django.db import transaction

from yakuba.tenancy.signin.lockout import Outcome, code_of, locked_until, note, one_at_a_time, used_just_now
from yakuba.tenancy.signin.secrets import box

if TYPE_CHECKING:
    from yakuba.tenancy.models import Staff


_ONCE = timedelta(minutes=5)
"""A code that was seen over a shoulder is of no use: it works once, whichever process it is shown to."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """See the module."""

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it is."""
        return box().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Staff) -> str:
        """What the authenticator app shows beside the code."""
        return user.login

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Nothing: there is no mail inside the closed network; the log tells."""


class _Counted(BaseAuthenticateForm):  # type: ignore[misc] # allauth has no types
    """Asks for a code; a name that fails too often is not listened to, with its own count."""

    def clean_code(self) -> str:
        """The code, if it is right.

        Raises:
            ValidationError: it is wrong, or nobody listens; the two look alike.
        """
        name = code_of(self.user.login)
        with transaction.atomic():
            one_at_a_time(name)
            outcome, code = (Outcome.REFUSED, "") if locked_until(name) else self._checked(name)
            note(name, outcome)
        if outcome is not Outcome.SUCCESS:
            raise _refusal()
        return code

    def _checked(self, name: str) -> tuple[Outcome, str]:
        try:
            code = str(super().clean_code())
        except ValidationError:
            return Outcome.FAILED, ""
        if used_just_now(f"{name}: {code}", _ONCE):
            return Outcome.FAILED, ""
        note(f"{name}: {code}", Outcome.SUCCESS)
        return Outcome.SUCCESS, code


class CodeForm(_Counted, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The code after the password."""


class CodeAgainForm(_Counted, ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The code again, before something that matters."""


def _refusal() -> ValidationError:
    from allauth.account.adapter import get_adapter

    refusal: ValidationError = get_adapter().validation_error("incorrect_code")
    return refusal
