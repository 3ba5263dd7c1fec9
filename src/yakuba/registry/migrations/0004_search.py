"""The index of search knows more: how names end and how long they are, and items by their whole value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl
from django.db import migrations

from yakuba.registry.projection import index_numbers
from yakuba.tenancy.database.walls import SETTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_KNOWN = (
    *("addressee", "names", "sounds", "address_key", "sex", "kind", "relation"),
    *("name", "kana", "birth", "address", "household"),
)
_SLICE = 50_000
_ADDED = (
    "UPDATE registry_searchentry e SET grams = ARRAY(SELECT DISTINCT unnest(e.grams || n.grams::integer[]))"
    " FROM unnest(%s::text[], %s::text[]) AS n(addressee, grams)"
    " WHERE e.municipality = %s AND e.addressee = n.addressee"
)


def widen(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Municipalities that were loaded before: each inside its own wall. Numbers that are there already stay."""
    with schema_editor.connection.cursor() as cursor:
        for code in apps.get_model("tenancy", "Municipality").objects.values_list("code", flat=True):
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, code])
            for people in _people(cursor, code):
                cursor.execute(_ADDED, [people["addressee"].to_list(), index_numbers(people, code).to_list(), code])
        cursor.execute("SELECT set_config(%s, '', true)", [SETTING])


def _people(cursor: Any, code: str) -> Iterator[pl.DataFrame]:
    last = ""
    while True:
        cursor.execute(
            f"SELECT {', '.join(_KNOWN)} FROM registry_resident WHERE municipality = %s AND addressee > %s"  # noqa: S608
            f" ORDER BY addressee LIMIT {_SLICE}",
            [code, last],
        )
        people = pl.DataFrame(cursor.fetchall(), schema=dict.fromkeys(_KNOWN, pl.String()), orient="row")
        if people.is_empty():
            return
        yield people
        last = people["addressee"][-1]


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("registry", "0003_homes")]
    operations: ClassVar = [migrations.RunPython(widen, migrations.RunPython.noop)]
