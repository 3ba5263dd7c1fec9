"""Stops (停止): no certificate of a municipality leaves while the newest row says so."""

from __future__ import annotations

from django.db import models


class Stop(models.Model):
    """Stopped, or resumed by a person."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    stopped = models.BooleanField("停止")
    reason = models.CharField("理由", max_length=200)
    login = models.CharField("操作者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "停止"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="stop_newest"),)
