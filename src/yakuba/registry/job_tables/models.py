"""Tables of the queue. Others reach them only through `registry.jobs`."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One piece of long work (長い仕事) of one municipality, and how far it is.

    Attributes:
        kind: file name in registry/jobs/kinds, stored as plain text. state: see `registry.jobs.state.State`.
        arguments: what it was started with. staff, login: who started it; its rights are asked again at the start.
        attempts: how often a worker took it up. stage, done, total, unit: progress as the work itself tells it.
        message: one sentence for the person who waits. result: numbers and file names, never a resident's values.
        cancelled: somebody asked to stop it.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種類", max_length=40)
    state = models.CharField("状態", max_length=10)
    arguments = models.JSONField("引数", default=dict)
    staff = models.BigIntegerField("職員")
    login = models.CharField("操作者", max_length=64)
    created_at = models.DateTimeField("受付日時", auto_now_add=True)
    started_at = models.DateTimeField("開始日時", null=True)
    ended_at = models.DateTimeField("終了日時", null=True)
    attempts = models.IntegerField("回数", default=0)
    stage = models.CharField("段階", max_length=120, blank=True)
    done = models.BigIntegerField("済み", default=0)
    total = models.BigIntegerField("全体", null=True)
    unit = models.CharField("単位", max_length=40, blank=True)
    message = models.CharField("結果の文", max_length=500, blank=True)
    result = models.JSONField("結果", default=dict)
    cancelled = models.BooleanField("中止の求め", default=False)

    class Meta:
        verbose_name = "長い仕事"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="job_newest"),)


class Chore(models.Model):
    """One kind of nightly work (日次処理) and when it was last done. It belongs to no municipality and names nobody.

    Attributes:
        name: file name in registry/jobs/chores. done_for: the day it was last done for. result: numbers.
        failed_at, error: when it failed since then, and the kind of the fault; null and "" while all is well.
    """

    name = models.CharField("名称", max_length=40, primary_key=True)
    done_for = models.DateField("済んだ日", null=True)
    done_at = models.DateTimeField("終了日時", null=True)
    result = models.JSONField("結果", default=dict)
    failed_at = models.DateTimeField("失敗日時", null=True)
    error = models.CharField("失敗の種類", max_length=80, blank=True)

    class Meta:
        verbose_name = "日次処理"
        ordering = ("name",)


class Ticket(models.Model):
    """A job that waits or runs, as the workers see it: they look over all walls, so nothing else may stand here."""

    job = models.BigIntegerField("仕事", primary_key=True)
    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種類", max_length=40)

    class Meta:
        verbose_name = "待ち札"
        ordering = ("job",)
