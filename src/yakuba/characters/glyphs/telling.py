"""What can be wrong with a font, an image or a usage list (指摘): every finding of this room, in one table.

Each has a code, a weight, and a sentence in both languages that says what to do; `{}` is the detail.
"""

from __future__ import annotations

from yakuba.kernel.finding import Finding, Severity

_STOP, _ERROR, _WARNING, _NOTE = Severity.STOP, Severity.ERROR, Severity.WARNING, Severity.NOTE

FINDINGS: dict[str, tuple[Severity, str, str]] = {
    "glyph_file_unknown": (
        _STOP, "書体でも画像でもない。TrueType・OpenType・BDF・PCF か、PNG・TIFF・JPEG・BMP を渡す",
        "neither a font nor an image; give TrueType, OpenType, BDF or PCF, or PNG, TIFF, JPEG or BMP",
    ),
    "glyph_file_broken": (
        _STOP, "途中で切れているか壊れていて読めない。元の装置からもう一度取り出す",
        "cut off or broken, it cannot be read; take it from the old system again",
    ),
    "glyph_file_too_large": (
        _STOP, "大きすぎるので開かない（{}）。一字ごとの画像か、外字だけの書体にする",
        "too large, it was not opened ({}); give images of one glyph each, or a font with private glyphs only",
    ),
    "glyph_reader_stopped": (
        _STOP, "読み取りを打ち切った（{}）。壊れているか、細工されたおそれがある。元の装置からもう一度取り出す",
        "reading was cut short ({}): the file may be broken or made to do harm; take it from the old system again",
    ),
    "glyph_none": (
        _STOP, "字形が一つもない。外字の入ったファイルか確かめる",
        "there is no glyph in it; check that this is the file with the private characters",
    ),
    "glyph_none_private": (
        _STOP, "外字の符号（U+E000〜U+F8FF、15・16面、CP932 の F040〜F9FC）の字形がない。外字の入った書体か確かめる",
        "no glyph has a private code (U+E000–U+F8FF, planes 15 and 16, F040–F9FC); check that this is the font",
    ),
    "glyph_too_many": (
        _STOP, "字形が多すぎる（{}）。外字だけの書体か、分けたファイルにする",
        "too many glyphs ({}); give a font with private glyphs only, or parts",
    ),
    "glyph_no_cmap": (
        _WARNING, "符号の表（cmap）がない。字形の番号で読み、外字対応表には載せない。符号と番号の一覧をもらう",
        "the font has no table of codes (cmap): glyphs are known by number and are in no 外字対応表; ask for the codes",
    ),
    "glyph_code_ambiguous": (
        _WARNING,
        "符号 F040… が Unicode とも CP932（U+E000…）とも読める。{} と読んだ。違えば符号の読み方（--codes）を指定する",
        "codes can be U+F040… or F040… of CP932 (U+E000…); read as {}; if that is wrong, say which (--codes)",
    ),
    "glyph_code_twice": (
        _ERROR, "一つの外字コードに違う字形が二つある。符号なしとして扱った。どちらが正しいか確かめる",
        "one code has two different glyphs; both were read without a code; find out which is right",
    ),
    "glyph_code_unknown": (
        _WARNING, "ファイル名が外字コードではない（U+E000 か F040 の形）。外字対応表には載らない",
        "the file's name is no private code (U+E000 or F040); it is in no 外字対応表",
    ),
    "glyph_default": (
        _WARNING, "ビットマップ書体の最初の字形（代わりに出す字形）で、符号が分からない。外字なら、符号を確かめる",
        "the first glyph of a bitmap font, shown for codes that it lacks; its own code is unknown, ask for it",
    ),
    "glyph_broken": (
        _ERROR, "この字形だけが壊れている（{}）。元の装置で字形を確かめる",
        "this glyph is broken ({}); look at it in the old system",
    ),
    "glyph_empty": (
        _WARNING, "符号はあるが、字形が空。使われていなければそのままでよい",
        "it has a code and no shape; nothing to do where nobody uses it",
    ),
    "glyph_no_ink": (
        _ERROR, "画像に字が写っていない。濃く取りこみ直す",
        "the image shows no character; scan it again, darker",
    ),
    "glyph_several": (
        _ERROR, "一つの画像に字が二つ以上あるらしい。一字ごとに切り分ける",
        "the image seems to hold more than one character; cut it up, one each",
    ),
    "glyph_specks": (
        _NOTE, "小さな汚れを {} 個取り除いた。点のある字なら、絵を確かめる",
        "{} specks were taken away; look at the picture if the character has dots",
    ),
    "glyph_white_on_black": (
        _NOTE, "黒地に白の画像として読んだ。白地に黒なら、余白をつけて取りこみ直す",
        "read as white on black; if it is black on white, scan it with a margin",
    ),
    "glyph_black_on_white": (
        _WARNING, "黒地に白か、白地に黒か、見分けにくい。白地に黒として読んだ。余白をつけて取りこみ直す",
        "it can be white on black or black on white, and was read as the latter; scan it with a margin",
    ),
    "usage_without_glyph": (
        _ERROR, "使用一覧にある外字の字形がない（{} 人）。ほかの書体がないか確かめる",
        "the usage list has a code without a glyph ({} people); look for another font",
    ),
    "glyph_without_usage": (
        _NOTE, "使用一覧にない外字が {} 字ある。使う人がいなければ決めなくてよい",
        "{} glyphs are not in the usage list; if nobody uses them, nothing needs deciding",
    ),
}  # fmt: skip


def told(code: str, file: str, *, glyph: str = "", detail: str = "") -> Finding:
    """A finding of the table.

    Args:
        file: name of the file. glyph: name of the glyph; "" when the whole file is meant.
        detail: what stands in the sentence's gap.
    """
    severity, japanese, english = FINDINGS[code]
    japanese, english = japanese.replace("{}", detail), english.replace("{}", detail)
    return Finding(code, severity, file, 0, glyph, "外字", detail, japanese, english)
