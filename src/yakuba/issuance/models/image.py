"""Images (画像) that records name: 印影 of seals, as the old system handed them over."""

from __future__ import annotations

from django.db import models


class Image(models.Model):
    """One image by the name that a record gives it. The newest row of a name holds."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    name = models.CharField("名前", max_length=120)
    data = models.BinaryField("画像")
    digest = models.CharField("ダイジェスト", max_length=64)
    login = models.CharField("操作者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "画像"
        indexes = (models.Index(fields=("municipality", "name", "-id"), name="image_named"),)
