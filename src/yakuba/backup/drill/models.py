"""Drills that were held (復元訓練の記録). Rows are only added; they name nobody."""

from __future__ import annotations

from django.db import models


class Drill(models.Model):
    """One drill, as it was signed.

    Attributes:
        number, head: of the generation that was restored, and the digest of its entry; -1 and "" where not even the
            chain could be read. as_of: moment of its data. ok: whether it passed.
        document: as `backup.signing.signed` made it: what was compared, what was found, how long it took, digests of
            the sample (salted: nobody can be named by them).
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    at = models.DateTimeField("日時", auto_now_add=True)
    number = models.IntegerField("世代")
    head = models.CharField("記入のダイジェスト", max_length=64, blank=True)
    as_of = models.DateTimeField("データの時点", null=True)
    ok = models.BooleanField("合格")
    document = models.JSONField("記録")
    by = models.CharField("実施者", max_length=64)

    class Meta:
        verbose_name = "復元訓練"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="drill_newest"),)
