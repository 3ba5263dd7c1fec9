"""One password over many accounts (パスワードスプレー): an address from which many names fail is not listened to."""

from __future__ import annotations

import re
import statistics
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import allauth
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory, override_settings
from django.utils import timezone
from tests.tenancy.cast import PASSWORD, browser
from tests.tenancy.test_signin import in_full

from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.models import SignInAttempt
from yakuba.tenancy.queries import failed_sign_ins
from yakuba.tenancy.signin.origin import address_of, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tenancy.cast import Cast

LOGIN = "/accounts/login/"
PROXY, SPRAYER, OFFICE = "127.0.0.1", "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    cache.clear()
    pages = [dict(settings.TEMPLATES[0], APP_DIRS=False, DIRS=[Path(allauth.__path__[0]) / "templates"])]
    with override_settings(ROOT_URLCONF="tests.tenancy.urls", TEMPLATES=pages, ADDRESS_FAILURES=6):
        yield


def attempt(login: str, word: str = "wrong", *, peer: str = SPRAYER, forwarded: str = "") -> Any:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return browser().post(LOGIN, {"login": login, "password": word}, REMOTE_ADDR=peer, headers=headers)


def gets_in(login: str, **where: str) -> bool:
    """Whether the right password is listened to."""
    return bool(attempt(login, PASSWORD, **where).status_code == 302)


def spray(**where: str) -> None:
    """One password, many names; some of them exist."""
    for login in ("clerk", "protector", *(f"nobody{number}" for number in range(4))):
        assert attempt(login, "Summer-2026-Summer", **where).status_code == 200


def test_an_address_from_which_many_names_fail_is_not_listened_to(cast: Cast) -> None:
    for number in range(5):
        attempt(f"nobody{number}")
    assert gets_in("administrator", peer=SPRAYER)
    attempt("clerk")
    assert not gets_in("administrator", peer=SPRAYER)
    assert gets_in("administrator", peer=OFFICE)
    assert [(seen.login, seen.failed, seen.refused) for seen in failed_sign_ins(cast.administrator)] == [
        ("administrator", 0, 1),
        ("clerk", 1, 0),
    ]


def test_after_a_while_it_is_heard_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    spray(peer=SPRAYER)
    assert not gets_in("administrator", peer=SPRAYER)
    later = timezone.now() + timedelta(minutes=settings.LOCK_MINUTES, seconds=1)
    monkeypatch.setattr("yakuba.tenancy.signin.lockout.timezone.now", lambda: later)
    assert gets_in("administrator", peer=SPRAYER)


def test_one_name_that_fails_often_is_that_names_matter(cast: Cast) -> None:  # noqa: ARG001
    for _ in range(12):
        attempt("clerk")
    assert not gets_in("clerk", peer=OFFICE)
    assert gets_in("administrator", peer=SPRAYER)


def test_a_town_hall_behind_one_address_does_not_lock_itself_out(cast: Cast) -> None:  # noqa: ARG001
    for login in ("clerk", "nobody", "administrator", "protector", "outsider", "operator"):
        attempt(login, peer=PROXY)
        in_full(browser(), login)
    for number in range(5):
        attempt(f"nobody{number}", peer=PROXY)
    assert gets_in("clerk", peer=PROXY)


@pytest.mark.parametrize("said", ["192.0.2.1", "192.0.2.1, 192.0.2.2", "127.0.0.1", "rubbish", "::1, 10.0.0.1"])
def test_what_an_outsider_says_of_the_own_address_counts_for_nothing(cast: Cast, said: str) -> None:  # noqa: ARG001
    spray(peer=SPRAYER)
    assert not gets_in("administrator", peer=SPRAYER, forwarded=said)


def test_through_the_proxy_the_address_that_it_saw_counts(cast: Cast) -> None:  # noqa: ARG001
    for number in range(6):
        attempt(f"nobody{number}", peer=PROXY, forwarded=f"192.0.2.{number}, {SPRAYER}")
    assert not gets_in("administrator", peer=PROXY, forwarded=f"192.0.2.99, {SPRAYER}")
    assert gets_in("administrator", peer=PROXY, forwarded=f"{SPRAYER}, {OFFICE}")


def test_addresses_of_one_owner_are_one(cast: Cast) -> None:  # noqa: ARG001
    for number in range(6):
        attempt(f"nobody{number}", peer=f"2001:db8:1:2::{number}")
    assert not gets_in("administrator", peer="2001:db8:1:2:ffff::1")
    assert gets_in("administrator", peer="2001:db8:1:3::1")


def test_neither_words_nor_time_tell_whether_a_sprayed_name_exists(cast: Cast) -> None:  # noqa: ARG001
    spray(peer=SPRAYER)
    times: dict[str, list[float]] = {"administrator": [], "no-such-person": []}
    pages = set()
    for _ in range(10):
        for login, seen in times.items():
            start = time.perf_counter()
            answer = attempt(login, PASSWORD)
            seen.append(time.perf_counter() - start)
            text = answer.content.decode().replace(login, "?")
            pages.add(re.sub('value="[A-Za-z0-9]{64}"|nonce-[^" ]+', "", text))
    assert len(pages) == 1
    assert "利用者IDまたはパスワードが正しくありません" in pages.pop()
    known, unknown = (statistics.median(seen) for seen in times.values())
    assert 0.5 < known / unknown < 2


def test_the_log_says_from_where_somebody_signed_in_and_the_table_of_attempts_names_no_address(cast: Cast) -> None:
    client = browser()
    client.defaults["REMOTE_ADDR"] = OFFICE
    in_full(client, "clerk")
    shown, _ = entries(cast.administrator, Filter(actor="clerk", action="sign_in"))
    assert shown[0].detail["address"] == OFFICE
    kept = [str(value) for row in SignInAttempt.objects.values_list("who", "origin") for value in row]
    assert len(kept) >= 4
    assert not any(OFFICE in value or "clerk" in value for value in kept)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (SPRAYER, "", SPRAYER),
        (SPRAYER, OFFICE, SPRAYER),
        (PROXY, "", PROXY),
        (PROXY, OFFICE, OFFICE),
        (PROXY, f"{SPRAYER}, {OFFICE}", OFFICE),
        (PROXY, f"{OFFICE}, {PROXY}", OFFICE),
        (PROXY, f"rubbish, {OFFICE}", OFFICE),
        (PROXY, f"{OFFICE}, rubbish", PROXY),
        ("::ffff:127.0.0.1", OFFICE, OFFICE),
        ("10.1.2.3", OFFICE, OFFICE),
        ("", OFFICE, ""),
    ],
)
def test_whose_address_it_is(peer: str, forwarded: str, expected: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    from ipaddress import ip_network

    with override_settings(PROXIES=[*settings.PROXIES, ip_network("10.1.0.0/16")]):
        request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
        assert address_of(request) == expected
        assert counted(request) == expected
    assert counted(None) == ""
