"""Households of past days, who wrote a row, and the indexes of what needs attention."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from yakuba.tenancy.database.embedded import APP
from yakuba.tenancy.database.walls import SETTING, Wall

_TAKE_BACK = f"""
CREATE OR REPLACE FUNCTION registry_take_back(gone bigint[]) RETURNS bigint
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
        DELETE FROM registry_homeentry USING registry_resident r WHERE registry_homeentry.addressee = r.addressee
            AND r.ledger IN (SELECT id FROM registry_ledger WHERE load = ANY (gone))
            AND r.municipality = registry_homeentry.municipality;
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
"""As in 0002, and the index of households goes with its people."""

_FILL = f"""
DO $$
DECLARE
    town text;
BEGIN
    FOR town IN SELECT code FROM tenancy_municipality LOOP
        PERFORM set_config('{SETTING}', town, true);
        INSERT INTO registry_homeentry (municipality, household, addressee)
            SELECT DISTINCT r.municipality, r.cells[array_position(l.columns, '世帯番号')], r.addressee
            FROM registry_ledger l JOIN registry_record r ON r.ledger = l.id
            WHERE l.business = '住民基本台帳' AND l.title IN ('住民情報', '住民票情報')
                AND r.addressee IS NOT NULL AND r.cells[array_position(l.columns, '世帯番号')] IS NOT NULL;
    END LOOP;
    PERFORM set_config('{SETTING}', '', true);
END $$
"""  # noqa: S608 - our own names
"""Municipalities that were loaded before: each inside its own wall."""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("registry", "0002_walls")]
    operations: ClassVar = [
        migrations.AddField("record", "by", models.TextField(blank=True, db_default="", verbose_name="書込者")),
        migrations.AddField("record", "at", models.DateTimeField(null=True, verbose_name="書込日時")),
        migrations.AddIndex(
            "resident",
            models.Index(
                condition=models.Q(("leaving__gt", "")), fields=["municipality", "leaving"], name="resident_leaving"
            ),
        ),
        migrations.AddIndex(
            "resident",
            models.Index(
                condition=models.Q(("protected", True)), fields=["municipality", "name"], name="resident_hidden"
            ),
        ),
        migrations.CreateModel(
            name="HomeEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "municipality", "household", "addressee",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("household", models.TextField(db_collation="C", verbose_name="世帯番号")),
                ("addressee", models.TextField(db_collation="C", verbose_name="宛名番号")),
                (
                    "municipality",
                    models.ForeignKey(
                        db_column="municipality",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="tenancy.municipality",
                        verbose_name="団体",
                    ),
                ),
            ],
            options={"verbose_name": "世帯の所属"},
        ),
        Wall("registry_homeentry", "SELECT, INSERT"),
        migrations.RunSQL(_TAKE_BACK, migrations.RunSQL.noop),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]  # fmt: skip
