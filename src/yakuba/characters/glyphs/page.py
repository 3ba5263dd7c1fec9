"""The page to look at (候補一覧): every glyph with its candidates, large, side by side and on one another.

One file that needs nothing else: no font, no script, no network. It holds names, so it is for the office alone.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.drawn import drawn
from yakuba.characters.glyphs.lists import MOST, codes, people, title
from yakuba.characters.glyphs.overlay import overlay, picture_png
from yakuba.characters.glyphs.page_names import Names, image
from yakuba.kernel.progress import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.characters.glyphs.identify import Candidate, Identified
    from yakuba.characters.glyphs.usage import Usage
    from yakuba.kernel.finding import Finding
    from yakuba.kernel.progress import Progress

SHOWN = 500
"""Glyphs on the page, those of most people first; all are in the tables."""
_LARGE, _FINDINGS = 5, 200
_STYLE = Path(__file__).with_name("page.css")


def page(
    source: str,
    found: Sequence[Identified],
    usage: Mapping[str, Usage],
    findings: Sequence[Finding],
    progress: Progress = SILENT,
) -> bytes:
    """The page, as HTML in UTF-8.

    Args:
        source: what was read. found: in the order wanted. usage: by private character. findings: of all files.
    """
    progress.stage("一覧 page", min(len(found), SHOWN), "字")
    style = _STYLE.read_text(encoding="utf-8")
    names = Names(one.glyph for one in found)
    parts = [
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>文字同定の候補 {escape(source)}</title>',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<style>{style}</style></head><body>",
        _head(source, found, usage),
        "<main>",
        _found(findings),
        '<section aria-labelledby="glyphs"><h2 id="glyphs">外字と候補（使う人の多い順）</h2>',
    ]
    for number, one in enumerate(found[:SHOWN], start=1):
        parts += _glyph(number, one, usage.get(one.glyph.private), names)
        progress.advance(1)
    if len(found) > SHOWN:
        parts.append(f"<p>ほかに {len(found) - SHOWN:,} 字あります。candidates.csv と table.csv を見てください。</p>")
    parts.append("</section></main></body></html>")
    return "\n".join(parts).encode()


def _head(source: str, found: Sequence[Identified], usage: Mapping[str, Usage]) -> str:
    affected = sum(people(one.glyph, usage) for one in found)
    coded = sum(bool(one.glyph.private) for one in found)
    return (
        f"<header><h1>文字同定の候補</h1><p>{escape(source)}　外字 <b>{len(found):,}</b> 字"
        f"（符号のあるもの {coded:,} 字）　使う人 <b>{affected:,}</b> 人</p>"
        "<p>ここにあるのは候補です。決めるのは人です。一字ずつ見て、table.csv の「区分」「決定者」「決定日」を"
        "書いてください（一番目の候補と違うときは「文字」「MJ名」も）。書かない字は未決定のまま残ります。</p>"
        '<ul class="legend"><li><i class="both"></i>どちらにもある</li><li><i class="vendor"></i>外字だけにある</li>'
        '<li><i class="mj"></i>MJ文字だけにある</li></ul>'
        '<p class="care">氏名を含みます。庁内で扱い、要らなくなったら消してください。</p></header>'
    )


def _found(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    rows = "".join(
        f"<tr><td>{each.severity.japanese}<td>{escape(each.file)}<td>{escape(each.column)}<td>{escape(each.hint_ja)}"
        for each in findings[:_FINDINGS]
    )
    more = f"<p>ほかに {len(findings) - _FINDINGS:,} 件。findings.csv にすべてあります。</p>"
    return (
        f'<section aria-labelledby="findings"><h2 id="findings">読み取りの指摘 {len(findings):,} 件</h2>'
        '<div class="scroll"><table><thead><tr><th scope="col">重要度<th scope="col">ファイル<th scope="col">字形'
        f'<th scope="col">内容と対応</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{more if len(findings) > _FINDINGS else ''}</section>"
    )


def _glyph(number: int, one: Identified, usage: Usage | None, names: Names) -> Iterator[str]:
    picture = image(picture_png(one.glyph.picture), f"外字 {title(one.glyph)}", "g")
    users = f"使う人 {usage.people:,} 人" if usage else "使う人は使用一覧にない"
    kind = f"{one.glyph.dots} ドット" if one.glyph.dots else "輪郭"
    heading = f'<h3 id="g{number}">{escape(title(one.glyph))}<small>{users}</small></h3>'
    yield f'<article aria-labelledby="g{number}">{heading}'
    yield f'<div class="row"><figure class="source">{picture}<figcaption>旧システムの字形（{kind}）<br>'
    yield f"推定 <b>{one.suggestion}</b>　確かさ {one.sure:.0%}</figcaption></figure>"
    yield '<ol class="candidates">'
    yield from (_candidate(one.glyph, each) for each in one.candidates[:_LARGE])
    yield "</ol></div>"
    yield from _rest(one.candidates[_LARGE:MOST])
    if usage and usage.names:
        yield names.table(one.glyph, usage)
    yield "</article>"


def _candidate(glyph: Glyph, each: Candidate) -> str:
    mine = drawn(each.form)
    alone = image(picture_png(mine), each.name, "c") if mine is not None else '<span class="c none">字形なし</span>'
    known = f"<br>使われ方 +{each.known:.1%}" if each.known else ""
    return (
        f"<li>{alone}{image(overlay(glyph, each.form), f'重ね合わせ {each.name}', 'c')}<div><b>{escape(each.name)}</b>"
        f"　{each.similarity:.1%}<br><small>{codes(each.form)}<br>字形 {each.shape:.1%}{known}</small></div></li>"
    )


def _rest(rest: Sequence[Candidate]) -> Iterator[str]:
    if rest:
        items = "".join(
            f"<li>{escape(each.form)} {escape(each.name)}（{codes(each.form)}）{each.similarity:.1%}</li>"
            for each in rest
        )
        first = _LARGE + 1
        words = f"{first}番目からの候補 {len(rest)} 字"
        yield f'<details><summary>{words}</summary><ol start="{first}">{items}</ol></details>'
