"""Rights: switched on one by one, with an end, effective at once in both directions."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.world import TOWN_A

from yakuba.kernel.errors import UsageError
from yakuba.layouts.read import layouts
from yakuba.tenancy import services
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.queries import actor_of, ending_rights, rights_of
from yakuba.tenancy.rights import ALL, Action, fiscal_year_end, item_group_of, item_groups, masked

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast

JUKI = "juminkihondaicho"
ITEMS = ("氏名", "個人番号", "住民票コード", "本籍", "戸籍_筆頭者", "在留カード等番号", "続柄表記", "続柄コード1")


def test_ordinary_rights_hide_the_items_of_every_group(cast: Cast) -> None:
    hidden = masked(cast.clerk, JUKI, ITEMS)
    assert hidden == {"個人番号", "住民票コード", "本籍", "戸籍_筆頭者", "在留カード等番号"}


def test_a_right_on_an_item_group_shows_its_items_only(cast: Cast) -> None:
    services.grant(system(TOWN_A), cast.ids["clerk"], Action.VIEW, business=JUKI, item_group="koseki")
    assert masked(cast.again("clerk"), JUKI, ITEMS) == {"個人番号", "住民票コード", "在留カード等番号"}
    assert "本籍" in masked(cast.again("clerk"), "kojinjuminzei", ITEMS)


def test_without_the_business_everything_is_hidden_with_all_groups_nothing(cast: Cast) -> None:
    assert masked(cast.nobody, JUKI, ITEMS) == frozenset(ITEMS)
    assert masked(cast.protector, JUKI, ITEMS) == frozenset()
    assert masked(cast.operator, JUKI, ITEMS) == frozenset(ITEMS)


def test_relation_to_the_head_can_never_be_switched_off() -> None:
    for name in ("続柄", "続柄コード4", "被扶養者_続柄", "父母との続柄"):
        assert item_group_of(JUKI, name) == "always"
    assert item_groups()[0].identifier == "always"


def test_every_number_of_the_catalog_that_the_law_guards_is_in_its_group() -> None:
    guarded = {
        "個人番号": "mynumber",
        "住民票コード": "juminhyo_code",
        "本籍": "koseki",
        "筆頭者": "koseki",
        "在留": "zairyu",
    }
    found: Counter[str] = Counter()
    for layout in layouts():
        for group in layout.groups:
            for item in group.items:
                for word, wanted in guarded.items():
                    if word in item.name:
                        assert item_group_of(layout.identifier, item.name) == wanted, item.name
                        found[word] += 1
    assert set(found) == set(guarded)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 4, 1), date(2027, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2028, 2, 29), date(2028, 3, 31)),
    ],
)
def test_a_right_ends_with_the_fiscal_year(day: date, end: date) -> None:
    assert fiscal_year_end(day) == end


def test_a_right_ends_by_itself_at_midnight(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = cast.clerk
    last = fiscal_year_end(timezone.localdate())
    assert clerk.may(Action.VIEW, JUKI)
    monkeypatch.setattr(timezone, "localdate", lambda: last)
    assert clerk.may(Action.VIEW, JUKI)
    monkeypatch.setattr(timezone, "localdate", lambda: last + timedelta(days=1))
    assert not clerk.may(Action.VIEW, JUKI)


def test_a_right_may_lie_ready_for_a_later_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = timezone.localdate() + timedelta(days=3)
    services.grant(cast.administrator, cast.ids["nobody"], Action.VIEW, business=JUKI, valid_from=first)
    newcomer = cast.again("nobody")
    assert not newcomer.may(Action.VIEW, JUKI)
    monkeypatch.setattr(timezone, "localdate", lambda: first)
    assert newcomer.may(Action.VIEW, JUKI)


def test_no_right_is_for_ever(cast: Cast) -> None:
    beyond = fiscal_year_end(fiscal_year_end(timezone.localdate()) + timedelta(days=1)) + timedelta(days=1)
    with pytest.raises(UsageError, match="翌年度"):
        services.grant(cast.administrator, cast.ids["nobody"], Action.AUDIT, valid_until=beyond)


def test_a_temporary_right_says_why_and_is_short(cast: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(UsageError, match="理由"):
        services.grant_for_now(cast.administrator, cast.ids["nobody"], Action.VIEW, " ", business=JUKI)
    with pytest.raises(UsageError, match="31日"):
        services.grant_for_now(
            cast.administrator, cast.ids["nobody"], Action.VIEW, "応援", business=JUKI,
            valid_until=today + timedelta(days=32),
        )  # fmt: skip
    services.grant_for_now(cast.administrator, cast.ids["nobody"], Action.VIEW, "窓口の応援", business=JUKI)
    (line,) = rights_of(cast.again("nobody"))
    assert (line.exceptional, line.reason, line.valid_until, line.holds) == (True, "窓口の応援", today, True)


def test_a_revoked_right_is_gone_at_once_and_stays_in_the_list(cast: Cast) -> None:
    right = services.grant(cast.administrator, cast.ids["nobody"], Action.VIEW, business=JUKI)
    assert cast.again("nobody").may(Action.VIEW, JUKI)
    services.revoke(cast.administrator, right, "異動")
    services.revoke(cast.administrator, right, "二度押し")
    assert not cast.again("nobody").may(Action.VIEW, JUKI)
    assert not rights_of(cast.administrator, cast.ids["nobody"])
    (line,) = rights_of(cast.administrator, cast.ids["nobody"], ended=True)
    assert (line.revoked_by, line.holds) == ("administrator", False)


def test_nobody_gives_rights_without_the_right_nor_to_oneself(cast: Cast) -> None:
    for actor, staff in ((cast.clerk, "nobody"), (cast.operator, "nobody"), (cast.administrator, "administrator")):
        with pytest.raises(NotAllowedError):
            services.grant(actor, cast.ids[staff], Action.VIEW, business=JUKI)
    with pytest.raises(UsageError, match="付与できません"):
        services.grant(cast.administrator, cast.ids["nobody"], Action.OPERATE)


def test_staff_and_rights_of_another_town_do_not_exist(cast: Cast) -> None:
    right = services.grant(cast.administrator, cast.ids["nobody"], Action.VIEW, business=JUKI)
    outsider = cast.outsider
    with pytest.raises(NotFoundError):
        services.grant(outsider, cast.ids["nobody"], Action.VIEW, business=ALL)
    with pytest.raises(NotFoundError):
        services.revoke(outsider, right)
    for work in (
        lambda: services.stop_staff(outsider, cast.ids["clerk"], "x"),
        lambda: services.restart_staff(outsider, cast.ids["clerk"], "x"),
        lambda: services.new_password(outsider, cast.ids["clerk"]),
        lambda: services.forget_second_factor(outsider, cast.ids["clerk"], "x"),
        lambda: services.change_staff(
            outsider, cast.ids["clerk"], name="x", department=None, valid_until=date(2099, 1, 1)
        ),
    ):
        with pytest.raises(NotFoundError):
            work()
    assert rights_of(outsider, cast.ids["nobody"], ended=True) == []
    assert actor_of("clerk") == cast.clerk


@pytest.mark.parametrize(
    ("keywords", "why"),
    [
        ({"action": Action.VIEW}, "業務が空"),
        ({"action": Action.VIEW, "business": JUKI, "item_group": "secret"}, "項目群"),
        ({"action": Action.AUDIT, "valid_until": date(2020, 1, 1)}, "終了日が開始日より前"),
    ],
)
def test_rights_that_mean_nothing_are_refused(cast: Cast, keywords: dict[str, object], why: str) -> None:
    action = keywords.pop("action")
    with pytest.raises(UsageError, match=why):
        services.grant(cast.administrator, cast.ids["nobody"], action, **keywords)  # type: ignore[arg-type]


def test_what_ends_soon_is_listed_for_those_who_administer(cast: Cast) -> None:
    services.grant_for_now(cast.administrator, cast.ids["nobody"], Action.VIEW, "応援", business=JUKI)
    assert [line.login for line in ending_rights(cast.administrator, days=0)] == ["nobody"]
    assert ending_rights(cast.clerk) == ending_rights(cast.operator) == []
