"""The log's words: whatever the program writes there is read in Japanese."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.registry.jobs.kinds import kinds
from yakuba.tenancy.rights import Action
from yakuba.web.admin.log_words import action, actions, detail, who
from yakuba.web.admin.words import businesses

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[3] / "src" / "yakuba"


def _written() -> Iterator[str]:
    """Every `record(…, action="…")` of the program."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "record":
                words = [word.value for word in node.keywords if word.arg == "action"]
                yield from (one.value for one in words if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_every_action_that_is_written_has_its_word() -> None:
    written = set(_written())
    assert len(written) > 20
    assert written - set(actions()) == set()
    assert {f"{verb} {kind}" for verb in ("start", "cancel") for kind in kinds()} - set(actions()) == set()


def test_a_detail_is_read_as_people_say_it() -> None:
    said = {"login": "clerk", "right": Action.VIEW.value, "business": "juminkihondaicho", "item_group": "koseki"}
    text = detail(said | {"until": "2027-03-31", "exceptional": False, "by": ["password", "totp"]})
    assert text == (
        "利用者ID clerk、権限 照会、業務 住民基本台帳、項目 戸籍の表示（本籍・筆頭者）、終了日 令和9年3月31日、"
        "方法 パスワード・認証アプリ"
    )
    assert "juminkihondaicho" in businesses()


def test_a_command_is_not_a_person() -> None:
    assert who("system:root", "root") == ("サーバーのコマンド", "root")
    assert who("clerk", "甲野　花子") == ("甲野　花子", "clerk")
    assert action("something_new") == "something_new"
