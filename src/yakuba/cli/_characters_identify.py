"""The work of `yakuba characters identify`: read fonts and the usage list, ask for candidates, write the folder."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from yakuba.characters.glyphs import lists
from yakuba.characters.glyphs.identify import identify
from yakuba.characters.glyphs.overlay import picture_png
from yakuba.characters.glyphs.page import page
from yakuba.characters.glyphs.read import read_glyphs
from yakuba.characters.glyphs.together import together, unmatched
from yakuba.characters.glyphs.usage import read_usage
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.characters.glyphs.identify import Identified
    from yakuba.characters.glyphs.reading import Reading
    from yakuba.characters.glyphs.usage import Usage
    from yakuba.kernel.finding import Finding
    from yakuba.kernel.progress import Progress

PAGE, TABLE, CANDIDATES, FINDINGS, PICTURES = "index.html", "table.csv", "candidates.csv", "findings.csv", "pictures"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out. Figures only; names and pictures stay in the folder.

    Attributes:
        glyphs: identified. people: who use them. suggested: glyphs by suggested 区分. findings: of the files.
    """

    glyphs: int
    people: int
    suggested: Counter[str]
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        """Whether a finding needs a person before the list is whole."""
        return any(each.severity in {Severity.STOP, Severity.ERROR} for each in self.findings)


def identify_files(
    fonts: Sequence[Path], usage_file: Path | None, out: Path, progress: Progress, *, codes: str, encoding: str
) -> Outcome:
    """Read, identify, write.

    Raises:
        UsageError: the usage list is wrong, or two fonts collide. CannotContinueError: no font has a single glyph.
    """
    usage = read_usage(usage_file, encoding=encoding) if usage_file else {}
    progress.stage("読み取り read", len(fonts), "files")
    reading = together({str(path): _read(path, codes, progress) for path in fonts})
    if not reading.glyphs:
        first = reading.findings[0]
        raise CannotContinueError(f"{first.file}: {first.hint_ja}", remedy=first.hint_en)
    findings = reading.findings
    if usage_file:
        findings += tuple(unmatched(reading.glyphs, usage, usage_file.name))
    found = lists.by_people(identify(reading.glyphs, usage, progress=progress), usage)
    _write(out, "、".join(path.name for path in fonts), found, usage, findings, progress)
    people = sum(lists.people(one.glyph, usage) for one in found)
    return Outcome(len(found), people, Counter(str(one.suggestion) for one in found), findings)


def _read(path: Path, codes: str, progress: Progress) -> Reading:
    reading = read_glyphs(path, codes=codes)
    progress.advance(1)
    return reading


def _write(
    out: Path,
    source: str,
    found: Sequence[Identified],
    usage: Mapping[str, Usage],
    findings: Sequence[Finding],
    progress: Progress,
) -> None:
    """Everything into a folder that only its owner can open; it has its name when all is there, and else is gone."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        (part / PICTURES).mkdir()
        for one in found:
            (part / PICTURES / lists.picture_name(one.glyph)).write_bytes(picture_png(one.glyph.picture))
        (part / CANDIDATES).write_bytes(lists.candidates_csv(found, usage))
        (part / TABLE).write_bytes(lists.table_csv(found, usage))
        (part / FINDINGS).write_bytes(lists.findings_csv(findings))
        (part / PAGE).write_bytes(page(source, found, usage, findings, progress))
        if out.exists():
            out.rmdir()
        part.replace(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
