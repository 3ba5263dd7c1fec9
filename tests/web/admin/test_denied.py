"""Who opens a screen that is not for them leaves a trace in the log of their own municipality or group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tenancy.cast import cast

from yakuba.tenancy.audit import Filter, entries
from yakuba.web.admin.log_words import place

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast

__all__ = ["cast"]


@pytest.mark.parametrize(
    ("who", "address"),
    [("clerk", "/admin/audit/"), ("administrator", "/group/"), ("operator", "/admin/staff/")],
)
def test_a_screen_without_the_right_is_logged(cast: Cast, who: str, address: str) -> None:
    for method in ("get", "post"):
        assert getattr(cast.client(who), method)(address).status_code == 403
    reader = cast.operator if who == "operator" else cast.administrator
    found, count = entries(reader, Filter(action="denied"))
    assert (count, {(entry.actor, entry.place, entry.subject) for entry in found}) == (2, {(who, address[1:], "")})
    assert entries(cast.outsider, Filter(action="denied"))[1] == 0


def test_the_screen_of_a_refusal_is_read_in_the_menus_words(cast: Cast) -> None:
    cast.client("clerk").get("/admin/audit/chain/")
    page = cast.client("administrator").get("/admin/audit/?action=denied").content.decode()
    assert "操作ログ（admin/audit/chain/）" in page
    assert (place("admin/tokens/new/"), place("取込み")) == ("APIの合い言葉（admin/tokens/new/）", "取込み")
    assert place("nowhere/at/all/") == "nowhere/at/all/"
