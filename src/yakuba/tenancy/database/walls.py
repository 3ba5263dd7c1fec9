"""Walls between municipalities (団体の壁): PostgreSQL row-level security, forced, that fails closed.

Every table with a column `municipality` shows and takes only rows of the municipality that the transaction has set;
with none set it is empty. The setting ends with the transaction, so a pooled connection carries nothing over.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

SETTING = "yakuba.municipality"
"""The transaction's municipality code, six digits; "" and unset mean none."""
SIGNING_IN = "yakuba.signing_in"
"""Login name (or staff id) of the one account that may be read before its municipality is known."""

_HERE = f"municipality = nullif(current_setting('{SETTING}', true), '')"


@contextmanager
def wall(municipality: str) -> Iterator[None]:
    """Work inside one municipality: a transaction in which only its rows exist.

    Args:
        municipality: 団体コード, six digits.

    Raises:
        ValueError: inside the wall of another municipality.
    """
    with transaction.atomic():
        before = municipality_here()
        if before not in ("", municipality):
            raise ValueError("one municipality's work must not reach into another's")
        _set(SETTING, municipality)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _set(SETTING, before)


@contextmanager
def signing_in(account: str) -> Iterator[None]:
    """A transaction in which the one account of this login name or id can be read (see `SIGNING_IN`)."""
    with transaction.atomic():
        _set(SIGNING_IN, account)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _set(SIGNING_IN, "")


def municipality_here() -> str:
    """Code of the municipality whose wall this transaction is inside; "" outside of any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        return str(cursor.fetchone()[0])


def _set(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


class Wall(Operation):
    """Migration operation: put a table behind the wall and give the application its rights on it.

    Args:
        table: table with a column `municipality`.
        grants: what the application's role may do; history and audit tables get no UPDATE and no DELETE.
        also: further condition under which a row may be read, SQL; e.g. the account that is signing in.
    """

    reversible = True

    def __init__(self, table: str, grants: str = "SELECT, INSERT, UPDATE, DELETE", also: str = "") -> None:
        self.table, self.grants, self.also = table, grants, also

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: models do not know of the wall."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Enable and force row security, one policy for all, one more for reading if `also` is given."""
        table = schema_editor.quote_name(self.table)
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY wall ON {table} USING ({_HERE}) WITH CHECK ({_HERE})")
        if self.also:
            schema_editor.execute(f"CREATE POLICY also ON {table} FOR SELECT USING ({self.also})")
        grant(schema_editor, self.table, self.grants)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Take the wall away; only together with the table."""
        table = schema_editor.quote_name(self.table)
        schema_editor.execute(f"DROP POLICY IF EXISTS also ON {table}")
        schema_editor.execute(f"DROP POLICY wall ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")

    def describe(self) -> str:
        """For `yakuba db status`."""
        return f"Wall around {self.table}"


class Open(Wall):
    """Migration operation: a table without a municipality that the application may use (`grants`)."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Only the rights."""
        grant(schema_editor, self.table, self.grants)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Nothing: the rights go with the table."""

    def describe(self) -> str:
        """For `yakuba db status`."""
        return f"Rights on {self.table}"


def grant(schema_editor: BaseDatabaseSchemaEditor, table: str, grants: str) -> None:
    """Give the application's role rights on a table and on the sequences of its columns."""
    from yakuba.tenancy.database.embedded import APP

    schema_editor.execute(f"GRANT {grants} ON {schema_editor.quote_name(table)} TO {APP}")
    schema_editor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}")
