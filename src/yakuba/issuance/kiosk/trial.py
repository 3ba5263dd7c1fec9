"""Trial (試験運転): everything that the simulator needs for a town, made in one go from the folder it was loaded from.

The names that papers are held against come from the files of that folder, not from the database that is to be tested.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from yakuba.certificates.kinds import kinds
from yakuba.issuance.kiosk import administration, cards
from yakuba.issuance.kiosk.simulation.people import Person, read_people, write_people
from yakuba.issuance.kiosk.trial_keys import make_trial_keys
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

PEOPLE = "people.csv"
_RESIDENTS = "juminjoho.csv"
_DAY = ("00:00", "23:59:59.999999")
_NAME = "試験 交付センター"


def make_trial(actor: Actor, run: Path, out: Path) -> int:
    """Open the machines of a town for a trial, day and night; gives how many people have a card now.

    A second town's people are added to the same folder, and the keys there are kept.

    Args:
        run: run folder whose data the registry holds. out: folder for keys and people.csv.

    Raises:
        NotAllowedError: the actor does not administer certificates.
        UsageError: no residents in the folder.
    """
    people = list(_people(actor.municipality, run))
    if not people:
        raise UsageError(
            f"{run}: 住民情報（{_RESIDENTS}）がありません", remedy="移行の結果のフォルダを指定してください"
        )
    if not (out / "centre.pem").exists():
        make_trial_keys(out)
    administration.configure(actor, running=True)
    administration.set_closed_days(actor, ())
    for kind in kinds().values():
        if administration.suitable(kind):
            administration.offer(actor, kind.identifier, hours=_DAY)
    administration.admit(actor, _NAME, (out / "centre.pem").read_bytes())
    lines = [cards.CardLine(one.serial, one.addressee) for one in people]
    cards.replace_cards(actor, cards.sequence_of(actor) + 1, lines)
    before = read_people(out / PEOPLE).people if (out / PEOPLE).exists() else ()
    write_people(out / PEOPLE, [*(one for one in before if one.town != actor.municipality), *people])
    return len(people)


def _people(town: str, run: Path) -> Iterator[Person]:
    """Who lives there now, each with a card whose number nobody could take for a real one."""
    for path in sorted((run / "data").rglob(_RESIDENTS)):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                if row.get("最新フラグ") == "1" and row.get("除票フラグ") != "1":
                    serial = f"T{town}{int(row['宛名番号']):013d}"
                    yield Person(town, serial, row["宛名番号"], row.get("世帯番号") or "", row.get("氏名") or "")
