"""Tables of the room. Others reach them only through `identification.queries` and `identification.services`.

Rows are only ever added; the application has no right to change or to remove one. What is taken back is taken back by a
further row. No table holds a resident: of a usage list only numbers, readings and family names of several people stay.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yakuba.characters.vendor import Likeness


class Collection(models.Model):
    """外字の組: the glyphs of one font of a municipality's old system.

    Attributes:
        name: as people call it (旧システムAの外字). vendor: whose system it was. source: name of the file.
        by: who brought it. glyphs: how many. token: of the upload, "" = none; what is brought twice is one.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    name = models.CharField("名前", max_length=60)
    vendor = models.CharField("ベンダー", max_length=60, blank=True)
    source = models.CharField("ファイル", max_length=120)
    by = models.CharField("渡した人", max_length=60)
    at = models.DateTimeField("日時", auto_now_add=True)
    glyphs = models.IntegerField("字数")
    token = models.CharField("受付", max_length=64, blank=True)

    class Meta:
        verbose_name = "外字の組"
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="collection_newest"),)
        constraints = (
            models.UniqueConstraint(fields=("token",), condition=~Q(token=""), name="collection_brought_once"),
        )


class Aside(models.Model):
    """片付け: a collection that was brought by mistake leaves the list; it and what was decided stay where they are."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    collection = models.OneToOneField(Collection, models.PROTECT, verbose_name="外字の組")
    reason = models.CharField("理由", max_length=200)
    login = models.CharField("利用者ID", max_length=64)
    name = models.CharField("氏名", max_length=60)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "片付け"


class Glyph(models.Model):
    """外字: one glyph, what a machine proposes for it, and how many people use it.

    Attributes:
        place: in the source, from 0. private: its private-use character, "" where the source has no code.
        name: as the source names it. digest: of its shape, the key of the shared ledger. picture: PNG.
        dots: size of a bitmap's em, 0 = drawn from outlines.
        candidates: [[MJ文字図形名, similarity, of the shape alone], …] best first. suggestion: 区分 that the machine
            would give the first. sure: how sure it is, 0 … 1.
        people: how many people (or values) use it. readings: [[reading at its place in names, people], …].
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    collection = models.ForeignKey(Collection, models.PROTECT, verbose_name="外字の組")
    place = models.IntegerField("順")
    private = models.CharField("外字コード", max_length=1, blank=True)
    name = models.CharField("名前", max_length=80)
    digest = models.CharField("字形のダイジェスト", max_length=80)
    picture = models.BinaryField("字形")
    dots = models.IntegerField("ドット")
    candidates = models.JSONField("候補", default=list)
    suggestion = models.CharField("区分の提案", max_length=10)
    sure = models.FloatField("確かさ")
    people = models.IntegerField("人数", default=0)
    readings = models.JSONField("読み", default=list)

    class Meta:
        verbose_name = "外字"
        ordering = ("-people", "place")
        constraints = (models.UniqueConstraint(fields=("collection", "place"), name="glyph_once"),)


class Spelling(models.Model):
    """氏の書き方: a family name that several people write with the glyph. Operators cannot read these."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    glyph = models.ForeignKey(Glyph, models.PROTECT, verbose_name="外字")
    text = models.CharField("氏", max_length=60)
    kana = models.CharField("フリガナ", max_length=60, blank=True)
    people = models.IntegerField("人数")

    class Meta:
        verbose_name = "氏の書き方"
        ordering = ("-people", "text")


class Decision(models.Model):
    """決定の台帳: what a municipality has decided about a shape. Everybody of the installation may read it.

    It says which town and when, and nothing of a person: names of staff and reasons stay behind the town's wall.

    Attributes:
        kind: `decided`, or `withdrawn` for the counter-entry to `withdraws`. mj: MJ文字図形名, "" for 該当なし.
        follows: the decision of another town that was taken over, null = two people of this town have decided.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    digest = models.CharField("字形のダイジェスト", max_length=80)
    kind = models.CharField("種類", max_length=10)
    mj = models.CharField("MJ文字図形名", max_length=8, blank=True)
    likeness = models.CharField("区分", max_length=10)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers", verbose_name="利用した決定"
    )
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="withdrawal", verbose_name="取り消した決定"
    )
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "決定"
        ordering = ("id",)
        indexes = (models.Index(fields=("digest", "municipality", "-id"), name="decision_of_shape"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(mj="", likeness=Likeness.NONE.value) | ~Q(mj="") & ~Q(likeness=Likeness.NONE.value),
                name="decision_is_a_character_or_none",
            ),
        )


class Step(models.Model):
    """一手: what somebody did about a glyph. The newest one says how it stands.

    Attributes:
        number: from 1, by glyph; two people who act on the same state want the same number, and one of them gets it.
        kind: see `standing.Kind`. mj, likeness: the choice, "" where nothing stands. reason: why.
        rank: place of the choice among the machine's candidates, from 1; 0 = it was searched for, or none.
        proposer, proposer_name: login and name of who proposed what stands; "" where another town's decision was taken.
        login, name: of who acts. decision: the entry of the ledger that this made.
        together: the same for all that were settled at one time; null = it was looked at by itself.
    """

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, db_column="municipality", verbose_name="団体"
    )
    collection = models.ForeignKey(Collection, models.PROTECT, verbose_name="外字の組")
    glyph = models.ForeignKey(Glyph, models.PROTECT, verbose_name="外字")
    number = models.IntegerField("番号")
    kind = models.CharField("種類", max_length=10)
    mj = models.CharField("MJ文字図形名", max_length=8, blank=True)
    likeness = models.CharField("区分", max_length=10, blank=True)
    rank = models.IntegerField("候補の順位", default=0)
    reason = models.CharField("理由", max_length=200, blank=True)
    proposer = models.CharField("提案者の利用者ID", max_length=64, blank=True)
    proposer_name = models.CharField("提案者", max_length=60, blank=True)
    login = models.CharField("利用者ID", max_length=64)
    name = models.CharField("氏名", max_length=60)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, verbose_name="台帳の決定")
    together = models.UUIDField("一度に受け入れた組", null=True)
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "一手"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("glyph", "number"), name="step_once"),
            models.CheckConstraint(
                condition=~Q(kind="approved") | ~Q(login=F("proposer")), name="step_approved_by_another"
            ),
        )
        indexes = (models.Index(fields=("collection", "glyph", "-number"), name="step_newest"),)
