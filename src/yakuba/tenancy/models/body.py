"""Bodies (団体): municipalities, the groups in which they share one installation, their departments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Municipality(models.Model):
    """団体: one municipality, behind one wall. Its name is public; everything else about it is behind the wall."""

    code = models.CharField("団体コード", max_length=6, primary_key=True)
    name = models.CharField("名称", max_length=60)
    kana = models.CharField("フリガナ", max_length=120)
    prefecture = models.CharField("都道府県", max_length=20)

    class Meta:
        verbose_name = "団体"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class MunicipalGroup(models.Model):
    """共同利用: municipalities that share one installation and its operators."""

    identifier = models.SlugField("識別名", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)

    class Meta:
        verbose_name = "共同利用グループ"
        ordering = ("identifier",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A municipality's time in a group: late joiners and leavers have their own dates; nothing is deleted."""

    group = models.ForeignKey(MunicipalGroup, models.PROTECT, verbose_name="グループ")
    member = models.ForeignKey(Municipality, models.PROTECT, verbose_name="団体")
    joined_on = models.DateField("加入日")
    left_on = models.DateField("脱退日", null=True, blank=True)

    class Meta:
        verbose_name = "加入"
        constraints = (
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gt=F("joined_on")), name="membership_leaves_after_joining"
            ),
            models.UniqueConstraint(fields=("member",), condition=Q(left_on=None), name="membership_one_at_a_time"),
        )


class Department(models.Model):
    """部署 of a municipality."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, db_column="municipality", verbose_name="団体")
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = "部署"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("municipality", "name"), name="department_name"),)

    def __str__(self) -> str:
        return self.name
