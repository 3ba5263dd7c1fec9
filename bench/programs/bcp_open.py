"""From a sealed generation to the first certificate, on a machine that has nothing but Yakuba, the vault and its key.

    python -m bench.programs.bcp_open FOLDER          (made by bench.programs.bcp_town)

Prints JSON: seconds to the first search, to the first certificate, and until every table is in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.programs.bcp_town import CODE

_OFFICE = ("--name", "見本町", "--prefecture", "見本県", "--mayor", "見本　太郎")


def main() -> None:
    """Open the town in an empty folder, as a person would, and forget it."""
    folder = Path(sys.argv[1])
    closed = ("DATABASE_URL", "DATABASE_OWNER_URL")
    environment = {name: value for name, value in os.environ.items() if name not in closed}
    with tempfile.TemporaryDirectory(prefix="bcp-") as place:
        Path(place).chmod(0o755)
        key = str(folder / "keys" / "identity.txt")
        words = ["bcp", "open", "--municipality", CODE, "--vault", str(folder / "vault"), "--identity", key]
        words += ["--folder", f"{place}/b", "--reason", "測定", "--no-serve", *_OFFICE]
        begun = time.monotonic()
        subprocess.run([sys.executable, "-m", "yakuba", *words], env=environment, check=True, capture_output=True)
        whole = time.monotonic() - begun
        standing = json.loads((Path(place) / "b" / "bcp.json").read_text("utf-8"))
    print(json.dumps({"search": standing["readable"], "certificate": standing["issuing"], "whole": round(whole, 1)}))


if __name__ == "__main__":
    main()
