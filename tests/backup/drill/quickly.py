"""A drill whose empty place was founded before: see tests/backup/founded.py."""

from __future__ import annotations

from tests.backup.founded import quicken

from yakuba.backup.drill import inside

if __name__ == "__main__":
    quicken()
    inside.main()
