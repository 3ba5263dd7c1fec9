"""Headers, request ids, health, measures, over Django's test client. Oracle: issue 3 no. 7, OWASP secure headers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from prometheus_client.parser import text_string_to_metric_families
from tests.tenancy.cast import browser

from yakuba.registry.jobs.queue import Hands, own_connection
from yakuba.site import health

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast

PATHS = ["/", "/healthz", "/nowhere", "/accounts/login/", "/static/yakuba/base.css", "/api/v1/openapi.json"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(path: str) -> None:
    answer = browser().get(path)
    answer.close()
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) >= 8
    if not path.startswith("/static/"):
        assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("database")
def test_a_page_holds_nothing_that_the_policy_forbids() -> None:
    page = browser().get("/accounts/login/").content.decode()
    for mark in ("<style", " style=", "<script>", "javascript:", " onclick=", "http://", "https://"):
        assert mark not in page.replace("http://www.w3.org", ""), mark


@pytest.mark.usefixtures("database")
def test_a_request_keeps_a_proxys_id_and_nothing_else() -> None:
    assert browser().get("/healthz", headers={"X-Request-ID": "a1b2c3d4-e5"})["X-Request-ID"] == "a1b2c3d4-e5"
    for bad in ("", "short", "x" * 65, "with space here", "line\nbreak12", "渡邉渡邉渡邉"):
        assert browser().get("/healthz", HTTP_X_REQUEST_ID=bad)["X-Request-ID"] != bad


def test_health_says_what_is_missing(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("YAKUBA_JOBS", "1")
    answer = browser().get("/healthz")
    assert (answer.status_code, answer.json()["worker"], answer.json()["status"]) == (503, "missing", "down")
    with own_connection() as connection:
        Hands(connection)
        answer = browser().get("/healthz")
        assert (answer.status_code, answer.json()) == (
            200, {"database": "ok", "upgrade": "ok", "worker": "ok", "status": "ok"},
        )  # fmt: skip
    monkeypatch.setenv("YAKUBA_JOBS", "0")
    assert browser().get("/healthz").json()["worker"] == "ok"
    monkeypatch.setattr(health, "_known", set())
    monkeypatch.setattr(health, "pending", lambda alias: [f"{alias}.0009_later"])
    answer = browser().get("/healthz")
    assert (answer.status_code, answer.json()["upgrade"]) == (503, "pending")


def test_health_without_a_database(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    connection = connections["default"]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", "/nowhere")
        patch.setitem(connection.settings_dict, "OPTIONS", {})
        answer = browser().get("/healthz")
        connection.close()
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
    assert browser().get("/healthz").json()["database"] == "ok"


def test_a_database_that_was_restarted_costs_no_answer(database: Path) -> None:  # noqa: ARG001
    """Its connections in the pool are dead; whoever asks next gets a living one."""
    for _ in range(3):
        assert browser().get("/healthz").json()["database"] == "ok"
        connections["default"].close()  # as at the end of every real request: back into the pool
        with own_connection() as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND usename = current_user"
            )
    assert browser().get("/healthz").json()["database"] == "ok"


def test_measures_are_numbers_and_name_nobody(cast: Cast) -> None:
    browser().get("/healthz")
    cast.client("clerk", raises=False).get("/residents/1000000066/")
    browser().generic("渡邉", "/healthz")
    answer = browser().get("/metrics")
    text = answer.content.decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert {"yakuba_answers", "yakuba_answer_seconds", "yakuba_jobs_waiting", "yakuba_job_workers"} <= set(families)
    routes = {sample.labels["route"] for sample in families["yakuba_answers"].samples}
    assert "healthz" in routes
    assert "1000000066" not in text
    assert "渡邉" not in text


@pytest.mark.usefixtures("database")
def test_measures_are_for_this_machine_or_who_knows_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKUBA_METRICS_TOKEN", "")
    assert browser().get("/metrics").status_code == 200
    assert browser().get("/metrics", REMOTE_ADDR="10.0.0.8").status_code == 404
    assert browser().get("/metrics", headers={"X-Forwarded-For": "10.0.0.8"}).status_code == 404
    monkeypatch.setenv("YAKUBA_METRICS_TOKEN", "a-word")
    assert browser().get("/metrics").status_code == 404
    assert browser().get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    far = browser().get("/metrics", REMOTE_ADDR="10.0.0.8", headers={"Authorization": "Bearer a-word"})
    assert far.status_code == 200


def test_the_process_that_measures_for_many_is_this_one() -> None:
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ
