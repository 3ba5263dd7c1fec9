"""The second half of the report: characters, columns without a place, the evidence, and how to read it all."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from yakuba.kernel.source import Standing
from yakuba.migration.report.charts import Share, bars
from yakuba.migration.report.markup import Markup, Part, join, table, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.migration.report.compare import Difference, RuleDifference
    from yakuba.migration.report.model import Character, Summary

GLYPHS = 18
"""Unresolved characters that are drawn; the file has all of them."""
PLACES = 20
"""Differences that are named on the page; the evidence has more of them."""
_RESERVE = "予備/"


def characters(summary: Summary) -> Markup:
    """Characters that nobody has identified yet."""
    if not summary.characters:
        return tag("p", "すべての文字を移行先の文字に置き換えられました。", class_="nothing")
    total = sum(one.count for one in summary.characters)
    lead = (
        f"移行先の文字がまだ決まっていない文字が {len(summary.characters):,} 種類、{total:,} か所あります。"
        "元の文字コードのまま残してあります。外字対応表に加えると、次の移行から置き換わります。"
    )
    where = tag("p", "すべての文字は ", tag("b", "characters.csv"), " にあります。", class_="where")
    glyphs = tag("ul", join(_glyph(one) for one in summary.characters[:GLYPHS]), class_="glyphs")
    return join([tag("p", lead, class_="lead"), glyphs, where])


def _glyph(one: Character) -> Markup:
    unseen = all(unicodedata.category(char) in {"Co", "Cn", "Cs"} for char in one.text)
    drawn = tag("span", "外字" if unseen else one.text, class_="g none" if unseen else "g name")
    more = f" ほか {len(one.wheres) - 1:,} 列" if len(one.wheres) > 1 else ""
    where = tag("small", f"{one.count:,} か所　{one.wheres[0]}{more}")
    return tag("li", drawn, tag("b", one.codes), tag("br"), where)


def no_place(summary: Summary) -> Markup:
    """Source columns that the standard has no place for: kept in the reserve area, or left behind on purpose."""
    kept = [group for group in summary.groups if group["group"].startswith(_RESERVE)]
    if not kept and not summary.left_behind:
        return tag("p", "旧システムのすべての列に、標準の置き場がありました。", class_="nothing")
    parts: list[Part] = []
    if kept:
        rows = [[group["group"].removeprefix(_RESERVE), _names(group), group["loaded"]] for group in kept]
        parts += [tag("h3", "予備領域に残した列"), table(["移行元", "列", "行数"], rows, frozenset({2}))]
    if summary.left_behind:
        parts += [tag("h3", "移さないと決めた列"), table(["移行元", "列", "理由"], summary.left_behind)]
    return join(parts)


def _names(group: Mapping[str, Any]) -> str:
    return "、".join(column["name"] for column in group["columns"])


def evidence(summary: Summary) -> Markup:
    """Counts per file and per group, control totals, the signature, and how to check it."""
    signed = [
        tag("p", "この報告と書き出したファイルは、まとめて電子署名されています。署名した鍵の指紋は次のとおりです。"
                 "受け取る側と、電話や書面など別の方法で読み合わせてください。"),
        tag("p", summary.fingerprint, class_="print"),
    ]  # fmt: skip
    return join([
        *_differences(summary), tag("h3", "移行元のファイルごとの件数"), _files(summary),
        tag("h3", "移行先の表ごとの突合"), _groups(summary), _totals(summary), tag("h3", "電子署名"), *signed,
    ])  # fmt: skip


def _differences(summary: Summary) -> list[Markup]:
    found = [one for group in summary.groups for one in group["differences"]][:PLACES]
    lost = [{**one, "group": group["group"]} for group in summary.groups for one in group["misplacements"]][:PLACES]
    parts = []
    if found:
        rows = [
            [one["file"], one["row"], one["item"], one["expected"], one["found"], f"{one['source']} {one['record']:,}"]
            for one in found
        ]
        heads = ["ファイル", "行", "項目", "あるべき値", "書かれた値", "移行元の行"]
        parts += [tag("h3", "合わなかった値"), table(heads, rows, frozenset({1}))]
    if lost:
        rows = [
            [one["group"], _MISPLACED[one["kind"]], f"{one['source']} {one['record']:,}", one["row"]] for one in lost
        ]
        parts += [
            tag("h3", "あるべき所にない行"),
            table(["表", "何が", "移行元の行", "書いた行"], rows, frozenset({3})),
        ]
    return parts


_MISPLACED = {
    "missing": "書かれていない",
    "extra": "移行元にない",
    "order": "順序が違う",
    "lineage": "来歴と行数が違う",
    "correction": "補正の記録が元の値と合わない",
}


def _files(summary: Summary) -> Markup:
    rows: list[list[Part]] = [
        [file["path"], file["records"], file["loaded"], file["merged"], file["rejected"], _balance(file, "records")]
        for file in summary.files
    ]
    result = summary.result
    total: list[Part] = [
        "合計", result["records"], result["loaded"], result["merged"], result["rejected"], _balance(result, "records")
    ]  # fmt: skip
    heads = ["ファイル", "入力", "移した", "まとめた", "差し戻した", "合計"]
    return table(heads, [*rows, total], frozenset({1, 2, 3, 4}), total=True)


def _balance(one: Mapping[str, Any], whole: str) -> Markup:
    holds = one[whole] == one["loaded"] + one["merged"] + one["rejected"]
    return tag("span", "一致" if holds else "不一致", class_=f"chip {'ok' if holds else 'stop'}")


def _groups(summary: Summary) -> Markup:
    standing = {layout["business"]: Standing(layout["standing"]).japanese for layout in summary.layouts}
    rows: list[list[Part]] = []
    for group in summary.groups:
        business, _, name = group["group"].partition("/")
        word = standing.get(business, "予備領域")
        verdict = tag(
            "span", "差なし" if group["proven"] else "差あり", class_=f"chip {'ok' if group['proven'] else 'stop'}"
        )
        rows.append([f"{business} › {name}", tag("span", word, class_="chip quiet"), group["offered"], group["loaded"],
                     group["merged"], group["rejected"], group["cells"], verdict])  # fmt: skip
    sums = [
        sum(group[part] for group in summary.groups) for part in ("offered", "loaded", "merged", "rejected", "cells")
    ]
    rows.append(["合計", None, *sums, None])
    heads = ["表", "標準", "対象", "書いた行", "まとめた", "差し戻した", "突合した値", "結果"]
    return table(heads, rows, frozenset({2, 3, 4, 5, 6}), total=True)


def _totals(summary: Summary) -> Markup | None:
    rows = [
        [group["group"].replace("/", " › "), total["item"], *(_figure(total[part]) for part in _PARTS),
         tag("span", "一致" if total["balances"] else "不一致", class_=f"chip {'ok' if total['balances'] else 'stop'}")]
        for group in summary.groups for total in group["totals"]
    ]  # fmt: skip
    if not rows:
        return None
    heads = ["表", "項目", "移行元の合計", "補正による増減", "差し戻し・まとめた分", "移行先の合計", "結果"]
    shown = table(heads, rows, frozenset({2, 3, 4, 5}))
    note = tag("p", "移行元の合計 ＋ 補正による増減 − 差し戻し・まとめた分 ＝ 移行先の合計", class_="sum")
    return tag("details", tag("summary", f"数値の合計（{len(rows):,} 項目）"), note, shown)


_PARTS = ("offered", "corrected", "held_back", "written")


def _figure(text: str) -> str:
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}" if whole.lstrip("-").isdigit() else text


def since(difference: Difference) -> Markup:
    """What changed since an earlier rehearsal."""
    lead = (
        f"前回（{difference.old_name}）の指摘 {difference.old:,} 件が {difference.new:,} 件になりました。"
        f"なくなったもの {difference.gone:,} 件、新しく出たもの {difference.fresh:,} 件です。"
    )
    rows = [(one.title, _shares(one)) for one in difference.rules[:GLYPHS]]
    body = [[one.title, one.old, one.new, one.gone, one.fresh, one.staying] for one in difference.rules]
    heads = ["内容", "前回", "今回", "なくなった", "新しく出た", "残っている"]
    numbers = frozenset({1, 2, 3, 4, 5})
    return join([tag("p", lead, class_="lead"), bars(rows, "前回からの増減"), table(heads, body, numbers)])


def _shares(one: RuleDifference) -> list[Share]:
    return [
        Share("残り", one.staying, "s-wait"), Share("新規", one.fresh, "s-back"), Share("解消", one.gone, "s-fixed")
    ]  # fmt: skip


def reading(summary: Summary) -> Markup:
    """The words of the report."""
    layouts = [
        [layout["business"], Standing(layout["standing"]).japanese, layout["title"], layout["edition"]]
        for layout in summary.layouts
    ]
    words = [
        ["差し戻し", "そのままでは移せない行です。移さずに、原文と理由を残します。"],
        ["要修正", "移しましたが、切り替えまでに担当課の判断が要ります。"],
        ["警告", "ありうる値ですが、念のため目を通してください。"],
        ["参考", f"知らせるだけのものです（今回 {summary.notes:,} 件。findings.csv にあります）。"],
        ["公式", "公表された標準仕様書から項目を一つずつ取り込んだ表です。"],
        ["再構成", "公表資料から分かる事実を組み立てた表です。正式な仕様書の代わりにはなりません。"],
    ]
    hidden = "個人番号、住民票コード、基礎年金番号は、この報告でも Excel でも伏せています。"
    return join([
        table(["言葉", "意味"], words), tag("p", hidden),
        tag("h3", "使った標準"), table(["業務", "区分", "資料", "版"], layouts),
    ])  # fmt: skip
