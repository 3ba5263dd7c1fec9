"""Handing back (引継ぎ): the book of events as one signed file and one for people, and what the main system says to it.

events.json   the book, signed by the installation's own key, whose fingerprint is told over another channel
events.csv    the same for people
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yakuba.backup import signing
from yakuba.backup.bcp.book import PLACE, book
from yakuba.backup.bcp.events import Kind
from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.kernel.fingerprint import same_fingerprint
from yakuba.kernel.secret_file import write_secret
from yakuba.kernel.spreadsheet import as_csv
from yakuba.registry.queries import record_digest
from yakuba.tenancy import audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.backup.bcp.events import Event
    from yakuba.backup.bcp.standing import Standing
    from yakuba.tenancy.acting import Actor

FILE, SHEET, WHAT = "events.json", "events.csv", "handback"
_HEADINGS = ("受付番号", "種類", "異動日", "届書の番号", "宛名番号", "氏名", "内容", "受付日時", "操作者", "取消し")


@dataclass(frozen=True, slots=True)
class Judged:
    """One event against the main system.

    Attributes:
        number: of the event. paper: number of its paper. kind: its word. verdict: what to do, one of VERDICTS.
    """

    number: int
    paper: str
    kind: str
    verdict: str


FREE, CHANGED, GONE, CANCELLED, STRANGER = VERDICTS = (
    "入力できます",
    "災害時のあとに記録が変わっています。届書と見比べてください",
    "この宛名番号の人がいません。確かめてください",
    "取り消された受付です。入力しません",
    "宛名番号のない人です。届書から新しく入力してください",
)


def hand_back(actor: Actor, out: Path, now: Standing) -> str:
    """Write the book into a new folder; gives the fingerprint of the key that signed it.

    Raises:
        UsageError: the folder is not empty. NotAllowedError: no right to look at residents.
    """
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: 空ではありません is not empty", remedy="新しいフォルダを指定してください")
    events = book(actor)
    said = {
        "municipality": now.municipality, "name": now.name, "reason": now.reason, "generation": now.number,
        "head": now.head, "as_of": now.as_of, "opened_at": now.opened_at,
        "handed_back_at": timezone.now().isoformat(timespec="seconds"), "events": [_plain(one) for one in events],
    }  # fmt: skip
    document = signing.signed(said, WHAT)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(out / FILE, json.dumps(document, ensure_ascii=False, indent=1).encode())
    write_secret(out / SHEET, as_csv(_HEADINGS, [_row(one) for one in events]))
    audit.record(actor, place=PLACE, action="bcp_handback", detail={"events": len(events)})
    return str(document["fingerprint"])


def check(actor: Actor, package: Path, *, signer: str | None = None) -> tuple[Judged, ...]:
    """Hold a handed back book against this system's records: what can be entered, and where somebody was faster.

    Args:
        actor: of the main system. signer: fingerprint that must have signed, None takes any.

    Raises:
        NotProvenError: it is not as it was signed. UsageError: no such file, or another municipality's.
        NotAllowedError: no right to look at residents.
    """
    document = read(package, signer=signer)
    if document["municipality"] != actor.municipality:
        raise UsageError(
            f"団体 {document['municipality']} の受付簿です of another municipality", remedy="団体を確かめてください"
        )
    return tuple(_judged(actor, document["events"]))


def read(package: Path, *, signer: str | None = None) -> dict[str, Any]:
    """The signed book in a folder.

    Raises:
        NotProvenError: it is not as it was signed, or by another key. UsageError: there is none.
    """
    try:
        document: dict[str, Any] = json.loads((package / FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{package}: 引き継がれた受付簿がありません no book here",
            remedy="yakuba bcp handback が作ったフォルダを指定してください",
        ) from error
    if not signing.holds(document, WHAT):
        raise NotProvenError(
            f"{package}: 署名が合いません changed after it was signed", remedy="BCPの機械からもう一度受け取ってください"
        )
    if signer is not None and not same_fingerprint(signer, document["fingerprint"]):
        raise NotProvenError(
            f"{package}: 別の鍵で署名されています signed by another key", remedy="指紋を確かめてください"
        )
    return document


def _judged(actor: Actor, events: list[dict[str, Any]]) -> Iterator[Judged]:
    cancelled = {one["cancels"] for one in events if one["cancels"]}
    for one in events:
        if one["cancels"]:
            continue
        yield Judged(one["number"], one["paper"], Kind(one["kind"]).label, _verdict(actor, one, cancelled))


def _verdict(actor: Actor, one: dict[str, Any], cancelled: set[int]) -> str:
    if one["number"] in cancelled:
        return CANCELLED
    if not one["addressee"]:
        return STRANGER
    found = record_digest(actor, one["addressee"])
    if found is None:
        return GONE
    return FREE if found == one["seen"] else CHANGED


def _plain(one: Event) -> dict[str, Any]:
    noted = one.noted
    return {
        "number": one.number, "kind": noted.kind.value, "happened_on": noted.happened_on.isoformat(),
        "paper": noted.paper, "addressee": noted.addressee, "name": noted.name, "detail": noted.detail,
        "seen": one.seen, "login": one.login, "clerk": one.clerk, "at": one.at.isoformat(), "cancels": one.cancels,
    }  # fmt: skip


def _row(one: Event) -> tuple[str, ...]:
    noted = one.noted
    cancels = f"{one.cancels} を取消し" if one.cancels else f"{one.cancelled} で取消し" if one.cancelled else ""
    return (
        str(one.number), noted.kind.label, noted.happened_on.isoformat(), noted.paper, noted.addressee, noted.name,
        noted.detail, timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M"), f"{one.clerk}（{one.login}）", cancels,
    )  # fmt: skip
