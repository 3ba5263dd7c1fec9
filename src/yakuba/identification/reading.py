"""From files to glyphs with candidates (読み取り): what the job of the screen and the command on the server share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.usage import ENCODINGS, read_usage
from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.characters.glyphs.identify import Identified
    from yakuba.characters.glyphs.usage import Usage
    from yakuba.kernel.finding import Finding
    from yakuba.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class Read:
    """What came out. findings: what was wrong with single glyphs."""

    identified: Sequence[Identified]
    usage: Mapping[str, Usage]
    findings: Sequence[Finding]


def read_and_identify(font: Path, usage: Path | None, progress: Progress, *, codes: str = "") -> Read:
    """Read a font or images and look for candidates.

    Args:
        usage: who uses the characters, in whichever of the known encodings. codes: see `read_glyphs`.

    Raises:
        UsageError: nothing can be read; the sentence is that of the finding. Or `codes` is no way of reading codes.
    """
    from yakuba.characters.glyphs.identify import identify
    from yakuba.characters.glyphs.read import read_glyphs
    from yakuba.characters.glyphs.together import unmatched

    progress.stage("字形の読み取り read")
    read = read_glyphs(font, codes=codes)
    if not read.glyphs:
        stop = next((one for one in read.findings if one.severity is Severity.STOP), None)
        raise UsageError(stop.hint_ja if stop else "字形が一つもない", remedy="別のファイルを渡してください")
    known = read_usage(usage, encoding=_encoding(usage)) if usage else {}
    findings = [*read.findings, *(unmatched(read.glyphs, known, usage.name) if usage else ())]
    return Read(identify(read.glyphs, known, progress=progress), known, findings)


def _encoding(usage: Path) -> str:
    """The first encoding in which the list has its header line; UTF-8 if none, whose reader says what is wrong."""
    content = usage.read_bytes()
    for name in ENCODINGS:
        try:
            head = content.decode("utf-8-sig" if name == "utf-8" else name).partition("\n")[0]
        except UnicodeError:
            continue
        if "外字コード" in head:
            return name
    return ENCODINGS[0]
