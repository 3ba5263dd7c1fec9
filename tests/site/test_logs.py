"""Logs hold no personal data: a whole session, faults included, is searched for everything the cast owns."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from tests.site.ear import Ear
from tests.tenancy.cast import PASSWORD, browser
from tests.world import CAST

from yakuba.site.logs import REQUEST, JsonFormatter

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast

_OWN = ("氏", "名", "宛名", "世帯番号", "住民票", "生年月日", "在留カード等番号")
SECRETS = sorted(
    {
        value
        for person in CAST.values()
        for name, value in person.row().items()
        if name.startswith(_OWN) and len(value) > 2
    }
)


def test_a_whole_session_names_nobody(cast: Cast) -> None:
    with Ear() as ear:
        visitor = browser(raises=False)
        visitor.post("/accounts/login/", {"login": "渡邉　美咲", "password": PASSWORD})
        visitor.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})
        for who in ("clerk", "protector", "outsider", "operator", ""):
            client = cast.client(who, raises=False)
            for person in CAST.values():
                row = person.row()
                for path in (f"/residents/{row['宛名番号']}/", f"/households/{row['世帯番号']}/"):
                    client.get(path)
                client.get("/search/", {"q": row.get("氏名") or row["宛名番号"]})
                client.get(f"/{row.get('氏名') or 'x'}/")
                client.get(f"/api/v1/residents/{row['宛名番号']}", headers={"X-Request-ID": row["宛名番号"] + "-abc"})
    told = ear.lines()
    assert len(told) > 300
    text = json.dumps(told, ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in text] == []
    assert PASSWORD not in text
    assert {"time", "level", "logger", "message"} <= told[0].keys()
    routes = {line.get("route") for line in told}
    assert "residents/<number:addressee>/" in routes


def record(message: str, *arguments: object, name: str = "other", fault: Exception | None = None) -> dict[str, Any]:
    made = logging.LogRecord(
        name, logging.ERROR, "x.py", 1, message, arguments, (type(fault), fault, fault.__traceback__) if fault else None
    )
    return dict(json.loads(JsonFormatter().format(made)))


def test_of_an_exception_there_are_kind_and_place_only() -> None:
    def inside() -> None:
        raise ValueError("Key (name)=(渡邉　美咲) already exists")

    try:
        inside()
    except ValueError as error:
        told = record("failed: %s", "渡邉", name="yakuba.x", fault=error)
    assert told["error"] == "ValueError"
    assert told["places"][-1].startswith("test_logs.py:")
    assert "already exists" not in json.dumps(told, ensure_ascii=False)


def test_of_others_records_there_is_the_template_only() -> None:
    assert record("Not Found: %s", "/residents/1000000066/")["message"] == "Not Found: %s"
    assert record("%d jobs", 3, name="yakuba.jobs")["message"] == "3 jobs"


def test_one_record_is_one_line_and_knows_its_request() -> None:
    token = REQUEST.set("abcdefgh")
    try:
        made = logging.LogRecord("yakuba", logging.INFO, "x.py", 1, "two\nlines\u2028three", None, None)
        text = JsonFormatter().format(made)
    finally:
        REQUEST.reset(token)
    assert len(text.split("\n")) == 1
    assert json.loads(text)["request"] == "abcdefgh"
