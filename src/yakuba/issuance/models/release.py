"""Releases (一件限りの解除): the responsible person lets one issue pass a 支援措置 or a 抑止, on one day, once."""

from __future__ import annotations

from django.db import models


class Release(models.Model):
    """One release. It is used up by the issue that names it, and ends with its day."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    addressee = models.TextField("宛名番号")
    kind = models.CharField("種別", max_length=40)
    reason = models.CharField("理由", max_length=200)
    day = models.DateField("有効な日")
    login = models.CharField("責任者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "一件限りの解除"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "addressee", "day"), name="release_of_person"),)
