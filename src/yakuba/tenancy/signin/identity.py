"""A municipality's own identity provider (認証基盤, OpenID Connect): it vouches for the municipality's staff only.

Everything between the provider and the account happens behind the wall of the municipality whose provider it is, so
that no provider can speak for anybody else's staff, whatever it claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from yakuba.tenancy.database.walls import signing_in, wall
from yakuba.tenancy.models import IdentityProvider, Staff
from yakuba.tenancy.queries.actors import works
from yakuba.tenancy.signin.secrets import box

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_REFUSED = "この認証基盤の利用者は登録されていないか、利用できません。管理者に確かめてください。"


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Providers come from the municipalities' own settings; accounts are found, never made."""

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str = "") -> list[SocialApp]:  # noqa: ARG002
        """The provider of an address, as allauth wants it."""
        found = _provider(provider or "")
        return [_app(found)] if found else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of a person that the provider has let in.

        Raises:
            ImmediateHttpResponse: there is none in this municipality, or it does not work today.
        """
        provider = _provider(sociallogin.account.provider)
        staff = sociallogin.user if sociallogin.account.pk else None
        if provider and not staff:
            data = sociallogin.account.extra_data
            name = str((data.get("userinfo") or data.get("id_token") or {}).get(provider.claim) or "").lower()
            staff = Staff.objects.filter(login=name, municipality_id=provider.municipality_id).first()
        if not provider or not staff or not works(staff):
            messages.error(request, _REFUSED)
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        if not sociallogin.account.pk:
            sociallogin.connect(request, staff)


@login_not_required
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the provider."""
    with wall(_known(provider_id).municipality_id):
        response: HttpResponseBase = views.login(request, provider_id)
    return response


@login_not_required
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider: everything behind its municipality's wall."""
    with wall(_known(provider_id).municipality_id):
        response: HttpResponseBase = views.callback(request, provider_id)
    return response


class FactorStage(AuthenticateStage):  # type: ignore[misc] # allauth has no types
    """Asks for our second factor, unless the provider has asked for its own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not brings_second_factor(request, self.login.user) and bool(super()._should_handle(request))


def by_provider(request: HttpRequest, staff: Staff) -> bool:
    """Whether the person who is signing in came through a provider."""
    return any(one.get("method") == "socialaccount" for one in get_authentication_records(request, staff))


def brings_second_factor(request: HttpRequest, staff: Staff) -> bool:
    """Whether the person came through a provider that asks for two factors itself; asked behind its wall."""
    return (
        by_provider(request, staff)
        and IdentityProvider.objects.filter(
            municipality_id=staff.municipality_id, active=True, second_factor=True
        ).exists()
    )


def _provider(identifier: str) -> IdentityProvider | None:
    with signing_in(f"oidc:{identifier}"):
        return IdentityProvider.objects.filter(identifier=identifier, active=True).first()


def _known(identifier: str) -> IdentityProvider:
    found = _provider(identifier)
    if found is None:
        raise Http404
    return found


def _app(found: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=found.identifier,
        name=found.name,
        client_id=found.client,
        secret=box().decrypt(found.secret.encode()).decode(),
        settings={"server_url": found.server, "oauth_pkce_enabled": True},
    )
