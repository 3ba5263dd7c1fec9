"""CSV: delimited by the source's delimiter, usually a comma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.migration.intake.delimited import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.intake.batch import Batch
    from yakuba.migration.intake.files import Readable
    from yakuba.migration.intake.task import Task


def read(stream: Readable, task: Task) -> Iterator[Batch]:
    """Records of one file, in order (see `delimited.batches`)."""
    return batches(stream, task, task.spec.delimiter)
