"""The audit log (操作ログ): who saw or did what, when, to whose record, and why. Append-only and hash-chained.

A log belongs to a municipality, or to a group for what its operators do outside of every municipality. The database
itself numbers and chains the entries (`tenancy/audit/chain.py`); the application can only add and read.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yakuba.tenancy.models.body import MunicipalGroup, Municipality


class Logged(models.Model):
    """Whose log a row is part of: a municipality's or a group's."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, db_column="municipality", null=True, blank=True, verbose_name="団体"
    )
    group = models.ForeignKey(MunicipalGroup, models.PROTECT, null=True, blank=True, verbose_name="グループ")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(municipality=None, group__isnull=False) | Q(municipality__isnull=False, group=None),
                name="%(class)s_of_one",
            ),
        )


class AuditEntry(Logged):
    """One entry of a log.

    Attributes:
        number: 1, 2, 3 … within the log, without gaps; given when the transaction commits, null until then.
        at: the moment it was numbered, by the database's clock.
        actor: login name, name: of the person, both kept as text so that the log outlives the account.
        place: screen, API or command. action: what was done (view, search, output, load, grant …).
        subject: 宛名番号 concerned, "" for none. items: names of the items shown or changed, never values.
        reason: where one is required. detail: anything else as JSON text with sorted keys, no personal values.
        previous, hash: SHA-256 chain over all entries of the log, hex.
    """

    number = models.BigIntegerField("番号", null=True)
    at = models.DateTimeField("日時")
    actor = models.CharField("操作者", max_length=64)
    name = models.CharField("氏名", max_length=60)
    place = models.CharField("画面", max_length=120)
    action = models.CharField("操作", max_length=40)
    subject = models.CharField("対象者", max_length=15, blank=True)
    items = ArrayField(models.TextField(), verbose_name="項目", default=list)
    reason = models.CharField("理由", max_length=200, blank=True)
    detail = models.TextField("詳細", blank=True)
    previous = models.CharField("前の値", max_length=64, blank=True)
    hash = models.CharField("ハッシュ", max_length=64, blank=True)

    class Meta(Logged.Meta):
        verbose_name = "操作ログ"
        ordering = ("municipality", "group", "number")
        constraints = (
            *Logged.Meta.constraints,
            models.UniqueConstraint(fields=("municipality", "number"), name="audit_number"),
            models.UniqueConstraint(fields=("group", "number"), name="audit_number_of_group"),
        )
        indexes = (
            models.Index(fields=("municipality", "subject", "number"), name="audit_of_subject"),
            models.Index(fields=("municipality", "actor", "number"), name="audit_of_actor"),
            models.Index(fields=("municipality", "at"), name="audit_by_time"),
        )


class AuditHead(Logged):
    """Where a log stands: number and hash of its last entry. Only the database's own function changes it."""

    number = models.BigIntegerField("番号")
    hash = models.CharField("ハッシュ", max_length=64)

    class Meta(Logged.Meta):
        verbose_name = "操作ログの現在位置"
        constraints = (
            *Logged.Meta.constraints,
            models.UniqueConstraint(fields=("municipality",), name="audit_head"),
            models.UniqueConstraint(fields=("group",), name="audit_head_of_group"),
        )


class AuditDigest(Logged):
    """A log's state at the end of a day, to be anchored outside (日次ダイジェスト). Made by the database's function."""

    day = models.DateField("日")
    entries = models.BigIntegerField("件数")
    hash = models.CharField("ハッシュ", max_length=64, blank=True)

    class Meta(Logged.Meta):
        verbose_name = "日次ダイジェスト"
        ordering = ("municipality", "group", "day")
        constraints = (
            *Logged.Meta.constraints,
            models.UniqueConstraint(fields=("municipality", "day"), name="digest_of_day"),
            models.UniqueConstraint(fields=("group", "day"), name="digest_of_day_of_group"),
        )
