"""Finding (指摘): one thing a rule saw in one place, as a typed value.

A finding never stops the work; `CannotContinueError` does. The same finding has the same code on a
screen, in a report and on a terminal.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import blake2b


class Severity(StrEnum):
    """How much a finding weighs (重要度), heaviest first."""

    STOP = "stop"
    """停止: the row cannot be carried over; it is handed back verbatim (差し戻し)."""
    ERROR = "error"
    """要修正: the row is carried over, a person must decide before cut-over."""
    WARNING = "warning"
    """警告: possible, but needs a look."""
    NOTE = "note"
    """参考: worth knowing, nothing to do."""

    @property
    def japanese(self) -> str:
        """The word the migration documents use (停止/要修正/警告/参考)."""
        return _JAPANESE[self]


_JAPANESE = {Severity.STOP: "停止", Severity.ERROR: "要修正", Severity.WARNING: "警告", Severity.NOTE: "参考"}

SECRET_ITEMS = ("個人番号", "住民票コード", "基礎年金番号")
"""Items whose values are never shown: a finding, report or log holds their mask only."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        code: name of the rule that found it, which is also the name of its file and its page.
        severity: see `Severity`.
        file: source file, relative to the dump's folder.
        line: 1-based line (text) or record (fixed width, Excel) in that file; 0 when the whole file is meant.
        column: name of the source column; empty when the whole record is meant.
        item: official item name in the standard layout; empty when unknown.
        value: the value as found, masked when the item is a secret one (see `masked`).
        hint_ja: what to do, in a sentence a clerk understands.
        hint_en: the same in English.
    """

    code: str
    severity: Severity
    file: str
    line: int
    column: str
    item: str
    value: str
    hint_ja: str
    hint_en: str

    def as_dict(self) -> dict[str, str | int]:
        """Plain values, for JSON."""
        return asdict(self)

    def one_line(self) -> str:
        """The finding as one terminal line: `file:line:column: severity code item value. Hint`.

        >>> Finding("required", Severity.ERROR, "a.csv", 3, "NAME", "氏名", "", "入れる", "fill it").one_line()
        'a.csv:3:NAME: error required 氏名 — fill it'
        """
        place = ":".join(str(part) for part in (self.file, self.line or "", self.column) if part != "")
        what = " ".join(part for part in (self.severity, self.code, self.item, self.value) if part)
        return f"{place}: {what} — {self.hint_en}"


def is_secret(item: str) -> bool:
    """Whether an item's values must be masked. Repeated and prefixed items count (`世帯主_個人番号`)."""
    return any(secret in item for secret in SECRET_ITEMS)


def masked(item: str, value: str) -> str:
    """The value as it may be shown: secret items keep their length only.

    >>> masked("個人番号", "123456789018")
    '************'
    >>> masked("氏名", "甲野　太郎")
    '甲野　太郎'
    """
    return "*" * len(value) if is_secret(item) else value


def finding_id(*parts: str) -> str:
    """Stable 16-hex-digit name of a finding: the same through rehearsals as long as rule, record and value are.

    Parts are length-prefixed, so `("a,b", "c")` and `("a", "b,c")` differ.
    """
    digest = blake2b(digest_size=8)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()
