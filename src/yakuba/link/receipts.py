"""Receipts (受領書): the centre's signed word that it has an entry; kept as files, one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.kernel.canonical import canonical
from yakuba.kernel.errors import NotProvenError
from yakuba.kernel.fingerprint import fingerprint, same_fingerprint
from yakuba.link.documents import read_document, write_document
from yakuba.link.journal import note
from yakuba.link.standing import change_standing, load_standing
from yakuba.vault.keys import signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.link.place import Place
    from yakuba.link.settings import Settings
    from yakuba.vault.format.entry import Entry

_BESIDE = ("fingerprint", "public_key", "signature")
"""Fields of a receipt that its signature does not cover."""
_REMEDY = "送信を止めました。センターの管理者に、電話など別の経路で指紋を確かめてください"


def keep(place: Place, settings: Settings, entry: Entry, receipt: Mapping[str, Any]) -> None:
    """Check a receipt and keep it.

    Raises:
        NotProvenError: it is not for this entry, not signed, or signed by another centre than so far.
    """
    pinned = settings.centre.fingerprint or load_standing(place).centre
    if (receipt.get("number"), receipt.get("digest")) != (entry.number, entry.digest) or not _genuine(receipt):
        raise NotProvenError(f"記入 {entry.number} の受領書が正しくありません a false receipt", remedy=_REMEDY)
    signer = str(receipt["fingerprint"])
    if pinned and not same_fingerprint(pinned, signer):
        raise NotProvenError(f"受領書の鍵が変わりました the centre's key has changed: {signer}", remedy=_REMEDY)
    if not pinned:
        change_standing(place, centre=signer)
    write_document(place.receipts / f"{entry.number:08}.json", receipt)
    note(place, "confirmed", number=entry.number, received_at=str(receipt["received_at"]))


def _genuine(receipt: Mapping[str, Any]) -> bool:
    try:
        said = b"yakuba receipt\n" + canonical({key: value for key, value in receipt.items() if key not in _BESIDE})
        public, signature = str(receipt["public_key"]), bytes.fromhex(receipt["signature"])
        named = same_fingerprint(fingerprint(bytes.fromhex(public)), str(receipt["fingerprint"]))
        return named and signed_by(public, signature, said)
    except (KeyError, TypeError, ValueError):
        return False


def confirmed(place: Place) -> set[int]:
    """Numbers of the entries that the centre has confirmed."""
    if not place.receipts.is_dir():
        return set()
    return {int(path.stem) for path in place.receipts.glob("*.json") if path.stem.isdigit()}


def receipt_of(place: Place, number: int) -> dict[str, Any] | None:
    """The receipt of an entry; None when there is none."""
    return read_document(place.receipts / f"{number:08}.json")
