"""Stops when it is not some records of a file that are wrong, but what the project says about all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.intake.batch import QUOTE_UNCLOSED, RECORD_FIELDS, UNDECODABLE
from yakuba.migration.intake.encodings import other_reading

if TYPE_CHECKING:
    from yakuba.migration.intake.careful import Dialect, Reading
    from yakuba.migration.intake.task import Task

_ENOUGH = 20


def check_first(reading: Reading, task: Task, dialect: Dialect) -> None:
    """Judge what was read of the first block of a file.

    Raises:
        CannotContinueError: more records with foreign letters are refused than read, and another encoding reads them
            all; or most of the records do not have the number of fields that is expected.
    """
    wrong = [reject for reject in reading.rejects if reject.code == UNDECODABLE]
    if len(wrong) > sum(not text.isascii() for text in reading.texts):
        other = other_reading(b"".join(reject.raw for reject in wrong), dialect.encoding)
        if other:
            raise CannotContinueError(
                f"{task.label}: line {wrong[0].line}: declared {dialect.encoding.name}, looks like {other}",
                remedy=f'set encoding = "{other}" for source {task.spec.name}',
            )
    uneven = [reject for reject in reading.rejects if reject.code in (RECORD_FIELDS, QUOTE_UNCLOSED)]
    if len(uneven) > max(_ENOUGH, len(reading.texts)):
        count = len(uneven) + len(reading.texts)
        raise CannotContinueError(
            f"{task.label}: line {uneven[0].line}: {len(uneven):,} of the first {count:,} records "
            f"do not have {dialect.fields} fields",
            remedy=f"check delimiter, quote, header and columns of source {task.spec.name}",
        )
