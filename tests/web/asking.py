"""Ask the served installation as a role, without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from tests.web.conftest import Served

_TOKEN = "t" * 32


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str
    body: bytes
    kind: str


def ask(
    served: Served,
    role: str,
    method: str,
    path: str,
    fields: dict[str, str] | list[tuple[str, str]] | None = None,
    *,
    token: bool = True,
) -> Answer:
    """One request. role: "" for nobody. fields: of a form. token: with the CSRF token that a form of ours has."""
    cookies = [f"sessionid={served.logins[role]['session']}"] if role else []
    headers = {"Accept": "text/html"}
    if token:
        cookies.append(f"csrftoken={_TOKEN}")
        headers["X-CSRFToken"] = _TOKEN
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    body = urlencode(fields or {}) if method == "POST" else None
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    place = urlsplit(served.address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    try:
        connection.request(method, quote(path, safe="/?=&%+"), body, headers)
        answer = connection.getresponse()
        content = answer.read()
        kind = answer.headers.get("Content-Type", "")
        text = content.decode("utf-8", "replace") if kind.startswith("text/") else ""
        return Answer(answer.status, answer.headers.get("Location", ""), text, content, kind)
    finally:
        connection.close()
