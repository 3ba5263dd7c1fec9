"""Makes the files of one size: a process of its own, because a child's peak memory starts at its parent's."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import people

if __name__ == "__main__":
    folder, size = Path(sys.argv[1]), int(sys.argv[2])
    people.write(folder, size)
    people.standard(folder, size)
