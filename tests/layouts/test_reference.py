"""外部キー. Oracle: references counted by hand."""

from __future__ import annotations

import pytest

from yakuba.layouts.read import standard
from yakuba.layouts.reference import Target, parse_foreign, references

PERSON = Target("住民基本台帳", "住民情報", ("宛名番号",))


def test_alternatives() -> None:
    found = parse_foreign("住民基本台帳/住民情報.宛名番号|住登外者宛名番号管理/住登外者宛名基本情報.宛名番号")
    assert found == (PERSON, Target("住登外者宛名番号管理", "住登外者宛名基本情報", ("宛名番号",)))
    assert parse_foreign("") == ()


@pytest.mark.parametrize("text", ["住民情報.宛名番号", "住民基本台帳/住民情報", "a/b.c|", "a/b.c|d"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not 業務"):
        parse_foreign(text)


def test_items_that_point_to_different_items_of_one_group_are_one_reference() -> None:
    _, group = standard("kihon").group("収滞納管理/収納情報")
    composite = next(found for found in references(group) if len(found.items) > 1)
    assert composite.items == ("税目コード", "年度", "賦課年度", "通知書番号", "期別")
    assert composite.targets == (Target("収滞納管理", "調定情報", composite.items),)


def test_two_people_of_one_record_are_two_references() -> None:
    _, group = standard("kihon").group("住民基本台帳/支援措置")
    assert [(found.items, found.targets) for found in references(group)] == [
        (("宛名番号",), (PERSON,)),
        (("相手方_宛名番号",), (PERSON,)),
    ]
