"""Workers killed by SIGKILL anywhere in an issue, side by side: no gap, no double, as many papers as the ledger says.

Oracle: issue 4 no. 6; numbers, requests and the chain of the log, read after the last worker has ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.installation import prepared

from yakuba.issuance import queries
from yakuba.issuance.models import Issue, Numbering
from yakuba.tenancy import audit
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

ROUNDS, SIDE_BY_SIDE = 6, 2


def test_killed_anywhere_a_request_has_one_paper_and_no_number_is_missing(town: Actor) -> None:
    database = embedded.start(prepared())
    here = {"YAKUBA_HOME": str(prepared()), "DATABASE_URL": database.app, "DATABASE_OWNER_URL": database.owner}
    program = [sys.executable, "-m", "tests.issuance.killing", town.municipality, str(ROUNDS)]
    running = [
        subprocess.Popen([*program, str(seed)], env=os.environ | here, stdout=subprocess.PIPE, text=True)
        for seed in range(SIDE_BY_SIDE)
    ]
    said = [json.loads(one.communicate()[0]) for one in running]
    assert [one.returncode for one in running] == [0] * SIDE_BY_SIDE
    requests = [request for one in said for request in one["requests"]]
    # Before a certain statement every worker dies; a random moment may come when it is done.
    assert all(one["killed"] >= ROUNDS // 2 for one in said)
    with wall(town.municipality):
        entries = list(Issue.objects.order_by("id"))
        last = Numbering.objects.get().last
    # Each request was asked for again by the worker that came after: it has exactly one paper, however it was killed.
    assert sorted(str(one.request) for one in entries) == sorted(requests)
    assert [one.serial for one in entries] == list(range(1, len(requests) + 1))
    assert last == len(requests)
    assert queries.gaps(town) == {}
    told = {request: number for one in said for request, number in one["told"].items()}
    assert {str(one.request): one.number for one in entries} == told
    assert audit.verify(town) == []
    assert queries.stopped(town.municipality) == ""
