"""The table. Others reach it only through `tenancy.tokens.services` and `tenancy.tokens.queries`."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """One token. The word itself is shown once and kept by nobody; here is its SHA-256, which is enough for 256 bits.

    Attributes:
        name: what it is for (住民票システム連携). staff: the account whose rights it has.
        valid_until: last day, included. used_on: the last day on which it was used. refused_on: the last day on which
            it was tried in vain. minute, uses: minutes since 1970 of its last use, and how many uses it had then.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    staff = models.ForeignKey("tenancy.Staff", models.PROTECT, verbose_name="職員", related_name="+")
    name = models.CharField("用途", max_length=60)
    hash = models.CharField("ハッシュ", max_length=64, unique=True)
    valid_until = models.DateField("終了日")
    made_by = models.CharField("作成者", max_length=64)
    made_at = models.DateTimeField("作成日時", auto_now_add=True)
    used_on = models.DateField("最終利用日", null=True)
    refused_on = models.DateField("拒否した日", null=True)
    minute = models.BigIntegerField("分", default=0)
    uses = models.IntegerField("その分の回数", default=0)
    revoked_by = models.CharField("取消者", max_length=64, blank=True)
    revoked_at = models.DateTimeField("取消日時", null=True)

    class Meta:
        verbose_name = "合い言葉"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by="")
                | models.Q(revoked_at__isnull=False) & ~models.Q(revoked_by=""),
                name="token_revoked_by_somebody",
            ),
        )
