"""Residents (住民) as search and screens need them: one row per person, made from the newest history row."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Resident(models.Model):
    """One person as of now. Nothing here is a source: everything can be made again from the records.

    Attributes:
        removed: 除票. protected: 支援措置 or 仮支援措置 holds (also 併せて支援を求める者). blocked: highest 抑止 level
            that holds today ("", "alert", "error"), whatever its processing.
        birth: the date as the layout writes it (YYYY-MM-DD, impossible days included); birth_unknown: 不詳 flag.
        folded_*: keys of search (characters.fold), blanks separate names; grams: hashed n-grams of the folded
            values with the municipality mixed in (registry/search/grams.py), so that one index serves all walls.
        record: the newest history row it was made from; version counts changes for clerks who edit at one time.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    addressee = models.CharField("宛名番号", max_length=15)
    household = models.CharField("世帯番号", max_length=15)
    kind = models.CharField("住民種別", max_length=1)
    state = models.CharField("住民状態", max_length=1)
    removed = models.BooleanField("除票")
    protected = models.BooleanField("支援措置", default=False)
    blocked = models.CharField("抑止", max_length=10, blank=True)
    name = models.CharField("氏名", max_length=200)
    kana = models.CharField("フリガナ", max_length=200)
    alias = models.CharField("通称", max_length=200, blank=True)
    former_name = models.CharField("旧氏", max_length=100, blank=True)
    sex = models.CharField("性別", max_length=1, blank=True)
    birth = models.CharField("生年月日", max_length=10)
    birth_era = models.CharField("生年月日_元号", max_length=2, blank=True)
    birth_unknown = models.CharField("生年月日_不詳フラグ", max_length=1, blank=True)
    relation = models.CharField("続柄", max_length=60, blank=True)
    address = models.CharField("住所", max_length=300)
    folded_name = models.TextField("氏名の検索キー")
    folded_kana = models.TextField("フリガナの検索キー")
    folded_address = models.TextField("住所の検索キー")
    grams = ArrayField(models.IntegerField(), verbose_name="検索の索引")
    version = models.IntegerField("版", default=1)
    record = models.BigIntegerField("記録")

    class Meta:
        verbose_name = "住民"
        constraints = (models.UniqueConstraint(fields=("municipality", "addressee"), name="resident_addressee"),)
        indexes = (
            models.Index(fields=("municipality", "household"), name="resident_household"),
            models.Index(fields=("municipality", "birth"), name="resident_birth"),
            GinIndex(fields=("grams",), name="resident_grams", opclasses=("array_ops",), fastupdate=False),
        )
