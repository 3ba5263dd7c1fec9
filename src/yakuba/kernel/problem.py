"""Problem (相違): one thing that is not as it was signed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference from what was signed.

    Attributes:
        code: kind of problem, stable ("changed", "missing", "extra", "chain_broken" …).
        file: name below the run folder or in the vault. place: where in it ("bytes 0–1048575, lines 1–9023"); "" = all.
        ja: what happened, for a person. en: the same in English.
    """

    code: str
    file: str
    place: str
    ja: str
    en: str

    def one_line(self) -> str:
        """`file: place: what (何が)`, for a terminal."""
        where = ": ".join(part for part in (self.file, self.place) if part)
        return f"{where}: {self.en}({self.ja})"
