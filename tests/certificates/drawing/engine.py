"""The engine with the settings of a certificate around bare text, for tests that need no whole certificate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from yakuba.certificates import typesetting

if TYPE_CHECKING:
    from collections.abc import Sequence

LIBRARY = Path(typesetting.__file__).parent / "page"
_IMPORT = b'#import "/page/certificate.typ": frame\n#let words = json(bytes(sys.inputs.words))\n'
_PAINT = b"#frame(page(width: 2000mm, height: auto, margin: 5mm, text(size: 8pt, words.join())))"
_MEASURE = b"#frame(context [#metadata(words.map(one => measure(text(size: 100pt, one)).width.pt())) <w>])"


def painted(words: Sequence[str]) -> bytes:
    """A PDF of some texts, one after the other."""
    made = typst.compile(_files(_PAINT), pdf_standards=["a-2a"], timestamp=0, **_settings(words))
    assert isinstance(made, bytes)
    return made


def measured(words: Sequence[str]) -> list[float]:
    """The width of each text at 100 points, as the engine lays it out."""
    answer = typst.query(_files(_MEASURE), "<w>", field="value", one=True, **_settings(words))
    return [float(width) for width in json.loads(answer)]


def _files(body: bytes) -> Any:
    parts = {f"page/{path.name}": path.read_bytes() for path in LIBRARY.iterdir()}
    return {"main.typ": _IMPORT + body, **parts}


def _settings(words: Sequence[str]) -> dict[str, Any]:
    inputs = {"words": json.dumps(words)}
    return {"font_paths": typesetting._fonts(), "ignore_system_fonts": True, "sys_inputs": inputs}
