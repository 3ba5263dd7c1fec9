"""The ledger of issues (交付台帳): rows are only ever added; what happens to a paper later is a further row."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Numbering(models.Model):
    """発行番号: the last number of a municipality in a year. Its row is locked from the number to the commit."""

    pk = models.CompositePrimaryKey("municipality", "year")
    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    year = models.IntegerField("年")
    last = models.IntegerField("最後の番号")

    class Meta:
        verbose_name = "発行番号"


class Issue(models.Model):
    """One paper that was made: for whom, at whose request, on which ground, and the digests that prove it.

    Attributes:
        year, serial: of the number; number: as printed. request: idempotency key, one issue each.
        kind, version: of the certificate. subject: 宛名番号. members: on the paper, in its order.
        choices: items chosen. requester: role, name, identity check … see `application.Requester`.
        fee: yen. exemption: code of the reason for no fee. channel: counter, kiosk, batch. place: where.
        data_digest, template_digest: hex, the same whenever the same paper is drawn. document_digest: of the very
            bytes that left. proof: digest that the code on the paper carries. setting: digest of the approved
            settings. as_of: where the records stood.
        release: the release of a 支援措置 or 抑止 that it has used up.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    year = models.IntegerField("年")
    serial = models.IntegerField("通し番号")
    number = models.CharField("発行番号", max_length=30)
    request = models.UUIDField("受付")
    kind = models.CharField("種別", max_length=40)
    version = models.CharField("様式の版", max_length=40)
    subject = models.TextField("宛名番号")
    members = ArrayField(models.TextField(), verbose_name="記載した人")
    choices = models.JSONField("記載事項", default=dict)
    requester = models.JSONField("請求者", default=dict)
    fee = models.IntegerField("手数料")
    exemption = models.CharField("免除の理由", max_length=40, blank=True)
    channel = models.CharField("経路", max_length=10)
    place = models.CharField("場所", max_length=60, blank=True)
    staff = models.BigIntegerField("職員")
    login = models.CharField("操作者", max_length=64)
    issued_on = models.DateField("交付日")
    at = models.DateTimeField("日時", auto_now_add=True)
    pages = models.IntegerField("枚数")
    data_digest = models.CharField("記載のダイジェスト", max_length=64)
    template_digest = models.CharField("様式のダイジェスト", max_length=64)
    document_digest = models.CharField("文書のダイジェスト", max_length=64)
    proof = models.CharField("証明のダイジェスト", max_length=64)
    setting = models.CharField("設定のダイジェスト", max_length=64)
    as_of = models.TextField("記録の時点", blank=True)
    release = models.OneToOneField("issuance.Release", models.PROTECT, null=True, verbose_name="解除")

    class Meta:
        verbose_name = "交付"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "year", "serial"), name="issue_number_once"),
            models.UniqueConstraint(fields=("municipality", "request"), name="issue_request_once"),
        )
        indexes = (
            models.Index(fields=("municipality", "-id"), name="issue_newest"),
            models.Index(fields=("municipality", "issued_on"), name="issue_day"),
            models.Index(fields=("municipality", "number"), name="issue_number"),
        )


class OnPaper(models.Model):
    """One person on a paper: 交付履歴 by person, without searching in lists."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name="交付")
    addressee = models.TextField("宛名番号")

    class Meta:
        verbose_name = "記載した人"
        indexes = (models.Index(fields=("municipality", "addressee", "-issue"), name="on_paper_of_person"),)


class Event(models.Model):
    """What happened to a paper after it was made. A slip is undone by a further entry that names it, never by a change.

    Attributes:
        kind: see `issuance.events`: printed, reprinted, void, withdrawn, replaced, undone.
        about: number of the paper that replaces it, "" otherwise. undoes: the entry that this one takes back.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name="交付", related_name="events")
    kind = models.CharField("種類", max_length=20)
    reason = models.CharField("理由", max_length=200, blank=True)
    about = models.CharField("関係する番号", max_length=30, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, verbose_name="取り消す記録")
    login = models.CharField("操作者", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "交付後の記録"
        ordering = ("id",)
