"""Whether what was restored is what was sent: the same rows, in whatever order. Ends with 1 when it is not.

python -m bench.programs.vault_same FEED RESTORED
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from bench.programs.vault_town import TABLE

if __name__ == "__main__":
    sent, restored = (pl.read_csv(Path(folder) / TABLE, infer_schema=False).sort("宛名番号") for folder in sys.argv[1:])
    if not sent.equals(restored):
        sys.exit(f"{sys.argv[2]} is not what was sent")
