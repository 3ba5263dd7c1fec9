"""Walls around the queue; the workers alone see the tickets of all municipalities, and of the jobs nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.registry.jobs.queue import QUEUE
from yakuba.tenancy.database.walls import Wall


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("jobs", "0001_initial")]
    operations: ClassVar = [
        Wall("jobs_job", "SELECT, INSERT, UPDATE"),
        Wall("jobs_ticket", "SELECT, INSERT, DELETE", also=f"nullif(current_setting('{QUEUE}', true), '') = 'on'"),
    ]
