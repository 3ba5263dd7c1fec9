"""`make demo` without a terminal: two towns, three logins, pages that answer, nothing left running. Oracle: issue 3."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.site.test_serve import users

ROOT = Path(__file__).parents[2]


def test_the_demonstration_ends_well_and_leaves_nothing_running() -> None:
    folder = Path(tempfile.mkdtemp(prefix="yakuba-"))
    folder.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    path = f"{Path(sys.executable).parent}:{clean['PATH']}"
    try:
        ended = subprocess.run(
            ["sh", "tools/demo.sh", str(folder / "demo"), "300"],
            cwd=ROOT,
            env=clean | {"PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        told = ended.stdout
        assert ended.returncode == 0, ended.stderr[-2000:]
        assert re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert len(re.findall(r"利用者ID \S+ +パスワード \S{12,}", told)) == 3
        for town in ("見本町 (990019) に取り込みました", "例示村 (990027) に取り込みました"):
            assert town in told
        assert "三人のログイン" in told
        assert "Traceback" not in told + ended.stderr
        assert users(folder / "demo" / "home") == []
        assert (folder / "demo/run/report.html").exists()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
