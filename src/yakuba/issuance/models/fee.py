"""Fees (手数料) by ordinance: per kind and way, from a day on."""

from __future__ import annotations

from django.db import models


class Fee(models.Model):
    """What one copy costs from a day on, until a later row says otherwise. channel: counter or kiosk."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種別", max_length=40)
    channel = models.CharField("経路", max_length=10)
    valid_from = models.DateField("適用日")
    yen = models.IntegerField("金額")
    login = models.CharField("操作者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "手数料"
        ordering = ("kind", "channel", "-valid_from", "-id")
        indexes = (models.Index(fields=("municipality", "kind", "channel"), name="fee_of_kind"),)
