"""The first screen tells when the last good copy was taken, to those who administer, and to nobody else.

Oracle: issue 5 no. 3; the status is written here as the link writes it, the plan is the centre's own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.tenancy.cast import cast  # noqa: F401 - a fixture
from tests.world import TOWN_A

from yakuba.backup.services import set_plan
from yakuba.link.contact import LineState
from yakuba.link.documents import write_document
from yakuba.link.place import usual
from yakuba.tenancy.acting import system
from yakuba.vault.format.times import stamp
from yakuba.web.counter.copies import copies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast


def publish(*, hours: float, received: bool, refused: int = 0) -> None:
    place = usual(TOWN_A)
    place.prepare()
    at = stamp(timezone.now() - timedelta(hours=hours))
    copy = {"number": 3, "as_of": at, "sealed_at": at, "received_at": at if received else ""}
    waiting = {"id": "x", "name": "y", "refused_at": at, "reasons": ["住民情報：件数が減りすぎています"]}
    line = {name: getattr(LineState(), name) for name in LineState.__slots__}
    write_document(place.status, {
        "municipality": TOWN_A, "updated_at": at, "good": copy, "safe": copy if received else None, "unsent": 0,
        "refused": [waiting] * refused, "held": 0, "line": line, "problem": "", "sends": True, "late_hours": 26.0,
    })  # fmt: skip


@pytest.fixture(autouse=True)
def _no_link(_own_home: Path) -> None:
    usual(TOWN_A).status.unlink(missing_ok=True)


def test_without_link_and_plan_nothing_is_said(cast: Cast) -> None:  # noqa: F811
    assert copies(cast.administrator) == []


def test_the_link_tells_when_and_whether_it_has_arrived(cast: Cast) -> None:  # noqa: F811
    publish(hours=2, received=True)
    (good,) = copies(cast.administrator)
    assert (good.kind, "最後の控え" in good.title, "受け取りました" in good.text) == ("ok", True, True)
    publish(hours=2, received=False)
    assert "まだセンターに届いていません" in copies(cast.administrator)[0].text
    publish(hours=40, received=True, refused=2)
    late, waiting = copies(cast.administrator)
    assert (late.kind, "古くなっています" in late.title) == ("warn", True)
    assert "2 件" in waiting.title
    assert "古くなっています" in cast.client("administrator").get("/").content.decode()
    usual(TOWN_A).status.write_text("{", "utf-8")
    assert copies(cast.administrator) == []


def test_the_centre_tells_where_it_is_this_installation(cast: Cast, tmp_path: Path) -> None:  # noqa: F811
    set_plan(system(), TOWN_A, place=str(tmp_path / "vault"), signer="0000 " * 9 + "0000")
    (none,) = copies(cast.administrator)
    assert (none.kind, none.title) == ("warn", "控えがまだありません")


def test_who_only_looks_people_up_is_not_told(cast: Cast) -> None:  # noqa: F811
    publish(hours=2, received=True)
    assert copies(cast.clerk) == []
