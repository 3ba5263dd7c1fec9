"""What goes out (書き出し): the 外字対応表 that a migration takes as it is, and a list with pictures for the vendor.

Both have only what is decided. Columns of the first: see `yakuba.characters.vendor`.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from yakuba.characters import tables
from yakuba.characters.glyphs.glyph import code_name
from yakuba.identification.access import logged, reading
from yakuba.identification.models import Glyph
from yakuba.identification.queries.collections import collection as found_collection
from yakuba.identification.standing import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.identification.queries.lines import Line
    from yakuba.tenancy.acting import Actor

MAPPING, LIST = "gaiji.csv", "vendor.csv"
"""Names of the files."""
_MAPPING = ("外字コード", "文字", "MJ名", "区分", "決定者", "決定日")
_VENDOR = ("外字コード", "MJ名", "Unicode", "IVS", "区分", "決定者", "決定日", "字形画像")
_BASE_ONLY = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)


def mapping(actor: Actor, collection: int) -> bytes:
    """The 外字対応表 as CSV (UTF-8): every glyph with a code about which two people, or a town before, have decided.

    Raises:
        NotFoundError: no such collection, or another town's. NotAllowedError: not the right.
    """
    group, found = found_collection(actor, collection)
    rows = [(_code(one), _form(one), _mj(one), _likeness(one), *_signed(one)) for one in decided(found) if one.private]
    _log(actor, group.municipality, collection, MAPPING)
    return _csv(_MAPPING, rows)


def vendor_folder(actor: Actor, collection: int) -> bytes:
    """A zip for the vendor: the list as CSV (UTF-8 with a mark, for Excel) and each glyph's picture.

    Raises:
        NotFoundError, NotAllowedError: as above.
    """
    group, found = found_collection(actor, collection)
    shown = sorted(decided(found), key=lambda one: one.place)
    rows = [
        (_code(one) or one.name, _mj(one), *_unicode(one), _likeness(one), *_signed(one), picture_name(one))
        for one in shown
    ]
    wanted = {one.id: picture_name(one) for one in shown}
    out = BytesIO()
    with reading(actor), ZipFile(out, "w", ZIP_STORED) as packed:
        packed.writestr(ZipInfo(LIST, _EPOCH), b"\xef\xbb\xbf" + _csv(_VENDOR, rows))
        pictures = Glyph.objects.filter(collection=collection, id__in=wanted).order_by("place")
        for number, content in pictures.values_list("id", "picture").iterator(500):
            packed.writestr(ZipInfo(wanted[number], _EPOCH), bytes(content))
    _log(actor, group.municipality, collection, "vendor.zip")
    return out.getvalue()


def decided(found: Sequence[Line]) -> Sequence[Line]:
    """Those about which nobody has to say anything any more, in the order of their codes."""
    return sorted((one for one in found if one.state is State.DECIDED), key=lambda one: (one.private, one.place))


def picture_name(line: Line) -> str:
    """Name of a glyph's picture in the zip."""
    return f"pictures/{_code(line).replace('+', '') or f'{line.place + 1:05}'}.png"


def _code(line: Line) -> str:
    return code_name(line.private).partition(" ")[0] if line.private else ""


def _mj(line: Line) -> str:
    return line.stand.choice.mj if line.stand.choice else ""


def _likeness(line: Line) -> str:
    return line.stand.choice.likeness if line.stand.choice else ""


def _form(line: Line) -> str:
    return tables.form_by_name().get(_mj(line), "")


def _unicode(line: Line) -> tuple[str, str]:
    """Code of the character and, where it takes one, its variation sequence."""
    form = _form(line)
    codes = " ".join(f"U+{ord(char):04X}" for char in form)
    return codes.partition(" ")[0], codes if len(form) > _BASE_ONLY else ""


def _signed(line: Line) -> tuple[str, str]:
    """決定者 and 決定日: both people, or who took which town's decision over."""
    mark = line.mark
    if mark is None:
        return "", ""
    day = timezone.localtime(mark.at).date().isoformat()
    if mark.proposer_name:
        return f"{mark.proposer_name}・{mark.name}", day
    first = next((one.town for one in line.known if not one.follows), "")
    return f"{mark.name}（{first or 'ほかの団体'}の決定を利用）", day


def _csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([heads, *rows])
    return out.getvalue().encode()


def _log(actor: Actor, municipality: str, collection: int, file: str) -> None:
    logged(actor, municipality, "characters_export", detail={"collection": collection, "file": file})
