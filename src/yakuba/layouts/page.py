"""The documentation page of a layout, as Markdown and as HTML, from the same definition that reads and checks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from yakuba.layouts.model import DataType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yakuba.layouts.model import Group, Item, Layout

HEADINGS = ("項目名", "識別名", "キー", "型", "桁数", "コード", "出力条件", "外字", "不詳日", "定義", "由来")

STYLE = """
body { font-family: system-ui, "Noto Sans JP", sans-serif; line-height: 1.6; margin: 2rem auto; max-width: 80rem;
       padding: 0 1rem; color: #1a1a1c; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; font-size: .9rem; }
th, td { border: 1px solid #b4b4b7; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #e8f1fe; }
caption { text-align: left; font-weight: bold; }
.standing { border-left: .4rem solid #0017c1; background: #e8f1fe; padding: .5rem 1rem; }
.scroll { overflow-x: auto; }
"""


def digits(item: Item) -> str:
    """桁数 as printed: `n`, `n,m` for 9V, empty without a limit."""
    if item.digits is None:
        return ""
    return f"{item.digits},{item.fraction}" if item.type is DataType.DECIMAL else str(item.digits)


def standing_sentence(layout: Layout) -> str:
    """What a reader must know before trusting the page: official or reconstructed, and from what."""
    source = layout.source
    return (
        f"{source.standing.japanese} ({source.standing.value}) — {source.title} {source.edition} ({source.date}). "
        f"{source.how}"
    )


def item_cells(item: Item) -> tuple[str, ...]:
    """One item as the cells of `HEADINGS`."""
    key = "主" if item.key else ""
    if item.foreign:
        key = f"{key} → {item.foreign}".strip()
    when = f"{item.output}（{item.condition}）" if item.condition else item.output.value
    repeat = f"（繰返し {item.repeat}）" if item.repeat > 1 else ""
    return (
        item.name,
        item.identifier,
        key,
        item.type.value,
        digits(item) + repeat,
        item.codes,
        when,
        "○" if item.gaiji else "",
        "○" if item.unknown_date else "",
        " ".join(part for part in (item.definition, item.note) if part),
        item.origin,
    )


def markdown(layout: Layout) -> str:
    """The page as Markdown."""
    parts = [f"# {layout.business}（{layout.id}）", "", f"> {standing_sentence(layout)}", ""]
    parts += [f"- {reference}" for reference in layout.source.references]
    for group in layout.groups:
        parts += ["", f"## {group.name}（{group.identifier}）", "", group.note, ""]
        parts += _markdown_table(HEADINGS, (item_cells(item) for item in group.items))
    for code_list in layout.codes.values():
        parts += ["", f"### コード {code_list.id} {code_list.name}", ""]
        parts += _markdown_table(("値", "内容"), code_list.values.items())
    return "\n".join([*parts, ""])


def _markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in row) + " |" for row in rows]
    return lines


def html(layout: Layout) -> str:
    """The page as one HTML document without outside files."""
    title = f"{layout.business}（{layout.id}）"
    references = "".join(f"<li>{escape(reference)}</li>" for reference in layout.source.references)
    body = [f"<h1>{escape(title)}</h1>", f'<p class="standing">{escape(standing_sentence(layout))}</p>']
    body += [f"<ul>{references}</ul>", _contents(layout.groups)]
    for group in layout.groups:
        heading = f"{escape(group.name)}（{escape(group.identifier)}）"
        body.append(f'<h2 id="{escape(group.identifier)}">{heading}</h2><p>{escape(group.note)}</p>')
        body.append(html_table(f"{group.name}の項目", HEADINGS, [item_cells(item) for item in group.items]))
    for code_list in layout.codes.values():
        caption = f"コード {code_list.id} {code_list.name}"
        body.append(html_table(caption, ("値", "内容"), list(code_list.values.items())))
    return html_document(title, "\n".join(body))


def _contents(groups: Sequence[Group]) -> str:
    links = "".join(f'<li><a href="#{escape(group.identifier)}">{escape(group.name)}</a></li>' for group in groups)
    return f'<nav aria-label="グループ"><ul>{links}</ul></nav>'


def html_table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a caption and column headings, every cell escaped."""
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def html_document(title: str, body: str) -> str:
    """A whole document around a body."""
    return (
        f'<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
