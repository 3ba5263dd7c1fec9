"""Upgrade (db upgrade): bring the tables to this version, as their owner, and say where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

if TYPE_CHECKING:
    from collections.abc import Sequence

OWNER_ALIAS = "owner"


def pending(alias: str = OWNER_ALIAS) -> Sequence[str]:
    """Names of the changes that `upgrade` has still to make, in order: "registry.0001_initial".

    Args:
        alias: connection to ask over; the serving program has "default" alone.
    """
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade() -> Sequence[str]:
    """Make all pending changes; gives their names. Safe to repeat and to run while the program serves."""
    done = pending()
    call_command("migrate", database=OWNER_ALIAS, verbosity=0, interactive=False)
    return done
