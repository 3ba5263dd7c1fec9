"""Homes (世帯の所属): who was ever recorded in which household; how a household of a past day is found."""

from __future__ import annotations

from django.db import models


class HomeEntry(models.Model):
    """A person's 宛名番号 under a household number that some history row of the person has. An index, no source."""

    pk = models.CompositePrimaryKey("municipality", "household", "addressee")
    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_constraint=False, db_index=False, db_column="municipality",
        verbose_name="団体",
    )  # fmt: skip
    household = models.TextField("世帯番号", db_collation="C")
    addressee = models.TextField("宛名番号", db_collation="C")

    class Meta:
        verbose_name = "世帯の所属"
