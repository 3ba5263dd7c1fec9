"""Write docs/ja/findings.md: one entry for every finding code, from the rule files themselves.

    python tools/docs_findings.py [--check]

With --check nothing is written; exit 1 when the page differs from what the rules say.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.migration.hints import PIPELINE
from yakuba.migration.report.words import title
from yakuba.migration.ruling import checks, fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

from yakuba.migration.ruling import Rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "ja" / "findings.md"
CATEGORIES = {
    "C1": "形式",
    "C2": "日付",
    "C3": "コード",
    "C4": "必須",
    "C5": "キー",
    "C6": "参照",
    "C7": "整合",
    "C8": "重複",
    "C9": "文字",
    "C10": "桁溢れ",
    "C11": "検査数字",
    "C12": "住所",
    "C13": "業務外",
    "C14": "対象外項目",
}
INTRO = """\
# 指摘コードの一覧

移行の検査が出す指摘と、宣言して使う補正規則の一覧です。このページは規則のファイルから作られます
(`python tools/docs_findings.py`)。英語の説明は、規則のファイルにある定義そのものです。

| 重要度 | 意味 |
|---|---|
| 停止 stop | その行は取り込めません。元のまま差し戻します |
| 要修正 error | 取り込みますが、切り替えまでに人が決めます |
| 警告 warning | あり得ますが、見て確かめます |
| 参考 note | 知っておけばよいことです |

補正規則は `project.toml` の `[cleansing]` に書いたものだけが、書いた順に働きます。変えたセルは、前後の値とともにすべて
記録され、逆にたどれば元に戻ります。それ以外の直し方は提案だけにして、人の判断を判断ファイルに書いてもらいます。
"""


def page() -> str:
    """The whole page."""
    return "\n".join((INTRO, *_by_category(), *_corrections(), *_pipeline()))


def _by_category() -> Iterator[str]:
    for category, heading in CATEGORIES.items():
        rules = [rule for rule in checks().values() if rule.category == category]
        if rules:
            yield f"## {category} {heading}\n"
            yield from map(_entry, rules)


def _corrections() -> Iterator[str]:
    yield "## 補正規則\n"
    yield from map(_entry, fixes().values())


def _entry(rule: Rule) -> str:
    weight = f"{rule.severity.japanese} {rule.severity}" if rule.severity else f"補正 ({rule.category})"
    quoted = "\n".join(f"> {line}".rstrip() for line in rule.doc.strip().splitlines())
    return f"### `{rule.name}` — {title(rule.name)}\n\n{weight}。{rule.hint_ja}\n{rule.hint_en}\n\n{quoted}\n"


def _pipeline() -> Iterator[str]:
    yield "## 読み込みと変換の途中で出るもの\n"
    yield "| コード | 意味 | 対処 | what to do |\n|---|---|---|---|"
    yield from (
        f"| `{code}` | {title(code)} | {japanese} | {english} |" for code, (japanese, english) in PIPELINE.items()
    )
    yield ""


def main() -> int:
    """Write or compare the page."""
    text = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE}: {len(checks())} checks, {len(fixes())} corrections, {len(PIPELINE)} others")
    return 0


if __name__ == "__main__":
    sys.exit(main())
