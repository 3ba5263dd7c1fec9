"""What stands between the tables of docs/benchmarks-characters.md."""

HEAD = """\
# 文字の性能 Characters

`python -m bench.run --only characters` measures on your machine and writes this page anew. Debian packages:
{fonts}.
Sets are drawn with seed {seed}; `bench/glyph_sets.py` says what each holds. No glyph of these fonts was used to
make the model; `catalog/characters/glyph_model/1/SOURCE.toml` names the fonts that were. How many cells a picture has
and how much the scatter is smoothed was chosen on other samples of these fonts (1,000 to 1,500 glyphs a set).
"""
SETS = """\
## Where the right character stands

*first*: the glyph that IPAmj明朝 draws for the same code point. A font may draw another form of the code point
(塚 with the dot or without): *where known* counts the glyphs of code points that have one MJ character only, and
those of which the font says by its sequences what they are. *any form*: any MJ character of the code point.
"""
MANNERS = """\
Dots are black and white, as FreeType draws them; *thick*, *thin*: strokes wider by 3 %, narrower by 1.2 % of
the em. Of Noto Serif CJK JP the set holds the characters of Adobe-Japan1; the others it draws as China, Taiwan
or Korea do (*foreign* below).
"""
FORMS = """\
*forms of one code point*: Moji_Joho sequences of Hanazono Mincho A for code points with several MJ characters;
*one to JIS*: those of them that JIS X 0213 unifies and MJ keeps apart. *forms that MJ does not keep apart*
(デザイン差): its sequences of other collections with a glyph of their own; there only *any form* can be right.
The forms of 邉 and 邊 differ by a short stroke or two in twenty, which fonts draw with as much freedom as the
difference itself: a person has to look, at candidates among which the right one is.
"""
STRANGERS = """\
## What is not in MJ

Identified together with 2,000 kanji of the same font, as they come in a vendor's font: how near a right character
comes in this font is read off those. *composed*: the left half of one kanji and the right half of another.
"""
NEIGHBOURS = """\
Ideographs that are taken for a neighbour differ from it by a stroke or a dot (吕 𣅊, 暧 暖, 𠧧 卥): no more
than the same character differs from font to font. Katakana and signs that are not rejected look like a character
of MJ (ロ 口, ニ 二, カ 力). Neither is decided by the machine: it suggests, a person decides.
"""
SURE = """\
## 字形一致

The suggestion 字形一致 is to be wrong for less than {goal} of the glyphs that get it; *wrong* is counted where it
is known what a glyph shows.
"""
