"""Settings of certificates (証明書の設定) of one municipality. A change is a further row; the newest one holds."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """What the papers of a municipality look like and say.

    Attributes:
        content: see `settings.Content`: 認証者, look, 認証文, kinds that are issued. seal: 公印, SVG or PNG.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    content = models.JSONField("内容")
    seal = models.BinaryField("公印")
    login = models.CharField("操作者", max_length=64)
    reason = models.CharField("理由", max_length=200, blank=True)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "証明書の設定"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="setting_newest"),)
