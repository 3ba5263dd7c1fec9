"""A municipality's own identity provider (認証基盤): set and removed by those who administer its rights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import IdentityProvider
from yakuba.tenancy.rights import Action
from yakuba.tenancy.signin.secrets import box

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_PLACE = "認証基盤の設定"
_WORD = re.compile("[a-z0-9][a-z0-9-]{1,39}")


def set_provider(
    actor: Actor,
    identifier: str,
    name: str,
    server: str,
    client: str,
    secret: str,
    *,
    claim: str = "preferred_username",
    second_factor: bool = False,
) -> None:
    """Let the municipality's OpenID Connect provider vouch for its staff; the former one gives way.

    Args:
        identifier: word in the address, unique in the installation. server: issuer, an https address.
        client, secret: as registered with the provider. claim: the claim that holds our 利用者ID.
        second_factor: the provider itself asks for two factors, so that ours is not asked again.

    Raises:
        UsageError: a word is malformed, empty or taken, or the server is not reached by https.
        NotAllowedError: no right to administer rights.
    """
    actor.must(Action.RIGHTS)
    if not _WORD.fullmatch(identifier) or not all(text.strip() for text in (name, client, secret, claim)):
        raise UsageError(
            "認証基盤の設定に空か、使えない文字があります", remedy="識別名は英小文字・数字・-で入力してください"
        )
    address = urlsplit(server)
    if not address.hostname or address.scheme not in _schemes():
        raise UsageError(f"{server}: 発行者の住所が https ではありません", remedy="https:// で始めてください")
    with wall(actor.municipality):
        values = {
            "identifier": identifier, "name": name, "server": server, "client": client, "claim": claim,
            "secret": box().encrypt(secret.encode()).decode(), "second_factor": second_factor, "active": True,
        }  # fmt: skip
        try:
            with transaction.atomic():
                IdentityProvider.objects.update_or_create(municipality_id=actor.municipality, defaults=values)
        except IntegrityError as error:
            raise UsageError(f"識別名「{identifier}」は使えません", remedy="別の識別名にしてください") from error
        record(actor, place=_PLACE, action="set_provider", detail={"identifier": identifier, "server": server})


def remove_provider(actor: Actor) -> None:
    """Take the provider away; who signed in through it uses the password of this system. Safe to repeat.

    Raises:
        NotAllowedError: no right to administer rights.
    """
    actor.must(Action.RIGHTS)
    with wall(actor.municipality):
        gone, _ = IdentityProvider.objects.all().delete()
        if gone:
            record(actor, place=_PLACE, action="remove_provider")


def _schemes() -> tuple[str, ...]:
    return ("https",) if settings.SESSION_COOKIE_SECURE else ("https", "http")
