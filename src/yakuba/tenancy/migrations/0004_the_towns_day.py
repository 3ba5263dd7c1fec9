"""The day inside the database is the town's: by its own clock, in UTC, a joining or leaving counted nine hours late."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import migrations

_TODAY = f"""
CREATE FUNCTION tenancy_today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (statement_timestamp() AT TIME ZONE '{settings.TIME_ZONE}')::date
$$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("tenancy", "0003_attempts_by_address")]
    operations: ClassVar = [migrations.RunSQL(_TODAY, "DROP FUNCTION tenancy_today()")]
