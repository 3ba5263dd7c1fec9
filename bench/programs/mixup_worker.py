"""One worker of the mix-up test of the issuing service: jobs come in by lines, what came of them goes out by lines.

    python -m bench.programs.mixup_worker PEOPLE.csv

A job is `{"request", "town", "kind", "subject", "members", "names", "delay"}`. Several threads issue at once, as in the
web server. Every paper is read from its bytes, and one in twenty also by another library.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from yakuba.tenancy.database.ready import ready

THREADS = 3
ANOTHER = 20
"""Every so-and-so-many-th paper is read a second time by a library of its own, which takes as long as making it."""
PLACE = "取違えの試験"
_lock = Lock()


def main(people: Path) -> None:
    """Work until nobody asks any more."""
    ready()
    from yakuba.issuance.kiosk.simulation.people import read_people

    everybody = read_people(people)
    with ThreadPoolExecutor(THREADS) as pool:
        for line in sys.stdin:
            pool.submit(_answer, json.loads(line), everybody)


def _answer(job: dict[str, Any], everybody: Any) -> None:
    time.sleep(job["delay"])
    try:
        said = _issued(job, everybody)
    except Exception as error:  # noqa: BLE001 - told to who asked, who asks again or counts it
        said = {"again": type(error).__name__}
    with _lock:
        sys.stdout.write(json.dumps({"request": job["request"]} | said) + "\n")
        sys.stdout.flush()


def _issued(job: dict[str, Any], everybody: Any) -> dict[str, Any]:
    from yakuba.certificates.kinds import kind as kind_named
    from yakuba.certificates.paper import read_paper
    from yakuba.issuance import services
    from yakuba.issuance.application import Application, Channel
    from yakuba.issuance.errors import AlarmError, RefusedError
    from yakuba.issuance.kiosk.menu import REQUESTER
    from yakuba.issuance.kiosk.simulation.reading import plain, problems, words
    from yakuba.tenancy.acting import system

    asked = Application(job["kind"], job["subject"], REQUESTER, tuple(job["members"]), {})
    try:
        actor = system(job["town"])
        issued = services.issue(actor, asked, request=job["request"], channel=Channel.KIOSK, place=PLACE)
    except RefusedError as error:
        return {"refused": error.refusals[0].code}
    except AlarmError:
        return {"alarm": True}
    texts = ["".join(read_paper(issued.pdf).pages)]
    if int(issued.number[-6:]) % ANOTHER == 0:
        texts.append(words(issued.pdf))
    found = {
        one
        for text in texts
        for one in problems(
            plain(text), number=issued.number, label=kind_named(job["kind"]).label, expected=job["names"],
            allowed=job["family"], everybody=everybody.in_text,
        )
    }  # fmt: skip
    return {"number": issued.number, "problems": sorted(found), "read": len(texts), "repeated": issued.repeated}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
