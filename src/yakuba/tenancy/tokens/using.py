"""Using a token (合い言葉の利用): from the word to the one who acts, not too often, and noted where it fails."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.acting import system
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import actor_of
from yakuba.tenancy.signin.lockout import Outcome, failed_within, flooded, note
from yakuba.tenancy.tokens.models import Token
from yakuba.tenancy.tokens.words import hashed, municipality_of

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_MINUTE = 60
_PLACE = "API"


class TooOftenError(CannotContinueError):
    """Asked too often. seconds: after so many it may be tried again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message, remedy=f"{seconds}秒おいてから問い合わせてください")
        self.seconds = seconds


def used(word: str, origin: str = "") -> Actor | None:
    """The actor of a token that somebody shows; None when it does not work today, for whatever reason.

    Args:
        origin: where it comes from (`signin.origin.counted`), "" for nowhere that counts.

    Raises:
        TooOftenError: the token has been used as often in this minute as it may be; or it does not work, and too much
            that does not has come from there lately. A token that works is heard from anywhere: nobody guesses one.
    """
    actor, uses = _shown(word)
    if actor is None:
        if flooded(origin):
            raise TooOftenError("合い言葉の失敗が続いたため、受け付けていません", settings.LOCK_MINUTES * _MINUTE)
        _failed(word, origin)
    elif uses > settings.API_PER_MINUTE:
        raise TooOftenError("問い合わせが多すぎます", _MINUTE - int(time.time()) % _MINUTE)
    return actor


def actor_by_token(word: str) -> Actor | None:
    """The actor of a token, with the rights of this moment; None when it does not work today."""
    return _shown(word)[0]


def _shown(word: str) -> tuple[Actor | None, int]:
    """The actor, and how often the token was used in this minute."""
    code = municipality_of(word)
    if not code:
        return None, 0
    with wall(code):
        found = Token.objects.filter(hash=hashed(word)).first()
        if found is None:
            return None, 0
        why = _why_not(found)
        actor = None if why else actor_of(found.staff_id)
        if actor is None or actor.municipality != code:
            _refuse(found, why or "account")
            return None, 0
        return actor, _count(found)


def _why_not(token: Token) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "ended" if token.valid_until < timezone.localdate() else ""


def _refuse(token: Token, why: str) -> None:
    """The municipality learns once a day that somebody still uses what does not work any more."""
    today = timezone.localdate()
    if token.refused_on != today:
        Token.objects.filter(pk=token.pk).update(refused_on=today)
        detail = {"token": token.pk, "why": why}
        record(system(token.municipality_id, "api"), place=_PLACE, action="denied", detail=detail)


def _count(token: Token) -> int:
    """Count a use; gives how many there were in this minute, over all processes."""
    minute = int(time.time()) // _MINUTE
    with connection.cursor() as cursor:
        # Nobody waits for the disk: a count that is lost with the machine was of a minute that is over.
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(
            "UPDATE tokens_token SET uses = CASE WHEN minute = %s THEN uses + 1 ELSE 1 END, minute = %s, used_on = %s"
            " WHERE id = %s RETURNING uses",
            [minute, minute, timezone.localdate(), token.pk],
        )
        return int(cursor.fetchone()[0])


def _failed(word: str, origin: str) -> None:
    """One wrong word counts once, however often a program that was not told keeps showing it."""
    name = f"token {word}"
    if not failed_within(name, timedelta(minutes=1)):
        note(name, Outcome.FAILED, origin)
