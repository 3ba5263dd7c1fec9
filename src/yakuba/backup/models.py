"""Tables of the room. Others reach them only through `backup.queries` and `backup.services`.

They hold numbers and digests, never anything of a resident: that is sealed, and the centre has no key.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Plan(models.Model):
    """控えの計画 of one municipality.

    Attributes:
        place, second_place: where its vault lies here and in the second centre, as `vault.store.open_store` takes it;
            "" = no second centre. signer: fingerprint of the key that signs its entries, got over another channel.
        link: SHA-256 of the certificate of its 連携AP, hex, "" = it does not send by itself.
        max_age_hours: how old the newest good copy may be. quota_mb: what all its objects may take, MiB.
        lock_days: for so long nothing that arrived is taken away, whatever the municipality's keys say.
        keep_daily … keep_yearly: newest generations of so many days, weeks … that the centre never takes away.
        shrink_percent: a table that loses more rows than this from one generation to the next is an alarm.
        paused: nothing is taken in and nothing is an alarm.
    """

    municipality = models.OneToOneField(
        "tenancy.Municipality", models.PROTECT, primary_key=True, db_column="municipality", verbose_name="団体"
    )
    place = models.CharField("置き場所", max_length=400, unique=True)
    second_place = models.CharField("第二センター", max_length=400, blank=True)
    signer = models.CharField("署名鍵の指紋", max_length=80)
    link = models.CharField("連携APの証明書の指紋", max_length=64, blank=True)
    max_age_hours = models.IntegerField("控えの古さの上限")
    quota_mb = models.BigIntegerField("割当")
    lock_days = models.IntegerField("消せない日数")
    keep_daily = models.IntegerField("残す日数")
    keep_weekly = models.IntegerField("残す週数")
    keep_monthly = models.IntegerField("残す月数")
    keep_yearly = models.IntegerField("残す年数")
    shrink_percent = models.IntegerField("減少の上限")
    paused = models.BooleanField("休止", default=False)
    since = models.DateTimeField("登録日時", auto_now_add=True)

    class Meta:
        verbose_name = "控えの計画"
        constraints = (
            models.UniqueConstraint(fields=("link",), condition=~Q(link=""), name="backup_link_of_one_municipality"),
        )


class Entry(models.Model):
    """One signed entry of a vault's chain (台帳の記入), as it came. Rows are never deleted.

    Attributes:
        raw: the entry's file, to the byte; digest: its SHA-256. kind: see docs/vault-format.md.
        received_at: when the centre first saw it, by the centre's clock. receipt: what the sender was answered, JSON.
        as_of, rows: of a generation: data state, {"業務/グループ": rounded number of rows}.
        object, size, sha256: name of the object that it brought, "" = none, its stored bytes and their digest.
        verified_at: when the object's bytes were last found to be these; null = never, or no longer.
        good: a generation all of whose objects are verified: it can be restored by whoever has a key.
        replicated_at: when the second centre had it, compared. swept_at: when its object was taken away after its time.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    number = models.IntegerField("番号")
    kind = models.CharField("種類", max_length=20)
    digest = models.CharField("ダイジェスト", max_length=64)
    raw = models.BinaryField("記入")
    written_at = models.DateTimeField("記入日時")
    received_at = models.DateTimeField("受領日時")
    receipt = models.JSONField("受領書", null=True)
    as_of = models.DateTimeField("データの時点", null=True)
    rows = models.JSONField("行", default=dict)
    object = models.CharField("ファイル", max_length=80, blank=True)
    size = models.BigIntegerField("大きさ", default=0)
    sha256 = models.CharField("ファイルのダイジェスト", max_length=64, blank=True)
    verified_at = models.DateTimeField("検査日時", null=True)
    good = models.BooleanField("良い世代", default=False)
    replicated_at = models.DateTimeField("複製日時", null=True)
    swept_at = models.DateTimeField("片付け日時", null=True)

    class Meta:
        verbose_name = "台帳の記入"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("municipality", "number"), name="backup_entry_once"),)


class Check(models.Model):
    """One examination (検査) of a vault: verify, replicate, drill. figures: numbers by name, nobody's data."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種類", max_length=20)
    at = models.DateTimeField("日時", auto_now_add=True)
    ok = models.BooleanField("合格")
    number = models.IntegerField("世代", null=True)
    sentence = models.CharField("結果", max_length=400)
    figures = models.JSONField("数", default=dict)

    class Meta:
        verbose_name = "検査"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "kind", "-id"), name="backup_newest_check"),)


class Alarm(models.Model):
    """警報: something is not as the plan wants it; one of a kind at a time.

    Attributes:
        kind: see `backup.words`. sentence: what and where. since, last_at: first and last time it was found so.
        ended_at: since when it is not so any more. acknowledged_at, by, reason: who has taken notice, and what is done.
            An alarm leaves the screen when it has ended and somebody has taken notice.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    kind = models.CharField("種類", max_length=20)
    sentence = models.CharField("内容", max_length=400)
    since = models.DateTimeField("発生日時")
    last_at = models.DateTimeField("最後の確認")
    ended_at = models.DateTimeField("解消日時", null=True)
    acknowledged_at = models.DateTimeField("確認日時", null=True)
    by = models.CharField("確認者", max_length=64, blank=True)
    reason = models.CharField("対処", max_length=200, blank=True)

    class Meta:
        verbose_name = "警報"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "kind"), condition=Q(ended_at=None), name="backup_alarm_once"
            ),
        )
