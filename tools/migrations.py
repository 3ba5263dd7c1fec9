"""Write the database migrations that changed models need: python tools/migrations.py [APP] [--name NAME]."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command

from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready


def main() -> None:
    """Start an empty database for the time of the call."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        ready(home)
        try:
            call_command("makemigrations", *sys.argv[1:])
        finally:
            embedded.stop(home)


if __name__ == "__main__":
    main()
