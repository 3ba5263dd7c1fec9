"""A refusal does not tell why: not by its words, not by its time.

Oracle: the domain facts on コンビニ交付, section 15: R02, R03, R04 are indistinguishable in text and in response time.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from tests.issuance_kiosk.shop import CENTRE, Shop, certificate, serial
from tests.world import TOWN_A

from yakuba.registry.models import Resident
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Iterator

KASAI, TSUJI, LEAVING, NOBODY = "1000000015", "1000000031", "1000000139", "9999999999"
HEADER = "X-Client-Cert"


@pytest.fixture
def centre(shop: Shop) -> Iterator[Client]:
    """The API behind a proxy that speaks TLS."""
    assert shop.town == TOWN_A
    with override_settings(
        ROOT_URLCONF="yakuba.site.kiosk.urls",
        MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
        CERTIFICATE_HEADER=HEADER,
        CERTIFICATE_PROXIES=["127.0.0.1"],
    ):
        yield Client(headers={HEADER: quote(CENTRE), "host": "localhost"})


def ask(client: Client, addressee: str, number: int = 0, **more: Any) -> tuple[int, dict[str, Any], float]:
    arrival = {"reception": f"{addressee}-{number}", "serial": serial(addressee), "machine": "K1", "company": "C1"}
    start = time.perf_counter()
    answer = client.post(f"/kiosk/v1/{TOWN_A}/sessions", arrival, content_type="application/json", **more)
    return answer.status_code, json.loads(answer.content), time.perf_counter() - start


def test_nobody_leaving_and_protected_look_alike(centre: Client) -> None:
    with wall(TOWN_A):
        Resident.objects.filter(addressee=TSUJI).update(protected=True)
    answers, times = {}, {}
    for who in (NOBODY, LEAVING, TSUJI):
        tries = [ask(centre, who, number) for number in range(4)]
        told = {json.dumps({k: v for k, v in said.items() if k not in ("session", "deadline")}) for _, said, _ in tries}
        assert len(told) == 1
        answers[who] = told.pop()
        times[who] = min(seconds for _, _, seconds in tries)
    assert len(set(answers.values())) == 1
    assert min(times.values()) >= 0.25
    assert max(times.values()) - min(times.values()) < 0.02
    assert ask(centre, KASAI)[1]["menu"]


def test_only_the_proxy_is_believed_and_only_a_valid_certificate(centre: Client) -> None:
    path = f"/kiosk/v1/{TOWN_A}/kinds"
    assert centre.get(path).status_code == 200
    assert centre.get(path, REMOTE_ADDR="192.0.2.1").status_code == 401
    for header in ("", "nonsense", quote(certificate(days=-1))):
        assert centre.get(path, headers={HEADER: header}).status_code == 401
    assert centre.get(path, headers={HEADER: quote(certificate())}).status_code == 404
    with override_settings(CERTIFICATE_HEADER=""):
        assert centre.get(path).status_code == 401
