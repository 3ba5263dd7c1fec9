"""Characters of names (文字): MJ, variation sequences, vendors' private characters, comparison by sound and shape.

`convert(values, source=…, target=…)` is the one call for whole columns. Nothing here applies NFC or NFKC to a name:
both replace 互換漢字 (U+FA19 神 → U+795E 神) and so change a person's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yakuba.characters.conversion import Conversion, convert

__all__ = ["Conversion", "convert"]


def __getattr__(name: str) -> Any:
    """The call, loaded when it is first asked for: who measures a text's length needs no table and no Polars."""
    if name in __all__:
        from yakuba.characters import conversion

        return getattr(conversion, name)
    raise AttributeError(name)
