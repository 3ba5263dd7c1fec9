"""Inside a drill: a process of its own that brings a generation to life in an empty folder, and says what it found.

    python -m yakuba.backup.drill.inside < request.json > answer.json

The request holds the key's place and, for papers that were given, their application; the answer holds numbers, digests
and marks. Neither touches a disk.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakuba.backup.bcp import founding
from yakuba.backup.bcp.fetching import Source, fetch
from yakuba.backup.drill import counting, sample
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

PLACE = "復元訓練"
_NUMBER = "訓練-000001"
_REQUEST = "00000000-0000-4000-8000-000000000001"
_DAY = "2026-04-01"
_CERTIFIER = {"title": "復元訓練町長", "name": "見本　太郎"}
_CONTENT = {"municipality": "復元訓練町", "prefecture": "見本県", "certifiers": [_CERTIFIER], "offered": ["juminhyo"]}
"""Every drill draws the same paper, whoever is in office."""


def main() -> None:
    """Read a request, answer it; a failure is an answer too."""
    request = json.load(sys.stdin)
    home = Path(request["home"])
    answer: dict[str, Any] = {"seconds": {}}
    try:
        _drill(request, home, answer)
    except CannotContinueError as error:
        answer["stopped"] = str(error)
        answer["exit"] = int(error.exit_code)
    finally:
        founding.end(home)
    json.dump(answer, sys.stdout, ensure_ascii=False)


def _drill(request: dict[str, Any], home: Path, answer: dict[str, Any]) -> None:
    source = Source(request["place"], Path(request["identity"]), request["municipality"], request["signer"])
    clock = _Clock(answer["seconds"])
    fetch(source, request["number"], home / "generation")
    clock.lap("restore")
    answer["tables"], sealed = counting.counted(home / "generation")
    clock.lap("count")
    founding.begin(home, hasty=True)
    founding.town(request["municipality"], PLACE, "")
    clock.lap("database")
    answer["loaded"] = _loaded(home, request["municipality"])
    clock.lap("load")
    answer["totals"] = counting.added_up(sealed, request["municipality"])
    clock.lap("totals")
    answer |= _people(request)
    clock.lap("search")
    answer |= _papers(request, answer.pop("sample"))
    clock.lap("certificates")


class _Clock:
    """Seconds of each step."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds, self._last = seconds, time.monotonic()

    def lap(self, name: str) -> None:
        """A step has ended."""
        now = time.monotonic()
        self._seconds[name], self._last = round(now - self._last, 2), now


def _loaded(home: Path, municipality: str) -> dict[str, Any]:
    """Load everything; each file's digest is held against the sealed one on the way, and the database counts again."""
    from yakuba.backup.bcp.pictures import keep
    from yakuba.registry.services import load_proven
    from yakuba.registry.services.generation import generation
    from yakuba.tenancy.acting import system

    actor = system(municipality)
    done = load_proven(generation(home / "generation"), actor)
    keep(home / "generation", actor)
    return {"rows": done.rows, "residents": done.residents, "tables": done.tables}


def _people(request: dict[str, Any]) -> dict[str, Any]:
    """The sample by its marks, and whether search finds each of them by what a clerk would type."""
    from yakuba.registry import queries
    from yakuba.tenancy.acting import system

    actor = system(request["municipality"], PLACE)
    key = bytes.fromhex(request["key"])
    everybody = sample.marks(key, queries.usual_residents(actor, place=PLACE))
    chosen = sample.drawn(everybody)
    missed = [mark for mark, addressee in chosen.items() if not _is_found(actor, addressee)]
    known = [mark for mark in request["known"] if mark in everybody]
    return {"usual": len(everybody), "sample": chosen, "searched": len(chosen), "missed": len(missed),
            "known": len(known), "asked": len(request["known"])}  # fmt: skip


def _is_found(actor: Actor, addressee: str) -> bool:
    """By number, and then by name and by reading, among all who are called so."""
    from yakuba.registry import queries

    by_number = [one for one in queries.search(actor, addressee, place=PLACE).items if one.addressee == addressee]
    if not by_number:
        return False
    typed = {"name": by_number[0].name, "kana": by_number[0].kana}
    return all(_is_among(actor, addressee, **{item: text}) for item, text in typed.items() if text)


def _is_among(actor: Actor, addressee: str, **items: Any) -> bool:
    """Whether a search by this item finds the person; the number narrows it, where many are called so."""
    from yakuba.registry import queries

    found = queries.search(actor, "", place=PLACE, addressee=addressee, **items).items
    return [one.addressee for one in found] == [addressee]


def _papers(request: dict[str, Any], chosen: dict[str, str]) -> dict[str, Any]:
    """Digests of the sample's papers by mark, and those of papers that were really given."""
    from yakuba.issuance.services import Rehearsal, rehearse
    from yakuba.tenancy.acting import system

    actor = system(request["municipality"], PLACE)
    papers: dict[str, list[str]] = {}
    for mark, addressee in chosen.items():
        one = Rehearsal("juminhyo", addressee, (addressee,), {}, _REQUEST, _NUMBER, _DAY, _CONTENT)
        try:
            made = rehearse(actor, one)
        except CannotContinueError:
            continue
        papers[mark] = [made.source, made.digest]
    same = []
    for said in request["originals"]:
        try:
            same.append(rehearse(actor, Rehearsal(**said)).digest == said["digest"])
        except CannotContinueError:
            same.append(False)
    return {"papers": papers, "originals": len(same), "differing": same.count(False)}


if __name__ == "__main__":
    main()
