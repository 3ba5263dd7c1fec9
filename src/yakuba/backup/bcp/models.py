"""The book of events (災害時の受付簿): what was taken on paper while the main system was away. Rows are only added."""

from __future__ import annotations

from django.db import models


class PendingEvent(models.Model):
    """One event as a clerk wrote it down. It changes no record; the main system decides what becomes of it.

    Attributes:
        number: place in the book of the municipality, from 1, without gaps. kind: see `events.Kind`.
        addressee: 宛名番号, "" for somebody who is not in the records (a child born, somebody from elsewhere).
        name, happened_on, detail: as on the paper. paper: number of the paper (届書の番号).
        seen: digest of the person's newest record when it was written down, "" without 宛名番号: what a later look
            at the main system is held against.
        cancels: the earlier event that was a slip and is taken back by this one.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    number = models.IntegerField("受付番号")
    kind = models.CharField("種類", max_length=20)
    addressee = models.CharField("宛名番号", max_length=15, blank=True)
    name = models.CharField("氏名", max_length=200)
    happened_on = models.DateField("異動日")
    detail = models.CharField("内容", max_length=1000, blank=True)
    paper = models.CharField("届書の番号", max_length=40)
    seen = models.CharField("記録のダイジェスト", max_length=64, blank=True)
    cancels = models.OneToOneField("self", models.PROTECT, null=True, verbose_name="取り消す受付")
    login = models.CharField("操作者", max_length=64)
    clerk = models.CharField("操作者の氏名", max_length=100)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "災害時の受付"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "number"), name="bcp_event_once"),
            models.UniqueConstraint(
                fields=("municipality", "paper", "kind", "addressee", "name"), name="bcp_paper_once"
            ),
        )
