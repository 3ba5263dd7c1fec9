"""Records (記録): one row of one group of one business, as the standard layout writes it. Rows are only ever added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yakuba.registry.models.ledger import Ledger


class Record(models.Model):
    """One row of a ledger: a new 業務 or a new edition needs no change of the schema.

    Attributes:
        row: place in its file, from 0, so that an export has the rows in the order of the load.
        addressee: 宛名番号, null where the group has none.
        cells: every cell as the layout writes it, in the order of the ledger's columns; null = empty.
        added: written here after the load; by (利用者ID and name) and at say who wrote it and when.

    Two million rows come in one COPY: a check of the two references row by row would cost more than the COPY; the wall
    checks the municipality, and both services that write know the ledger because they have just read or made it.
    """

    pk = models.CompositePrimaryKey("ledger", "row")
    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_constraint=False, db_index=False, db_column="municipality",
        verbose_name="団体",
    )  # fmt: skip
    ledger = models.ForeignKey(
        Ledger, models.PROTECT, db_constraint=False, db_index=False, db_column="ledger", verbose_name="台帳"
    )
    row = models.BigIntegerField("行")
    addressee = models.TextField("宛名番号", null=True)  # noqa: DJ001 - no addressee is not an empty one
    cells = ArrayField(models.TextField(null=True), verbose_name="値")
    added = models.BooleanField("追記", default=False)
    by = models.TextField("書込者", blank=True, db_default="")
    at = models.DateTimeField("書込日時", null=True)

    class Meta:
        verbose_name = "記録"
        indexes = (
            models.Index(fields=("municipality", "addressee", "ledger"), name="record_of_person"),
            models.Index(fields=("ledger", "addressee"), condition=Q(added=True), name="record_added"),
        )
