"""Sign-in: two factors, one answer for every failure, sessions that end when they should."""

from __future__ import annotations

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import allauth
import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.tenancy.cast import PASSWORD, TOTP, browser, make_cast

from yakuba.tenancy import services
from yakuba.tenancy.acting import NotFoundError, system
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import AuditEntry, SignInAttempt, Staff
from yakuba.tenancy.queries import failed_sign_ins, rights_of
from yakuba.tenancy.signin.backend import WalledBackend
from yakuba.tenancy.signin.lockout import who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from tests.tenancy.cast import Cast

LOGIN, CODE, WHO = "/accounts/login/", "/accounts/factor/authenticate/", "/probe/who/"


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    """Sign-in by itself, with allauth's own pages: what they look like is a matter of `web`."""
    cache.clear()
    pages = [dict(settings.TEMPLATES[0], APP_DIRS=False, DIRS=[Path(allauth.__path__[0]) / "templates"])]
    with override_settings(ROOT_URLCONF="tests.tenancy.urls", TEMPLATES=pages):
        yield


def code(secret: str = TOTP) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def password(client: Client, login: str, word: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": login, "password": word})


def in_full(client: Client, login: str) -> None:
    assert password(client, login).status_code == 302
    assert client.post(CODE, {"code": code()}).status_code == 302


def staff_row(cast: Cast, name: str) -> Staff:
    with wall(cast.clerk.municipality):
        return Staff.objects.get(pk=cast.ids[name])


def test_without_sign_in_there_is_the_login_and_nothing_else(cast: Cast) -> None:  # noqa: ARG001
    client = browser()
    answer = client.get("/probe/departments/1/?x=1")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/accounts/login/?next=%2Fprobe%2Fdepartments%2F1%2F%3Fx%3D1",
    )
    assert client.get(WHO, headers={"Accept": "application/json"}).status_code == 401
    part = client.get(WHO, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/accounts/login/")
    assert client.get("/probe/outside/").json() == {"actor": None, "rows": [0, 0, 0]}


def test_password_and_code_open_the_door_to_ones_own_town_only(cast: Cast) -> None:
    client = browser()
    answer = password(client, "clerk")
    assert answer["Location"] == CODE
    assert client.get(WHO).status_code == 302
    assert client.get(CODE).status_code == 200
    answer = client.post(CODE, {"code": code()})
    assert answer["Location"] == "/"
    assert client.get(WHO).json() == {
        "login": "clerk", "town": cast.clerk.municipality, "place": "住民課", "may": True,
        "staff": ["administrator", "clerk", "nobody", "protector"],
    }  # fmt: skip
    assert staff_row(cast, "clerk").last_login is not None
    shown, _ = entries(cast.administrator, Filter(actor="clerk", action="sign_in"))
    assert shown[0].detail == {"by": ["password", "totp"], "failures": 0, "address": "127.0.0.1"}


def test_an_operator_signs_in_and_sees_the_groups_staff_only(cast: Cast) -> None:
    client = browser()
    in_full(client, "operator")
    assert client.get(WHO).json() == {"login": "operator", "town": "", "place": "", "may": False, "staff": ["operator"]}
    shown, _ = entries(cast.operator, Filter(action="sign_in"))
    assert [entry.actor for entry in shown] == ["operator"]


def test_every_failure_has_the_same_answer(cast: Cast) -> None:
    services.stop_staff(cast.administrator, cast.ids["nobody"], "休職")
    pages = []
    for login, word in (("clerk", "wrong"), ("no-such-person", "wrong"), ("nobody", PASSWORD), ("CLERK", "wrong")):
        answer = password(browser(), login, word)
        assert answer.status_code == 200
        page = re.sub('value="[A-Za-z0-9]{64}"|nonce-[^" ]+', "", answer.content.decode().replace(login, "?"))
        pages.append(page)
        assert "利用者IDまたはパスワードが正しくありません" in page
    assert set(pages) == {pages[0]}


def test_nor_does_the_time_tell_who_exists(cast: Cast) -> None:  # noqa: ARG001
    with override_settings(LOCK_FAILURES=1000):
        times = {login: [] for login in ("clerk", "no-such-person")}  # type: dict[str, list[float]]
        for _ in range(12):
            for login, seen in times.items():
                client = browser()
                start = time.perf_counter()
                password(client, login, "wrong")
                seen.append(time.perf_counter() - start)
    known, unknown = (statistics.median(seen) for seen in times.values())
    assert 0.5 < known / unknown < 2


def test_a_name_that_fails_too_often_is_not_listened_to_for_a_while(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(settings.LOCK_FAILURES):
        password(browser(), "clerk", "wrong")
    assert password(browser(), "clerk").status_code == 200
    assert password(browser(), "protector").status_code == 302
    later = timezone.now() + timedelta(minutes=settings.LOCK_MINUTES, seconds=1)
    monkeypatch.setattr("yakuba.tenancy.signin.lockout.timezone.now", lambda: later)
    client = browser()
    in_full(client, "clerk")
    shown, _ = entries(cast.administrator, Filter(actor="clerk", action="sign_in"))
    assert shown[0].detail["failures"] == settings.LOCK_FAILURES


def test_an_administrator_sees_the_failures_of_the_own_staff_and_opens_the_lock(cast: Cast) -> None:
    for _ in range(settings.LOCK_FAILURES + 1):
        password(browser(), "clerk", "wrong")
    password(browser(), "outsider", "wrong")
    password(browser(), "no-such-person", "wrong")
    (seen,) = failed_sign_ins(cast.administrator)
    assert (seen.login, seen.failed, seen.refused) == ("clerk", settings.LOCK_FAILURES, 1)
    assert seen.locked_until
    assert failed_sign_ins(cast.clerk) == failed_sign_ins(cast.operator) == []
    services.unlock(cast.administrator, cast.ids["clerk"])
    assert failed_sign_ins(cast.administrator)[0].locked_until is None
    assert password(browser(), "clerk").status_code == 302
    with pytest.raises(NotFoundError):
        services.unlock(cast.outsider, cast.ids["clerk"])


def test_a_new_password_opens_the_lock_and_has_to_be_changed(cast: Cast) -> None:
    for _ in range(settings.LOCK_FAILURES):
        password(browser(), "clerk", "wrong")
    new = services.new_password(cast.administrator, cast.ids["clerk"])
    client = browser()
    assert password(client, "clerk", new).status_code == 302
    client.post(CODE, {"code": code()})
    assert client.get(WHO)["Location"] == "/accounts/password/"
    answer = client.post(
        "/accounts/password/", {"oldpassword": new, "password1": "Mizu-no-Oto-1689", "password2": "Mizu-no-Oto-1689"}
    )
    assert answer.status_code == 302
    assert client.get(WHO).status_code == 200
    assert not staff_row(cast, "clerk").initial_password


def test_wrong_codes_are_counted_too(cast: Cast) -> None:  # noqa: ARG001
    client = browser()
    password(client, "clerk")
    for _ in range(settings.LOCK_FAILURES):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": code()}).status_code == 200
    assert client.get(WHO).status_code == 302


def test_a_session_without_its_own_factor_gets_nowhere(cast: Cast) -> None:
    client = cast.client("clerk")
    session = client.session
    session["yakuba_factor"] = False
    session.save()
    assert client.get(WHO)["Location"] == "/accounts/factor/totp/"
    assert client.get("/accounts/factor/totp/")["Location"] != WHO


def test_a_code_works_once(cast: Cast) -> None:  # noqa: ARG001
    now = code()
    for client, status in ((browser(), 302), (browser(), 200)):
        password(client, "clerk")
        assert client.post(CODE, {"code": now}).status_code == status
        cache.clear()  # as another process would see it


@pytest.mark.usefixtures("database")
def test_the_second_factor_works_however_many_accounts_there_are() -> None:
    """Between the factors allauth writes the id in base 36: 10 is "a", and 36 is "10"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tenancy_staff', 'id')) FROM generate_series(1, 40)")
    cast = make_cast()
    assert cast.ids["clerk"] > 36
    client = browser()
    in_full(client, "clerk")
    assert client.get(WHO).status_code == 200


def test_who_has_no_second_factor_sets_one_up_first(cast: Cast) -> None:
    services.forget_second_factor(cast.administrator, cast.ids["clerk"], "電話を紛失")
    client = browser()
    assert password(client, "clerk")["Location"] == "/"
    assert client.get(WHO)["Location"] == "/accounts/factor/totp/"
    page = client.get("/accounts/factor/totp/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/accounts/factor/totp/", {"code": code(secret)})
    assert answer.status_code == 302
    assert client.get(WHO).status_code == 200


def test_a_recovery_code_stands_in_for_a_lost_telephone_once(cast: Cast) -> None:
    services.forget_second_factor(cast.administrator, cast.ids["clerk"], "電話を紛失")
    client = browser()
    password(client, "clerk")
    client.get("/accounts/factor/totp/")
    answer = client.post("/accounts/factor/totp/", {"code": code(client.session["mfa.totp.secret"])})
    assert answer["Location"] == "/accounts/factor/codes/"
    page = client.get("/accounts/factor/codes/").content.decode()
    (kept, *rest) = re.findall(r"\b\d{8}\b", page)
    assert len(rest) == 9
    for status in (302, 200):
        other = browser()
        password(other, "clerk")
        assert other.post(CODE, {"code": kept}).status_code == status


def test_who_has_sat_there_for_a_while_is_asked_again_before_a_factor_changes(cast: Cast) -> None:
    client = cast.client("clerk")
    assert client.get("/accounts/factor/passkeys/add/").status_code == 200
    session = client.session
    session["yakuba_begun"] -= 301
    session.save()
    answer = client.get("/accounts/factor/passkeys/add/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_the_secret_of_a_second_factor_is_kept_encrypted(cast: Cast) -> None:
    from allauth.mfa.models import Authenticator

    with wall(cast.clerk.municipality):
        kept = [str(row.data) for row in Authenticator.objects.all()]
    assert len(kept) == 4
    assert not any(TOTP in text for text in kept)


def test_a_session_key_from_before_the_sign_in_is_worth_nothing(cast: Cast) -> None:  # noqa: ARG001
    client = browser()
    password(client, "clerk")
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(CODE, {"code": code()})
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert before != after
    thief = browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert thief.get(WHO).status_code == 302


def test_a_planted_session_key_is_not_taken_over(cast: Cast) -> None:  # noqa: ARG001
    victim, planted = browser(), "a" * 32
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    in_full(victim, "clerk")
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted
    thief = browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get(WHO).status_code == 302


def test_sign_out_ends_the_session_for_whoever_holds_its_key(cast: Cast) -> None:
    client, copy = cast.client("clerk"), browser()
    copy.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert copy.get(WHO).status_code == 200
    client.post("/accounts/logout/")
    assert copy.get(WHO).status_code == 302
    assert entries(cast.administrator, Filter(actor="clerk", action="sign_out"))[1] == 1


@pytest.mark.parametrize(
    ("key", "seconds", "why"),
    [
        ("yakuba_seen", 15 * 60 + 1, "idle"),
        ("yakuba_begun", 10 * 3600 + 1, "absolute"),
    ],
)
def test_a_session_ends_by_itself(cast: Cast, key: str, seconds: int, why: str) -> None:
    client = cast.client("clerk")
    session = client.session
    session[key] -= seconds
    session.save()
    assert client.get(WHO).status_code == 302
    assert client.get(WHO).status_code == 302
    shown, _ = entries(cast.administrator, Filter(actor="clerk", action="session_end"))
    assert [entry.detail for entry in shown] == [{"why": why}]


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(cast: Cast) -> None:
    client = cast.client("clerk")
    for header, moved in (({"Yakuba-Polling": "1"}, False), ({}, True)):
        session = client.session
        session["yakuba_seen"] = time.time() - 100
        session.save()
        client.get(WHO, headers=header)
        assert (time.time() - client.session["yakuba_seen"] < 50) is moved


def test_stopping_an_account_ends_its_session_at_the_next_click(cast: Cast) -> None:
    client = cast.client("clerk")
    assert client.get(WHO).status_code == 200
    services.stop_staff(cast.administrator, cast.ids["clerk"], "退職")
    assert client.get(WHO).status_code == 302
    services.restart_staff(cast.administrator, cast.ids["clerk"], "誤り")
    assert client.get(WHO).status_code == 302


def test_a_new_password_and_a_lost_factor_end_running_sessions(cast: Cast) -> None:
    first, second = cast.client("clerk"), cast.client("protector")
    services.new_password(cast.administrator, cast.ids["clerk"])
    services.forget_second_factor(cast.administrator, cast.ids["protector"], "紛失")
    assert first.get(WHO).status_code == second.get(WHO).status_code == 302


def test_a_revoked_right_is_gone_at_the_next_click(cast: Cast) -> None:
    client = cast.client("clerk")
    assert client.get(WHO).json()["may"] is True
    for line in rights_of(cast.administrator, cast.ids["clerk"]):
        services.revoke(cast.administrator, line.id)
    assert client.get(WHO).json()["may"] is False


def test_an_account_ends_at_midnight_in_a_running_session(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.client("clerk")
    last = staff_row(cast, "clerk").valid_until
    monkeypatch.setattr(timezone, "localdate", lambda: last)
    assert client.get(WHO).status_code == 200
    monkeypatch.setattr(timezone, "localdate", lambda: last + timedelta(days=1))
    assert client.get(WHO).status_code == 302


def test_a_thing_of_another_town_is_not_found(cast: Cast) -> None:
    assert cast.client("clerk").get(f"/probe/departments/{cast.department}/").status_code == 200
    assert cast.client("outsider", raises=False).get(f"/probe/departments/{cast.department}/").status_code == 404
    assert cast.client("operator", raises=False).get(f"/probe/departments/{cast.department}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/password/", "/accounts/factor/", "/accounts/factor/passkeys/", "/accounts/logout/",
        "/accounts/reauthenticate/", "/accounts/factor/reauthenticate/",
    ],
)  # fmt: skip
def test_the_pages_about_oneself_open(cast: Cast, address: str) -> None:
    assert cast.client("clerk").get(address).status_code == 200
    assert browser().get(address).status_code == 302


@pytest.mark.parametrize("address", ["signup/", "email/", "password/reset/", "password/set/", "social/signup/"])
def test_what_allauth_could_do_besides_is_not_there(cast: Cast, address: str) -> None:
    for client in (browser(raises=False), cast.client("clerk", raises=False)):
        assert client.get(f"/accounts/{address}").status_code == 404


def test_to_know_who_asks_takes_few_round_trips(cast: Cast) -> None:
    client = cast.client("clerk")
    client.get(WHO)
    with CaptureQueriesContext(connection) as seen:
        client.get(WHO)
    assert len(seen) <= 15, [query["sql"] for query in seen]


def test_what_a_service_refuses_is_a_page_and_an_entry_in_the_log(cast: Cast) -> None:
    client = cast.client("clerk", raises=False)
    assert client.get("/probe/forbidden/").status_code == 403
    shown, _ = entries(cast.administrator, Filter(action="denied"))
    assert [(entry.actor, entry.place) for entry in shown] == [("clerk", "probe/forbidden/")]
    assert cast.client("administrator").get("/probe/forbidden/").status_code == 200


def test_staff_of_another_town_cannot_be_reached_by_number(cast: Cast) -> None:
    theirs = f"/probe/staff/{cast.ids['clerk']}/stop/"
    for name, status in (("outsider", 404), ("operator", 404), ("protector", 403), ("administrator", 200)):
        assert cast.client(name, raises=False).get(theirs).status_code == status
    assert cast.client("outsider", raises=False).get("/probe/staff/999/stop/").status_code == 404


def test_a_view_that_fails_leaves_nothing_half_done(cast: Cast) -> None:
    client = cast.client("clerk", raises=False)
    assert client.post("/probe/half/").status_code == 500
    with wall(cast.clerk.municipality):
        assert not AuditEntry.objects.filter(action="half").exists()
    assert client.get(WHO).status_code == 200


def test_the_login_form_is_safe_from_other_sites(cast: Cast) -> None:  # noqa: ARG001
    client = browser(csrf=True)
    assert password(client, "clerk").status_code == 403


def test_nobody_is_led_to_another_site_after_signing_in(cast: Cast) -> None:  # noqa: ARG001
    client = browser()
    client.post(LOGIN, {"login": "clerk", "password": PASSWORD, "next": "https://evil.example/"})
    assert client.post(CODE, {"code": code()})["Location"] == "/"


def test_many_tries_at_once_are_counted_one_by_one(cast: Cast) -> None:  # noqa: ARG001
    def attempt(_: int) -> None:
        try:
            WalledBackend().authenticate(None, username="clerk", password=PASSWORD[::-1])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(attempt, range(12)))
    outcomes = list(SignInAttempt.objects.filter(who=who("clerk")).values_list("outcome", flat=True))
    assert outcomes.count("failed") == settings.LOCK_FAILURES
    assert outcomes.count("refused") == 12 - settings.LOCK_FAILURES


def test_a_command_signs_nobody_in() -> None:
    assert system().staff == 0
