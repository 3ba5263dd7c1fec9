"""Records (記録): one row of one group of one business, as the standard layout writes it. Rows are only ever added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yakuba.registry.models.load import Load


class Record(models.Model):
    """One row of a group, typed by its layout: a new 業務 or a new edition needs no change of the schema.

    Attributes:
        layout: id of the layout, kihon/2023-09/001_juminkihondaicho, or `yobi/<name>` for the reserve area (予備).
        group: identifier of the group (juminjoho): the file stem it came from and goes to.
        row: place in its file, from 0, so that an export has the rows in the order of the load.
        addressee: 宛名番号, null where the group has none. key: cells of the primary key, the row alone without one.
        cells: every cell as the layout writes it, in the order of its items; null and "" are one value: empty.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    load = models.ForeignKey(Load, models.PROTECT, db_column="load", null=True, verbose_name="取込み")
    layout = models.CharField("レイアウト", max_length=80)
    group = models.CharField("グループ", max_length=80)
    row = models.BigIntegerField("行")
    addressee = models.CharField("宛名番号", max_length=15, null=True)  # noqa: DJ001 - no addressee is not an empty one
    key = ArrayField(models.TextField(), verbose_name="主キー")
    cells = ArrayField(models.TextField(null=True), verbose_name="値")

    class Meta:
        verbose_name = "記録"
        constraints = (
            models.UniqueConstraint(fields=("municipality", "layout", "group", "key"), name="record_key"),
            models.UniqueConstraint(fields=("municipality", "layout", "group", "row"), name="record_row"),
        )
        indexes = (models.Index(fields=("municipality", "addressee", "layout", "group"), name="record_of_person"),)
