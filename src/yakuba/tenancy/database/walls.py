"""Walls between municipalities (団体の壁): PostgreSQL row-level security, forced, that fails closed.

Every table with a column `municipality` shows and takes only rows of the municipality that the transaction has set;
with none set it is empty. The setting ends with the transaction, so a pooled connection carries nothing over.
What belongs to a group of municipalities and to none of them (its operators, their log) has a wall of its own.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

SETTING = "yakuba.municipality"
"""The transaction's municipality code, six digits; "" and unset mean none."""
GROUP = "yakuba.group"
"""The transaction's group, its id: what the group's operators administer beside the municipalities."""
SIGNING_IN = "yakuba.signing_in"
"""Login name (or staff id) of the one account that may be read before its municipality is known."""

_KNOWN = "yakuba_walls"
"""Attribute of the connection: the walls its transaction is inside."""
_HERE = f"municipality = nullif(current_setting('{SETTING}', true), '')"
OF_MEMBERS = (
    f"municipality IN (SELECT member_id FROM tenancy_membership WHERE joined_on <= tenancy_today()"  # noqa: S608 - ours
    f" AND (left_on IS NULL OR left_on > tenancy_today())"
    f" AND group_id = nullif(current_setting('{GROUP}', true), '')::bigint)"
)
"""For `also`: what the operators of a group may read too, as long as the municipality is in it, by the town's day."""
_IN_GROUP = f"municipality IS NULL AND group_id = nullif(current_setting('{GROUP}', true), '')::bigint"


@contextmanager
def wall(municipality: str) -> Iterator[None]:
    """Work inside one municipality: a transaction in which only its rows exist.

    Args:
        municipality: 団体コード, six digits.

    Raises:
        ValueError: inside the wall of another municipality.
    """
    with _inside(SETTING, municipality, alone=True):
        yield


@contextmanager
def group_wall(group: int) -> Iterator[None]:
    """Work on what belongs to a group itself; no resident of any municipality exists in here.

    Args:
        group: id of the group.

    Raises:
        ValueError: inside the wall of another group.
    """
    with _inside(GROUP, str(group), alone=True):
        yield


def house(municipality: str | None, group: int | None) -> AbstractContextManager[None]:
    """The wall of a municipality, or that of a group for what belongs to no municipality.

    Raises:
        ValueError: neither is given.
    """
    if municipality:
        return wall(municipality)
    if group is None:
        raise ValueError("nothing belongs to no municipality and no group")
    return group_wall(group)


@contextmanager
def signing_in(account: str) -> Iterator[None]:
    """A transaction in which the one account of this login name or id can be read (see `SIGNING_IN`)."""
    with _inside(SIGNING_IN, account):
        yield


def inside(municipality: str) -> AbstractContextManager[None]:
    """The wall of a municipality, which is no part of its own where the transaction is inside it already.

    For what only reads and logs: three questions to the database less than `wall`, whose part can be rolled back alone.
    """
    return nullcontext() if municipality_here() == municipality else wall(municipality)


def municipality_here() -> str:
    """Code of the municipality whose wall this transaction is inside; "" outside of any."""
    return _known().get(SETTING, "")


def group_here() -> int | None:
    """Id of the group whose wall this transaction is inside; None outside of any."""
    found = _known().get(GROUP, "")
    return int(found) if found else None


@contextmanager
def _inside(setting: str, value: str, *, alone: bool = False) -> Iterator[None]:
    """A transaction (or a part of one) with a setting, put back at its end; an exception rolls it back with the rest.

    Args:
        alone: another value must not be set already.
    """
    known, whole = _known(), not connection.in_atomic_block
    before = known.get(setting, "")
    if alone and before not in ("", value):
        raise ValueError(f"one {setting.partition('.')[2]}'s work must not reach into another's")
    with transaction.atomic():
        if before != value:
            _set(setting, value)
        known[setting] = value
        try:
            yield
        finally:
            known[setting] = before
        # With the transaction ends what was set in it.
        if before != value and not whole and not connection.needs_rollback:
            _set(setting, before)


def _known() -> dict[str, str]:
    """What the transaction of this thread has set, so that nobody has to ask; the database is held by its own copy."""
    known: dict[str, str] = vars(connections[DEFAULT_DB_ALIAS]).setdefault(_KNOWN, {})
    if not connection.in_atomic_block:
        known.clear()
    return known


def _set(setting: str, value: str) -> None:
    """For the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


class Wall(Operation):
    """Migration operation: put a table behind the wall and give the application its rights on it.

    Args:
        table: table with a column `municipality`.
        grants: what the application's role may do; history and audit tables get no UPDATE and no DELETE.
        also: further condition under which a row may be read, SQL; e.g. the account that is signing in.
        groups: the table also holds rows of a group and no municipality, behind the wall of that group.
    """

    reversible = True

    def __init__(
        self, table: str, grants: str = "SELECT, INSERT, UPDATE, DELETE", also: str = "", *, groups: bool = False
    ) -> None:
        self.table, self.grants, self.also, self.groups = table, grants, also, groups

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
        if self.groups:
            schema_editor.execute(f"CREATE POLICY groups ON {table} USING ({_IN_GROUP}) WITH CHECK ({_IN_GROUP})")
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
        for policy in ("also", "groups", "wall"):
            schema_editor.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")

    def describe(self) -> str:
        """For `yakuba db status`."""
        return f"Wall around {self.table}"


class Also(Operation):
    """Migration operation: another condition under which the rows of a walled table may be read (`also` of `Wall`)."""

    reversible = False

    def __init__(self, table: str, also: str) -> None:
        self.table, self.also = table, also

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: models do not know of the wall."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Change the policy in its place: there is no moment without."""
        schema_editor.execute(f"ALTER POLICY also ON {schema_editor.quote_name(self.table)} USING ({self.also})")

    def describe(self) -> str:
        """For `yakuba db status`."""
        return f"Who else may read {self.table}"


class Behind(Wall):
    """Migration operation: a table whose rows belong to rows of a walled table, and are seen only with these.

    Args:
        table: the table. parent: the walled table. column: the table's column with the parent's id.
    """

    def __init__(self, table: str, parent: str, column: str, grants: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
        super().__init__(table, grants)
        self.parent, self.column = parent, column

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Enable and force row security that asks the parent's."""
        table = schema_editor.quote_name(self.table)
        seen = f"EXISTS (SELECT FROM {self.parent} parent WHERE parent.id = {self.column})"
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY wall ON {table} USING ({seen}) WITH CHECK ({seen})")
        grant(schema_editor, self.table, self.grants)


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
