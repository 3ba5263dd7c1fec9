"""A municipality's own identity provider: a real one, over HTTP. It vouches for its own staff and nobody else's."""

from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import allauth
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from tests.tenancy.cast import browser
from tests.tenancy.provider import CLIENT, SECRET, Provider, provider
from tests.world import TOWN_A

from yakuba.kernel.errors import UsageError
from yakuba.tenancy import services
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import IdentityProvider, Staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from tests.tenancy.cast import Cast

__all__ = ["provider"]
START, WHO = "/accounts/oidc/mihon/login/", "/probe/who/"


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    cache.clear()
    pages = [dict(settings.TEMPLATES[0], APP_DIRS=False, DIRS=[Path(allauth.__path__[0]) / "templates"])]
    with override_settings(ROOT_URLCONF="tests.tenancy.urls", TEMPLATES=pages):
        yield


def register(cast: Cast, provider: Provider, *, second_factor: bool = True) -> None:
    services.set_provider(
        cast.administrator, "mihon", "見本町", provider.url, CLIENT, SECRET, second_factor=second_factor
    )


def through(client: Client, provider: Provider, login: str, sub: str = "") -> Any:
    """The way of a browser: to the provider, sign in there, and back."""
    provider.person = {"sub": sub or f"sub-{login}", "preferred_username": login, "name": login}
    there = urlsplit(client.get(START)["Location"])
    assert f"{there.scheme}://{there.netloc}" == provider.url
    connection = HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return client.get(f"{back.path}?{back.query}")


def test_a_provider_with_two_factors_lets_its_staff_in(cast: Cast, provider: Provider) -> None:
    register(cast, provider)
    services.new_password(cast.administrator, cast.ids["clerk"])
    client = browser()
    assert through(client, provider, "clerk")["Location"] == "/"
    assert client.get(WHO).json()["login"] == "clerk"


def test_a_provider_without_two_factors_is_followed_by_ours(cast: Cast, provider: Provider) -> None:
    register(cast, provider, second_factor=False)
    client = browser()
    assert through(client, provider, "clerk")["Location"] == "/accounts/factor/authenticate/"
    assert client.get(WHO).status_code == 302


def test_a_person_is_known_again_by_the_providers_own_name(cast: Cast, provider: Provider) -> None:
    register(cast, provider)
    through(browser(), provider, "clerk", "subject-1")
    client = browser()
    through(client, provider, "protector", "subject-1")
    assert client.get(WHO).json()["login"] == "clerk"
    shown, count = entries(cast.administrator, Filter(action="sign_in", actor="clerk"))
    assert count == 2
    assert shown[0].detail["by"] == ["socialaccount"]


@pytest.mark.parametrize("login", ["outsider", "operator", "no-such-person", ""])
def test_nobody_else_gets_in_whatever_the_provider_says(cast: Cast, provider: Provider, login: str) -> None:
    register(cast, provider)
    client = browser()
    assert through(client, provider, login)["Location"] == "/accounts/login/"
    assert client.get(WHO).status_code == 302
    assert Staff.objects.count() == 0
    with wall(TOWN_A):
        assert Staff.objects.count() == 4


def test_a_stopped_account_stays_stopped_also_when_it_was_known(cast: Cast, provider: Provider) -> None:
    register(cast, provider)
    through(browser(), provider, "clerk")
    services.stop_staff(cast.administrator, cast.ids["clerk"], "退職")
    client = browser()
    assert through(client, provider, "clerk")["Location"] == "/accounts/login/"
    assert client.get(WHO).status_code == 302


def test_an_answer_that_was_not_asked_for_is_worth_nothing(cast: Cast, provider: Provider) -> None:
    register(cast, provider)
    asked = browser()
    provider.person = {"sub": "1", "preferred_username": "clerk"}
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked.get(START)["Location"]).query).items()}
    back = urlsplit(provider.authorize(query))
    client = browser()
    client.get(f"{back.path}?{back.query}")
    assert client.get(WHO).status_code == 302


def test_a_code_works_once(cast: Cast, provider: Provider) -> None:
    register(cast, provider)
    client = browser()
    provider.person = {"sub": "1", "preferred_username": "clerk"}
    query = {name: values[0] for name, values in parse_qs(urlsplit(client.get(START)["Location"]).query).items()}
    back = urlsplit(provider.authorize(query))
    provider.codes.clear()
    client.get(f"{back.path}?{back.query}")
    assert client.get(WHO).status_code == 302


def test_without_a_provider_there_is_no_such_address(cast: Cast, provider: Provider) -> None:
    assert browser(raises=False).get(START).status_code == 404
    register(cast, provider)
    services.remove_provider(cast.administrator)
    services.remove_provider(cast.administrator)
    assert browser(raises=False).get(START).status_code == 404
    assert browser(raises=False).get("/accounts/oidc/mihon/callback/?code=1&state=2").status_code == 404


def test_the_secret_is_kept_encrypted_and_the_provider_behind_the_wall(cast: Cast, provider: Provider) -> None:
    register(cast, provider)
    assert not IdentityProvider.objects.exists()
    with wall(TOWN_A):
        assert SECRET not in IdentityProvider.objects.get().secret


def test_a_provider_is_set_by_those_who_may_and_is_none_of_anothers(cast: Cast, provider: Provider) -> None:
    for actor in (cast.clerk, cast.operator):
        with pytest.raises(NotAllowedError):
            services.set_provider(actor, "x-x", "x", provider.url, CLIENT, SECRET)
    register(cast, provider)
    with pytest.raises(UsageError, match="使えません"):
        services.set_provider(cast.outsider, "mihon", "x", provider.url, CLIENT, SECRET)
    with pytest.raises(UsageError, match="識別名"):
        services.set_provider(cast.outsider, "Mihon!", "x", provider.url, CLIENT, SECRET)
    with pytest.raises(UsageError, match="https"):
        services.set_provider(cast.outsider, "reiji", "x", "ftp://idp.example", CLIENT, SECRET)
    with override_settings(SESSION_COOKIE_SECURE=True), pytest.raises(UsageError, match="https"):
        services.set_provider(cast.outsider, "reiji", "x", provider.url, CLIENT, SECRET)
