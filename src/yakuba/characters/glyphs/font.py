"""Glyphs of a font: TrueType, OpenType, EUDC (.tte), collections (.ttc), BDF and PCF. Runs in the reader's process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.characters.glyphs.codes import private_codes
from yakuba.characters.glyphs.freetype_face import Face, FontError
from yakuba.characters.glyphs.glyph import Glyph, bitmap_digest, code_name, cropped
from yakuba.characters.glyphs.outline import outline_digest
from yakuba.characters.glyphs.reading import MOST, Reading, gathered, in_part
from yakuba.characters.glyphs.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.kernel.finding import Finding

_FACES = 64
"""Faces of a collection that are looked at; the largest collections have some 40."""


def read_font(data: bytes, file: str, way: str = "") -> Reading:
    """Read a font.

    Args:
        data: the file. file: its name, for findings. way: how codes are meant, see `codes`.
    """
    try:
        with Face(data) as first:
            faces = min(first.faces, _FACES)
    except FontError:
        return Reading((), (told("glyph_file_broken", file),))
    glyphs: list[Glyph] = []
    findings: list[Finding] = []
    for index in range(faces):
        try:
            with Face(data, index) as face:
                found = _FaceReader(face, file, way)
                glyphs += found.glyphs
                findings += found.findings
        except FontError:
            findings.append(told("glyph_file_broken", file, detail=f"face {index}" if faces > 1 else ""))
        if len(glyphs) > MOST:
            return Reading((), (told("glyph_too_many", file, detail=f"{len(glyphs):,}"),))
    if glyphs:  # other faces of the collection may well have no private glyph
        findings = in_part(one for one in findings if one.code not in {"glyph_none", "glyph_none_private"})
    return gathered(glyphs, dict.fromkeys(findings), file)


class _FaceReader:
    """Reads one face. `glyphs`, `findings`: what came out."""

    def __init__(self, face: Face, file: str, way: str) -> None:
        self.glyphs: list[Glyph] = []
        self.findings: list[Finding] = []
        self._face, self._file = face, file
        self._dots = face.prepare()
        codes, read_as = private_codes(face, way)
        if codes is None:
            self._tell("glyph_no_cmap")
            self._read(("", f"glyph {number}", number) for number in range(1, min(face.glyphs, MOST + 2)))
        else:
            if read_as:
                self._tell("glyph_code_ambiguous", detail=read_as)
            most = sorted(codes.items())[: MOST + 1]
            self._read((private, code_name(private), number) for private, number in most)
            if not face.scalable and self.glyphs:
                self._default()
        if not self.glyphs and not self.findings:
            self._tell("glyph_none_private" if codes is not None else "glyph_none")

    def _tell(self, code: str, glyph: str = "", detail: str = "") -> None:
        self.findings.append(told(code, self._file, glyph=glyph, detail=detail))

    def _read(self, wanted: Iterable[tuple[str, str, int]]) -> None:
        for private, name, number in wanted:
            try:
                glyph = self._glyph(private, name, number)
            except FontError as error:
                self._tell("glyph_broken", name, str(error))
                continue
            if glyph is not None:
                self.glyphs.append(glyph)
            elif private:  # a font without codes has any number of empty glyphs by right
                self._tell("glyph_empty", name)

    def _default(self) -> None:
        """The glyph that a PCF font keeps for codes it lacks: FreeType does not tell whether it has one of its own."""
        seen = {glyph.digest for glyph in self.glyphs}
        try:
            glyph = self._glyph("", "glyph 0", 0)
        except FontError:
            return
        if glyph is not None and glyph.digest not in seen:
            self.glyphs.append(glyph)
            self._tell("glyph_default", glyph.name)

    def _glyph(self, private: str, name: str, number: int) -> Glyph | None:
        digest = ""
        if self._face.scalable:
            digest = outline_digest(self._face.outline(number))
            if not digest:
                return None
        picture = cropped(self._face.picture(number))
        if picture is None:
            return None
        dots = 0 if self._face.scalable else self._dots
        return Glyph(private, name, picture, dots, digest or bitmap_digest(picture))
