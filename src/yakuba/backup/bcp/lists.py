"""Relief lists as files (被災者支援の名簿): CSV and one page to print per list, with the moment of the data on each."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.kernel.secret_file import write_secret
from yakuba.kernel.spreadsheet import as_csv
from yakuba.registry import queries
from yakuba.registry.queries import Group

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.backup.bcp.standing import Standing
    from yakuba.registry.queries import District, Line
    from yakuba.tenancy.acting import Actor

HEADINGS = (
    "地区",
    "住所",
    "世帯番号",
    "宛名番号",
    "氏名",
    "フリガナ",
    "生年月日",
    "年齢",
    "性別",
    "続柄",
    "世帯人数",
    "注意",
)
DISTRICTS = ("地区", "人数", "世帯数", "3歳未満", "3〜5歳", "65〜74歳", "75歳以上", "65歳以上のひとり暮らし")
_STYLE = (
    "body{font:10pt sans-serif}table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;padding:1mm;"
    "text-align:left;font-weight:normal}thead{display:table-header-group}tr{break-inside:avoid}@page{size:A4 landscape}"
)


def row(line: Line) -> tuple[str, ...]:
    """A person as texts, in the order of HEADINGS."""
    return (
        line.district, line.address, line.household, line.addressee, line.name, line.kana, line.birth,
        "" if line.age is None else str(line.age), line.sex, line.relation, str(line.size),
        "支援措置：住所を知らせない" if line.protected else "",
    )  # fmt: skip


def district_row(one: District) -> tuple[str, ...]:
    """A district as texts, in the order of DISTRICTS."""
    figures = (one.people, one.households, one.infants, one.preschool, one.elderly, one.old, one.alone)
    return (one.name or "（町字なし）", *map(str, figures))


def write_lists(actor: Actor, out: Path, now: Standing, *, district: str = "") -> dict[str, int]:
    """Write every list into a new folder that only its owner can read; gives lines by file.

    Raises:
        UsageError: the folder is not empty. NotAllowedError: the actor may not hand residents' data on.
    """
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: 空ではありません is not empty", remedy="新しいフォルダを指定してください")
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    on = timezone.localdate()
    rows = [district_row(one) for one in queries.districts(actor, on=on)]
    lines = {"districts": _both(out / "districts", "地区別の人数", DISTRICTS, rows, now)}
    for group in Group:
        people = [row(one) for one in queries.relief_list(actor, group, on=on, district=district)]
        lines[group.value] = _both(out / group.value, group.label, HEADINGS, people, now)
    return lines


def _both(path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], now: Standing) -> int:
    write_secret(path.with_suffix(".csv"), as_csv(headings, rows))
    write_secret(path.with_suffix(".html"), page(title, headings, rows, now).encode())
    return len(rows)


def page(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], now: Standing) -> str:
    """A page to print that needs nothing but a browser."""
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    made = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    moment = timezone.localtime(now.moment).strftime("%Y-%m-%d %H:%M")
    said = f"{now.name}　データの時点 {moment}　作成 {made}　{len(rows):,} 行"
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{escape(title)}</h1><p>{escape(said)}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        "</table></html>\n"
    )
