"""Ledgers (台帳): one group of one business as the municipality holds it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yakuba.registry.models.load import Load


class Ledger(models.Model):
    """One group of one business: what its records are called and where their file goes in an export.

    Attributes:
        layout: id of the layout, kihon/2023-09/001_juminkihondaicho; "yobi" for the reserve area (予備領域).
        group: identifier of the group (juminjoho), or the name of the source whose reserve area it is.
        business, title: official names of business and group; "予備" and the source for the reserve area.
        folder: folder of its file below data/, both here and in an export.
        place: place among the files of its load. columns: official item names, in the order of the cells.
        addressee_column: item that says whose a record is, "" for none.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    load = models.ForeignKey(Load, models.PROTECT, db_column="load", verbose_name="取込み")
    layout = models.CharField("レイアウト", max_length=120)
    group = models.CharField("グループ", max_length=120)
    business = models.CharField("業務", max_length=60)
    title = models.CharField("名称", max_length=120)
    folder = models.CharField("フォルダ", max_length=120)
    place = models.IntegerField("順")
    columns = ArrayField(models.TextField(), verbose_name="項目")
    addressee_column = models.CharField("宛名番号の項目", max_length=120, blank=True)

    class Meta:
        verbose_name = "台帳"
        ordering = ("load", "place")
        constraints = (models.UniqueConstraint(fields=("municipality", "layout", "group"), name="ledger_once"),)
