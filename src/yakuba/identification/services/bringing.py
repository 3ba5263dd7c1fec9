"""Bringing (外字を渡す): glyphs that a machine has looked at become a collection for people to decide about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction

from yakuba.characters.glyphs.knowledge import readings_of
from yakuba.identification.access import logged, writing
from yakuba.identification.families import family_names
from yakuba.identification.models import Collection, Glyph, Spelling
from yakuba.identification.pictures import as_png
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.characters.glyphs.identify import Identified
    from yakuba.characters.glyphs.usage import Usage
    from yakuba.tenancy.acting import Actor

_NAME, _VENDOR, _SOURCE, _CALLED = 60, 60, 120, 80
_READINGS = 5
"""So many readings of one glyph are kept, the most frequent."""
_BY_COMMAND = "サーバーのコマンド"


@transaction.atomic
def bring(
    actor: Actor,
    municipality: str,
    name: str,
    identified: Sequence[Identified],
    usage: Mapping[str, Usage],
    *,
    vendor: str = "",
    source: str = "",
    by: str = "",
    token: str = "",
) -> int:
    """Make a collection; gives its number. What towns have decided about a shape is offered by the ledger at once.

    Args:
        municipality: 団体コード. name: of the collection. identified: glyphs with candidates. usage: by private-use
            character; of it only numbers, readings and family names of several people are kept.
        vendor: of the old system. source: name of the font's file. by: who brings it, the actor's name if "".
        token: of the upload; the same one a second time gives the collection that is there.

    Raises:
        UsageError: no glyph, no name, or two glyphs with one code.
        NotFoundError: another town's. NotAllowedError: not the right.
    """
    _check(name, identified)
    with writing(actor, municipality):
        before = Collection.objects.filter(token=token).first() if token else None
        if before:
            return before.pk
        made = Collection.objects.create(
            municipality_id=municipality,
            name=name.strip()[:_NAME],
            vendor=vendor.strip()[:_VENDOR],
            source=source[:_SOURCE],
            by=by or (_BY_COMMAND if actor.system else actor.name),
            glyphs=len(identified),
            token=token,
        )
        rows = [_glyph(made, place, one, usage.get(one.glyph.private)) for place, one in enumerate(identified)]
        Glyph.objects.bulk_create(rows, batch_size=500)
        Spelling.objects.bulk_create([one for row in rows for one in _spellings(row, usage.get(row.private))])
    logged(actor, municipality, "characters_bring", detail={"collection": made.pk, "glyphs": len(rows)})
    return made.pk


def _check(name: str, identified: Sequence[Identified]) -> None:
    if not name.strip():
        raise UsageError("外字の組の名前が空です", remedy="「旧システムAの外字」のように入力してください")
    if not identified:
        raise UsageError("字形が一つもありません", remedy="外字の入った書体か、一字ごとの画像を渡してください")
    times = Counter(one.glyph.private for one in identified if one.glyph.private)
    twice = sorted(f"U+{ord(private):04X}" for private, count in times.items() if count > 1)
    if twice:
        raise UsageError(f"{'、'.join(twice[:5])} の字形が二つあります", remedy="ベンダーごとに別の組にしてください")


def _glyph(made: Collection, place: int, one: Identified, used: Usage | None) -> Glyph:
    glyph = one.glyph
    return Glyph(
        municipality_id=made.municipality_id,
        collection=made,
        place=place,
        private=glyph.private,
        name=glyph.name[:_CALLED],
        digest=glyph.digest,
        picture=as_png(glyph.picture),
        dots=glyph.dots,
        candidates=[[each.name, round(each.similarity, 4), round(each.shape, 4)] for each in one.candidates],
        suggestion=one.suggestion.value,
        sure=round(one.sure, 4),
        people=used.people if used else 0,
        readings=readings_of(used).most_common(_READINGS) if used else [],
    )


def _spellings(row: Glyph, used: Usage | None) -> list[Spelling]:
    if used is None:
        return []
    return [
        Spelling(municipality_id=row.municipality_id, glyph=row, text=text, kana=kana, people=people)
        for text, kana, people in family_names(row.private, used.names)
    ]
