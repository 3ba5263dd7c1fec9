"""The centre's door (受け口) as the link sees it: what it has, pieces of objects, entries. See docs/ja/link.md."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from yakuba.kernel.line import BrokenLineError, Line, Reply, context
from yakuba.link.settings import within
from yakuba.vault.format.names import OBJECTS
from yakuba.vault.format.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from yakuba.link.place import Place
    from yakuba.link.settings import Settings

_OK, _CREATED, _CONFLICT = 200, 201, 409
_LATER = (408, 425, 429)
_AGAIN = ("offset", "gap", "object", "digest", "cut")
"""Refusals that the next look at what the centre has puts right."""
_SERVER = 500
_FULL = 507


class TryLaterError(Exception):
    """No answer, or one that says that it may go well the next time. The message is a kind, never content."""


class CentreRefusedError(Exception):
    """The centre does not take this, and will not take it the next time: a person has to look.

    Attributes:
        code: word of the refusal.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Head:
    """What the centre has.

    Attributes:
        vault: id, "" = it has nothing. number, digest: of its newest entry; -1 and "" = none. now: its clock, UTC.
    """

    vault: str
    number: int
    digest: str
    now: datetime


class Centre:
    """One connection to the centre's door."""

    def __init__(self, place: Place, settings: Settings) -> None:
        given = settings.centre
        files = (within(place, text) for text in (given.certificate, given.key, given.authorities))
        self._line = Line(given.url, context(*files), root="/link/v1/", timeout=given.timeout_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.hang_up()

    def head(self) -> Head:
        """How far the centre is.

        Raises:
            TryLaterError, CentreRefusedError: see there; so for every verb.
        """
        told = self._ask("GET", "head")
        with _meant():
            return Head(str(told["vault"]), int(told["number"]), str(told["digest"]), moment(str(told["now"])))

    def received(self, name: str) -> tuple[int, bool]:
        """Bytes of an object that the centre has, and whether they are all there and stored."""
        reply = self._reply("HEAD", _path(name))
        if reply.status != _OK:
            raise _refusal(reply, {})
        with _meant():
            return int(reply.headers["x-received"]), reply.headers["x-complete"] == "1"

    def put(self, name: str, start: int, total: int, piece: bytes) -> int:
        """Send a piece of an object; gives how many bytes the centre has now."""
        ranged = {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{total}"}
        reply = self._reply("PUT", _path(name), piece, ranged)
        told = _told(reply)
        if reply.status == _OK or (reply.status == _CONFLICT and told.get("code") == "offset"):
            with _meant():
                return int(told["received"])
        raise _refusal(reply, told)

    def store(self, name: str, size: int, sha256: str, retain_until: str) -> None:
        """All bytes are there: the centre compares and stores the object."""
        self._ask("POST", f"{_path(name)}/commit", {"size": size, "sha256": sha256, "retain_until": retain_until})

    def entry(self, number: int, raw: bytes) -> dict[str, Any]:
        """Send an entry, whose objects are there; gives the receipt (受領書)."""
        return self._ask("PUT", f"entries/{number:08}", raw)

    def _ask(self, method: str, path: str, content: object = None) -> dict[str, Any]:
        reply = self._reply(method, path, content)
        told = _told(reply)
        if reply.status not in (_OK, _CREATED):
            raise _refusal(reply, told)
        return told

    def _reply(self, method: str, path: str, content: object = None, headers: dict[str, str] | None = None) -> Reply:
        try:
            return self._line.ask(method, path, content, headers)
        except BrokenLineError as error:
            raise TryLaterError(f"回線 line: {error}") from error


@contextmanager
def _meant() -> Iterator[None]:
    """An answer without what it must have is none: something between us and the centre has spoken.

    Raises:
        TryLaterError: it is so.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise TryLaterError("センター centre: この答えはセンターのものではありません no answer of a centre") from error


def _path(name: str) -> str:
    return f"objects/{name.removeprefix(OBJECTS)}"


def _told(reply: Reply) -> dict[str, Any]:
    try:
        found = reply.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(reply: Reply, told: dict[str, Any]) -> Exception:
    code, message = str(told.get("code", reply.status)), str(told.get("message", ""))[:300]
    later = reply.status in _LATER or (reply.status >= _SERVER and reply.status != _FULL) or code in _AGAIN
    if later or reply.status in (_OK, _CREATED):
        return TryLaterError(f"センター centre: {reply.status} {code} {message}".strip())
    return CentreRefusedError(code, f"センターが受け取りません: {message or reply.status}")
