"""Walls around the room's tables. What is written stays: only numbers, lists and letters may be changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import Wall

_ADDED = "SELECT, INSERT"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("issuance", "0001_initial")]
    operations: ClassVar = [
        Wall("issuance_numbering", "SELECT, INSERT, UPDATE"),
        Wall("issuance_issue", _ADDED),
        Wall("issuance_onpaper", _ADDED),
        Wall("issuance_event", _ADDED),
        Wall("issuance_setting", _ADDED),
        Wall("issuance_fee", _ADDED),
        Wall("issuance_approval", _ADDED),
        Wall("issuance_stop", _ADDED),
        Wall("issuance_release", _ADDED),
        Wall("issuance_registration", _ADDED),
        Wall("issuance_notice", "SELECT, INSERT, UPDATE"),
        Wall("issuance_overflow", "SELECT, INSERT, UPDATE"),
        Wall("issuance_image", _ADDED),
    ]
