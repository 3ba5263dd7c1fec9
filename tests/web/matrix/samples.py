"""What stands for a name in an address: one real object of each 団体, made or found in the served installation.

The same name means the same thing in every address (src/yakuba/web/README.md). A new name gets a line here; an address
with a name that is not here fails the matrix.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    Sample = Callable[[str, dict[str, Any]], str]

PUBLIC = {
    "family": "kihon",
    "edition": "2026-08",
    "layout": "031_jutogaishaatenabangokanri",
    "business": "juminkihondaicho",
    "concern": "leaving",
    "certificate": "juminhyo",
}
"""Names that mean the same for everybody: the standards are no secret."""


def _addressee(town: str, people: dict[str, Any]) -> str:
    del town
    return str(people["last"])


def _household(town: str, people: dict[str, Any]) -> str:
    del town
    return str(people["last_household"])


def _staff(town: str, people: dict[str, Any]) -> str:
    """Somebody who administers nothing."""
    from yakuba.tenancy import queries
    from yakuba.tenancy.acting import system

    del people
    return str(next(one.id for one in queries.staff(system(town)) if one.login in ("newcomer", "neighbour")))


def _right(town: str, people: dict[str, Any]) -> str:
    from yakuba.tenancy import queries
    from yakuba.tenancy.acting import system

    del people
    return str(queries.ending_rights(system(town), 3650)[0].id)


def _job(town: str, people: dict[str, Any]) -> str:
    """An export that is done, with its file."""
    from yakuba.registry.job_tables.models import Job
    from yakuba.registry.jobs.place import job_folder

    del people
    done = {"kind": "export", "state": "done", "staff": 0, "login": "system", "result": {"file": "export.zip"}}
    job = Job.objects.create(municipality_id=town, message="書き出しました", **done)
    folder = job_folder(town, job.pk)
    folder.mkdir(parents=True)
    (folder / "export.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    return str(job.pk)


def _move(town: str, people: dict[str, Any]) -> str:
    """A move with two finished rehearsals, made of the run folder that was loaded."""
    from yakuba.kernel.home import yakuba_home
    from yakuba.registry.moves.store import begin, place

    del people
    folder, made = place(town) / f"{int(town):016x}", yakuba_home() / "towns" / town
    shutil.copytree(made / "dump", folder / "dump")
    move = begin(folder, "住民記録 旧システムA", "丁田　四郎")
    for number in (1, 2):
        move.claim(number, "丁田　四郎")
        shutil.copytree(made / "run", folder / "runs" / str(number))
    return move.identifier


def _token(town: str, people: dict[str, Any]) -> str:
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.tokens.queries import tokens
    from yakuba.tenancy.tokens.services import make_token

    del people
    make_token(system(town), "newcomer" if town == TOWN_A else "neighbour", "試験")
    return str(tokens(system(town))[0].number)


def _issue(town: str, people: dict[str, Any]) -> str:
    """A 住民票の写し that was given."""
    from uuid import uuid4

    from tests.issuance.town import asks

    from yakuba.issuance import services
    from yakuba.tenancy.acting import system

    return str(services.issue(system(town), asks("juminhyo", people["last"]), request=str(uuid4())).entry)


def _request(town: str, people: dict[str, Any]) -> str:
    from yakuba.issuance.models import Issue

    del town, people
    return str(Issue.objects.get().request)


def _overflow(town: str, people: dict[str, Any]) -> str:
    from yakuba.issuance.models import Overflow

    made = {"kind": "juminhyo", "item": "住所", "code": "text_overflow", "hint": "台帳を確かめてください"}
    return str(Overflow.objects.create(municipality_id=town, addressee=people["last"], **made).pk)


def _notice(town: str, people: dict[str, Any]) -> str:
    from yakuba.issuance.models import Issue, Notice

    return str(Notice.objects.create(municipality_id=town, addressee=people["last"], issue=Issue.objects.get()).pk)


def _alarm(town: str, people: dict[str, Any]) -> str:
    from yakuba.backup.models import Alarm
    from yakuba.backup.services import raise_alarm

    del people
    raise_alarm(town, "too_old", "最後の良い控えは世代 1（30時間前、上限 26時間）です")
    return str(Alarm.objects.get(kind="too_old").pk)


def _window(town: str, people: dict[str, Any]) -> str:
    """A planned stop that is not over."""
    from datetime import timedelta

    from django.utils import timezone

    from yakuba.issuance.kiosk.models import Window

    del people
    first = timezone.now() + timedelta(days=1)
    made = Window(municipality_id=town, first=first, last=first + timedelta(hours=1), reason="点検")
    made.save()
    return str(made.pk)


def _collection(town: str, people: dict[str, Any]) -> str:
    """外字 of the old system, with candidates."""
    from tests.identification.sample import workbench

    from yakuba.tenancy.acting import system

    del people
    return str(workbench(system(town), town))


def _glyph(town: str, people: dict[str, Any]) -> str:
    from yakuba.identification.models import Glyph

    del town, people
    return str(Glyph.objects.order_by("id")[0].pk)


def _itself(town: str, people: dict[str, Any]) -> str:
    del people
    return town


def _second(town: str, people: dict[str, Any]) -> str:
    del town, people
    return "2"


def _first(town: str, people: dict[str, Any]) -> str:
    del town, people
    return "1"


SAMPLES: dict[str, Sample] = {
    "addressee": _addressee,
    "household": _household,
    "staff": _staff,
    "right": _right,
    "job": _job,
    "issue": _issue,
    "request_id": _request,
    "overflow": _overflow,
    "notice": _notice,
    "window": _window,
    "token": _token,
    "move": _move,
    "run": _second,
    "older": _first,
    "member": _itself,
    "alarm": _alarm,
    "collection": _collection,
    "glyph": _glyph,
}
"""By name: a function of 団体コード and its notable people (tests/web/serving.py), called inside the wall."""
