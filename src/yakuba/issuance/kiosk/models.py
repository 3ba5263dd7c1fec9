"""Tables of the room. Others reach them only through `issuance.kiosk.queries` and `issuance.kiosk.services`."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yakuba.issuance.kiosk.hours import EVERY_DAY, YEAR_END
from yakuba.issuance.kiosk.restrictions import MINIMUM_AGE
from yakuba.issuance.kiosk.states import State


def year_end() -> list[str]:
    """Closed days of a municipality that has said nothing else."""
    return list(YEAR_END)


class Service(models.Model):
    """コンビニ交付 of one municipality as a whole.

    Attributes:
        running: switched on. closed_days: see `hours.Hours`. minimum_age: years.
        queue_limit: papers that may be in the making at one time. step_seconds: how long a session waits for its next
            step; print_seconds: how long for the result of printing, after which it is unknown.
        commission: yen of each paper that go to the company of the shop.
        fed_at, sequence: when the cards were last heard of, and the number of that message; gap: a message is missing.
        feed_minutes: age of the cards beyond which nothing is issued; null = no limit.
    """

    municipality = models.OneToOneField(
        "tenancy.Municipality", models.PROTECT, primary_key=True, db_column="municipality", verbose_name="団体"
    )
    running = models.BooleanField("稼働", default=False)
    closed_days = ArrayField(models.CharField(max_length=10), verbose_name="休止日", default=year_end)
    minimum_age = models.IntegerField("年齢の下限", default=MINIMUM_AGE)
    queue_limit = models.IntegerField("同時に作る数の上限", default=20)
    step_seconds = models.IntegerField("次の操作を待つ秒", default=180)
    print_seconds = models.IntegerField("印刷の結果を待つ秒", default=1800)
    commission = models.IntegerField("委託手数料", default=0)
    fed_at = models.DateTimeField("カード情報の時点", null=True)
    sequence = models.BigIntegerField("カード情報の通番", default=0)
    gap = models.BooleanField("通番の抜け", default=False)
    feed_minutes = models.IntegerField("カード情報の許容時間", null=True)

    class Meta:
        verbose_name = "コンビニ交付"


class Offer(models.Model):
    """One kind of certificate at the machines. choices: what may be chosen. closed: why it is closed, "" = open."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種別", max_length=40)
    opens = models.TimeField("開始")
    closes = models.TimeField("終了")
    weekdays = models.CharField("曜日", max_length=7, default=EVERY_DAY)
    choices = ArrayField(models.CharField(max_length=40), verbose_name="選べる記載事項", default=list)
    closed = models.CharField("閉鎖の理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "取り扱う証明書"
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=("municipality", "kind"), name="kiosk_offer_once"),)


class Window(models.Model):
    """計画停止 of one kind, or of everything with kind ""."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種別", max_length=40, blank=True)
    first = models.DateTimeField("開始")
    last = models.DateTimeField("終了")
    reason = models.CharField("理由", max_length=200)
    login = models.CharField("操作者", max_length=64)

    class Meta:
        verbose_name = "計画停止"
        ordering = ("first",)
        constraints = (
            models.CheckConstraint(condition=Q(last__gt=models.F("first")), name="kiosk_window_ends_after_it_begins"),
        )


class Centre(models.Model):
    """A 証明書交付センター that a municipality lets in: known by the SHA-256 of its certificate, hex."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    name = models.CharField("名称", max_length=40)
    fingerprint = models.CharField("証明書の指紋", max_length=64)
    login = models.CharField("操作者", max_length=64)
    since = models.DateTimeField("登録日時", auto_now_add=True)
    revoked_at = models.DateTimeField("取消日時", null=True)

    class Meta:
        verbose_name = "交付センター"
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "fingerprint"), condition=Q(revoked_at=None), name="kiosk_centre_once"
            ),
        )


class Card(models.Model):
    """利用者証明用電子証明書: its serial number and whose it was from when to when. Rows are never deleted."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    serial = models.CharField("シリアル番号", max_length=20)
    addressee = models.TextField("宛名番号")
    since = models.DateTimeField("開始")
    until = models.DateTimeField("終了", null=True)
    sequence = models.BigIntegerField("通番")

    class Meta:
        verbose_name = "電子証明書"
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "serial"), condition=Q(until=None), name="kiosk_serial_of_one_person"
            ),
        )
        indexes = (models.Index(fields=("municipality", "addressee"), name="kiosk_cards_of_person"),)


class Session(models.Model):
    """One person at one machine, from the card to the paper (交付履歴).

    Attributes:
        reception: the centre's own number of the request: the same number is the same session.
        addressee: "" as long as nobody was found. members: 宛名番号, of those offered, then of those on the paper.
        choices: as chosen.
        fee: yen, fixed when the paper was chosen. as_of: where the records of its people stood at that moment.
        request: key under which the paper is issued once. claim: which attempt is making it now.
        number, entry, digest: 発行番号, id in the ledger, SHA-256 of the bytes that were sent.
        sends: how often the bytes left. reason: see `reasons.Reason`, "" while all is well.
        deadline: the session ends by itself after this moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name="交付センター")
    reception = models.CharField("受付番号", max_length=40)
    machine = models.CharField("端末", max_length=40)
    company = models.CharField("事業者", max_length=40)
    serial = models.CharField("シリアル番号", max_length=20)
    state = models.CharField("状態", max_length=13)
    reason = models.CharField("理由", max_length=3, blank=True)
    addressee = models.TextField("宛名番号", blank=True)
    kind = models.CharField("種別", max_length=40, blank=True)
    members = ArrayField(models.TextField(), verbose_name="記載する人", default=list)
    choices = models.JSONField("記載事項", default=dict)
    fee = models.IntegerField("手数料", null=True)
    as_of = models.TextField("記録の時点", blank=True)
    request = models.UUIDField("交付の受付", default=uuid.uuid4)
    claim = models.UUIDField("作成の受持ち", null=True)
    claimed_at = models.DateTimeField("作成の開始日時", null=True)
    number = models.CharField("発行番号", max_length=30, blank=True)
    entry = models.BigIntegerField("交付台帳", null=True)
    digest = models.CharField("文書のダイジェスト", max_length=64, blank=True)
    sends = models.IntegerField("送信回数", default=0)
    received_at = models.DateTimeField("受付日時")
    paid_at = models.DateTimeField("入金日時", null=True)
    sent_at = models.DateTimeField("送信日時", null=True)
    ended_at = models.DateTimeField("終了日時", null=True)
    deadline = models.DateTimeField("期限")

    class Meta:
        verbose_name = "コンビニ交付の受付"
        ordering = ("-received_at",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "centre", "reception"), name="kiosk_reception_once"),
            models.UniqueConstraint(fields=("municipality", "request"), name="kiosk_request_once"),
            models.UniqueConstraint(
                fields=("municipality", "number"), condition=~Q(number=""), name="kiosk_number_once"
            ),
            models.CheckConstraint(condition=Q(state__in=[str(one) for one in State]), name="kiosk_state_known"),
        )
        indexes = (
            models.Index(fields=("municipality", "received_at"), name="kiosk_by_day"),
            models.Index(
                fields=("municipality", "deadline"),
                condition=~Q(state__in=[str(State.PRINTED), str(State.CANCELLED), str(State.UNKNOWN)]),
                name="kiosk_open_sessions",
            ),
        )
