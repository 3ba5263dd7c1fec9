"""An installation for the tests of the service: `python -m tests.issuance_kiosk.furnishing HOME` makes it and ends."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.world import TOWN_A, TOWN_B, rows

from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade


def main(home: Path) -> None:
    """Both towns issue at machines; home/trial has keys and people.csv."""
    ready(home)
    try:
        upgrade()
        _furnish(home / "trial")
    finally:
        embedded.stop(home)


def _furnish(trial: Path) -> None:
    from tests.issuance.town import people as settle
    from tests.issuance.town import ready as issues
    from tests.issuance_kiosk.shop import KINDS

    from yakuba.issuance.kiosk import administration, cards
    from yakuba.issuance.kiosk.simulation.people import Person, write_people
    from yakuba.issuance.kiosk.trial_keys import make_trial_keys
    from yakuba.tenancy.models import Municipality

    make_trial_keys(trial)
    everybody = []
    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
        actor = settle(code)
        issues(actor, name)
        administration.configure(actor, running=True)
        administration.set_closed_days(actor, ())
        for kind in KINDS:
            administration.offer(actor, kind, hours=("00:00", "23:59:59.999999"))
        administration.admit(actor, "試験センター", (trial / "centre.pem").read_bytes())
        here = {row["宛名番号"]: row for row in rows(code)}
        own = [
            Person(code, f"T{code}{number}", number, row["世帯番号"], row.get("氏名") or "")
            for number, row in here.items()
        ]
        cards.replace_cards(actor, 1, [cards.CardLine(one.serial, one.addressee) for one in own])
        everybody += [one for one in own if one.name]
    write_people(trial / "people.csv", everybody)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
