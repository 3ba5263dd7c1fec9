"""A backup centre for tests over the line: `python -m tests.link.furnishing HOME` makes it and ends.

HOME/links/<団体コード> is a link of its own for each of a few fictitious towns, let in by the centre; HOME/trial holds
the keys, HOME/centre/<団体コード> what the centre has.
"""

from __future__ import annotations

import sys
from pathlib import Path

from yakuba.kernel.check_digits import dantai_code_digit
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

TOWNS = [f"{first}{dantai_code_digit(str(first))}" for first in range(99011, 99021)]


def main(home: Path) -> None:
    """Make it."""
    ready(home)
    try:
        upgrade()
        furnish(home)
    finally:
        embedded.stop(home)


def furnish(home: Path) -> None:
    """Towns, keys, links, plans."""
    from yakuba.backup.services import set_plan
    from yakuba.issuance.kiosk.trial_keys import authority, issued
    from yakuba.kernel.certificate import fingerprint_of
    from yakuba.link.beginning import Wanted, begin
    from yakuba.link.place import Place
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.services import add_municipality
    from yakuba.vault.keys import open_signer

    trial = home / "trial"
    trial.mkdir()
    root = authority()
    root.write(trial, "authority")
    issued(root, "localhost", server=True).write(trial, "server")
    for code in TOWNS:
        add_municipality(system(), code, f"試験町{code}", prefecture="見本県")
        certificate, key = issued(root, f"link {code}").write(trial, code)
        place = Place(home / "links" / code)
        begin(place, Wanted(code, "kihon", certificate=str(certificate), key=str(key),
                            authorities=str(trial / "authority.pem")))  # fmt: skip
        set_plan(
            system(), code, place=str(home / "centre" / code), link=fingerprint_of(certificate.read_bytes()),
            signer=open_signer(place.folder / "keys").fingerprint,
        )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
