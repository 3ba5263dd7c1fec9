"""Settings, fees, images and their approval (証明書の設定と承認)."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from yakuba.certificates.kinds import kind as kind_named
from yakuba.certificates.kinds import kinds
from yakuba.issuance.application import Channel
from yakuba.issuance.approving import held, standing
from yakuba.issuance.models import Approval, Fee, Image, Setting
from yakuba.issuance.settings import checked, is_picture
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from yakuba.issuance.settings import Content
    from yakuba.tenancy.acting import Actor

PLACE = "証明書の設定"
HIGHEST_FEE = 10_000
"""Yen; more is a slip of the finger."""
LARGEST_IMAGE = 1 << 20
"""Bytes of a 公印 or 印影; more is a photograph."""


def set_content(actor: Actor, content: Content, seal: bytes | None, reason: str) -> None:
    """New settings. Nothing is issued until they are approved.

    Args:
        seal: PNG or SVG; b"" = 公印省略, None = the present one stays.

    Raises:
        UsageError: they do not hold together. NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    with wall(actor.municipality):
        before = Setting.objects.first()
        kept = bytes(before.seal) if before else b""
        own = kept if seal is None else seal
        if len(own) > LARGEST_IMAGE:
            raise UsageError("公印の画像が大きすぎます", remedy="1 MB 以内の PNG か SVG にしてください")
        checked(content, own, kinds())
        Setting.objects.create(
            municipality_id=actor.municipality, content=content.as_json(), seal=own, login=actor.login, reason=reason
        )
        audit.record(actor, place=PLACE, action="certificate_setting", reason=reason, detail={"seal": seal is not None})


def set_fee(actor: Actor, kind: str, channel: Channel, yen: int, valid_from: date) -> None:
    """A fee from a day on. Nothing is issued until it is approved.

    Raises:
        UsageError: no such kind, or an amount that cannot be meant. NotAllowedError: as for `set_content`.
    """
    actor.must(Action.CERTIFICATES)
    known = kind_named(kind)
    if channel is Channel.BATCH or not 0 <= yen <= HIGHEST_FEE:
        raise UsageError(
            "手数料が読めません", remedy=f"窓口かコンビニ交付の、0円から{HIGHEST_FEE:,}円までにしてください"
        )
    with wall(actor.municipality):
        Fee.objects.create(
            municipality_id=actor.municipality, kind=known.identifier, channel=channel, yen=yen, valid_from=valid_from,
            login=actor.login,
        )  # fmt: skip
        audit.record(
            actor, place=PLACE, action="certificate_fee",
            detail={"kind": known.identifier, "channel": channel.value, "fee": yen, "from": valid_from.isoformat()},
        )  # fmt: skip


def approve(actor: Actor, digest: str, reason: str) -> None:
    """Answer for settings, fees and forms as they are.

    Args:
        digest: of what was looked at (`approving.standing`), so that nothing else is approved by mistake.

    Raises:
        UsageError: no reason; no settings; something has changed since it was looked at.
        NotAllowedError: as for `set_content`.
    """
    actor.must(Action.CERTIFICATES)
    if not reason.strip():
        raise UsageError("承認の理由がありません", remedy="決裁の番号など、承認の根拠を入力してください")
    with wall(actor.municipality):
        now = standing(held())
        if not Setting.objects.exists():
            raise UsageError("設定がまだありません", remedy="認証者などを入力してから承認してください")
        if now.digest != digest:
            raise UsageError("画面を開いたあとで設定が変わりました", remedy="内容を確かめ直してください")
        Approval.objects.create(
            municipality_id=actor.municipality, digest=now.digest, parts=dict(now.parts), login=actor.login,
            reason=reason,
        )  # fmt: skip
        audit.record(
            actor, place=PLACE, action="certificate_approve", reason=reason,
            detail={"digest": now.digest, "changed": list(now.differences)},
        )  # fmt: skip


def keep_images(actor: Actor, images: Iterable[tuple[str, bytes]]) -> int:
    """Images that records name (印影), by that name; gives how many are new.

    Raises:
        UsageError: one is no picture, or too large. NotAllowedError: the actor may not load data.
    """
    actor.must(Action.LOAD)
    new = 0
    with wall(actor.municipality):
        for some in _in_hundreds(images):
            new += _kept(actor, dict(some))
        audit.record(actor, place=PLACE, action="certificate_images", detail={"new": new})
    return new


def _in_hundreds(images: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    rest = iter(images)
    while some := list(islice(rest, 100)):
        yield some


def _kept(actor: Actor, images: dict[str, bytes]) -> int:
    """Keep those of some images that are not there as they are."""
    for name, data in images.items():
        if not data or not is_picture(data) or len(data) > LARGEST_IMAGE:
            raise UsageError(f"{name}: PNG でも SVG でもないか、大きすぎます", remedy="1 MB 以内の画像にしてください")
    digests = {name: sha256(data).hexdigest() for name, data in images.items()}
    newest = dict(Image.objects.filter(name__in=images).order_by("id").values_list("name", "digest"))
    made = [
        Image(municipality_id=actor.municipality, name=name, data=data, digest=digests[name], login=actor.login)
        for name, data in images.items()
        if newest.get(name) != digests[name]
    ]
    Image.objects.bulk_create(made)
    return len(made)
