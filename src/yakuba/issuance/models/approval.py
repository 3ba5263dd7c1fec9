"""Approvals (承認): an administrator has looked at settings, fees and forms as they are, and answers for them."""

from __future__ import annotations

from django.db import models


class Approval(models.Model):
    """What was approved: digest of everything, and the digest of every part, so that a difference can be named."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    digest = models.CharField("ダイジェスト", max_length=64)
    parts = models.JSONField("部分")
    login = models.CharField("操作者", max_length=64)
    reason = models.CharField("理由", max_length=200, blank=True)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "承認"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="approval_newest"),)
