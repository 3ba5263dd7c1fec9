"""One account's life (利用者ID): stopped, started again, a new password, a lost second factor, an opened lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.audit import home, record
from yakuba.tenancy.services.shared import PLACE, account_here, administers, made_password, said_why
from yakuba.tenancy.signin.lockout import code_of, forgive
from yakuba.tenancy.signin.secrets import box

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def stop_staff(actor: Actor, staff: int, reason: str) -> None:
    """Stop an account at once: its sessions do not survive the next click.

    Raises:
        NotFoundError: no such account in the actor's municipality or group.
        NotAllowedError: no right to administer; or the actor's own account.
        UsageError: no reason.
    """
    administers(actor)
    if staff == actor.staff:
        raise NotAllowedError("自分の利用者IDは停止できません", remedy="ほかの管理者に頼んでください")
    said_why(reason, "停止")
    with home(actor):
        account = account_here(staff)
        account.stopped_at = timezone.now()
        account.save(update_fields=["stopped_at"])
        record(actor, place=PLACE, action="stop_staff", reason=reason, detail={"login": account.login})


def restart_staff(actor: Actor, staff: int, reason: str) -> None:
    """Let a stopped account work again; rights that ended meanwhile do not come back.

    Raises:
        NotFoundError, NotAllowedError, UsageError: as for `stop_staff`.
    """
    administers(actor)
    said_why(reason, "再開")
    with home(actor):
        account = account_here(staff)
        account.stopped_at = None
        account.sessions_from = timezone.now()
        account.save(update_fields=["stopped_at", "sessions_from"])
        record(actor, place=PLACE, action="restart_staff", reason=reason, detail={"login": account.login})


def new_password(actor: Actor, staff: int) -> str:
    """Give an account a new first password (初期化); its sessions end, its lock opens. Shown once.

    Raises:
        NotFoundError: no such account in the actor's municipality or group.
        NotAllowedError: no right to administer.
    """
    administers(actor)
    with home(actor):
        account = account_here(staff)
        password = made_password()
        account.set_password(password)
        account.initial_password = True
        account.sessions_from = timezone.now()
        account.save(update_fields=["password", "initial_password", "sessions_from"])
        forgive(account.login)
        forgive(code_of(account.login))
        record(actor, place=PLACE, action="new_password", detail={"login": account.login})
    return password


def unlock(actor: Actor, staff: int) -> None:
    """Listen to an account's name again that failed too often, password and code.

    Raises:
        NotFoundError: no such account in the actor's municipality or group.
        NotAllowedError: no right to administer.
    """
    administers(actor)
    with home(actor):
        account = account_here(staff)
        forgive(account.login)
        forgive(code_of(account.login))
        record(actor, place=PLACE, action="unlock", detail={"login": account.login})


def forget_second_factor(actor: Actor, staff: int, reason: str) -> None:
    """Take an account's second factor away (lost telephone): it has to set up a new one at its next sign-in.

    Raises:
        NotFoundError, NotAllowedError, UsageError: as for `stop_staff`.
    """
    from allauth.mfa.models import Authenticator

    administers(actor)
    if staff == actor.staff:
        raise NotAllowedError("自分の多要素認証は初期化できません", remedy="ほかの管理者に頼んでください")
    said_why(reason, "初期化")
    with home(actor):
        account = account_here(staff)
        Authenticator.objects.filter(user=account).delete()
        account.sessions_from = timezone.now()
        account.save(update_fields=["sessions_from"])
        record(actor, place=PLACE, action="forget_second_factor", reason=reason, detail={"login": account.login})


def settle(actor: Actor, staff: int, password: str) -> str:
    """Give an account a lasting password and a TOTP secret at once: for demonstrations, on the server only.

    Returns:
        The TOTP secret, base32, as an authenticator app takes it.

    Raises:
        NotAllowedError: not a command on the server.
        NotFoundError: no such account in the municipality or group of the command.
        UsageError: the password is too easy.
    """
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    if not actor.system:
        raise NotAllowedError("サーバー上のコマンドだけができます", remedy="本人がログインして設定してください")
    with home(actor):
        account = account_here(staff)
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise UsageError(" ".join(error.messages), remedy="別のパスワードにしてください") from error
        account.set_password(password)
        account.initial_password = False
        account.sessions_from = timezone.now()
        account.save(update_fields=["password", "initial_password", "sessions_from"])
        secret = str(generate_totp_secret())
        Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
        sealed = {"secret": box().encrypt(secret.encode()).decode()}
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=sealed)
        record(actor, place=PLACE, action="settle", detail={"login": account.login})
    return secret
