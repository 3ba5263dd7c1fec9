"""Workers killed by SIGKILL anywhere in an issue: no gap, no double, and as many papers as the ledger says.

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

ROUNDS = 10


def test_killed_anywhere_a_request_has_one_paper_and_no_number_is_missing(town: Actor) -> None:
    program = [sys.executable, "-m", "tests.issuance.killing", town.municipality, str(ROUNDS)]
    database = embedded.start(prepared())
    here = {"YAKUBA_HOME": str(prepared()), "DATABASE_URL": database.app, "DATABASE_OWNER_URL": database.owner}
    ended = subprocess.run(program, env=os.environ | here, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    # Before a certain statement every worker dies; a random moment may come when it is done.
    assert said["killed"] >= ROUNDS // 2
    with wall(town.municipality):
        entries = {str(one.request): one for one in Issue.objects.all()}
        last = Numbering.objects.get().last
    # Each request was asked for again by the worker that came after: it has exactly one paper, however it was killed.
    assert set(entries) == set(said["requests"])
    assert sorted(one.serial for one in entries.values()) == list(range(1, ROUNDS + 1))
    assert last == ROUNDS
    assert queries.gaps(town) == {}
    assert {request: one.number for request, one in entries.items()} == said["told"]
    assert audit.verify(town) == []
    assert queries.stopped(town.municipality) == ""
