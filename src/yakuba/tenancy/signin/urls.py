"""Addresses of sign-in. Only what is needed here: nobody registers and nothing is sent by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from yakuba.tenancy.signin.entrances import login_by_passkey, login_by_password
from yakuba.tenancy.signin.identity import from_provider, to_provider

if TYPE_CHECKING:
    from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = [
    path("login/", login_by_password, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("factor/", factor.index, name="mfa_index"),
    path("factor/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("factor/reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factor/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/totp/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factor/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("factor/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("factor/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("factor/passkeys/login/", login_by_passkey, name="mfa_login_webauthn"),
    path("factor/passkeys/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("factor/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("factor/passkeys/<int:pk>/name/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("oidc/<slug:provider_id>/login/", to_provider, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", from_provider, name="openid_connect_callback"),
]
