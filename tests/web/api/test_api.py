"""The API shows what the screens show: walls, rights, masks, hidden existence, the log. Oracle: the loaded files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.tenancy.cast import browser
from tests.web.api.town import API
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.services import stop_staff
from yakuba.tenancy.tokens.models import Token
from yakuba.tenancy.tokens.queries import tokens
from yakuba.tenancy.tokens.services import make_token, revoke_token
from yakuba.tenancy.tokens.using import actor_by_token

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast
    from tests.web.api.town import ApiTown


def test_a_resident_is_found_and_read(town: ApiTown) -> None:
    ask, person = town.asks("clerk"), town.plain
    results = ask("search", q=person["氏名"]).json()
    assert person["宛名番号"] in [one["addressee"] for one in results["items"]]
    assert results["query"]["kind"] == "name"
    shown = ask(f"residents/{person['宛名番号']}").json()
    values = {value["name"]: value for section in shown["sections"] for value in section["values"]}
    assert values["氏名"]["raw"] == person["氏名"]
    assert values["生年月日"]["raw"] == person["生年月日"]
    assert shown["household"] == person["世帯番号"]
    home = ask(f"households/{person['世帯番号']}").json()
    assert person["宛名番号"] in [one["addressee"] for one in home["members"]]
    assert ask(f"residents/{person['宛名番号']}/records").status_code == 200
    assert ask("me").json()["actions"] == ["view", "output"]


def test_items_that_are_closed_to_the_clerk_are_masked(town: ApiTown) -> None:
    number = town.plain["宛名番号"]

    def values(who: str) -> dict[str, dict[str, object]]:
        shown = town.asks(who)(f"residents/{number}").json()
        return {value["name"]: value for section in shown["sections"] for value in section["values"]}

    clerk, protector = values("clerk"), values("protector")
    assert (clerk["住民票コード"]["masked"], clerk["住民票コード"]["raw"]) == (True, "")
    assert town.plain["住民票コード"] not in str(town.asks("clerk")(f"residents/{number}").json())
    assert (protector["住民票コード"]["withheld"], protector["住民票コード"]["raw"]) == (True, "")
    given = town.asks("protector")(f"residents/{number}", reason="通知票の再発行").json()
    assert town.plain["住民票コード"] in str(given)


def test_another_town_has_nobody_here(town: ApiTown) -> None:
    ask = town.asks("outsider")
    for number in list(town.now)[:5]:
        here = ask(f"residents/{number}")
        nowhere = ask("residents/999999999999999")
        assert here.status_code == nowhere.status_code == 404
        assert here.json() == nowhere.json()
        assert ask(f"households/{town.now[number]['世帯番号']}").status_code == 404
    assert ask("search", q=town.plain["氏名"]).json()["items"] == []
    assert ask("jobs").json() == []
    assert ask("counts").json() == []
    assert ask("me").json()["municipality"] == TOWN_B


def test_a_protected_person_does_not_exist_without_the_right(town: ApiTown) -> None:
    assert town.protected
    number = next(one for one in town.protected if one in town.now)
    clerk, protector = town.asks("clerk"), town.asks("protector")
    assert clerk(f"residents/{number}").json() == clerk("residents/999999999999999").json()
    assert clerk(f"residents/{number}/records").json() == []
    assert clerk("search", q=number, removed="true", outsiders="true").json()["items"] == []
    sealed = protector(f"residents/{number}").json()
    assert (sealed["sealed"], sealed["sections"]) == (True, [])
    assert sealed["warnings"][0]["kind"] == "protected"
    assert protector(f"residents/{number}", reason="本人からの申出").json()["sections"]


def test_everything_is_logged_under_the_account(town: ApiTown) -> None:
    number = town.plain["宛名番号"]
    town.asks("clerk")(f"residents/{number}")
    found, _ = entries(town.cast.administrator, Filter(subject=number, place="API"))
    assert [(entry.actor, entry.action) for entry in found] == [("clerk", "view")]
    assert "氏名" in found[0].items


def test_who_may_not_is_told_so(town: ApiTown) -> None:
    for who, path in (("nobody", "search?q=x"), ("nobody", "residents/1"), ("administrator", "households/1")):
        answer = town.asks(who)(path)
        assert answer.status_code == 403
        assert "権限" in answer.json()["detail"]
    refused = town.sends("clerk")("jobs", {"kind": "export", "arguments": {"standard": "kihon"}})
    assert refused.status_code == 403


def test_a_job_is_started_seen_and_cancelled(town: ApiTown) -> None:
    send, ask = town.sends("administrator"), town.asks("administrator")
    made = send("jobs", {"kind": "export", "arguments": {"standard": "kihon"}})
    assert (made.status_code, made.json()["state"]) == (202, "queued")
    number = made.json()["id"]
    assert ask(f"jobs/{number}").json()["id"] == number
    assert [job["id"] for job in ask("jobs", kind="export").json()] == [number]
    assert town.asks("outsider")(f"jobs/{number}").status_code == 404
    assert town.sends("outsider")(f"jobs/{number}/cancel").status_code == 404
    assert send(f"jobs/{number}/cancel").json()["state"] == "cancelled"
    wrong = send("jobs", {"kind": "load", "arguments": {"run": "/etc"}})
    assert (wrong.status_code, "団体の置き場所" in wrong.json()["detail"]) == (400, True)


def test_a_session_asks_too_and_writes_only_with_its_token_against_forgery(town: ApiTown) -> None:
    client = town.cast.client("clerk")
    assert client.get(f"{API}residents/{town.plain['宛名番号']}").status_code == 200
    assert town.cast.client("operator").get(f"{API}counts").json()[0]["code"] == TOWN_A
    assert town.cast.client("operator").get(f"{API}residents/{town.plain['宛名番号']}").status_code in (403, 404)
    forged = browser(csrf=True)
    forged.cookies = town.cast.client("administrator").cookies
    answer = forged.post(f"{API}jobs", {"kind": "export", "arguments": {}}, content_type="application/json")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "word", ["", "x", "yakuba_990019_" + "a" * 43, "yakuba_990019_", "Bearer", "yakuba_999999_" + "a" * 43]
)
def test_words_that_are_no_tokens(town: ApiTown, word: str) -> None:
    del town
    answer = browser().get(f"{API}me", headers={"Authorization": f"Bearer {word}"})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (401, "application/json")
    assert browser().get(f"{API}me").status_code == 401


def test_a_token_ends_with_its_day_its_revocation_and_its_account(cast: Cast) -> None:
    admin = system(TOWN_A)
    word = make_token(admin, "clerk", "統計の連携")
    assert actor_by_token(word) == cast.clerk
    [line] = tokens(cast.administrator)
    assert (line.login, line.name, line.used_on, line.revoked) == ("clerk", "統計の連携", timezone.localdate(), False)
    assert word not in str(line)
    with wall(TOWN_A):
        Token.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert actor_by_token(word) is None
    other = make_token(admin, "clerk", "x")
    revoke_token(cast.administrator, tokens(admin)[0].number)
    assert actor_by_token(other) is None
    third = make_token(admin, "clerk", "y")
    stop_staff(admin, cast.ids["clerk"], "異動")
    assert actor_by_token(third) is None
    with pytest.raises(NotFoundError):
        make_token(admin, "clerk", "z")


def test_a_token_of_one_town_is_none_in_another(cast: Cast) -> None:
    word = make_token(system(TOWN_A), "clerk", "x")
    assert actor_by_token(word.replace(TOWN_A, TOWN_B)) is None
    with pytest.raises(NotFoundError):
        make_token(cast.outsider, "clerk", "x")
    with pytest.raises(NotFoundError):
        revoke_token(cast.outsider, tokens(cast.administrator)[0].number)


def test_who_makes_tokens(cast: Cast) -> None:
    for who in (cast.clerk, cast.nobody, cast.operator):
        with pytest.raises(NotAllowedError):
            make_token(who, "clerk", "x")
    with pytest.raises(UsageError, match="用途"):
        make_token(cast.administrator, "clerk", " ")
    for days in (-1, 4000):
        with pytest.raises(UsageError, match="終了日"):
            make_token(cast.administrator, "clerk", "x", valid_until=timezone.localdate() + timedelta(days=days))


def test_an_operator_of_the_group_meets_no_resident_and_no_fault(town: ApiTown) -> None:
    client = town.cast.client("operator")
    number, home = town.plain["宛名番号"], town.plain["世帯番号"]
    for path in ("search?q=サトウ", f"residents/{number}", f"households/{home}"):
        assert client.get(API + path).status_code == 403, path
    assert client.get(f"{API}residents/{number}/records").status_code in (200, 403)
    assert client.get(f"{API}jobs").json() == []
    assert client.get(f"{API}jobs/1").status_code == 404
    body = {"kind": "export", "arguments": {"standard": "kihon"}}
    assert client.post(f"{API}jobs", body, content_type="application/json").status_code in (403, 404)
    everything = "".join(client.get(API + path).content.decode() for path in ("me", "counts", "jobs"))
    assert number not in everything
    assert town.plain["氏名"] not in everything
