"""An installation for tests over the line: `python -m tests.backup.furnishing HOME` makes it and ends.

Both towns have a plan, a certificate of their 連携AP and a vault at home with three entries; HOME/trial holds the keys.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.world import TOWN_A, TOWN_B

from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

PLACES = {TOWN_A: "a", TOWN_B: "b"}


def main(home: Path) -> None:
    """Make it."""
    ready(home)
    try:
        upgrade()
        furnish(home)
    finally:
        embedded.stop(home)


def furnish(home: Path) -> None:
    """Towns, keys, vaults, plans."""
    from tests.backup.vaults import Sender

    from yakuba.backup.services import set_plan
    from yakuba.issuance.kiosk.trial_keys import authority, issued
    from yakuba.kernel.certificate import fingerprint_of
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.services import add_municipality

    trial = home / "trial"
    trial.mkdir()
    root = authority()
    root.write(trial, "authority")
    issued(root, "localhost", server=True).write(trial, "server")
    issued(root, "stranger").write(trial, "stranger")
    for code, name in PLACES.items():
        add_municipality(system(), code, {"a": "見本町", "b": "例示村"}[name], prefecture="見本県")
        certificate, _ = issued(root, f"link {code}").write(trial, name)
        sender = Sender(home / "home" / name, code)
        sender.full(size=3_000_000)
        sender.delta()
        set_plan(
            system(), code, place=str(home / "centre" / name), second_place=str(home / "second" / name),
            signer=sender.signer.fingerprint, link=fingerprint_of(certificate.read_bytes()),
        )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
