"""The audit log (操作ログ): who saw or did what, when, to whose record, and why. Append-only and hash-chained."""

from __future__ import annotations

from django.db import models

from yakuba.tenancy.models.body import Municipality


class AuditEntry(models.Model):
    """One entry of a municipality's log. The database numbers and chains it; the application can only add.

    Attributes:
        number: 1, 2, 3 … within the municipality, without gaps.
        actor: login name, kept as text so that the log outlives the account. place: screen, API or command.
        action: what was done (view, search, output, load, grant …). subject: 宛名番号 concerned, "" for none.
        items: names of the items shown or changed. reason: where one is required. detail: anything else, no values.
        previous, hash: SHA-256 chain over every entry of the municipality (see tenancy/audit/chain.py).
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, db_column="municipality", verbose_name="団体")
    number = models.BigIntegerField("番号")
    at = models.DateTimeField("日時")
    actor = models.CharField("操作者", max_length=64)
    place = models.CharField("画面", max_length=120)
    action = models.CharField("操作", max_length=40)
    subject = models.CharField("対象者", max_length=15, blank=True)
    items = models.JSONField("項目", default=list)
    reason = models.CharField("理由", max_length=200, blank=True)
    detail = models.JSONField("詳細", default=dict)
    previous = models.CharField("前の値", max_length=64)
    hash = models.CharField("ハッシュ", max_length=64)

    class Meta:
        verbose_name = "操作ログ"
        ordering = ("municipality", "number")
        constraints = (models.UniqueConstraint(fields=("municipality", "number"), name="audit_number"),)
        indexes = (
            models.Index(fields=("municipality", "subject", "number"), name="audit_of_subject"),
            models.Index(fields=("municipality", "at"), name="audit_by_time"),
        )


class AuditDigest(models.Model):
    """The log's state at the end of a day, to be anchored outside (日次ダイジェスト)."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, db_column="municipality", verbose_name="団体")
    day = models.DateField("日")
    entries = models.BigIntegerField("件数")
    hash = models.CharField("ハッシュ", max_length=64)

    class Meta:
        verbose_name = "日次ダイジェスト"
        ordering = ("municipality", "day")
        constraints = (models.UniqueConstraint(fields=("municipality", "day"), name="digest_of_day"),)
