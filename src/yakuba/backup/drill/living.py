"""Bringing to life (復元の実行): a process of its own in an empty place, of which nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakuba.backup.drill import sample
from yakuba.issuance.services import originals
from yakuba.registry.queries import usual_residents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.backup.bcp.fetching import Source
    from yakuba.tenancy.acting import Actor

PLACE = "復元訓練"
INSIDE = "yakuba.backup.drill.inside"
_ORIGINALS = 5
"""Papers of the ledger that are made again."""


def bring_to_life(source: Source, actor: Actor, number: int, former: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was found in a generation: see `inside`.

    Args:
        former: the last drill that passed, None before the first: then the people of the centre's own registry are
            those who must be known, if it has any.
    """
    key = sample.secret()
    known = (
        list(former["papers"]) if former else list(sample.drawn(sample.marks(key, usual_residents(actor, place=PLACE))))
    )
    with tempfile.TemporaryDirectory(prefix="yakuba-drill-") as folder:
        home = Path(folder)
        request = {
            "home": str(home), "place": source.place, "identity": str(source.identity.resolve()),
            "municipality": actor.municipality, "signer": source.signer, "number": number,
            "key": key.hex(), "known": known, "originals": [one.as_json() for one in originals(actor, _ORIGINALS)],
        }  # fmt: skip
        home.chmod(0o755)
        return _asked(request, home)


def _asked(request: Mapping[str, Any], home: Path) -> dict[str, Any]:
    closed = ("DATABASE_URL", "DATABASE_OWNER_URL")
    environment = {name: value for name, value in os.environ.items() if name not in closed} | {"YAKUBA_HOME": str(home)}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", INSIDE], input=json.dumps(request), capture_output=True, text=True,
        env=environment, check=False,
    )  # fmt: skip
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        return {"stopped": f"復元の途中で止まりました（終了コード {done.returncode}）", "seconds": {}}
