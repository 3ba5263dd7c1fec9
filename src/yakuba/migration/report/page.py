"""The page (移行結果報告): one self-contained HTML file that a section chief reads from top to bottom."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from yakuba.kernel.dates.wareki import Wareki
from yakuba.migration.report.markup import Markup, Part, join, table, tag
from yakuba.migration.report.sections import conclusion, corrected, decide, destinations, handed_back
from yakuba.migration.report.sections_back import characters, evidence, no_place, reading, since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.migration.report.compare import Difference
    from yakuba.migration.report.model import Summary


def report_page(summary: Summary, difference: Difference | None = None) -> str:
    """The whole report as HTML.

    Args:
        summary: what to say.
        difference: against an earlier rehearsal (リハーサル), when there was one.
    """
    parts: list[tuple[str, Markup]] = [
        ("結論", conclusion(summary)),
        ("行の行き先", destinations(summary)),
        ("部署ごとに決めること", decide(summary)),
        ("自動で直したこと", corrected(summary)),
        ("差し戻した行", handed_back(summary)),
        ("文字", characters(summary)),
        ("標準に置き場のない列", no_place(summary)),
        ("検証の証拠", evidence(summary)),
    ]
    if difference:
        parts.append(("前回との比較", since(difference)))
    parts.append(("この報告の読み方", reading(summary)))
    return document(f"移行結果報告 {summary.name}", _top(summary), parts)


def comparison_page(difference: Difference) -> str:
    """Two rehearsals side by side as a page of its own."""
    names = tag("p", f"{difference.old_name} → {difference.new_name}", class_="facts")
    top = tag("header", tag("div", tag("h1", "リハーサルの比較"), names), class_="top")
    rows = [[name, old, new, f"{new - old:+,}"] for name, old, new in difference.counts]
    counts = table(["", "前回", "今回", "増減"], rows, frozenset({1, 2, 3}))
    parts = [("指摘の増減", since(difference)), ("件数の増減", counts)]
    return document(f"リハーサルの比較 {difference.new_name}", top, parts)


def document(title: str, top: Markup, parts: Sequence[tuple[str, Markup]]) -> str:
    """A page of numbered sections with a table of contents; nothing outside the file is needed to show it."""
    css = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    contents = join(tag("li", tag("a", f"{at}. {name}", href=f"#s{at}")) for at, (name, _) in enumerate(parts, start=1))
    head = join([
        tag("meta", charset="utf-8"), tag("meta", name="viewport", content="width=device-width,initial-scale=1"),
        tag("title", title), tag("style", Markup(css)),
    ])  # fmt: skip
    body = join([
        top, tag("nav", tag("ol", contents), class_="toc", aria_label="目次"),
        tag("main", join(_section(at, *part) for at, part in enumerate(parts, start=1))),
        tag("footer", "役場 Yakuba が作りました。このファイルは外部と通信しません。"),
    ])  # fmt: skip
    return "<!doctype html>\n" + tag("html", tag("head", head), tag("body", body), lang="ja") + "\n"


def _section(number: int, name: str, content: Markup) -> Markup:
    return tag("section", tag("h2", tag("span", str(number)), name), content, id=f"s{number}")


def _top(summary: Summary) -> Markup:
    facts: list[tuple[str, Part]] = [
        ("団体コード", summary.municipality),
        ("基準日", japanese_date(summary.as_of)),
        ("移行先の標準", summary.layout),
        ("入力", join([summary.destinations.records, " 行"])),
        ("業務", join([len(summary.layouts)])),
    ]
    shown = tag("p", join(tag("span", f"{name} ", tag("b", value)) for name, value in facts), class_="facts")
    return tag(
        "header",
        tag("div", tag("div", summary.name, class_="town"), tag("h1", "データ移行 結果報告"), shown),
        class_="top",
    )


def japanese_date(iso: str) -> str:
    """A day as offices write it.

    >>> japanese_date("2026-11-20")
    '令和8年11月20日'
    """
    day = Wareki.from_iso(iso)
    return day.text() if day else iso
