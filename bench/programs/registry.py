"""Load against plain COPY, and export: rows per second of a proven run folder.

    python -m bench.programs.registry RUN_DIR

Prints JSON: rows; seconds of plain COPY of the same CSV files, of verifying, of the load without it, of the export.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Measure one after the other on one database."""
    run = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        ready(home)
        try:
            upgrade()
            print(json.dumps(_measured(run, home / "out")))
        finally:
            embedded.stop(home)


def _measured(run: Path, out: Path) -> dict[str, float]:
    from yakuba.migration.verification.verify import verify
    from yakuba.registry.services import export, load
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.models import Municipality

    evidence = json.loads((run / "evidence" / "evidence.json").read_bytes())
    code = next(entry["content"]["municipality"] for entry in evidence["entries"] if entry["kind"] == "project")
    Municipality.objects.create(code=code, name="見本町", kana="", prefecture="見本県")
    plain = _seconds(lambda: _plain_copy(run))
    verified = _seconds(lambda: verify(run))
    verified_at = _peak()
    loaded = _seconds(lambda: load(run, system(code)))
    before = _peak()
    exported = _seconds(lambda: export(out, system(code), "kihon"))
    rows = sum(entry["content"]["loaded"] for entry in evidence["entries"] if entry["kind"] == "group")
    return {
        "rows": rows,
        "copy": plain,
        "verify": verified,
        "load": loaded - verified,
        "export": exported,
        "load_grew_mb": before - verified_at,
        "export_grew_mb": _peak() - before,
    }


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 3)


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _plain_copy(run: Path) -> None:
    """The floor: every file into a table of text columns of its own, no index, no wall."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for number, path in enumerate(sorted((run / "data").rglob("*.csv"))):
            with path.open(encoding="utf-8", newline="") as stream:
                width = len(next(csv.reader(stream)))
            columns = ", ".join(f"c{column} text" for column in range(width))
            cursor.execute(f"CREATE TABLE plain_{number} ({columns})")
            with cursor.copy(f"COPY plain_{number} FROM STDIN (FORMAT csv, HEADER)") as copy, path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    copy.write(block)
            cursor.execute(f"DROP TABLE plain_{number}")


if __name__ == "__main__":
    main()
