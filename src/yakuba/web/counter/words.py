"""Words of the counter that more than one screen says."""

from __future__ import annotations

from yakuba.web.components import Row, Table

HINTS = Table(
    "さがし方",
    ("入れるもの", "例", "見つかるもの"),
    [
        Row(("氏名", "渡辺　太郎", "渡邉・渡邊などの異体字も。名だけでも、途中まででも")),
        Row(("フリガナ", "わたなべ　ﾀﾛｳ", "ひらがな・カタカナ・半角・濁点の違いは問いません。* は何文字でも")),
        Row(("生年月日", "S45.1.2　昭和45年1月2日　3450102　19700102", "和暦7桁・西暦8桁も")),
        Row(("宛名番号・世帯番号", "1000000015", "その人、その世帯")),
        Row(("住所", "中央一丁目2-3", "丁目・番地・号の書き方は問いません")),
    ],
    quiet=True,
)
"""What the search box takes."""
