"""link.toml is read strictly, and the manual names every setting with its first value.

Oracle: docs/ja/link.md for names and values; a planted slip each for what must be refused.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, get_type_hints

import pytest
from tests.architecture.manual import HOUSE, tables
from tests.link.feeds import make_desk

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.link.documents import add_line, read_document, write_document
from yakuba.link.place import place_of, usual
from yakuba.link.refusal import Reason
from yakuba.link.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.link.feeds import Desk

MANUAL = HOUSE / "docs/ja/link.md"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('municipality = "990019"', 'municipality = "990018"', "municipality"),
        ('standard = "kihon"', 'standard = "kihonn"', "kihonn"),
        ('complete = "marker"', 'complete = "sometimes"', "complete"),
        ('encoding = "utf-8-sig"', 'encoding = "utf-9"', "utf-9"),
        ("late_hours = 26", 'late_hours = "26"', "late_hours"),
        ("late_hours = 26", "late_hour = 26", "late_hour"),
        ("retain_days = 35", "retain_days = -1", "retain_days"),
        ("retain_days = 35", "retain_days = 3.5", "retain_days"),
        ('url = ""', 'url = "https://example.invalid"', "centre.url"),
        ("less_percent = 5 ", "less_percent = true ", "less_percent"),
        ('# [tables."住民基本台帳/住民情報"]', '[tables."住民基本台帳/住民"]', "住民基本台帳/住民"),
        ("[watch]", "[watch", "link.toml"),
        ("[watch]", "[wait]", "wait"),
    ],
)
def test_a_slip_is_named_with_its_file(desk: Desk, old: str, new: str, named: str) -> None:
    desk.set(old, new)
    with pytest.raises(UsageError) as caught:
        _ = desk.settings
    assert named in str(caught.value)
    assert str(desk.place.settings) in str(caught.value)
    assert caught.value.remedy or "toml" in named


def test_a_table_has_the_limits_of_all_but_what_it_says(desk: Desk) -> None:
    desk.set(
        '# [tables."住民基本台帳/住民情報"]\n# less_percent = 2', '[tables."住民基本台帳/住民情報"]\nless_percent = 2'
    )
    desk.set("changed_percent = 30", "changed_percent = 7")
    bounds = desk.settings.bounds("住民基本台帳/住民情報")
    assert (bounds.less_percent, bounds.changed_percent) == (2, 7)
    assert desk.settings.bounds("印鑑登録/印鑑登録証").less_percent == 5


def _settings(kind: type, prefix: str = "") -> Iterator[tuple[str, object]]:
    hints = get_type_hints(kind)
    for one in fields(kind):
        if is_dataclass(hints[one.name]):
            yield from _settings(hints[one.name], f"{one.name}.")
        elif one.name != "tables":
            yield prefix + one.name, one.default


def test_the_manual_names_every_setting_its_value_and_every_reason(desk: Desk) -> None:
    found = dict(tables(MANUAL))
    told = {row[0].strip("`"): row[1] for row in found["5 設定"]}
    assert set(told) == {name for name, _ in _settings(Settings)}
    for name, value in _settings(Settings):
        if name not in ("municipality", "standard"):
            assert told[name] == (
                "なし" if value == "" else f"{value:g}" if isinstance(value, float) else str(value)
            ), name
    reasons = {row[0].strip("`"): row[2] for row in found["4 断ったとき"]}
    assert reasons == {str(one): "はい" if one.personal else "いいえ" for one in Reason}
    there = {row[0].strip("`/") for row in found["6 フォルダの中"]}
    assert {path.name for path in desk.place.folder.iterdir()} <= there


def test_a_link_is_found_by_its_folder_or_its_town(tmp_path: Path) -> None:
    make_desk(tmp_path / "somewhere")
    assert place_of(str(tmp_path / "somewhere")).folder == tmp_path / "somewhere"
    if not usual("990019").settings.exists():
        make_desk(usual("990019").folder)
    assert place_of("990019") == usual("990019")
    with pytest.raises(UsageError, match="link init"):
        place_of(str(tmp_path))


def test_what_holds_data_is_closed_to_others(desk: Desk) -> None:
    open_ = {path.name for path in desk.place.folder.iterdir() if path.stat().st_mode & 0o077}
    assert open_ <= {"link.toml", "status.json", "lock"}


def test_a_document_is_old_or_new_and_a_torn_line_stays_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_document(path, {"x": 1})
    write_document(path, {"x": 2}, mode=0o644)
    assert read_document(path) == {"x": 2}
    assert path.stat().st_mode & 0o777 == 0o644
    assert os.listdir(tmp_path) == ["a.json"]  # noqa: PTH208 - names are what is meant
    path.write_text("[1", "utf-8")
    with pytest.raises(CannotContinueError):
        read_document(path)
    journal = tmp_path / "j"
    add_line(journal, {"n": 1})
    journal.write_bytes(journal.read_bytes() + b'{"n": 2, "torn')
    add_line(journal, {"n": 3})
    first, torn, last = journal.read_text("utf-8").splitlines()
    assert (json.loads(first), torn, json.loads(last)) == ({"n": 1}, '{"n": 2, "torn', {"n": 3})
