"""Residents (住民) and outsiders (住登外者) as search and screens need them: one row per person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from yakuba.registry.models.ledger import Ledger


class Resident(models.Model):
    """One person as of now. Nothing here is a source: everything can be made again from the records.

    Attributes:
        outsider: 住登外者. removed: 除票. protected: 支援措置 or 仮支援措置 holds (also 併せて支援を求める者).
        blocked: highest 抑止 level that holds ("", "1" アラート, "2" エラー), whatever its processing.
        leaving: 転出予定年月日 of somebody who still lives here, "" otherwise.
        birth: the date as the layout writes it (YYYY-MM-DD, impossible days included); birth_unknown: 不詳 flag.
        place: 記載順位. family, sound: keys by which results are ordered and found from their beginning; names,
            sounds, address_key: keys that are looked through (registry/search/keys.py).
        Keys are in code point order (collation C): it is the order of kana, and the same on every server.
        ledger, row: the newest history row it was made from; version counts changes for clerks who edit at one time.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_constraint=False, db_index=False, db_column="municipality",
        verbose_name="団体",
    )  # fmt: skip
    addressee = models.TextField("宛名番号", db_collation="C")
    household = models.TextField("世帯番号", db_collation="C", blank=True)
    outsider = models.BooleanField("住登外者", default=False)
    kind = models.TextField("住民種別", blank=True)
    state = models.TextField("住民状態", blank=True)
    removed = models.BooleanField("除票")
    protected = models.BooleanField("支援措置", default=False)
    blocked = models.TextField("抑止", blank=True)
    leaving = models.TextField("転出予定年月日", blank=True)
    name = models.TextField("氏名", blank=True)
    kana = models.TextField("フリガナ", blank=True)
    alias = models.TextField("通称", blank=True)
    former_name = models.TextField("旧氏", blank=True)
    sex = models.TextField("性別", blank=True)
    birth = models.TextField("生年月日", db_collation="C", blank=True)
    birth_era = models.TextField("生年月日_元号", blank=True)
    birth_unknown = models.TextField("生年月日_不詳フラグ", blank=True)
    relation = models.TextField("続柄", blank=True)
    place = models.IntegerField("記載順位", null=True)
    address = models.TextField("住所", blank=True)
    family = models.TextField("氏の検索キー", db_collation="C", blank=True)
    sound = models.TextField("フリガナの検索キー", db_collation="C", blank=True)
    names = models.TextField("氏名の検索キー", blank=True)
    sounds = models.TextField("すべてのフリガナの検索キー", blank=True)
    address_key = models.TextField("住所の検索キー", db_collation="C", blank=True)
    version = models.IntegerField("版", default=1)
    ledger = models.ForeignKey(
        Ledger, models.PROTECT, db_constraint=False, db_index=False, db_column="ledger", verbose_name="台帳"
    )
    row = models.BigIntegerField("行")

    class Meta:
        verbose_name = "住民"
        constraints = (models.UniqueConstraint(fields=("municipality", "addressee"), name="resident_addressee"),)
        indexes = (
            models.Index(fields=("municipality", "household"), name="resident_household"),
            models.Index(fields=("municipality", "birth", "sound"), name="resident_birth"),
            models.Index(fields=("municipality", "family", "sound"), name="resident_family"),
            models.Index(fields=("municipality", "sound"), name="resident_sound"),
            models.Index(fields=("municipality", "address_key", "sound"), name="resident_address"),
            models.Index(fields=("municipality", "leaving"), condition=Q(leaving__gt=""), name="resident_leaving"),
            models.Index(fields=("municipality", "name"), condition=Q(protected=True), name="resident_hidden"),
        )


class SearchEntry(models.Model):
    """What the index of search says of a person: numbers, and nothing that could be read.

    A table of its own, because PostgreSQL uses no GIN index on a table whose rows are walled: the function
    `registry_seek` (migration 0002) looks into it as the owner, and answers with people of the present wall only.

    Attributes:
        grams: hashed pairs of letters of the keys, the municipality mixed in (registry/search/grams.py), so that
            one index serves all walls.
    """

    pk = models.CompositePrimaryKey("municipality", "addressee")
    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_constraint=False, db_index=False, db_column="municipality",
        verbose_name="団体",
    )  # fmt: skip
    addressee = models.TextField("宛名番号", db_collation="C")
    grams = ArrayField(models.IntegerField(), verbose_name="検索の索引")

    class Meta:
        verbose_name = "検索の索引"
        indexes = (GinIndex(fields=("grams",), name="search_grams", opclasses=("array_ops",)),)
