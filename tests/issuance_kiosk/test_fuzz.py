"""No request, however strange, is a fault of ours, and one that is refused has changed nothing.

Oracle: the API's own OpenAPI description, by schemathesis; the rows of the database before and after. Seeded, so that a
failure is the same failure again.
"""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from tests.issuance_kiosk.shop import CENTRE, Shop
from tests.world import TOWN_A, TOWN_B
from werkzeug.test import Client

from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.models import Issue, Numbering
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Iterator

KASAI, HANA = "1000000015", "1000000023"
HEADER = "X-Client-Cert"
HEADERS = {HEADER: quote(CENTRE), "Host": "localhost"}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
EXAMPLES = 10
SOME = settings(max_examples=EXAMPLES, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
REFUSED = (400, 401, 404, 405, 409, 413, 422)
"""Answers that say: this was not understood, or is not for you, or not now. 410 and 503 say that something happened."""
TABLES = ("kiosk_session", "kiosk_card", "kiosk_offer", "kiosk_service", "kiosk_window", "issuance_issue",
          "issuance_event", "issuance_numbering", "issuance_overflow", "issuance_stop")  # fmt: skip
_ALL = ", ".join(f"(SELECT array_agg(t::text ORDER BY t::text) FROM {name} t)" for name in TABLES)  # noqa: S608 - ours
_ROWS = f"SELECT {_ALL}"


class Centre:
    """The API as the centre's proxy hands requests on, and what stands in the database behind it."""

    def __init__(self, shop: Shop) -> None:
        handler = WSGIHandler()

        def application(environ: dict[str, Any], start: Any) -> Any:
            return handler(environ | {"REMOTE_ADDR": "127.0.0.1"}, start)

        self.application = application
        self.client = Client(application)
        waiting, chosen = shop.card(KASAI).session, shop.chosen(HANA).session
        paid, sent = shop.paid(KASAI), shop.paid(HANA, "kisai")
        shop.document(sent)
        self.sessions = [str(one) for one in (waiting, chosen, paid, sent)]

    def rows(self) -> list[Any]:
        """Everything that a request could change, of both towns."""
        found = []
        for town in (TOWN_A, TOWN_B):
            with wall(town), connection.cursor() as cursor:
                cursor.execute(_ROWS)
                found.append(cursor.fetchone())
        return found

    def post(self, path: str, body: bytes, kind: str = "application/json") -> int:
        """Status of what comes of some bytes."""
        return self.client.post(f"/kiosk/v1/{path}", data=body, content_type=kind, headers=HEADERS).status_code


@pytest.fixture
def centre(shop: Shop) -> Iterator[Centre]:
    with override_settings(
        ROOT_URLCONF="yakuba.site.kiosk.urls",
        MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
        CERTIFICATE_HEADER=HEADER,
        CERTIFICATE_PROXIES=["127.0.0.1"],
        KIOSK_REFUSAL_SECONDS=0.0,
    ):
        yield Centre(shop)


def test_no_request_is_a_fault_and_a_refused_one_changes_nothing(centre: Centre) -> None:
    description: Any = schemathesis.openapi.from_wsgi("/kiosk/v1/openapi.json", centre.application)
    operations = [one.ok() for one in description.get_all_operations()]
    assert len(operations) == 9
    for operation in operations:
        _try(operation, centre)


def _try(operation: Any, centre: Centre) -> None:
    """Requests that fit the description and requests that do not, about sessions there are and there are not."""
    modes = st.sampled_from([schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])

    @seed(20261121)
    @SOME
    @given(st.data(), modes)
    def ask(data: st.DataObject, mode: schemathesis.GenerationMode) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if data.draw(st.booleans()):
            case.path_parameters["town"] = data.draw(st.sampled_from([TOWN_A, TOWN_B]))
        if "session" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["session"] = data.draw(st.sampled_from(centre.sessions))
        before = centre.rows()
        answer = case.call(headers=HEADERS)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code in REFUSED:
            assert centre.rows() == before

    ask()


BODIES = (
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"kind": "juminhyo", "kind": "kisai"}', b"[" * 5000, b"9" * 5000,
    b'{"kind": "juminhyo", "members": [99999999999999999999]}', b'{"kind": "juminhyo", "members": [1, 1]}',
    b'{"kind": "juminhyo", "members": [0]}', b'{"kind": "juminhyo", "members": [-1]}',
    b'{"kind": "shotoku_kazei", "choices": {"year": "\\u0000"}}',
    b'{"kind": "juminhyo", "choices": {"relation": "\\u0000"}}',
    b'{"kind": "juminhyo", "choices": {"relation": "\\ud800"}}',
    b'{"kind": "../kisai"}', b'{"kind": "johyo"}', b'{"amount": 1e308}', b'{"amount": -1}', b'{"amount": "200"}',
    b'{"amount": 199}', b'{"printed": "perhaps"}', b'{"csv": "\\u0000"}', b'{"csv": "a,b\\n\\ud800"}',
    b'{"reception": "R\\u0000", "serial": "S", "machine": "K", "company": "C"}',
    b'{"reception": "R1", "serial": "S", "machine": "K1", "company": "C1"}',
)  # fmt: skip
"""What no centre would send: cut, too deep, too large, other types, control characters, half pairs."""


def test_strange_bytes_are_no_fault_and_change_nothing(centre: Centre) -> None:
    places = [f"{TOWN_A}/sessions", f"{TOWN_A}/days/2026-11-20", f"{TOWN_A}/days/2026-13-45"]
    steps = ("selection", "payment", "result")
    places += [f"{TOWN_A}/sessions/{session}/{step}" for session in centre.sessions for step in steps]
    for place, body in product(places, BODIES):
        before = centre.rows()
        status = centre.post(place, body)
        assert status < 500, (place, body, status)
        if status in REFUSED:
            assert centre.rows() == before, (place, body, status)
    assert centre.post(places[0], BODIES[-1], "text/plain") < 500


def test_the_steps_in_any_order_never_give_two_papers(centre: Centre) -> None:
    """Whatever a centre repeats or mixes up: at most one paper a session, and no number is missing."""
    orders = st.lists(st.sampled_from(["selection", "payment", "document", "result", "cancel"]), max_size=12)
    bodies = {"selection": {"kind": "juminhyo"}, "payment": {"amount": 200}, "result": {"printed": True}}

    @seed(20261121)
    @settings(SOME, max_examples=12)
    @given(orders, st.integers(0, 10**12))
    def walk(order: list[str], number: int) -> None:
        arrival = {"reception": f"W{number}", "serial": f"S{KASAI}", "machine": "K1", "company": "711"}
        answer = centre.client.post(f"/kiosk/v1/{TOWN_A}/sessions", json=arrival, headers=HEADERS)
        place = f"{TOWN_A}/sessions/{json.loads(answer.data)['session']}"
        for step in order:
            assert centre.post(f"{place}/{step}", json.dumps(bodies.get(step, {})).encode()) < 500, order

    walk()
    with wall(TOWN_A):
        issued = list(Issue.objects.order_by("serial").values_list("serial", "request"))
        assert [serial for serial, _ in issued] == list(range(1, Numbering.objects.get().last + 1))
        assert len({request for _, request in issued}) == len(issued)
        assert {request for _, request in issued} <= set(Session.objects.values_list("request", flat=True))
