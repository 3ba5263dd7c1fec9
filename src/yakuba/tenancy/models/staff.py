"""Staff (職員) and their rights (権限). A right always has an end; rank gives none."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from yakuba.tenancy.models.body import Department, MunicipalGroup, Municipality


class StaffManager(BaseUserManager["Staff"]):
    """Finds accounts by their login name; making them is a service."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        """The account of a login name."""
        return self.get(login=username)


class Staff(AbstractBaseUser):
    """One person who works with the system: of one municipality, or an operator of one group.

    A group operator (共同利用の運用者) administers and never sees a resident: the account has no municipality, and
    with none set no row of one exists.

    Attributes:
        initial_password: the password was made by somebody else and has to be changed at the next sign-in.
        stopped_at: from this moment on the account does not work, sessions in progress included.
        sessions_from: sessions begun before this moment do not work (password changed, second factor reset).
    """

    login = models.CharField("利用者ID", max_length=64, unique=True)
    name = models.CharField("氏名", max_length=60)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, db_column="municipality", null=True, blank=True, verbose_name="団体"
    )
    group = models.ForeignKey(MunicipalGroup, models.PROTECT, null=True, blank=True, verbose_name="グループ")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name="部署")
    valid_from = models.DateField("利用開始日")
    valid_until = models.DateField("利用終了日")
    stopped_at = models.DateTimeField("停止日時", null=True, blank=True)
    sessions_from = models.DateTimeField("有効な利用の開始", null=True, blank=True)
    initial_password = models.BooleanField("初期パスワード", default=True)
    email = models.EmailField("メール", blank=True)

    objects = StaffManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]  # noqa: RUF012 - Django declares a list

    class Meta:
        verbose_name = "職員"
        ordering = ("login",)
        constraints = (
            models.CheckConstraint(
                condition=Q(municipality=None, group__isnull=False) | Q(municipality__isnull=False, group=None),
                name="staff_of_a_municipality_or_a_group",
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="staff_ends_after_start"),
        )

    def __str__(self) -> str:
        return self.name


class Right(models.Model):
    """権限: what one person may do, with which business and item group, from when until when, and why.

    Attributes:
        business: business identifier of the catalog (juminkihondaicho), "*" for all; "" where it does not apply.
        item_group: group of items (tenancy/item_groups.csv), "" for the ordinary items, "*" for every group.
        action: what may be done: see `tenancy.rights.Action`; stored as plain text.
        exceptional: 一時的な権限: outside the usual duties, with a reason.
        granted_by: login name, as text: a command on the server has no account.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, db_column="municipality", verbose_name="団体")
    staff = models.ForeignKey(Staff, models.PROTECT, verbose_name="職員", related_name="rights")
    business = models.CharField("業務", max_length=60, blank=True)
    item_group = models.CharField("項目群", max_length=40, blank=True)
    action = models.CharField("操作", max_length=40)
    valid_from = models.DateField("開始日")
    valid_until = models.DateField("終了日")
    exceptional = models.BooleanField("一時的", default=False)
    reason = models.CharField("理由", max_length=200, blank=True)
    granted_by = models.CharField("付与者", max_length=64)
    granted_at = models.DateTimeField("付与日時", auto_now_add=True)
    revoked_by = models.CharField("取消者", max_length=64, blank=True)
    revoked_at = models.DateTimeField("取消日時", null=True, blank=True)

    class Meta:
        verbose_name = "権限"
        ordering = ("staff", "action", "business", "item_group", "valid_from")
        constraints = (
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="right_ends_after_start"),
            models.CheckConstraint(condition=Q(exceptional=False) | ~Q(reason=""), name="right_exception_says_why"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="right_revoked_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("staff", "valid_until"), name="right_of_staff"),)
