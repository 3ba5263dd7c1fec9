"""The first half of the report: what happened to the rows, and what people have to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.finding import Severity
from yakuba.kernel.source import Standing
from yakuba.migration.report.charts import Share, bars, legend, percent, stacked
from yakuba.migration.report.markup import Markup, Part, join, table, tag
from yakuba.migration.report.words import short

if TYPE_CHECKING:
    from yakuba.migration.report.model import Change, Department, Example, HandedBack, Summary, Topic, Where

TOPICS = 12
"""Topics of a department that are shown; the workbook has all of them."""
KEY = 28
"""Characters of a primary key that are shown in an example."""
ITEMS = 3
"""Items of a topic that are named."""
_CHIP = {Severity.STOP: "stop", Severity.ERROR: "warn", Severity.WARNING: "quiet", Severity.NOTE: "quiet"}


def conclusion(summary: Summary) -> Markup:
    """The verdict in one line, the figures that matter, and what to do next."""
    result, rows = summary.result, summary.destinations
    if summary.proven:
        word = "すべての行の行き先を証明できました"
        text = (
            f"旧システムから受け取った {rows.records:,} 行は、1行も失われていません。"
            f"書き出したファイルを読み直し、{result['cells']:,} 個の値を移行元と1つずつ突き合わせた結果、"
            "記録した補正のほかに違いはありませんでした。"
        )
    else:
        differing = sum(group["differing"] for group in summary.groups)
        misplaced = sum(group["misplaced"] for group in summary.groups)
        word = "まだ証明できていません"
        text = (
            f"書き出したファイルに、移行元と合わない値が {differing:,} 個、"
            f"あるべき所にない行が {misplaced:,} 行あります。"
            "この結果で切り替えないでください。どこが合わないかは「検証の証拠」にあります。"
        )
    stats: list[tuple[str, Part, str, str]] = [
        ("移した行", result["loaded"], "", percent(int(result["loaded"]), rows.records)),
        ("同じ行を一つに", rows.merged, "", "行"),
        ("自動で直した値", summary.corrected_cells, "", "個（すべて記録）"),
        ("決めること", summary.decisions, "warn" if summary.decisions else "", "件"),
        ("差し戻した行", rows.rejected, "stop" if rows.rejected else "", "行（原文のまま保管）"),
    ]
    cards = join(
        tag("li", name, tag("b", value), tag("small", note), class_=kind or None) for name, value, kind, note in stats
    )
    verdict = tag("p", word, class_="word") + tag("p", text)
    box = tag("div", Markup(verdict), class_=f"verdict {'ok' if summary.proven else 'stop'}")
    return join([box, tag("ul", cards, class_="stats"), _standing(summary), tag("h3", "次にすること"), _next(summary)])


def _standing(summary: Summary) -> Markup | None:
    """A caveat when a target table is not the official one; nobody should learn that from a footnote."""
    made_up = [layout["business"] for layout in summary.layouts if layout["standing"] == Standing.RECONSTRUCTED]
    if not made_up:
        return None
    text = (
        f"移行先の {len(summary.layouts):,} 業務のうち {len(made_up):,} 業務の表は、公式の仕様書ではなく、"
        "公表資料から再構成したものです。本番の切り替えの前に、公式の表で移行し直してください。"
    )
    return tag("p", tag("span", Standing.RECONSTRUCTED.japanese, class_="chip warn"), "　", text, class_="caveat")


def _next(summary: Summary) -> Markup:
    asked = [f"{one.name} {one.decisions:,}件" for one in summary.departments if one.decisions]
    steps: list[Part] = []
    if not summary.proven:
        steps.append("移行を行った事業者に「検証の証拠」の章を示し、原因を確かめてもらう。")
    if asked:
        steps.append(
            join([tag("b", "findings.xlsx"), " を担当課に渡し、「判断」欄を埋めてもらう（", "、".join(asked), "）。"])
        )
        collect = tag("code", "yakuba migrate collect")
        steps.append(
            join(["戻ってきた Excel を ", collect, " で集め、もう一度移行する。判断は次の回から自動で当てはまる。"])
        )
    if summary.destinations.rejected:
        steps.append("差し戻した行を旧システムで直し、出し直してもらう。")
    steps.append(
        join(["受け取る側は ", tag("code", "yakuba verify フォルダ名"), " で、1バイトも変わっていないことを確かめる。"])
    )
    return tag("ol", join(tag("li", step) for step in steps), class_="next")


def _shares(summary: Summary) -> list[Share]:
    rows = summary.destinations
    return [
        Share("そのまま移した", rows.as_is, "s-asis"),
        Share("直して移した", rows.corrected, "s-fixed"),
        Share("移したが判断待ち", rows.waiting, "s-wait"),
        Share("同じ行にまとめた", rows.merged, "s-merged"),
        Share("差し戻した", rows.rejected, "s-back"),
    ]


def destinations(summary: Summary) -> Markup:
    """Where every record went, as one bar and one equation."""
    rows, shares = summary.destinations, _shares(summary)
    loaded = rows.as_is + rows.corrected + rows.waiting
    equation = f"入力 {rows.records:,} ＝ 移した {loaded:,} ＋ まとめた {rows.merged:,} ＋ 差し戻した {rows.rejected:,}"
    return join([
        tag("p", "旧システムの1行ごとに、次のどれか1つに必ず入ります。", class_="lead"),
        stacked(shares, "行の行き先"), legend(shares, rows.records), tag("p", equation, class_="sum"),
    ])  # fmt: skip


def decide(summary: Summary) -> Markup:
    """For each department: what to decide, with rows to look at, and where the list is."""
    busy = [one for one in summary.departments if one.decisions or one.warnings]
    if not busy:
        return tag("p", "決めてもらうことはありません。", class_="nothing")
    rows = [
        (one.name, [Share("決める", one.decisions, "s-wait"), Share("目を通す", one.warnings, "s-look")])
        for one in busy
    ]
    lead = (
        f"決めることが {summary.decisions:,} 件、念のため目を通すことが {summary.warnings:,} 件あります。"
        "決めることは、切り替えの前に担当課の答えが要ります。"
    )
    return join([tag("p", lead, class_="lead"), bars(rows, "部署ごとの件数"), *(_department(one) for one in busy)])


def _department(one: Department) -> Markup:
    shown = one.topics[:TOPICS]
    rows = [[_chip(topic.severity), _what(topic), _examples(topic.examples), topic.count] for topic in shown]
    rest = one.topics[TOPICS:]
    more = f"ほかに {len(rest):,} 種類（{sum(topic.count for topic in rest):,} 件）あります。" if rest else ""
    where = tag(
        "p", more, "すべての行は ", tag("b", f"findings.xlsx の「{one.name}」シート"), " にあります。", class_="where"
    )
    figures = tag("small", f"決める {one.decisions:,} 件・目を通す {one.warnings:,} 件")
    heads = ["重さ", "内容と、すること", "例（場所・値 → 案）", "件数"]
    return join([tag("h3", one.name, figures), table(heads, rows, frozenset({3})), where])


def _chip(severity: Severity) -> Markup:
    return tag("span", "差し戻し" if severity is Severity.STOP else severity.japanese, class_=f"chip {_CHIP[severity]}")


def _what(topic: Topic) -> Markup:
    places = [where for where in topic.wheres if where.group]
    listed = "、".join(_where(where, len(places)) for where in places[:ITEMS])
    more = f" ほか {len(places) - ITEMS:,} 項目" if len(places) > ITEMS else ""
    items = join([tag("small", listed, more), tag("br")]) if places else None
    return join([tag("b", topic.title), tag("br"), items, topic.advice])


def _where(where: Where, places: int) -> str:
    name = "　".join(part for part in (where.group.partition("/")[2], where.item) if part)
    return f"{name}（{where.count:,}）" if places > 1 else name


def _examples(examples: tuple[Example, ...]) -> Markup:
    return join(tag("span", _example(one), class_="ex") for one in examples)


def _example(one: Example) -> Markup:
    value = tag("span", one.value, class_="name")
    proposal = (
        join([tag("span", "→", class_="to"), tag("span", one.proposal, class_="after")]) if one.proposal else None
    )
    key = tag("small", f"（{short(one.key, KEY)}）") if one.key not in {"", one.value} else None
    return join([tag("small", one.place), "　" if one.place else None, value, proposal, key])


def corrected(summary: Summary) -> Markup:
    """What rules and decisions changed, with before and after."""
    if not summary.corrections:
        return tag("p", "自動で直した値はありません。", class_="nothing")
    lead = (
        f"あらかじめ決めた規則と担当課の判断で、{summary.corrected_cells:,} 個の値を直しました。"
        "直す前と後の値は1つ残らず corrections.parquet に残してあり、元に戻せます。"
    )
    rows = [(one.title, [Share("", one.cells, "s-fixed")]) for one in summary.corrections]
    body = [
        [join([tag("b", one.title), tag("br"), tag("small", f"{one.items:,} 項目　規則 {one.code}")]),
         join(tag("span", _change(change), class_="ex") for change in one.changes), one.cells]
        for one in summary.corrections
    ]  # fmt: skip
    heads = ["規則", "よくある直し方（前 → 後）", "値の数"]
    return join([tag("p", lead, class_="lead"), bars(rows, "規則ごとの値の数"), table(heads, body, frozenset({2}))])


def _change(change: Change) -> Markup:
    before = tag("span", change.before or "（空）", class_="before")
    after = tag("span", change.after or "（空）", class_="after")
    note = tag("small", f"　{change.item} × {change.count:,}")
    return join([before, tag("span", "→", class_="to"), after, note])


def handed_back(summary: Summary) -> Markup:
    """Records that were not loaded, by reason, and how they come in again."""
    if not summary.handed_back:
        return tag("p", "差し戻した行はありません。", class_="nothing")
    lead = (
        "次の行は標準の形に移せないため、原文のまま理由を付けて rejected フォルダに残しました。"
        "旧システムで直して出し直すか、そのファイルを直して次の移行に加えてください。"
    )
    rows = [[_reason(one), "、".join(place for place in one.places if place), one.count] for one in summary.handed_back]
    return join(
        [tag("p", lead, class_="lead"), table(["理由と、すること", "例（場所）", "行数"], rows, frozenset({2}))]
    )


def _reason(one: HandedBack) -> Markup:
    return join([tag("b", one.title), tag("br"), one.advice])
