"""A time stamp authority (RFC 3161) as a process on the loopback: HTTP in front of `openssl ts`.

python authority.py FOLDER    prints its port; FOLDER has tsa.cnf
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])


class Authority(BaseHTTPRequestHandler):
    """Answers every request with what OpenSSL answers."""

    def do_POST(self) -> None:
        """One request, one stamp."""
        with tempfile.TemporaryDirectory() as folder:
            asked, answer = Path(folder, "asked"), Path(folder, "answer")
            asked.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            command = ["openssl", "ts", "-reply", "-config", str(FOLDER / "tsa.cnf")]
            command += ["-queryfile", str(asked), "-out", str(answer)]
            subprocess.run(command, check=True, capture_output=True)
            said = answer.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Nobody listens."""


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Authority)
    print(server.server_port, flush=True)  # noqa: T201 - the only way to tell
    server.serve_forever()
