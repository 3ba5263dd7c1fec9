"""Every folder of the catalog holds together. Said right by: the official 031 tables, the lists of 20 and 27."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.discover import catalog_root
from yakuba.kernel.source import Standing
from yakuba.layouts import condition
from yakuba.layouts.read import layout, layouts, standard
from yakuba.layouts.reference import references
from yakuba.layouts.schema import schema

if TYPE_CHECKING:
    from yakuba.layouts.model import Layout

SHARED = Path(__file__).parents[2].parent / "shared" / "reference"
NEWEST = "kihon/2026-08/031_jutogaishaatenabangokanri"

TWENTY = {
    *("住民基本台帳", "戸籍", "戸籍の附票", "印鑑登録", "選挙人名簿管理", "固定資産税", "個人住民税", "法人住民税"),
    *("軽自動車税", "就学", "健康管理", "児童手当", "児童扶養手当", "生活保護", "障害者福祉", "介護保険"),
    *("国民健康保険", "後期高齢者医療", "国民年金", "子ども・子育て支援"),
}


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the reference data are not shipped")
    return path


@pytest.fixture(params=layouts(), ids=lambda one: one.id)
def one(request: pytest.FixtureRequest) -> Layout:
    found: Layout = request.param
    return found


def test_identifiers_are_romaji_and_item_ids_are_unique(one: Layout) -> None:
    words = [one.identifier, *(group.identifier for group in one.groups)]
    words += [item.identifier for group in one.groups for item in group.items]
    assert [word for word in words if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", word)] == []
    ids = [item.id for group in one.groups for item in group.items if item.id]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"\d{8}", id_) for id_ in ids)


def test_every_group_has_a_key_and_every_item_says_where_it_comes_from(one: Layout) -> None:
    assert [group.name for group in one.groups if not group.keys] == []
    word = one.source.standing.japanese
    items = [item for group in one.groups for item in group.items]
    assert [item.name for item in items if not item.origin.startswith(word)] == []


def test_conditions_are_understood(one: Layout) -> None:
    for group in one.groups:
        for item in group.items:
            if item.condition:
                assert condition.names(condition.parse(item.condition, group.by_name))


def test_values_in_conditions_are_in_the_code_list(one: Layout) -> None:
    wrong = []
    for group in one.groups:
        for item in group.items:
            tests = _tests(condition.parse(item.condition, group.by_name)) if item.condition else []
            for test in tests:
                codes = group.by_name[test.item].codes
                known = set(one.codes[codes].values) | {""} if codes else set(test.values)
                wrong += [(group.name, item.name, value) for value in test.values if value not in known]
    assert wrong == []


def _tests(found: condition.Condition) -> list[condition.Comparison]:
    if isinstance(found, condition.Comparison):
        return [found]
    return [test for part in found.parts for test in _tests(part)]


def test_codes_fit_the_items_that_use_them(one: Layout) -> None:
    for group in one.groups:
        for item in group.items:
            if item.codes:
                assert item.digits is not None
                assert max(map(len, one.codes[item.codes].values)) <= item.digits, (group.name, item.name)


def test_files_are_plain_utf8_with_lf() -> None:
    for path in catalog_root().joinpath("standards").rglob("*.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), path
        assert b"\r" not in raw, path
        raw.decode("utf-8")


@pytest.mark.parametrize("selector", ["kihon", "kihon@2023-09", "chukan"])
def test_foreign_keys_point_to_items_of_the_same_kind(selector: str) -> None:
    chosen = standard(selector)
    for _, group in chosen:
        for reference in references(group):
            for target in reference.targets:
                _, other = chosen.group(f"{target.business}/{target.group}")
                for name, there in zip(reference.items, target.items, strict=True):
                    assert other.by_name[there].type is group.by_name[name].type
                    assert other.by_name[there].digits == group.by_name[name].digits


def test_the_twenty_and_the_twenty_seven_businesses() -> None:
    kihon = {one.business for one in standard("kihon").layouts}
    assert kihon == TWENTY | {"住登外者宛名番号管理", "収滞納管理"}
    chukan = {int(one.code): one.business for one in standard("chukan").layouts}
    assert sorted(chukan) == [*range(1, 24), 31, 32, 33, 34]
    with shared("codes/chukan_layout_gyomu.csv").open(encoding="utf-8") as stream:
        assert chukan == {int(row["業務番号"]): row["業務名"] for row in csv.DictReader(stream)}


def test_resident_items_are_those_seen_in_a_real_extract() -> None:
    seen = shared("codes/juki_001_items_seen.txt").read_text(encoding="utf-8").split("\n")
    _, group = standard("kihon").group("住民基本台帳/住民情報")
    assert [item.name for item in group.items] == [name for name in seen if name]
    assert [item.name for item in group.keys] == ["宛名番号", "個人履歴番号", "個人履歴番号_枝番号"]


def test_only_official_sources_are_called_official() -> None:
    official = {one.id for one in layouts() if one.source.standing is Standing.OFFICIAL}
    assert official == {NEWEST, "kihon/2023-03/031_jutogaishaatenabangokanri"}


def test_official_031_equals_the_published_sheet_cell_by_cell() -> None:
    ours = {
        "データ項目": "項目名", "ローマ字": "識別名", "グループ": "グループ", "主キー": "主キー",
        "外部キー": "外部キー", "LV1": "クラス分類LV1", "LV2": "クラス分類LV2", "LV3": "クラス分類LV3",
        "データ型": "型", "桁数": "桁数", "コード": "コード", "繰り返し": "繰り返し", "データ出力条件": "出力条件",
        "項目定義": "定義", "項目説明": "説明", "標準仕様書関連箇所": "標準仕様書関連箇所",
        "実装類型": "実装類型", "サンプル値": "サンプル",
    }  # fmt: skip
    with shared("digital_agency/031_jutogai_item_definition.csv").open(encoding="utf-8", newline="") as stream:
        published = list(csv.DictReader(stream))
    with (catalog_root() / "standards" / NEWEST / "items.csv").open(encoding="utf-8", newline="") as stream:
        items = list(csv.DictReader(stream))
    expected = [{mine: row[theirs].strip() for theirs, mine in ours.items()} for row in published]
    assert [{mine: item[mine] for mine in ours.values()} for item in items] == expected
    ids = [f"{row['業務コード']}{int(row['項目連番']):05d}" for row in published]
    assert [item["項目ID"] for item in items] == ids


def test_official_031_codes_equal_the_published_list() -> None:
    with shared("digital_agency/031_code_list.csv").open(encoding="utf-8", newline="") as stream:
        published = [tuple(row[2:4]) for row in csv.reader(stream) if len(row) == 5][3:]
    with (catalog_root() / "standards" / NEWEST / "codes.csv").open(encoding="utf-8", newline="") as stream:
        assert [(row["値"], row["内容"]) for row in csv.DictReader(stream)] == published


def test_a_list_that_the_municipality_fills_restricts_nothing() -> None:
    found = layout(NEWEST)
    assert found.codes["自治体固有コード"].values == {}
    assert found.by_name["住登外者宛名基本情報"].by_name["業務ID"].codes == ""
    assert found.by_name["住登外者宛名基本情報"].by_name["代表宛名フラグ"].codes == "代表宛名フラグ"


def test_schema_of_amounts_codes_and_decimals() -> None:
    _, tax = standard("kihon").group("個人住民税/賦課情報")
    types = {name: str(dtype) for name, dtype in schema(tax).items()}
    assert types["年税額"] == "Int64"
    assert types["課税区分"] == types["年度"] == types["賦課決定年月日"] == "String"
    _, land = standard("kihon").group("固定資産税/土地")
    assert str(schema(land)["現況地積"]) == "Decimal(precision=38, scale=2)"
