"""Walls around the room's tables, and the steps of a session held by the database itself.

Whatever a program does wrong, a session takes only steps that there are, and nothing that has ended is written again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import Wall

_STEPS = """
CREATE FUNCTION kiosk_step() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('PRINTED', 'CANCELLED') THEN
        RAISE EXCEPTION 'a session that has ended is not written again';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('RECEIVED', 'AUTHENTICATED'), ('AUTHENTICATED', 'OFFERED'), ('OFFERED', 'SELECTED'), ('SELECTED', 'PAID'),
        ('PAID', 'RENDERING'), ('RENDERING', 'CHECKED'), ('CHECKED', 'SENT'), ('SENT', 'PRINTED'), ('SENT', 'UNKNOWN'),
        ('UNKNOWN', 'PRINTED'), ('RECEIVED', 'CANCELLED'), ('AUTHENTICATED', 'CANCELLED'), ('OFFERED', 'CANCELLED'),
        ('SELECTED', 'CANCELLED'), ('PAID', 'CANCELLED'), ('RENDERING', 'CANCELLED'), ('CHECKED', 'CANCELLED'),
        ('SENT', 'CANCELLED'), ('UNKNOWN', 'CANCELLED')
    ) THEN
        RAISE EXCEPTION 'no step leads from % to %', OLD.state, NEW.state;
    END IF;
    IF (NEW.id, NEW.municipality, NEW.centre_id, NEW.reception, NEW.serial, NEW.request)
        IS DISTINCT FROM (OLD.id, OLD.municipality, OLD.centre_id, OLD.reception, OLD.serial, OLD.request)
        OR (OLD.addressee <> '' AND NEW.addressee <> OLD.addressee) THEN
        RAISE EXCEPTION 'a session belongs to one request of one person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kiosk_step BEFORE UPDATE ON kiosk_session FOR EACH ROW EXECUTE FUNCTION kiosk_step();
"""
_NO_STEPS = "DROP TRIGGER kiosk_step ON kiosk_session; DROP FUNCTION kiosk_step();"
_CHANGED = "SELECT, INSERT, UPDATE"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("kiosk", "0001_initial")]
    operations: ClassVar = [
        Wall("kiosk_service", _CHANGED),
        Wall("kiosk_offer", _CHANGED),
        Wall("kiosk_window", _CHANGED),
        Wall("kiosk_centre", _CHANGED),
        Wall("kiosk_card", _CHANGED),
        Wall("kiosk_session", _CHANGED),
        migrations.RunSQL(_STEPS, _NO_STEPS),
    ]
