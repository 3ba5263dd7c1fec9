"""No request, however strange, is a fault of ours, and every answer has the shape that the description promises.

Oracle: the API's own OpenAPI description, by schemathesis; seeded, so that a failure is the same failure again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.web.api.town import API

from yakuba.site.wsgi import application

if TYPE_CHECKING:
    from tests.web.api.town import ApiTown

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 25
OPERATIONS = [
    "search", "resident", "records", "household", "me", "counts", "jobs", "start_job", "job", "cancel_job",
]  # fmt: skip
SOME = settings(
    max_examples=EXAMPLES,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def schema() -> Any:
    return schemathesis.openapi.from_wsgi(f"{API}openapi.json", application)


@pytest.mark.usefixtures("database")
def test_every_operation_is_tried() -> None:
    found = {operation.ok().definition.raw["operationId"] for operation in schema().get_all_operations()}
    assert found == set(OPERATIONS)


def test_no_request_is_a_fault(town: ApiTown) -> None:
    for operation in [one.ok() for one in schema().get_all_operations()]:
        _try(operation, town)
    assert town.asks("protector")("search", q=town.plain["宛名番号"]).json()["total"] == 1


def _try(operation: Any, town: ApiTown) -> None:
    """Requests that fit the description and requests that do not, of people with different rights."""
    modes = st.sampled_from([schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
    numbers = st.sampled_from(sorted(town.now))
    tokens = st.sampled_from([town.tokens["protector"], town.tokens["administrator"]])

    @seed(20261121)
    @SOME
    @given(st.data(), modes, tokens)
    def ask(data: st.DataObject, mode: schemathesis.GenerationMode, token: str) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if "addressee" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["addressee"] = data.draw(numbers)
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    ask()


NASTY = (
    "\0", "'; DROP TABLE registry_record; --", "%", "*", "?", "\\", "𠮷" * 100, "\u202e", "ﷺ", "😀", "-1", "9" * 200,
    "１２３",
)  # fmt: skip
NAMES = ("q", "name", "kana", "birth", "address", "sex", "kind", "relation", "addressee", "household", "page")


def test_strange_words_are_no_fault(town: ApiTown) -> None:
    ask = town.asks("protector")
    for text in NASTY:
        for name in NAMES:
            assert ask("search", **{name: text}).status_code in (200, 400, 422), (name, text)
        assert ask("jobs", kind=text).status_code in (200, 422)
        assert ask(f"residents/{town.plain['宛名番号']}", reason=text, as_of=text).status_code == 422
    assert ask("search", q=town.plain["宛名番号"]).json()["total"] == 1
