"""What sign-in (ログイン) has to remember beyond the accounts: attempts, and identity providers of municipalities."""

from __future__ import annotations

from django.db import models

from yakuba.tenancy.models.body import Municipality


class SignInAttempt(models.Model):
    """One attempt to sign in, whether an account has this name or not; the same work is done for both.

    Attributes:
        who: keyed hash of the login name, so that the table names nobody who does not exist.
        origin: keyed hash of the address it came from, "" for none.
        outcome: success, failed, refused (locked, the password was not looked at), forgiven (opened by somebody).
    """

    who = models.CharField("利用者", max_length=64)
    origin = models.CharField("接続元", max_length=64, blank=True)
    at = models.DateTimeField("日時")
    outcome = models.CharField("結果", max_length=10)

    class Meta:
        verbose_name = "ログインの試行"
        indexes = (
            models.Index(fields=("who", "-id"), name="attempts_of_one"),
            models.Index(fields=("origin", "at"), name="attempts_from_one_place", condition=~models.Q(origin="")),
            models.Index(fields=("at",), name="attempts_by_time"),
        )


class IdentityProvider(models.Model):
    """認証基盤: a municipality's own OpenID Connect provider. Read before anybody is known, so it stands in the open.

    Attributes:
        identifier: word in the address (/accounts/oidc/<identifier>/login/).
        secret: the client secret, encrypted with the installation's key.
        claim: the claim that holds the login name of this system (preferred_username).
        second_factor: the provider itself asks for two factors; otherwise ours is asked after it.
    """

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, db_column="municipality", verbose_name="団体", related_name="+"
    )
    identifier = models.SlugField("識別名", max_length=40, unique=True)
    name = models.CharField("表示名", max_length=60)
    server = models.URLField("発行者", max_length=300)
    client = models.CharField("クライアントID", max_length=200)
    secret = models.TextField("クライアントシークレット")
    claim = models.CharField("利用者IDの項目", max_length=60, default="preferred_username")
    second_factor = models.BooleanField("多要素", default=False)
    active = models.BooleanField("有効", default=True)

    class Meta:
        verbose_name = "認証基盤"
