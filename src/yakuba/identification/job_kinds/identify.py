"""`identify` (外字の読み取り): a font and its usage list become a collection with candidates for every glyph.

Arguments: folder = where the files lie, gone afterwards; font, usage = their names in it, usage may be ""; source = the
font's own name; name, vendor = of the collection; codes = how codes are meant that can be both, "" as the font says.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.registry.jobs.place import inside
from yakuba.registry.moves.store import INCOMING, place
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.identification.reading import Read
    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor

TITLE = "外字の読み取り"
ACTION = Action.MIGRATE
EXCLUSIVE = False
SHARED = True
_WORDS = {"folder", "font", "usage", "source", "name", "vendor", "codes"}
_SAID = 20
"""So many findings are told on the screen."""
_BY = "共同利用の運用者"


def check(municipality: str, arguments: dict[str, Any]) -> None:
    """The folder is one that an upload has made: it is removed afterwards, and must be nothing else."""
    if set(arguments) != _WORDS or not all(isinstance(one, str) for one in arguments.values()):
        raise UsageError(
            "外字の読み取りの指定が違います", remedy="、".join(sorted(_WORDS)) + "を文字で指定してください"
        )
    folder = inside(municipality, arguments["folder"])
    if folder.parent != place(municipality).resolve() or not folder.name.startswith(INCOMING):
        raise UsageError("外字の置き場所が違います", remedy=f"moves/<団体コード>/{INCOMING}… に置いてください")
    for name in filter(None, (arguments["font"], arguments["usage"])):
        inside(municipality, str(folder / name))


def run(
    actor: Actor,
    out: Path,  # noqa: ARG001 - what it makes lies in the database
    arguments: dict[str, Any],
    progress: Progress,
) -> tuple[str, dict[str, Any]]:
    """Read, look, bring. Names of people are in the usage list: whatever comes of it, the files go."""
    folder = inside(actor.municipality, arguments["folder"])
    try:
        made, found = _run(actor, folder, arguments, progress)
    except CannotContinueError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    said = [f"{one.column}　{one.hint_ja}".strip() for one in found.findings[:_SAID]]
    told = f"、指摘 {len(found.findings):,}件" if found.findings else ""
    result = {"collection": made, "glyphs": len(found.identified), "findings": said}
    return f"{len(found.identified):,}字を読み取りました{told}", result


def _run(actor: Actor, folder: Path, arguments: dict[str, Any], progress: Progress) -> tuple[int, Read]:
    from yakuba.identification.reading import read_and_identify
    from yakuba.identification.services import bring

    usage = folder / arguments["usage"] if arguments["usage"] else None
    found = read_and_identify(folder / arguments["font"], usage, progress, codes=arguments["codes"])
    progress.stage("保存 save")
    by = _BY if actor.system else actor.name
    number = bring(
        actor, actor.municipality, arguments["name"], found.identified, found.usage,
        vendor=arguments["vendor"], source=Path(arguments["source"]).name, by=by, token=folder.name,
    )  # fmt: skip
    return number, found
