"""Numbers for papers that are drawn side by side: taken before the drawing, settled after it in their order."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

_FUNCTIONS = """
-- What is held while a number of a municipality is drawn under; 0 stands for the counter itself.
CREATE FUNCTION issuance_place(of_year integer, serial integer) RETURNS bigint
LANGUAGE sql STABLE
RETURN hashtextextended(
    format('yakuba certificate %s %s %s', current_setting('yakuba.municipality'), of_year, serial), 0);

-- Others who bring the same requests wait here until this transaction has ended. Gives whether one was answered before.
CREATE FUNCTION issuance_begin(requests uuid[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    one uuid;
BEGIN
    FOREACH one IN ARRAY requests LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(
            format('yakuba certificate %s %s', current_setting('yakuba.municipality'), one), 0));
    END LOOP;
    RETURN EXISTS (SELECT FROM issuance_issue
        WHERE municipality = current_setting('yakuba.municipality') AND request = ANY (requests));
END $$;

-- The lowest number under which nobody has issued or draws; `alone` waits for those who draw, and lets no other begin.
CREATE FUNCTION issuance_take(of_year integer, alone boolean) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    settled integer;
    candidate integer := 0;
BEGIN
    IF alone THEN
        PERFORM pg_advisory_xact_lock(issuance_place(of_year, 0));
    ELSE
        PERFORM pg_advisory_xact_lock_shared(issuance_place(of_year, 0));
    END IF;
    LOOP
        -- Looked at again with the number in hand: whoever held it may have issued under it just now.
        SELECT coalesce(max(last), 0) INTO settled FROM issuance_numbering
            WHERE municipality = current_setting('yakuba.municipality') AND year = of_year;
        IF candidate > settled THEN
            RETURN candidate;
        END IF;
        candidate := settled + 1;
        WHILE NOT pg_try_advisory_xact_lock(issuance_place(of_year, candidate)) LOOP
            candidate := candidate + 1;
        END LOOP;
    END LOOP;
END $$;

-- Count a number as issued, if the one before it is: waits for whoever draws under that one. Not so is false.
CREATE FUNCTION issuance_settle(of_year integer, serial integer) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF serial = 1 THEN
        INSERT INTO issuance_numbering (municipality, year, last)
            VALUES (current_setting('yakuba.municipality'), of_year, 1) ON CONFLICT DO NOTHING;
        RETURN FOUND;
    END IF;
    PERFORM pg_advisory_xact_lock(issuance_place(of_year, serial - 1));
    UPDATE issuance_numbering SET last = serial
        WHERE municipality = current_setting('yakuba.municipality') AND year = of_year AND last = serial - 1;
    RETURN FOUND;
END $$;
"""
_NONE = """
DROP FUNCTION issuance_settle(integer, integer);
DROP FUNCTION issuance_take(integer, boolean);
DROP FUNCTION issuance_begin(uuid[]);
DROP FUNCTION issuance_place(integer, integer);
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("issuance", "0002_walls")]
    operations: ClassVar = [migrations.RunSQL(_FUNCTIONS, _NONE)]
