"""The entrances (入口): allauth's views, with the one account opened that the visitor claims to be.

Which account may be read is said before it is known whether the visitor is its owner; that is what signing in means.
For a name that nobody has, the same is said, and nothing is found.
"""

from __future__ import annotations

import base64
import binascii
import json
from contextlib import nullcontext
from typing import TYPE_CHECKING

from allauth.account.utils import url_str_to_user_pk
from allauth.account.views import login
from allauth.mfa.webauthn.views import login_webauthn
from django.contrib.auth.decorators import login_not_required

from yakuba.tenancy.database.walls import signing_in

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@login_not_required
def login_by_password(request: HttpRequest) -> HttpResponseBase:
    """The form, and the password; whether a second factor follows is the account's to say."""
    name = request.POST.get("login", "").strip().lower()
    with signing_in(name) if name else nullcontext():
        response: HttpResponseBase = login(request)
    return response


@login_not_required
def login_by_passkey(request: HttpRequest) -> HttpResponseBase:
    """Challenge (GET) and answer (POST). A key that nobody here has is a wrong key."""
    with _account(request):
        response: HttpResponseBase = login_webauthn(request)
    return response


def _account(request: HttpRequest) -> AbstractContextManager[None]:
    """The account that the answer claims to be of; the signature is checked behind this."""
    try:
        handle = str(json.loads(request.POST["credential"])["response"]["userHandle"])
        account = url_str_to_user_pk(base64.urlsafe_b64decode(handle + "=" * (-len(handle) % 4)).decode())
    except (KeyError, TypeError, ValueError, binascii.Error):
        return nullcontext()
    return signing_in(str(account))
