"""Towns that issue at machines, for the programs that measure and torment コンビニ交付.

All towns come from the same maker with the same numbers: 宛名番号 1000000015 is somebody else in every one of them.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade
from yakuba.town.make import make
from yakuba.town.neighbour import TOWNS

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("juminhyo", "kisai")
TOWNS |= {
    "990035": "架空町",
    "990043": "想像町",
    "990051": "仮想町",
    "990060": "空想町",
    "990078": "夢想町",
    "990086": "虚構町",
}
"""More towns that do not exist than `yakuba town make` has."""
CODES = tuple(TOWNS)
"""団体コード that no municipality has, check digits included."""
_SEAL = b'<svg xmlns="http://www.w3.org/2000/svg" width="24mm" height="24mm"><circle cx="45" cy="45" r="40"/></svg>'


def furnish(home: Path, towns: int, residents: int) -> Path:
    """Make an installation in an empty folder; gives the trial folder. Its database is stopped again."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    ready(home)
    try:
        upgrade()
        for code in CODES[:towns]:
            _town(home, code, residents)
    finally:
        from yakuba.site.startup import let_go

        let_go()
        embedded.stop(home)
    return home / "trial"


def _town(home: Path, code: str, residents: int) -> None:
    from yakuba.issuance.kiosk import administration
    from yakuba.issuance.kiosk.trial import make_trial
    from yakuba.registry.services import load
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.services import add_municipality

    dump, run = home / "towns" / code, home / "runs" / code
    make(residents, 1, "kihon", dump, municipality=code)
    migrated = [sys.executable, "-m", "yakuba", "migrate", "run", str(dump / "project.toml"), "--out", str(run)]
    subprocess.run(migrated, check=True, capture_output=True)
    actor = system(code)
    add_municipality(system(), code, f"見本{code}町", prefecture="見本県")
    load(run, actor)
    _issues(code)
    make_trial(actor, run, home / "trial")
    for one in ("inkan", "shotoku_kazei", "nozei", "fuhyo"):
        administration.close(actor, one, "測定しない")


def _issues(code: str) -> None:
    """Settings, fees, approval."""
    from yakuba.issuance import queries, services
    from yakuba.issuance.application import Channel
    from yakuba.issuance.settings import Certifier, Content
    from yakuba.tenancy.acting import system

    actor = system(code)
    certifier = Certifier(f"見本{code}町長", "見本　太郎")
    services.set_content(actor, Content(f"見本{code}町", "見本県", (certifier,), offered=KINDS), _SEAL, "測定")
    for kind in KINDS:
        services.set_fee(actor, kind, Channel.KIOSK, 200, date(2020, 4, 1))
    found, _, _ = queries.approval(actor)
    services.approve(actor, found.digest, "測定")
