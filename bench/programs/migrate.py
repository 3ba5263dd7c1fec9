"""The whole migration of the benchmark's dump: what `yakuba migrate run` does, with a key home of its own."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from yakuba.migration.pipeline.run import run

if __name__ == "__main__":
    project, out = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.rmtree(out, ignore_errors=True)
    print(json.dumps(asdict(run(project, out, key_home=out.parent / "home"))))
