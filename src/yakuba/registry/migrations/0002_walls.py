"""Walls around the room's tables. Records are only ever added: the application has no right to change or delete one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.embedded import APP, OWNER
from yakuba.tenancy.database.walls import GROUP, SETTING, Wall

_TAKE_BACK = f"""
CREATE FUNCTION registry_take_back(gone bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written bigint;
BEGIN
    PERFORM FROM registry_load WHERE id = ANY (gone) FOR UPDATE;
    SELECT count(*) INTO written FROM registry_record
        WHERE added AND ledger IN (SELECT id FROM registry_ledger WHERE load = ANY (gone));
    IF written = 0 THEN
        DELETE FROM registry_searchentry USING registry_resident r WHERE registry_searchentry.addressee = r.addressee
            AND r.ledger IN (SELECT id FROM registry_ledger WHERE load = ANY (gone))
            AND r.municipality = registry_searchentry.municipality;
        DELETE FROM registry_resident WHERE ledger IN (SELECT id FROM registry_ledger WHERE load = ANY (gone));
        DELETE FROM registry_record WHERE ledger IN (SELECT id FROM registry_ledger WHERE load = ANY (gone));
        DELETE FROM registry_ledger WHERE load = ANY (gone);
        DELETE FROM registry_load WHERE id = ANY (gone);
    END IF;
    RETURN written;
END $$;
REVOKE ALL ON FUNCTION registry_take_back(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_take_back(bigint[]) TO {APP};
"""  # noqa: S608 - our own names
"""The only way by which records go: whole loads, of the municipality whose wall the transaction is inside (row
security holds for the owner too), and none to which anything was written since. Gives the number of such records."""

_NO_STATISTICS = "ALTER TABLE registry_record ALTER COLUMN cells SET STATISTICS 0"
"""Nobody searches by a cell alone, and counting what is common in a hundred cells a row is most of an ANALYZE."""

_SETTLE = f"""
CREATE FUNCTION registry_settle() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM gin_clean_pending_list('search_grams'::regclass);
    ANALYZE registry_ledger, registry_record, registry_resident, registry_searchentry;
END $$;
REVOKE ALL ON FUNCTION registry_settle() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_settle() TO {APP};
"""
"""After a load: what only a table's owner may ask of the database. It gives nothing back."""

_SEEK = f"""
CREATE POLICY seek ON registry_searchentry FOR SELECT TO {OWNER} USING (true);
CREATE FUNCTION registry_seek(wanted integer[], most integer) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000 SET search_path = public, pg_temp SET enable_seqscan = off AS $$
    SELECT addressee FROM registry_searchentry
    WHERE grams @> wanted AND municipality = nullif(current_setting('{SETTING}', true), '')
    LIMIT most
$$;
REVOKE ALL ON FUNCTION registry_seek(integer[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_seek(integer[], integer) TO {APP};
"""  # noqa: S608 - our own names
"""宛名番号 of people of the present wall whose keys have all of some pairs of letters; outside of any wall nobody.

PostgreSQL compares no array before it has asked the wall, so an index of arrays is of no use behind one. The owner, and
it alone, reads this table of numbers without; what is found is read through the wall again."""

_OF_MEMBERS = (
    f"municipality IN (SELECT member_id FROM tenancy_membership WHERE joined_on <= current_date"  # noqa: S608 - ours
    f" AND (left_on IS NULL OR left_on > current_date)"
    f" AND group_id = nullif(current_setting('{GROUP}', true), '')::bigint)"
)
"""Numbers without a name are for the operators of the group too, as long as the municipality is in it."""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("registry", "0001_initial"), ("tenancy", "0002_walls")]
    operations: ClassVar = [
        Wall("registry_load", "SELECT, INSERT"),
        Wall("registry_ledger", "SELECT, INSERT"),
        Wall("registry_record", "SELECT, INSERT"),
        Wall("registry_resident"),
        Wall("registry_searchentry"),
        Wall("registry_statistic", also=_OF_MEMBERS),
        migrations.RunSQL(_NO_STATISTICS, migrations.RunSQL.noop),
        migrations.RunSQL(_TAKE_BACK, "DROP FUNCTION registry_take_back(bigint[])"),
        migrations.RunSQL(_SETTLE, "DROP FUNCTION registry_settle()"),
        migrations.RunSQL(
            _SEEK,
            "DROP FUNCTION registry_seek(integer[], integer); DROP POLICY seek ON registry_searchentry",
        ),
    ]
