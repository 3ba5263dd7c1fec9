"""Characters of names (文字): MJ, variation sequences, vendors' private characters, comparison by sound and shape.

Nothing here applies NFC or NFKC: both replace 互換漢字 (U+FA19 神 → U+795E 神) and so change a person's name.
"""
