"""The record of a drill for people (訓練記録): one page beside the signed JSON."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yakuba.kernel.secret_file import write_secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_STEPS = {"restore": "取出しと復号", "count": "数え直し", "database": "空のデータベース", "load": "取込みと照合",
          "totals": "合計の照合", "search": "検索", "certificates": "証明書"}  # fmt: skip
_TABLES = ("表", "封印した行", "ファイルの行", "登録簿の行", "ダイジェスト")
_STYLE = (
    "body{font:11pt sans-serif;max-width:60em;margin:1em auto}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #555;padding:1mm 2mm;text-align:left}.n{text-align:right}"
)


def write_page(out: Path, document: Mapping[str, Any]) -> tuple[Path, Path]:
    """Write `drill-<when>.json`, as signed, and `.html`; gives both.

    Raises:
        FileExistsError: a record of this very moment is there.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = "drill-" + "".join(letter for letter in str(document["held_at"])[:23] if letter.isalnum())
    record, page = out / f"{stem}.json", out / f"{stem}.html"
    write_secret(record, json.dumps(document, ensure_ascii=False, indent=1).encode())
    write_secret(page, _page(document).encode())
    return record, page


def _page(document: Mapping[str, Any]) -> str:
    verdict = "合格" if document["ok"] else "不合格"
    summed = document.get("totals", {"compared": 0, "unknown": [], "differing": []})
    facts = [
        ("団体", document["municipality"]), ("保管庫", document["place"]), ("世代", document["number"]),
        ("データの時点", _moment(document["as_of"])), ("記入のダイジェスト", document["head"]),
        ("実施日時", _moment(document["held_at"])),
        ("実施者", document["by"]), ("署名鍵の指紋", document["fingerprint"]),
        ("照合した項目別合計", f"{summed['compared']}（違う {len(summed['differing'])}）"),
        ("合計が封印されていない表", "、".join(summed["unknown"]) or "なし"),
        ("検索した見本の住民", f"{document.get('searched', 0)}（見つからない {document.get('missed', 0)}）"),
        ("前から知られている住民", f"{document.get('known', 0)} / {document.get('asked', 0)}"),
        ("作り直した証明書", len(document["papers"])),
        ("交付した証明書との照合", f"{document.get('originals', 0)}（違う {document.get('differing', 0)}）"),
    ]  # fmt: skip
    seconds = [(_STEPS.get(name, name), f"{value:.1f} 秒") for name, value in document.get("seconds", {}).items()]
    loaded = document.get("loaded", {}).get("tables", {})
    tables = [
        (one["table"], f"{one['sealed']:,}", f"{one['counted']:,}", f"{loaded.get(one['table'], 0):,}", one["digest"])
        for one in document.get("tables", ())
    ]
    findings = [(code, sentence) for code, sentence in document["findings"]]
    parts = [
        _table(("項目", "内容"), facts), _table(("不合格の理由", "内容"), findings) if findings else "",
        _table(("段階", "所要時間"), seconds), _table(_TABLES, tables),
    ]  # fmt: skip
    title = f"復元訓練の記録　{verdict}"
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"<h1>{title}</h1>{''.join(parts)}</html>\n"
    )


def _moment(text: object) -> str:
    """A moment as people here read it; what is none stays as it is."""
    try:
        return f"{timezone.localtime(datetime.fromisoformat(str(text))):%Y-%m-%d %H:%M}"
    except ValueError:
        return str(text)


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><br>"
