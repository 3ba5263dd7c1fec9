"""A sealed town for the BCP figure: made, moved and sealed once, then kept.

    python -m bench.programs.bcp_town FOLDER RESIDENTS

Prints JSON: rows of the generation, bytes of its sealed object.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from yakuba.vault.chain import read_chain
from yakuba.vault.services.backup import backup
from yakuba.vault.services.initialise import initialise
from yakuba.vault.store import open_store

CODE = "990019"


def main() -> None:
    """Make what is not there."""
    folder, residents = Path(sys.argv[1]), sys.argv[2]
    vault, keys = folder / "vault", folder / "keys"
    if not vault.exists():
        _moved(folder, residents)
        initialise(str(vault), CODE, keys)
        backup(str(vault), folder / "run", keys=keys, state=folder / "state", standard="kihon", as_of=datetime.now(UTC))
    (newest,) = read_chain(open_store(str(vault))).generations
    print(json.dumps({"rows": sum(newest.health.values()), "bytes": newest.size}))


def _moved(folder: Path, residents: str) -> None:
    if (folder / "run" / "run.json").exists():
        return
    town = ["town", "make", "--residents", residents, "--form", "kihon", "--out", str(folder / "town")]
    move = ["migrate", "run", str(folder / "town" / "project.toml"), "--out", str(folder / "run")]
    for words in (town, move):
        # Findings that wait for a person are no failure here (exit code 1).
        done = subprocess.run([sys.executable, "-m", "yakuba", *words], capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())


if __name__ == "__main__":
    main()
