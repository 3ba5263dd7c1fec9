"""The banner of BCP mode: on every page, so that nobody takes the copy for the town's living records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from yakuba.backup.bcp import standing
from yakuba.web.components import Notice
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from yakuba.backup.bcp.standing import Standing

register = template.Library()
_STATES = {
    standing.FIRST: "住民基本台帳と印鑑登録が使えます。ほかの業務は取り込んでいる途中です。",
    standing.PARTLY: "住民基本台帳と印鑑登録だけが使えます。ほかの業務は取り込めませんでした。",
    standing.CLOSED: "この災害時窓口は終了しています。",
}


@register.simple_tag
def bcp_banner() -> SafeString:
    """What everybody has to know; nothing in an ordinary installation."""
    now = standing.here()
    return _banner(now).__str__() if now else SafeString("")


def _banner(now: Standing) -> Notice:
    moment = date_and_time(timezone.localtime(now.moment))
    text = f"読取専用。届書は受付簿へ。発動の理由：{now.reason}。{_STATES.get(now.state, '')}"
    return Notice(f"災害時の業務継続（BCP）　データの時点 {moment}", text, "warn")
