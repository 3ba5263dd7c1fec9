"""Passkeys: made once, then enough to sign in; a wrong key, another site's key and an old answer open nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import allauth
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from tests.tenancy.cast import PASSWORD, browser
from tests.tenancy.passkey import Passkey

from yakuba.tenancy import services
from yakuba.tenancy.audit import Filter, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from tests.tenancy.cast import Cast

LOGIN, CODE, WHO = "/accounts/login/", "/accounts/factor/authenticate/", "/probe/who/"
ADD, ENTER = "/accounts/factor/passkeys/add/", "/accounts/factor/passkeys/login/"


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    cache.clear()
    pages = [dict(settings.TEMPLATES[0], APP_DIRS=False, DIRS=[Path(allauth.__path__[0]) / "templates"])]
    with override_settings(ROOT_URLCONF="tests.tenancy.urls", TEMPLATES=pages):
        yield


def challenge(client: Client) -> str:
    return str(client.session["mfa.webauthn.state"]["challenge"])


def make(cast: Cast, name: str = "clerk", **about: Any) -> Passkey:
    """Somebody sets up a passkey instead of TOTP, at the first sign-in."""
    services.forget_second_factor(cast.administrator, cast.ids[name], "パスキーに切替え")
    client = browser()
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    assert client.get(WHO).status_code == 302
    assert client.get(ADD).status_code == 200
    key = Passkey(**about)
    answer = client.post(ADD, {"credential": key.register(challenge(client), cast.ids[name]), "passwordless": "on"})
    assert answer.status_code == (302 if key.verifies else 200)
    assert client.get(WHO).status_code == (200 if key.verifies else 302)
    return key


def enter(key: Passkey) -> Client:
    client = browser()
    client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"})
    client.post(ENTER, {"credential": key.sign(challenge(client))})
    return client


def test_a_passkey_alone_opens_the_door(cast: Cast) -> None:
    key = make(cast)
    assert enter(key).get(WHO).json()["login"] == "clerk"
    shown, _ = entries(cast.administrator, Filter(action="sign_in", actor="clerk"))
    assert shown[0].detail["by"] == ["webauthn"]


def test_a_passkey_is_a_second_factor_after_the_password(cast: Cast) -> None:
    key = make(cast)
    client = browser()
    assert client.post(LOGIN, {"login": "clerk", "password": PASSWORD})["Location"] == CODE
    assert client.get(CODE).status_code == 200
    assert client.post(CODE, {"credential": key.sign(challenge(client))})["Location"] == "/"
    assert client.get(WHO).status_code == 200


def test_a_key_that_does_not_verify_its_owner_is_not_taken(cast: Cast) -> None:
    make(cast, verifies=False)


@pytest.mark.parametrize("about", [{"origin": "https://evil.example"}, {"site": "evil.example"}])
def test_an_answer_made_for_another_site_opens_nothing(cast: Cast, about: dict[str, str]) -> None:
    key = make(cast)
    for name, value in about.items():
        setattr(key, name, value)
    assert enter(key).get(WHO).status_code == 302


def test_another_key_in_the_owners_name_opens_nothing(cast: Cast) -> None:
    key = make(cast)
    stranger = Passkey(handle=key.handle, identifier=key.identifier)
    assert enter(stranger).get(WHO).status_code == 302
    assert enter(Passkey(handle=b"zzzz")).get(WHO).status_code == 302
    assert enter(Passkey(handle=b"")).get(WHO).status_code == 302


def test_an_answer_seen_on_the_way_opens_nothing_again(cast: Cast) -> None:
    key = make(cast)
    first = browser()
    first.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"})
    answer = key.sign(challenge(first))
    first.post(ENTER, {"credential": answer})
    assert first.get(WHO).status_code == 200
    thief = browser()
    thief.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"})
    thief.post(ENTER, {"credential": answer})
    assert thief.get(WHO).status_code == 302


def test_a_stopped_accounts_key_opens_nothing(cast: Cast) -> None:
    key = make(cast)
    services.stop_staff(cast.administrator, cast.ids["clerk"], "退職")
    assert enter(key).get(WHO).status_code == 302
    assert entries(cast.administrator, Filter(action="sign_in", actor="clerk"))[1] == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", "x", '{"response": {"userHandle": 5}}', '{"response": null}', "1"])
def test_rubbish_is_a_wrong_key(cast: Cast, text: str) -> None:  # noqa: ARG001
    client = browser()
    client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"})
    assert client.post(ENTER, {"credential": text}).status_code == 302
    assert client.get(WHO).status_code == 302
