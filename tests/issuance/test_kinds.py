"""Every kind of certificate from the registry to a signed paper, with the people it is hard for."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from pypdf import PdfReader
from tests.issuance.town import DUES, FUHYO, JUKI, KINDS, SEAL, SEALS, TAX, asks, people, ready
from tests.world import CAST, TOWN_A, rows

from yakuba.issuance import services

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

OTSUKA = "1000000082"
_HERE = {"市区町村コード": TOWN_A, "宛名番号": OTSUKA}
_GOING = {
    "転出先住所（確定）_都道府県": "例示県", "転出先住所（確定）_市区郡町村名": "例示市",
    "転出先住所（確定）_町字": "本町", "転出先住所（確定）_番地号表記": "１番",
}  # fmt: skip
MORE = {
    f"{JUKI}/住民情報": [row | (_GOING if row.get("転出予定年月日") else {}) for row in rows(TOWN_A)],
    f"{JUKI}/個人番号管理": [_HERE | {"個人番号": "123456789018", "最新フラグ": "1"}],
    f"{SEALS}/印鑑登録原票": [
        _HERE | {"印鑑登録番号": "00000001", "履歴番号": "1", "最新フラグ": "1", "印鑑登録証番号": "C1",
                 "印鑑登録状態": "2", "登録年月日": "2016-01-04", "氏名": CAST["otsuka"].items["氏名"],
                 "印影": "IN1.svg", "印影_横寸法": "18", "印影_縦寸法": "18", "印影_解像度": "400"},
    ],
    f"{SEALS}/印鑑抑止": [],
    f"{TAX}/賦課情報": [
        _HERE | {"年度": "2026", "更正回数": "0", "最新フラグ": "1", "課税区分": "3", "所得年": "2025",
                 "合計所得金額": "300000", "年税額": "0", "賦課期日住所": "見本県見本郡見本町中央一丁目１番１号"},
    ],
    f"{TAX}/所得情報": [
        _HERE | {"年度": "2026", "更正回数": "0", "所得種別": "01", "収入金額": "900000", "所得金額": "300000"},
    ],
    f"{DUES}/調定情報": [
        _HERE | {"年度": "2026", "賦課年度": "2026", "期別": "1", "通知書番号": "1", "税目コード": "01",
                 "調定額": "12000", "収納済額": "12000", "未納額": "0", "納期限": "2026-06-30"},
    ],
    f"{FUHYO}/戸籍の附票": [
        {"市区町村コード": TOWN_A, "戸籍番号": "1", "在籍者番号": "1", "住所履歴番号": "1", "最新フラグ": "1",
         "本籍": "見本県見本郡見本町", "筆頭者": CAST["otsuka"].items["氏名"], "氏名": CAST["otsuka"].items["氏名"],
         "生年月日": "1975-06-30", "性別": "1", "住所": "見本県見本郡見本町中央一丁目１番１号",
         "住所を定めた年月日": "2015-04-01", "住民票コード": "99000000088", "支援措置有無": "0"},
    ],
}  # fmt: skip
CASES: dict[str, tuple[tuple[str, tuple[str, ...], dict[str, object]], ...]] = {
    "juminhyo": (
        ("1000000015", ("1000000015", "1000000023"), {"choices": {"relation": True, "register": True}}),
        ("1000000040", ("1000000040", "1000000058"), {}),
        ("1000000112", ("1000000112", "1000000120"), {"choices": {"nationality": True, "residence_status": True}}),
        (OTSUKA, (), {"choices": {"individual_number": True, "resident_code": True}, "purpose": "年金の手続き"}),
    ),
    "kisai": (("1000000031", (), {"choices": {"relation": True}}),),
    "johyo": (("1000000074", (), {"role": "household", "name": "家族", "purpose": "相続"}),),
    "inkan": ((OTSUKA, (), {"card": "C1"}),),
    "shotoku_kazei": ((OTSUKA, (), {"choices": {"year": "2026"}}),),
    "nozei": ((OTSUKA, (), {"choices": {"year": "2026"}}),),
    "fuhyo": ((OTSUKA, (), {"choices": {"register": True}}),),
    "tenshutsu": (("1000000139", (), {}),),
}


@pytest.fixture
def whole(database: Path) -> Actor:  # noqa: ARG001 - the town is put into it
    """見本町 with a record for every kind."""
    from yakuba.tenancy.models import Municipality

    Municipality.objects.create(code=TOWN_A, name="見本町", kana="", prefecture="見本県")
    actor = people(TOWN_A, MORE)
    ready(actor)
    services.keep_images(actor, [("IN1.svg", SEAL)])
    return actor


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_goes_from_the_registry_to_a_checked_paper(whole: Actor, kind: str) -> None:
    for subject, members, who in CASES[kind]:
        wanted = asks(kind, subject, *members, **who)
        looked = services.prepare(
            whole, kind, subject, requester=wanted.requester, members=wanted.members, choices=wanted.choices
        )
        assert [(one.code, one.text) for one in looked.refusals] == []
        assert all(page.startswith(b"\x89PNG") for page in looked.preview)
        issued = services.issue(whole, wanted, request=str(uuid4()))
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(issued.pdf)).pages)
        assert issued.number in text
        assert len(looked.preview) == issued.pages
        assert services.reprint(whole, issued.entry, "用紙づまり").number == issued.number
