"""文字超過リスト: what could not be put on a paper, a character without a glyph or a text without room."""

from __future__ import annotations

from django.db import models


class Overflow(models.Model):
    """One finding about one person's paper, until somebody has settled it. It holds no value of the record."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    addressee = models.TextField("宛名番号")
    kind = models.CharField("種別", max_length=40)
    item = models.CharField("項目", max_length=120)
    code = models.CharField("理由", max_length=40)
    hint = models.CharField("すること", max_length=300)
    at = models.DateTimeField("最後に起きた日時", auto_now=True)
    times = models.IntegerField("回数", default=1)
    settled_by = models.CharField("済みにした人", max_length=64, blank=True)

    class Meta:
        verbose_name = "文字超過"
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "addressee", "kind", "item", "code"), name="overflow_once"),
        )
