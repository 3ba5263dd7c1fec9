"""Statistics (統計): numbers of one municipality that name nobody, for the group's dashboard."""

from __future__ import annotations

from django.db import models


class Statistic(models.Model):
    """The municipality in numbers, counted when its records last changed.

    Attributes:
        numbers: see `services.statistics.counted`. as_of: the day the records stand for. at: when it was counted.
    """

    municipality = models.OneToOneField(
        "tenancy.Municipality", models.PROTECT, primary_key=True, db_column="municipality", verbose_name="団体"
    )
    as_of = models.DateField("基準日")
    at = models.DateTimeField("集計日時", auto_now=True)
    numbers = models.JSONField("数")

    class Meta:
        verbose_name = "統計"
