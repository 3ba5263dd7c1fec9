"""The keyboard page and the page that shows every component, for those who make screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.html import format_html

from yakuba.web import components as parts
from yakuba.web.audiences import entries
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


@screen(audience=Audience.STAFF)
def keys(request: StaffRequest) -> HttpResponse:
    """キーボードの使い方, with the switch that turns single-key shortcuts off (WCAG 2.1.4)."""
    mine = [entry for entry, needs in entries() if entry.key and needs.met_by(request.actor)]
    fixed = [
        ("/", "さがす欄へ"),
        ("Enter", "さがす。1件だけならその人の画面へ"),
        ("↓ ↑", "さがす欄から結果へ、結果のあいだを移る"),
        ("n　p", "次のページ、前のページ"),
        ("h　t　e　x", "住民の画面で：世帯、この日の姿、異動入力、項目を選んで出力"),
        ("s　r", "住民の画面で：隠れている項目を表示、すべての履歴"),
        ("u", "一つ前の画面（さがした結果・住民の画面）へ"),
        ("0", "この日の姿から今の姿へ"),
        ("?", "この画面"),
        ("Esc", "確認の窓を閉じる"),
    ]
    goes = [(f"g {entry.key}", entry.label) for entry in mine]
    table = parts.Table("キー", ("キー", "はたらき"), [parts.Row(row) for row in (*fixed, *goes)], quiet=True)
    return render(request, "keys/keys.html", {"table": table})


class _Sample(parts.Form):
    """Fields of every kind."""

    purpose = forms.CharField(label="利用目的", help_text="操作ログに残ります")
    form = forms.ChoiceField(label="形式", choices=(("csv", "CSV"), ("xlsx", "Excel")), required=False)
    items = forms.MultipleChoiceField(
        label="項目",
        choices=(("name", "氏名"), ("birth", "生年月日")),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@screen(audience=Audience.STAFF)
def components(request: StaffRequest) -> HttpResponse:
    """部品: every component in every state."""
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    ages = tuple(f"{age}–{age + 9}" for age in range(0, 100, 10))
    men, women = (62, 71, 55, 80, 93, 88, 97, 70, 31, 6), (59, 66, 58, 77, 90, 91, 99, 84, 52, 19)
    shown = {
        "notices": [
            parts.Notice(kind, "ことばは役所の標準仕様書のことばで", kind) for kind in ("info", "ok", "warn", "stop")
        ],
        "table": parts.Table(
            "世帯員",
            ("氏名", "続柄", parts.Column("年齢", "n")),
            [
                parts.Row((parts.Cell("辻󠄂　健太郎", "#", name=True), "世帯主", "37"), here=True),
                parts.Row((parts.Cell("髙橋　茂", name=True, chips=(("除票", "warn"),)), "父", "110"), gone=True),
            ],
            pages=parts.Pages(2, 3, "?"),
        ),
        "items": parts.Items(
            [
                parts.Item("氏名", "葛󠄂西　一", name=True),
                parts.Item("旧氏", ""),
                parts.Item("個人番号", "", masked=True),
                parts.Item("本籍", "なし", small="空欄・「なし」・「不明」は別の値です"),
                parts.Item("住所", "見本県見本郡見本町中央一丁目１番１号", wide=True),
            ]
        ),
        "tabs": parts.Tabs("業務", [parts.Tab("住民票", "#", here=True), parts.Tab("個人住民税", "#", count=3)]),
        "timeline": parts.Timeline(
            [
                parts.Moment("転居", "平成28年10月3日", "東二丁目から", "#", here=True),
                parts.Moment("転入", "平成20年4月1日"),
            ]
        ),
        "stepper": parts.Stepper(("受取り", "確認", "取込み", "照合"), 2),
        "form": _Sample({"purpose": ""}),
        "dialog": parts.Dialog("sample", "表示しますか", "理由が必要です。", "#", parts.Reason(), token, "表示する"),
        "pyramid": parts.Pyramid("人口ピラミッド", ages, (parts.Series("男", men), parts.Series("女", women)), "人"),
        "bars": parts.Bars("団体ごとの世帯数", ("見本町", "例示村"), (parts.Series("世帯", (1234, 321)),), "世帯"),
        "lines": parts.Lines(
            "月ごとの異動",
            tuple(f"{month}月" for month in range(1, 13)),
            (
                parts.Series("転入", (4, 3, 22, 30, 8, 5, 6, 4, 7, 5, 3, 4)),
                parts.Series("転出", (5, 4, 31, 20, 6, 5, 4, 7, 5, 4, 4, 3)),
            ),
            "人",
        ),
    }
    return render(request, "keys/components.html", shown)
