"""本人通知: who wants to be told when a certificate is given to a proxy or a third party, and of which ones."""

from __future__ import annotations

from django.db import models

from yakuba.issuance.models.issue import Issue


class Registration(models.Model):
    """Somebody wants to be told (事前登録), from a day to a day; a later row of the same person takes its place."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    addressee = models.TextField("宛名番号")
    first = models.DateField("開始日")
    last = models.DateField("終了日", null=True)
    login = models.CharField("操作者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "本人通知の登録"
        indexes = (models.Index(fields=("municipality", "addressee", "-id"), name="registration_of_person"),)


class Notice(models.Model):
    """One notice that is due: this person, because of this issue. sent: the day the letter left."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    addressee = models.TextField("宛名番号")
    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name="交付")
    sent = models.DateField("発送日", null=True)
    login = models.CharField("発送した人", max_length=64, blank=True)

    class Meta:
        verbose_name = "本人通知"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("issue", "addressee"), name="notice_once"),)
