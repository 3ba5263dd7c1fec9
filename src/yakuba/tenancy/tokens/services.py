"""Making and revoking tokens: each in one transaction with an entry in the log."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import Staff
from yakuba.tenancy.rights import Action, fiscal_year_end
from yakuba.tenancy.tokens.models import Token
from yakuba.tenancy.tokens.words import PREFIX, hashed

if TYPE_CHECKING:
    from datetime import date

    from yakuba.tenancy.acting import Actor

_PLACE = "APIの合い言葉"


def make_token(actor: Actor, login: str, name: str, *, valid_until: date | None = None) -> str:
    """Make a token for an account of the actor's municipality; gives the word, which is not shown again.

    Args:
        login: 利用者ID of the account. name: what it is for. valid_until: default the end of the fiscal year.

    Raises:
        NotAllowedError: the actor does not administer rights, or it is the actor's own account.
        NotFoundError: no such account here.
        UsageError: a person signs in with the account; no name, or an end that is past or later than the account's own.
    """
    actor.must(Action.RIGHTS)
    today = timezone.localdate()
    last = valid_until or fiscal_year_end(today)
    _not_oneself(actor, login)
    with wall(actor.municipality):
        staff = Staff.objects.filter(login=login, stopped_at=None).first()
        if staff is None:
            raise NotFoundError(f"{login}: この利用者はいません", remedy="利用者IDを確かめてください")
        if staff.last_login and not actor.system:
            # Whoever holds the token would do in this person's name what nobody else may.
            raise UsageError(
                f"{login}は人がログインしている利用者です", remedy="連携のための利用者を登録し、それに作ってください"
            )
        if not name.strip():
            raise UsageError("用途が空です", remedy="何に使うかを書いてください")
        last = min(last, staff.valid_until) if valid_until is None else last
        if not today <= last <= staff.valid_until:
            raise UsageError(
                f"終了日が正しくありません（{last}）", remedy=f"今日から{staff.valid_until}までの日にしてください"
            )
        word = f"{PREFIX}_{actor.municipality}_{secrets.token_urlsafe(32)}"
        made = Token.objects.create(
            municipality_id=actor.municipality,
            staff=staff,
            name=name.strip()[:60],
            hash=hashed(word),
            valid_until=last,
            made_by=actor.login,
        )
        detail = {"token": made.pk, "login": login, "name": made.name, "until": last.isoformat()}
        record(actor, place=_PLACE, action="make_token", detail=detail)
    return word


def _not_oneself(actor: Actor, login: str) -> None:
    if login == actor.login:
        raise NotAllowedError("自分の合い言葉は作れません", remedy="連携のための利用者を登録し、それに作ってください")


def revoke_token(actor: Actor, number: int, reason: str = "") -> None:
    """End a token at once; revoking it again changes nothing.

    Raises:
        NotAllowedError: the actor does not administer rights.
        NotFoundError: no such token here.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        found = Token.objects.select_for_update().filter(pk=number).first()
        if found is None:
            raise NotFoundError(f"{number}: この合い言葉はありません", remedy="一覧で番号を確かめてください")
        if found.revoked_at is None:
            found.revoked_at, found.revoked_by = timezone.now(), actor.login
            found.save(update_fields=("revoked_at", "revoked_by"))
            record(actor, place=_PLACE, action="revoke_token", reason=reason, detail={"token": found.pk})
