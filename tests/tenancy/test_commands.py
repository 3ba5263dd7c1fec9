"""The commands: first set-up of an installation, and the check of its logs, as an engineer types them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.tenancy.test_audit import as_superuser
from tests.world import TOWN_A, TOWN_B

from yakuba.cli import root
from yakuba.kernel.errors import CannotContinueError, Exit
from yakuba.tenancy.queries import actor_of, rights_of
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path


def yakuba(*words: str, code: int = Exit.CLEAN) -> str:
    said = CliRunner(env={"COLUMNS": "200"}).invoke(root, words, standalone_mode=False)
    if said.exception and not isinstance(said.exception, CannotContinueError):
        raise said.exception
    ended = said.exception.exit_code if isinstance(said.exception, CannotContinueError) else said.return_value or 0
    assert ended == code, said.output
    return f"{said.output}{said.exception or ''}"


@pytest.fixture
def founded(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - the towns are put into it
    monkeypatch.setattr("yakuba.tenancy.database.ready.ready", lambda: None)  # it is running
    yakuba("tenant", "group", "mihon", "見本郡")
    yakuba("tenant", "add", TOWN_A, "見本町", "--group", "mihon", "--prefecture", "見本県")
    yakuba("tenant", "add", TOWN_B, "例示村")


@pytest.mark.usefixtures("founded")
def test_towns_join_late_and_leave() -> None:
    yakuba("tenant", "join", TOWN_B, "mihon", "--on", "2026-12-01")
    yakuba("tenant", "leave", TOWN_B, "--on", "2027-04-01")
    told: dict[str, Any] = json.loads(yakuba("tenant", "list", "--json"))
    assert [one["code"] for one in told["municipalities"]] == [TOWN_A, TOWN_B]
    second = told["groups"]["mihon"][1]
    assert (second["joined_on"], second["left_on"]) == ("2026-12-01", "2027-04-01")
    assert "見本県" in yakuba("tenant", "list")
    assert "no such group" in yakuba("tenant", "join", TOWN_B, "none", code=Exit.USAGE)


@pytest.mark.usefixtures("founded")
def test_accounts_with_their_first_rights() -> None:
    words = ("--right", "rights", "--right", "view:juminkihondaicho:koseki", "--department", "住民課")
    said = yakuba("staff", "add", TOWN_A, "suzuki", "鈴木　情子", *words, "--until", "2027-03-01")
    assert re.search(r"first password: ([a-z2-9]{4}-){4}[a-z2-9]{4}\n", said)
    actor = actor_of("suzuki")
    assert actor
    assert actor.department == "住民課"
    assert actor.may(Action.RIGHTS)
    assert actor.may(Action.VIEW, "juminkihondaicho", "koseki")
    assert not actor.may(Action.VIEW, "juminkihondaicho")
    assert len(rights_of(actor)) == 2
    yakuba("staff", "add", TOWN_A, "satou", "佐藤", "--department", "住民課")
    assert "no such right" in yakuba("staff", "add", TOWN_A, "kato", "x", "--right", "all", code=Exit.USAGE)
    assert actor_of("kato") is None
    (one, _) = json.loads(yakuba("staff", "list", TOWN_A, "--json"))
    assert (one["login"], one["works"], one["valid_until"]) == ("satou", True, "2027-03-31")
    yakuba("staff", "stop", TOWN_A, "satou", "--reason", "退職")
    assert "停止" in yakuba("staff", "list", TOWN_A)
    assert "first password" in yakuba("staff", "password", TOWN_A, "suzuki", "--factor")
    for command in (("password", TOWN_A, "x-y-z"), ("stop", TOWN_A, "x-y-z", "--reason", "x")):
        assert "no such account" in yakuba("staff", *command, code=Exit.USAGE)
    yakuba("staff", "operator", "mihon", "unei", "共同　運営")
    operator = actor_of("unei")
    assert operator
    assert operator.operator


@pytest.mark.usefixtures("founded")
def test_a_provider_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKUBA_PROVIDER_SECRET", "secret")
    words = ("--name", "見本町", "--server", "https://idp.example", "--client", "yakuba")
    assert "/accounts/oidc/mihon/login/" in yakuba("tenant", "provider", TOWN_A, "mihon", *words)


@pytest.mark.usefixtures("founded")
def test_the_logs_are_checked_and_the_first_tampered_row_is_named(tmp_path: Path) -> None:
    anchor = tmp_path / "outside" / "digests.csv"
    assert "0 日" in yakuba("audit", "digest", "--out", str(anchor))
    said = yakuba("audit", "verify", "--anchor", str(anchor))
    assert said.count("正しい") == 3
    as_superuser("UPDATE tenancy_auditentry SET name = 'x' WHERE municipality = %s AND number = 2", TOWN_A)
    said = yakuba("audit", "verify", code=Exit.NOT_PROVEN)
    assert f"{TOWN_A} 見本町: 改ざん・欠落があります tampered with, first: 2番" in said
    assert said.count("正しい") == 2
    yakuba("audit", "verify", "--municipality", TOWN_B)
    assert "no such municipality" in yakuba("audit", "verify", "--municipality", "990043", code=Exit.USAGE)


@pytest.mark.usefixtures("founded")
def test_a_log_is_written_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "log.csv"
    words = ("--reason", "点検", "--first", "2026-01-01", "--last", "2099-12-31", "--out", str(out))
    assert "2 件" in yakuba("audit", "export", TOWN_A, *words)
    assert "add_municipality" in out.read_text("utf-8-sig")
    assert "3 件" in yakuba("audit", "export", TOWN_A, *words)
