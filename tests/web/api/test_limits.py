"""What the API refuses is logged without anybody's data, and nobody asks it too often."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from django.utils import timezone
from tests.site.ear import Ear
from tests.tenancy.cast import browser
from tests.web.api.town import API
from tests.world import TOWN_A

from yakuba.tenancy.acting import system
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import SignInAttempt
from yakuba.tenancy.services import stop_staff
from yakuba.tenancy.tokens.models import Token
from yakuba.tenancy.tokens.queries import tokens
from yakuba.tenancy.tokens.services import make_token, revoke_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.tenancy.cast import Cast
    from tests.web.api.town import ApiTown

    from yakuba.tenancy.audit import Entry


def me(word: str, peer: str = "198.51.100.7") -> Any:
    return browser().get(f"{API}me", headers={"Authorization": f"Bearer {word}"}, REMOTE_ADDR=peer)


def denied(cast: Cast) -> Sequence[Entry]:
    return entries(system(TOWN_A), Filter(action="denied", place="API"))[0][::-1] if cast else ()


def test_what_is_refused_is_in_the_log_of_the_own_town_without_what_was_asked_for(town: ApiTown) -> None:
    number, home = town.plain["宛名番号"], town.plain["世帯番号"]
    with Ear() as ear:
        town.asks("nobody")(f"residents/{number}", reason=town.plain["氏名"])
        town.asks("administrator")(f"households/{home}")
        town.sends("clerk")("jobs", {"kind": "export", "arguments": {"standard": "kihon"}})
        town.asks("clerk")("residents/999999999999999")
    assert [(entry.actor, entry.detail, entry.subject, entry.items) for entry in denied(town.cast)] == [
        ("nobody", {"operation": "GET residents/<addressee>", "status": 403}, "", ()),
        ("administrator", {"operation": "GET households/<number>", "status": 403}, "", ()),
        ("clerk", {"operation": "POST jobs", "status": 403}, "", ()),
        ("clerk", {"operation": "GET residents/<addressee>", "status": 404}, "", ()),
    ]
    lines = ear.lines()
    assert [line["status"] for line in lines if line.get("route", "").startswith("api/")] == [403, 403, 403, 404]
    assert {line["staff"] for line in lines if "staff" in line} == {
        town.cast.ids[who] for who in ("nobody", "administrator", "clerk")
    }
    text = json.dumps(lines, ensure_ascii=False)
    assert not any(value in text for value in (number, home, town.plain["氏名"], "999999999999999"))


def test_who_may_not_know_of_somebody_is_logged_like_who_asked_for_nobody(town: ApiTown) -> None:
    hidden = next(one for one in town.protected if one in town.now)
    for number in (hidden, "999999999999999"):
        assert town.asks("clerk")(f"residents/{number}").status_code == HTTPStatus.NOT_FOUND
    first, second = denied(town.cast)
    assert (first.detail, first.subject, first.items) == (second.detail, second.subject, second.items)


def test_a_token_is_used_so_often_in_a_minute_and_another_is_not_held_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (make_token(system(TOWN_A), who, "試験") for who in ("clerk", "protector"))
    now = 1_900_000_040.0
    monkeypatch.setattr("yakuba.tenancy.tokens.using.time.time", lambda: now)
    with override_settings(API_PER_MINUTE=3):
        assert [me(first).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
        answer = me(first)
        assert (answer["Retry-After"], "40秒" in answer.json()["detail"]) == ("40", True)
        assert me(second).status_code == HTTPStatus.OK
        monkeypatch.setattr("yakuba.tenancy.tokens.using.time.time", lambda: now + 40)
        assert me(first).status_code == HTTPStatus.OK
    assert denied(cast) == []


def test_wrong_words_are_counted_by_address_and_do_not_keep_out_who_has_a_right_one(cast: Cast) -> None:
    del cast
    right = make_token(system(TOWN_A), "clerk", "試験")
    with override_settings(ADDRESS_FAILURES=4):
        wrong = [f"yakuba_{TOWN_A}_{number:043}" for number in range(6)]
        assert [me(word).status_code for word in wrong] == [401, 401, 401, 401, 429, 429]
        assert me(wrong[5])["Retry-After"] == "900"
        assert me(right).status_code == HTTPStatus.OK
        assert me(wrong[5], peer="203.0.113.9").status_code == HTTPStatus.UNAUTHORIZED


def test_a_program_that_was_not_told_counts_once(cast: Cast) -> None:
    del cast
    with override_settings(ADDRESS_FAILURES=3):
        assert {me("yakuba_990019_" + "a" * 43).status_code for _ in range(8)} == {401}
    assert SignInAttempt.objects.count() == 1


@pytest.mark.parametrize("why", ["revoked", "ended", "account"])
def test_the_town_learns_once_a_day_that_what_is_over_is_still_used(cast: Cast, why: str) -> None:
    word = make_token(system(TOWN_A), "clerk", "統計の連携")
    [line] = tokens(cast.administrator)
    assert me(word).status_code == HTTPStatus.OK
    if why == "revoked":
        revoke_token(cast.administrator, line.number, "漏れた疑い")
    elif why == "ended":
        with wall(TOWN_A):
            Token.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    else:
        stop_staff(cast.administrator, cast.ids["clerk"], "異動")
    for _ in range(3):
        assert me(word).status_code == HTTPStatus.UNAUTHORIZED
    assert [(entry.actor, entry.detail) for entry in denied(cast)] == [
        ("system:api", {"token": line.number, "why": why})
    ]
    assert tokens(cast.administrator)[0].refused_on == timezone.localdate()


def test_the_reason_of_a_revocation_is_kept(cast: Cast) -> None:
    make_token(system(TOWN_A), "clerk", "x")
    revoke_token(cast.administrator, tokens(cast.administrator)[0].number, "漏れた疑い")
    [entry] = entries(cast.administrator, Filter(action="revoke_token"))[0]
    assert entry.reason == "漏れた疑い"
