"""Loads (取込み): which proven migration brought which records, and when."""

from __future__ import annotations

from django.db import models


class Load(models.Model):
    """One run folder taken in, whole or not at all.

    Attributes:
        evidence: head of the evidence chain, hex: the same evidence is never taken in twice.
        signer: fingerprint of the key that signed it. standard: selector of its layout (kihon, chukan@2021-05).
        as_of: the day the dump stands for. counts: rows per "layout/group", counted again after COPY.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    evidence = models.CharField("証拠", max_length=64)
    signer = models.CharField("署名者", max_length=100)
    standard = models.CharField("標準", max_length=60)
    as_of = models.DateField("基準日")
    counts = models.JSONField("件数", default=dict)
    by = models.CharField("操作者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "取込み"
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=("municipality", "evidence"), name="load_once"),)
