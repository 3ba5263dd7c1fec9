"""`export` (全件の書出し): the whole municipality in a layout of the catalog, as a folder and as one zip to take along.

Arguments: standard = selector of the layout (kihon, chukan@2021-05).
"""

from __future__ import annotations

import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor

TITLE = "全件の書出し"
ACTION = Action.EXPORT
EXCLUSIVE = False
SHARED = True


def check(municipality: str, arguments: dict[str, Any]) -> None:  # noqa: ARG001 - no path is given
    """The standard is in the catalog."""
    from yakuba.layouts.read import standard

    if set(arguments) != {"standard"} or not isinstance(arguments["standard"], str):
        raise UsageError("書出しの指定が違います", remedy="標準レイアウトの版だけを指定してください")
    standard(arguments["standard"])


def run(
    actor: Actor,
    out: Path,
    arguments: dict[str, Any],
    progress: Progress,
) -> tuple[str, dict[str, Any]]:
    """Write everything anew; what an earlier try has left is taken away first."""
    from yakuba.registry.services import export

    target, packed = out / "export", out / "export.zip"
    shutil.rmtree(target, ignore_errors=True)
    packed.unlink(missing_ok=True)
    exported = export(target, actor, arguments["standard"], progress)
    progress.stage("まとめ zip")
    shutil.make_archive(str(out / "packing"), "zip", target)
    (out / "packing.zip").replace(packed)
    return f"{exported.rows:,}行を書き出しました", asdict(exported) | {"file": packed.name}
