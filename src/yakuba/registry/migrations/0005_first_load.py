"""The first load of an installation: indexes are built once over everybody, not row by row."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.embedded import APP

_TABLE = """
CREATE TABLE registry_indexes (definition text NOT NULL);
REVOKE ALL ON registry_indexes FROM PUBLIC
"""
"""What has been taken away and has to be made again before the transaction ends. Nobody but the owner sees it."""

_TAKE_AWAY = f"""
CREATE FUNCTION registry_unindex() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF EXISTS (SELECT FROM registry_searchentry) THEN
        RETURN false;
    END IF;
    LOCK TABLE registry_resident, registry_searchentry IN ACCESS EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM registry_searchentry) THEN
        RETURN false;
    END IF;
    FOR one IN SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
        WHERE indrelid IN ('registry_resident'::regclass, 'registry_searchentry'::regclass) AND NOT indisunique
    LOOP
        INSERT INTO registry_indexes VALUES (one.definition);
        EXECUTE format('DROP INDEX %s', one.name);
    END LOOP;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION registry_unindex() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_unindex() TO {APP};
"""  # noqa: S608 - our own names
"""Only while nobody at all is in the registry, and with everybody else waiting. The owner sees who is in through the
policy `seek` of 0002, for all municipalities. A transaction that leaves the tables without is rolled back, see below."""

_MAKE_AGAIN = f"""
CREATE FUNCTION registry_index() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET maintenance_work_mem = '256MB' AS $$
DECLARE
    one record;
BEGIN
    FOR one IN DELETE FROM registry_indexes RETURNING definition LOOP
        EXECUTE one.definition;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION registry_index() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_index() TO {APP};
"""  # noqa: S608 - our own names

_NEVER_WITHOUT = """
CREATE FUNCTION registry_never_without() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM registry_indexes) THEN
        RAISE EXCEPTION 'indexes were taken away and not made again';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER never_without AFTER INSERT ON registry_indexes DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registry_never_without();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("registry", "0004_search")]
    operations: ClassVar = [
        migrations.RunSQL(_TABLE, "DROP TABLE registry_indexes"),
        migrations.RunSQL(_TAKE_AWAY, "DROP FUNCTION registry_unindex()"),
        migrations.RunSQL(_MAKE_AGAIN, "DROP FUNCTION registry_index()"),
        migrations.RunSQL(_NEVER_WITHOUT, "DROP FUNCTION registry_never_without() CASCADE"),
    ]
