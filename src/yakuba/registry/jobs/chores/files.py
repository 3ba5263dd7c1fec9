"""`files` (書き出したファイルの片付け): what was handed out and not taken away again within its time is removed.

A whole town lies in an export. Whoever needs it later writes it anew; the log says when it was removed.
"""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from yakuba.kernel.home import yakuba_home
from yakuba.registry.job_tables.models import Job
from yakuba.registry.jobs.place import job_folder, job_folders
from yakuba.registry.jobs.state import State
from yakuba.registry.moves.store import INCOMING
from yakuba.tenancy.acting import system
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import municipalities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "書き出したファイルの片付け"
_DAY = 24 * 60 * 60
_LEFT_OVER = (f"{INCOMING}*", f"*/{INCOMING}*", "*/.answers-*")
"""What an upload or an answer leaves in a municipality's moves where it was broken off with the server."""


def run() -> dict[str, int]:
    """Remove what is past its time, in every municipality."""
    towns = [town.code for town in municipalities()]
    return {
        "files": sum(_handed_out(code) for code in towns),
        "left_over": sum(_remove(path) for code in towns for path in _left_over(code)),
    }


def _handed_out(code: str) -> int:
    """Files of jobs that ended long enough ago; first the record says that they are gone, then they go."""
    until = timezone.now() - timedelta(days=settings.OUTPUT_DAYS)
    over = [state.value for state in State if state.over]
    gone = 0
    with wall(code):
        old = Job.objects.filter(pk__in=job_folders(code), state__in=over, ended_at__lt=until)
        for job in old.select_for_update():
            gone += _forgotten(job)
        numbers = [job.pk for job in old]
    for number in numbers:
        _remove(job_folder(code, number))
    return gone


def _forgotten(job: Job) -> bool:
    """Whether there was a file; now the job says that there is none."""
    if "file" not in job.result:
        return False
    kept = {name: value for name, value in job.result.items() if name != "file"}
    job.result = kept | {"removed": timezone.localdate().isoformat()}
    job.save(update_fields=("result",))
    record(system(job.municipality_id, "nightly"), place="jobs", action="remove_files", detail={"job": job.pk})
    return True


def _left_over(code: str) -> Iterator[Path]:
    moves = yakuba_home() / "moves" / code
    for pattern in _LEFT_OVER:
        for path in moves.glob(pattern):
            if path.stat().st_mtime < time.time() - _DAY:
                yield path


def _remove(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return not path.exists()
