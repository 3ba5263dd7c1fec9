"""What docs/ja/backup.md says of plans, alarms and the protocol is all there is. Oracle: the program itself."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.manual import tables, words

from yakuba.backup.services import USUAL
from yakuba.backup.words import ALARMS
from yakuba.cli.backup_plan import command
from yakuba.web.backup.api.urls import PREFIX, urlpatterns

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs/ja/backup.md"
SOURCES = (HOUSE / "src/yakuba/backup/door", HOUSE / "src/yakuba/web/backup")


def _table(heading: str, place: int = 0) -> list[list[str]]:
    return [rows for name, rows in tables(PAGE) if name == heading][place]


def test_every_alarm_is_told() -> None:
    assert {row[0] for row in _table("点検と警報")} == set(ALARMS.values())


def test_every_word_of_a_refusal_is_told() -> None:
    text = "\n".join(path.read_text("utf-8") for folder in SOURCES for path in folder.rglob("*.py"))
    said = set(re.findall(r'RefusedError\(\s*\d{3},\s*"([a-z]+)"', text)) | set(re.findall(r'_later\("([a-z]+)"', text))
    said |= set(re.findall(r'_said\(_NOT_THIS_WAY, "([a-z]+)"', text))
    told = {code for row in _table("送受信の取決め", 1) for code in re.findall(r"`([a-z]+)`", row[1])}
    assert said == told


def test_every_address_is_told() -> None:
    told = {row[0].strip("`").split(" ", 1)[1] for row in _table("送受信の取決め")}
    there = {re.sub(r"<(?:str|entry):([a-z]+)>", r"{\1}", str(one.pattern)) for one in urlpatterns}
    assert told == there
    assert f"`/{PREFIX}`" in PAGE.read_text("utf-8")


def test_every_option_of_a_plan_is_told_with_its_usual_value() -> None:
    told = {row[0]: row[1] for row in _table("計画")}
    options = {option for one in command.params for option in one.opts} - {"code", "--json"}
    keeps = {option for option in options if option.startswith("--keep-")}
    assert words(PAGE, "計画") == options - keeps | {"--keep-daily"}
    for name in ("max_age_hours", "quota_mb", "lock_days", "shrink_percent"):
        assert told[f"`--{name.replace('_', '-')}`"] == str(USUAL[name])
    kept = [USUAL[f"keep_{name}"] for name in ("daily", "weekly", "monthly", "yearly")]
    assert told["`--keep-daily` ほか"] == "{}日・{}週・{}月・{}年".format(*kept)
