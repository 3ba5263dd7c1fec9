"""Settings: told in the manual, refused when they mean nothing. Oracle: docs/ja/operation.md and issue 3 no. 7."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.architecture.manual import tables

from yakuba.kernel.errors import UsageError
from yakuba.site import startup
from yakuba.site.environment import DATABASE_URL, HOSTS, POOL, PRODUCTION, SECRET_KEY, SETTINGS, Setting

PAGE = Path(__file__).parents[2] / "docs/ja/operation.md"
GOOD_KEY = "Zq3vT8nLw5Rk1Xc7Jd2Hf9Gb4Ms6Pa0Ye-uIoQtWrExVzNlKjCb"


def told() -> dict[str, tuple[str, str]]:
    rows = next(rows for heading, rows in tables(PAGE) if heading == "設定")
    return {row[0].strip("`"): (row[1].strip("`").replace("（空）", ""), row[2]) for row in rows}


def test_every_setting_is_in_the_manual_with_its_default_and_meaning() -> None:
    assert told() == {setting.name: (setting.default, setting.meaning) for setting in SETTINGS}


def test_no_setting_is_read_behind_the_tables_back() -> None:
    """A variable of ours that the code names is a setting, or internal and said to be."""
    internal = {"YAKUBA_PARENT", "YAKUBA_TRACE", "YAKUBA_PROVIDER_SECRET", "YAKUBA_CERTIFICATE_HEADER"}
    source = Path(startup.__file__).parents[1]
    named = {
        name for path in source.rglob("*.py") for name in re.findall(r'"(YAKUBA_[A-Z_]+)"', path.read_text("utf-8"))
    }
    assert named - internal == {setting.name for setting in SETTINGS if setting.name.startswith("YAKUBA_")}


def test_variables_of_the_page_exist() -> None:
    known = {setting.name for setting in SETTINGS} | {"YAKUBA_TRACE"}
    assert set(re.findall(r"YAKUBA_[A-Z_]+", PAGE.read_text("utf-8"))) <= known


@pytest.mark.parametrize(("setting", "value"), [(PRODUCTION, "yes"), (POOL, "-1"), (POOL, "８"), (POOL, "")])
def test_values_that_mean_nothing_are_refused(setting: Setting, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting.name, value)
    with pytest.raises(UsageError, match=setting.name):
        _ = setting.on if setting is PRODUCTION else setting.number


def production(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    given = {
        "SECRET_KEY": GOOD_KEY,
        "URL": "postgresql://yakuba_app:d93kfG0qLz@db/yakuba",
        "HOSTS": "a.example.jp",
    } | values
    monkeypatch.setenv(SECRET_KEY.name, given["SECRET_KEY"])
    monkeypatch.setenv(DATABASE_URL.name, given["URL"])
    monkeypatch.setenv(HOSTS.name, given["HOSTS"])
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)


def test_secrets_of_ones_own_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    production(monkeypatch)
    startup.check_secrets()
    production(monkeypatch, URL="postgresql://yakuba_app@/yakuba?host=%2Frun%2Fpostgresql")
    startup.check_secrets()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"SECRET_KEY": ""}, "YAKUBA_SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "YAKUBA_SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "YAKUBA_SECRET_KEY"),
        ({"URL": "postgresql://yakuba_app@db/yakuba"}, "DATABASE_URL"),
        ({"URL": "postgresql://yakuba_app:postgres@db/yakuba"}, "DATABASE_URL"),
        ({"URL": "postgresql://yakuba_app:yakuba@127.0.0.1/yakuba"}, "DATABASE_URL"),
        ({"HOSTS": "*"}, "YAKUBA_HOSTS"),
        ({"HOSTS": "a.example.jp,*"}, "YAKUBA_HOSTS"),
    ],
)
def test_default_secrets_are_refused_in_production(
    values: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    production(monkeypatch, **values)
    with pytest.raises(UsageError, match=name) as refused:
        startup.check_secrets()
    assert refused.value.remedy
    assert not any(secret in str(refused.value) for secret in (GOOD_KEY, "d93kfG0qLz"))
