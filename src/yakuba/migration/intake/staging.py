"""Staging (取り込み): a source's files become Parquet parts of equal form, and rejects."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Protocol, cast

from yakuba.kernel.discover import discover
from yakuba.kernel.errors import UsageError
from yakuba.migration.contracts import FileFacts, Staged
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.intake.batch import DEFAULT_LIMITS, Limits
from yakuba.migration.intake.files import InputFile, Readable, find
from yakuba.migration.intake.resume import finished, record_finished
from yakuba.migration.intake.task import Task
from yakuba.migration.intake.writer import Writer, disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.migration.contracts import SourceSpec
    from yakuba.migration.intake.batch import Batch


class Form(Protocol):
    """A module of `forms/`."""

    def read(self, stream: Readable, task: Task) -> Iterator[Batch]:
        """Records of one file, in order; at least one batch, which may be empty."""


def stage(spec: SourceSpec, dump: Path, work: Path, progress: Progress, limits: Limits = DEFAULT_LIMITS) -> Staged:
    """Read every file of a source.

    Args:
        spec: the source.
        dump: folder its patterns start from.
        work: folder of this source's parts; what an unfinished run left there is replaced.
        progress: told bytes of the files.
        limits: sizes of what is read at a time.

    Returns:
        what was staged; at once, when `work` holds the finished result of the same source and files.

    Raises:
        CannotContinueError: see `files.find` and the forms; no finished-looking result is left.
    """
    form = _form(spec)
    if not spec.files:
        raise UsageError(f"source {spec.name}: no files", remedy="name them in `files`")
    with disk_errors(work):
        files = find(dump, spec.files)
        size = sum(file.bytes for file in files)
        progress.stage(f"取り込み read {spec.name}", size, "bytes")
        done = finished(spec, files, work)
        if done is not None:
            progress.advance(size)
            return done
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        writer = Writer(work)
        facts = [_read(form, file, spec, writer, progress, limits) for file in files]
        rejects = writer.finish()
        columns, parts = writer.columns or (), tuple(writer.parts)
        staged = Staged(spec, columns, tuple(facts), parts, writer.records, rejects)
        record_finished(staged, files, work)
    return staged


def _form(spec: SourceSpec) -> Form:
    forms = discover("yakuba.migration.intake.forms")
    if spec.format not in forms:
        raise UsageError(
            f"source {spec.name}: format {spec.format!r} is not known", remedy="one of " + ", ".join(forms)
        )
    return cast("Form", forms[spec.format])


def _read(
    form: Form, file: InputFile, spec: SourceSpec, writer: Writer, progress: Progress, limits: Limits
) -> FileFacts:
    task = Task(file.label, spec, writer.columns, writer.spill, limits)
    before, rejected, told = writer.records, writer.rejected, 0
    with file.open() as (stream, hashing):
        # The next batch is read while this one is written.
        for batch in ahead(form.read(stream, task)):
            writer.add(batch)
            progress.advance(hashing.bytes - told)
            told = hashing.bytes
    progress.advance(hashing.bytes - told)
    writer.next_file()
    rejected = writer.rejected - rejected
    return FileFacts(file.label, hashing.bytes, hashing.sha256, writer.records - before + rejected, rejected)
