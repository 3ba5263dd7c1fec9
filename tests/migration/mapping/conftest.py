"""Steps as a project asks for them: by word and argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from yakuba.kernel.discover import discover
from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.step import Step, StepContext

if TYPE_CHECKING:
    from collections.abc import Mapping


CODES = {
    "sex": {"M": "1", "F": "2"},
    "sex_or_unknown": {"M": "1", "F": "2", "*": "0"},
    "with_empty": {"M": "1", "": "0"},
    "merged": {"11": "20", "12": "20", "02": "02"},
    "emptied": {"0": "", "1": "1"},
    "swapped": {"": "0", "0": ""},
}


class Prepared(Protocol):
    """`prepare` of the step with that word."""

    def __call__(self, word: str, argument: Any) -> Step: ...


def _lookup(source: str, key: str, take: str) -> Mapping[str, str]:
    if (source, key, take) != ("juki", "NO", "NAME"):
        raise UsageError(f"no column {source}.{key} or {source}.{take}", remedy="name a column of the dump")
    return {"1": "甲野　太郎", "2": ""}


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    kinds = discover("yakuba.migration.mapping.steps")
    context = StepContext(CODES, _lookup)

    def prepare(word: str, argument: Any) -> Step:
        step: Step = kinds[word].prepare(argument, context)
        return step

    return prepare
