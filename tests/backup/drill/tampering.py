"""A drill in whose restored database somebody changes an amount by one, after everything was loaded and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.backup.founded import quicken

from yakuba.backup.drill import inside

if TYPE_CHECKING:
    from pathlib import Path

TABLE, ITEM = ("個人住民税", "賦課情報"), "基礎控除額"
_SQL = """
UPDATE registry_record SET cells[%(place)s] = (cells[%(place)s]::numeric + 1)::text
WHERE (ledger, row) = (SELECT ledger, row FROM registry_record
                       WHERE ledger = %(ledger)s AND cells[%(place)s] IS NOT NULL ORDER BY row LIMIT 1)
"""


def main() -> None:
    """A drill as usual, with that change in it."""
    before = inside._loaded

    def loaded(home: Path, municipality: str) -> dict[str, Any]:
        said = before(home, municipality)
        change(home, municipality)
        return said

    inside._loaded = loaded
    quicken()
    inside.main()


def change(home: Path, municipality: str) -> None:
    """As somebody who owns the database can."""
    import psycopg

    from yakuba.tenancy.database.embedded import superuser

    with psycopg.connect(superuser(home)) as connection:
        connection.execute("SELECT set_config('yakuba.municipality', %s, false)", [municipality])
        found = connection.execute(
            "SELECT id, array_position(columns, %s) FROM registry_ledger WHERE (business, title) = (%s, %s)",
            [ITEM, *TABLE],
        ).fetchone()
        assert found is not None
        assert connection.execute(_SQL, {"ledger": found[0], "place": found[1]}).rowcount == 1


if __name__ == "__main__":
    main()
