"""Walls around the room's tables, and the application's rights on the open ones."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import SIGNING_IN, Open, Wall

_SIGNS_IN = f"nullif(current_setting('{SIGNING_IN}', true), '') IN (login, id::text)"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("tenancy", "0001_initial"), ("sessions", "0001_initial")]
    operations: ClassVar = [
        Open("tenancy_municipality"),
        Open("tenancy_municipalgroup"),
        Open("tenancy_membership"),
        Open("django_session"),
        Open("django_content_type", "SELECT"),
        Open("django_migrations", "SELECT"),
        Wall("tenancy_department"),
        Wall("tenancy_staff", also=_SIGNS_IN),
        Wall("tenancy_right", "SELECT, INSERT, UPDATE"),
        Wall("tenancy_auditentry", "SELECT, INSERT"),
        Wall("tenancy_auditdigest", "SELECT, INSERT"),
    ]
