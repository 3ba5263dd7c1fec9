"""A stop and a difference are seen by whoever watches: /metrics, the log at the start, the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.issuance.town import SEAL, content
from tests.tenancy.cast import browser
from tests.world import TOWN_A

from yakuba.issuance import services
from yakuba.site.startup import compare_certificates
from yakuba.web.certificates.notices import attention, waiting

if TYPE_CHECKING:
    import pytest

    from yakuba.tenancy.acting import Actor


def _measures(name: str) -> dict[str, str]:
    text = browser().get("/metrics").content.decode()
    lines = [line.rpartition(" ") for line in text.splitlines() if line.startswith(f"yakuba_certificates_{name}{{")]
    return {label.partition('"')[2].partition('"')[0]: value for label, _, value in lines}


def test_a_stop_is_measured_and_shown(town: Actor) -> None:
    assert _measures("stopped") == {TOWN_A: "0.0"}
    assert attention(town) == []
    services.stop(town, "紙づまりの調査")
    assert _measures("stopped") == {TOWN_A: "1.0"}
    assert [one.text for one in waiting(town)] == ["紙づまりの調査"]


def test_a_difference_is_said_at_the_start(town: Actor, caplog: pytest.LogCaptureFixture) -> None:
    compare_certificates()
    assert caplog.records == []
    services.set_content(town, content(background=True), SEAL, "背景")
    compare_certificates()
    assert [record.message for record in caplog.records] == ["certificates are not issued"]
    assert _measures("unapproved") == {TOWN_A: "1.0"}
    assert "地紋などの体裁" in attention(town)[0].text
