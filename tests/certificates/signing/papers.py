"""Papers for the tests of signing, code, tag and guard: the real drawing with a small record of made-up people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from yakuba.certificates.drawing import Drawn, compose, render
from yakuba.certificates.record import Issuer, Look, Order, Record

KEY = bytes(range(32))
DAY = date(2026, 11, 21)
ISSUER = Issuer(municipality="見本町", name="見本　一郎", title="見本町長", prefecture="見本県")
LOOK = Look(copy_guard=True)
NAMES = ("甲野　太郎", "乙山　花子", "葛\U000e0102城　𠮷郎", "丁田　次郎", "戊村　三恵")


@dataclass(frozen=True)
class Request:
    """An order and the record that belongs to it."""

    order: Order
    record: Record

    @property
    def names(self) -> list[str]:
        return [person["氏名"] for person in self.record.people]


def request(serial: int, *, kind: str = "juminhyo", municipality: str = "990019", people: int = 1) -> Request:
    """A request of its own for every serial: other people, another number."""
    addressees = tuple(f"{serial:010d}{place:05d}" for place in range(people))
    record = Record(
        people=tuple(_person(serial + place, addressee) for place, addressee in enumerate(addressees)),
        household={"世帯主氏名": _name(serial), "世帯員数": str(people)},
    )
    order = Order(
        request=str(UUID(int=(serial << 64) + 1)),
        municipality=municipality,
        kind=kind,
        subject=addressees[0],
        members=addressees,
        choices={},
        number=f"R8-{serial:06d}",
        issued_on=DAY,
    )
    return Request(order, record)


def _name(serial: int) -> str:
    return f"{NAMES[serial % len(NAMES)]}{'一二三四五六七八九'[serial // len(NAMES) % 9]}"


def _person(serial: int, addressee: str) -> dict[str, str]:
    return {
        "宛名番号": addressee,
        "氏名": _name(serial),
        "生年月日": "1980-01-02",
        "性別": "1",
        "住民種別": "1",
        "住民となった年月日": "1990-04-01",
        "住所_都道府県": "見本県",
        "住所_市区郡町村名": "見本町",
        "住所_町字": "中央一丁目",
        "住所_番地号表記": "１番",
        "世帯主氏名": _name(serial),
    }


def drawn(wanted: Request, *, proof: str = "", key: bytes = KEY) -> Drawn:
    return render(compose(wanted.order, wanted.record, ISSUER, LOOK), proof, key=key)


def preview(wanted: Request) -> Request:
    return replace(wanted, order=replace(wanted.order, preview=True))
