"""Attempts to sign in know where they came from, and are forgotten after their time by nobody but the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

from yakuba.tenancy.database.embedded import APP

_FORGET = f"""
CREATE FUNCTION tenancy_forget_attempts(days integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM tenancy_signinattempt WHERE at < clock_timestamp() - make_interval(days => greatest(days, 90));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION tenancy_forget_attempts(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy_forget_attempts(integer) TO {APP};
"""  # noqa: S608 - our own names
"""The application may neither change nor delete an attempt: it could open a lock, or hide who tried."""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("tenancy", "0002_walls")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="signinattempt",
            name="origin",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="接続元"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="signinattempt",
            index=models.Index(condition=~Q(origin=""), fields=["origin", "at"], name="attempts_from_one_place"),
        ),
        migrations.AddIndex(model_name="signinattempt", index=models.Index(fields=["at"], name="attempts_by_time")),
        migrations.RunSQL(_FORGET, "DROP FUNCTION tenancy_forget_attempts"),
    ]
