"""Who may get what: every rule, with a case that it refuses beside one that it lets pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.issuance.town import DUES, FUHYO, JUKI, SEAL, SEALS, TAX, asks, people, ready
from tests.registry.desk import with_rights
from tests.world import CAST, TOWN_A

from yakuba.issuance import queries, services
from yakuba.issuance.rules import rules
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

KASAI, HANA, TSUJI, YOSHIDA = "1000000015", "1000000023", "1000000031", "1000000040"
WATANABE, TAKAHASHI, OTSUKA, LEAVING = "1000000066", "1000000074", "1000000082", "1000000139"


def _seal(number: str, card: str, name: str, **more: str) -> dict[str, str]:
    usual = {
        "市区町村コード": TOWN_A, "印鑑登録番号": card, "履歴番号": "1", "最新フラグ": "1", "宛名番号": number,
        "印鑑登録証番号": f"C{card}", "印鑑登録状態": "2", "登録年月日": "2016-01-04", "氏名": name,
        "印影": f"IN{card}.svg", "印影_横寸法": "18", "印影_縦寸法": "18", "印影_解像度": "400",
    }  # fmt: skip
    return usual | more


def _block(number: str, level: str, **more: str) -> dict[str, str]:
    usual = {
        "市区町村コード": TOWN_A, "宛名番号": number, "抑止番号": "1", "抑止区分": "9", "抑止対象処理": "2",
        "抑止レベル": level, "抑止開始年月日": "2025-01-01",
    }  # fmt: skip
    return usual | more


def _name(person: str) -> str:
    return CAST[person].items["氏名"]


MORE = {
    f"{JUKI}/支援措置": [
        {"市区町村コード": TOWN_A, "宛名番号": WATANABE, "支援措置番号": "1", "支援措置状態": "2",
         "支援措置開始年月日": "2020-04-01", "支援措置終了年月日": "2021-03-31"},
        {"市区町村コード": TOWN_A, "宛名番号": HANA, "支援措置番号": "1", "支援措置状態": "1", "仮支援措置有無": "1"},
    ],
    f"{JUKI}/支援措置併支援者": [],
    f"{JUKI}/抑止": [
        _block(TSUJI, "2"), _block(YOSHIDA, "1"), _block(OTSUKA, "2", 抑止対象処理="1"),
        _block("1000000090", "2", 一時解除有無="1"), _block("1000000104", "2", 抑止開始年月日="2999-01-01"),
        _block("1000000112", "2", 解除年月日="2025-06-01"),
    ],
    f"{JUKI}/個人番号管理": [
        {"市区町村コード": TOWN_A, "宛名番号": OTSUKA, "個人番号": "123456789018", "最新フラグ": "1"},
    ],
    f"{SEALS}/印鑑登録原票": [
        _seal(OTSUKA, "00000001", _name("otsuka")), _seal(KASAI, "00000002", _name("kasai"), 印鑑登録状態="3"),
        _seal("1000000090", "00000003", "齋藤　別人"),
    ],
    f"{SEALS}/印鑑抑止": [],
    f"{TAX}/賦課情報": [
        {"市区町村コード": TOWN_A, "年度": "2026", "宛名番号": OTSUKA, "更正回数": "0", "最新フラグ": "1",
         "課税区分": "0"},
    ],
    f"{TAX}/所得情報": [],
    f"{DUES}/調定情報": [],
    f"{FUHYO}/戸籍の附票": [],
}  # fmt: skip


@pytest.fixture
def hard(database: Path) -> Actor:  # noqa: ARG001 - the town is put into it
    """見本町 with everything that stands against a paper."""
    from yakuba.tenancy.models import Municipality

    Municipality.objects.create(code=TOWN_A, name="見本町", kana="", prefecture="見本県")
    actor = people(TOWN_A, MORE)
    ready(actor)
    services.keep_images(actor, [(f"IN0000000{number}.svg", SEAL) for number in (1, 2)])
    return actor


def _codes(actor: Actor, kind: str, subject: str, *members: str, **who: object) -> set[str]:
    wanted = asks(kind, subject, *members, **who)
    prepared = services.prepare(
        actor, kind, subject, requester=wanted.requester, members=wanted.members, choices=wanted.choices, preview=False
    )
    return {one.code for one in prepared.refusals} | {f"({one.code})" for one in prepared.warnings}


FINE: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("juminhyo", OTSUKA, {}),
    ("juminhyo", "1000000090", {}),
    ("juminhyo", "1000000104", {}),
    ("juminhyo", "1000000112", {}),
    ("juminhyo", LEAVING, {}),
    ("juminhyo", OTSUKA, {"documents": ("insurance", "pension")}),
    ("juminhyo", OTSUKA, {"role": "agent", "name": "代理　人", "mandate": True}),
    ("juminhyo", OTSUKA, {"role": "third", "name": "会社", "purpose": "債権", "evidence": "契約書"}),
    ("juminhyo", OTSUKA, {"role": "official", "name": "県", "purpose": "法12条の2", "exemption": "official"}),
    ("juminhyo", OTSUKA, {"choices": {"individual_number": True}, "purpose": "年金機構"}),
    ("johyo", TAKAHASHI, {"role": "household", "name": "家族", "purpose": "相続"}),
    ("tenshutsu", LEAVING, {}),
    ("inkan", OTSUKA, {"card": "C00000001"}),
    ("inkan", OTSUKA, {"card": "C00000001", "role": "agent", "name": "代理　人"}),
)


def test_nothing_stands_against_them(hard: Actor) -> None:
    refused = [(kind, subject, who, _codes(hard, kind, subject, **who)) for kind, subject, who in FINE]
    assert [one for one in refused if one[-1]] == []


REFUSED: tuple[tuple[str, str, dict[str, object], set[str]], ...] = (
    ("juminhyo", WATANABE, {}, {"protected"}),
    ("juminhyo", HANA, {}, {"protected"}),
    ("juminhyo", TSUJI, {}, {"blocked"}),
    ("juminhyo", YOSHIDA, {}, {"(blocked)"}),
    ("juminhyo", TAKAHASHI, {}, {"state"}),
    ("johyo", OTSUKA, {}, {"state"}),
    ("tenshutsu", OTSUKA, {}, {"state"}),
    ("juminhyo", OTSUKA, {"documents": ()}, {"identity"}),
    ("juminhyo", OTSUKA, {"documents": ("insurance",)}, {"identity"}),
    ("juminhyo", OTSUKA, {"documents": ("insurance", "insurance")}, {"identity"}),
    ("juminhyo", OTSUKA, {"documents": ("library",)}, {"identity"}),
    ("juminhyo", OTSUKA, {"role": "agent", "name": "代理　人"}, {"entitled"}),
    ("juminhyo", OTSUKA, {"role": "third", "name": "会社", "purpose": "債権"}, {"entitled"}),
    ("juminhyo", OTSUKA, {"role": "stranger"}, {"entitled"}),
    ("shotoku_kazei", OTSUKA, {"role": "third", "name": "会社", "choices": {"year": "2025"}}, {"entitled", "tax"}),
    ("shotoku_kazei", OTSUKA, {"choices": {"year": "2026"}}, {"tax"}),
    ("shotoku_kazei", OTSUKA, {}, {"tax"}),
    ("nozei", OTSUKA, {"choices": {"year": "2026"}}, {"dues"}),
    ("fuhyo", OTSUKA, {}, {"address_history"}),
    ("juminhyo", OTSUKA, {"choices": {"individual_number": True}}, {"secret_item"}),
    ("juminhyo", OTSUKA, {"choices": {"resident_code": True}, "role": "third", "name": "会社", "purpose": "債権",
                          "evidence": "契約書"}, {"secret_item"}),
    ("juminhyo", OTSUKA, {"choices": {"nonsense": True}}, {"never_together"}),
    ("juminhyo", OTSUKA, {"exemption": "friend"}, {"exemption"}),
    ("inkan", OTSUKA, {}, {"entitled"}),
    ("inkan", OTSUKA, {"card": "C00000009"}, {"seal"}),
    ("inkan", KASAI, {"card": "C00000002"}, {"seal"}),
    ("inkan", YOSHIDA, {"card": "C00000009"}, {"seal", "(blocked)"}),
    ("inkan", "1000000090", {"card": "C00000003"}, {"seal"}),
)  # fmt: skip


def test_they_are_refused_and_the_reasons_said(hard: Actor) -> None:
    found = [(*one, _codes(hard, one[0], one[1], **one[2])) for one in REFUSED]
    assert [one for one in found if one[-1] != one[-2]] == []


def test_members_are_of_the_household_and_a_paper_of_one_has_one(hard: Actor) -> None:
    assert _codes(hard, "juminhyo", OTSUKA, OTSUKA, TSUJI) == {"members"}
    assert _codes(hard, "inkan", OTSUKA, OTSUKA, TSUJI, card="C00000001") == {"members"}
    assert _codes(hard, "juminhyo", KASAI, KASAI, HANA) == {"protected"}


def test_a_hidden_member_is_no_gap_on_a_paper(hard: Actor) -> None:
    """A clerk who may not know of the wife gets no paper of the household, and not the reason."""
    rights = [(Action.VIEW, "*", "*"), (Action.ISSUE, "*", "*")]
    clerk = with_rights(hard, *rights)
    prepared = services.prepare(clerk, "juminhyo", KASAI, requester=asks().requester, preview=False)
    assert [one.text for one in prepared.refusals] == ["この証明書は、ここでは交付できません"]
    assert [one.addressee for one in prepared.home] == [KASAI]
    with pytest.raises(NotFoundError):
        services.prepare(clerk, "juminhyo", HANA, requester=asks().requester, preview=False)


def test_the_responsible_person_releases_one_issue_of_one_day(hard: Actor) -> None:
    from uuid import uuid4

    chief = with_rights(
        hard, (Action.VIEW, "*", "*"), (Action.ISSUE, "*", "*"), (Action.PROTECTED_VIEW, "", ""),
        (Action.PROTECTED_MANAGE, "", ""),
    )  # fmt: skip
    clerk = replace(chief, rights=tuple(one for one in chief.rights if one.action is not Action.PROTECTED_MANAGE))
    with pytest.raises(NotAllowedError):
        services.release(clerk, WATANABE, "juminhyo", "本人を確かめた")
    services.release(chief, WATANABE, "juminhyo", "本人を確かめた")
    assert _codes(clerk, "juminhyo", WATANABE) == set()
    assert _codes(clerk, "kisai", WATANABE) == {"protected"}
    issued = services.issue(clerk, asks("juminhyo", WATANABE), request=str(uuid4()))
    assert _codes(clerk, "juminhyo", WATANABE) == {"protected"}
    assert services.reprint(clerk, issued.entry, "用紙づまり").number == issued.number
    stranger = with_rights(hard, (Action.VIEW, "*", "*"), (Action.ISSUE, "*", "*"))
    seen = queries.entry(stranger, issued.entry)
    assert seen is not None
    assert (seen.line.subject, seen.line.name, seen.members, seen.requester) == ("", "", (("", ""),), {})
    assert queries.history(stranger, WATANABE) == ()
    with pytest.raises(NotFoundError):
        services.reprint(stranger, issued.entry, "用紙づまり")


def test_items_that_are_closed_to_the_clerk_are_not_printed(hard: Actor) -> None:
    clerk = with_rights(hard, (Action.VIEW, "*", "*"), (Action.ISSUE, "juminkihondaicho", ""))
    assert _codes(clerk, "juminhyo", OTSUKA) == set()
    assert _codes(clerk, "juminhyo", OTSUKA, choices={"register": True}) == {"closed_item"}
    with pytest.raises(NotAllowedError):
        _codes(clerk, "inkan", OTSUKA)


def test_every_rule_was_seen_to_refuse() -> None:
    seen = {code.strip("()") for _, _, _, codes in REFUSED for code in codes}
    elsewhere = {"members", "closed_item", "stopped", "not_approved", "not_offered"}
    assert set(rules()) == seen | elsewhere
