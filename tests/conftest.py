"""What every test starts from: no time limits inside examples, and a signing key of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.figures import FIGURES

if TYPE_CHECKING:
    from pathlib import Path

# A busy machine is no failure: examples have no time limit, and their data may come slowly. Where CI is set, they are
# the same each time, as Hypothesis does by itself; everywhere else they are new, and a failing one is kept.
settings.register_profile(
    "steady", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys made by a test never touch the home of whoever runs it; programs it starts find no database by chance."""
    home = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("YAKUBA_HOME", str(home))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Below the last test: what tests have measured, also with several workers."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    told = [str(value) for report in reports for name, value in report.user_properties if name == FIGURES]
    if told:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(sorted(told)))


pytest_plugins = ["tests.browser", "tests.installation"]
