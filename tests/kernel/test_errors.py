from __future__ import annotations

import pytest

from yakuba.kernel.errors import CannotContinueError, Exit, NotProvenError, UsageError


def test_the_exit_codes_are_promised() -> None:
    assert {code.name: int(code) for code in Exit} == {
        "CLEAN": 0,
        "FINDINGS": 1,
        "USAGE": 2,
        "CANNOT_CONTINUE": 3,
        "NOT_PROVEN": 4,
        "FAULT": 5,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize(
    ("kind", "code"),
    [(CannotContinueError, Exit.CANNOT_CONTINUE), (UsageError, Exit.USAGE), (NotProvenError, Exit.NOT_PROVEN)],
)
def test_each_error_knows_its_exit_code_and_one_handler_is_enough(kind: type[CannotContinueError], code: Exit) -> None:
    assert kind.exit_code is code
    with pytest.raises(CannotContinueError):
        raise kind("disk full")


def test_the_message_is_one_line_with_the_remedy() -> None:
    assert str(CannotContinueError("a.csv: unreadable", remedy="give the right encoding")) == (
        "a.csv: unreadable → give the right encoding"
    )
    assert str(CannotContinueError("a.csv: unreadable")) == "a.csv: unreadable"
