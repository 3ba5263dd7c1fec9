"""Who certifies in BCP mode (認証者), as it is told from outside: a vault knows the residents, not the mayor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """Who certifies.

    Attributes:
        name, prefecture: of the municipality, as printed. title, mayor: of the certifier (認証者).
        seal: PNG or SVG, b"" = 公印省略. fee: yen of every paper.
    """

    name: str
    prefecture: str
    title: str
    mayor: str
    seal: bytes = b""
    fee: int = 0
