"""Hints (対処): what to do about a finding code, for the codes of rule files and for those of the pipeline itself."""

from __future__ import annotations

from yakuba.migration.ruling import checks, fixes

PIPELINE = {
    "item_unmapped": (
        "必須項目に、移行元の列が対応付けられていません。project.toml に対応を書いてください。",
        "map a source column to this required item in project.toml",
    ),
    "column_unknown": (
        "標準レイアウトにない列です。列名の誤りを直すか、列を取り除いてください。",
        "the layout has no such item: correct the column's name or take the column out",
    ),
    "column_reserved": (
        "標準に置き場所がないため、予備領域に入る列です。移行先の業務で使うか、移行元との取り決めを確かめてください。",
        "no item takes this column, so it goes to the reserve area: agree with the receiver on its use",
    ),
    "file_unread": (
        "どの入力にも使われていないファイルです。project.toml に加えるか、移行対象外であることを確かめてください。",
        "no source reads this file: add it to project.toml or make sure that it stays behind",
    ),
    "unconverted": (
        "対応表にない値です。コード表か日付の形を直すか、正しい値を決めてください。",
        "not in the conversion table: complete the table or decide on the right value",
    ),
    "lookup_missing": (
        "参照先の行がありません。旧システムで参照先を確かめてください。",
        "the row it refers to is missing: check it in the old system",
    ),
    "no_table": (
        "どの表の条件にも当たらない行です。条件を見直すか、移行対象外として決めてください。",
        "no table takes this record: widen a condition or decide that it stays behind",
    ),
    "row_merged": (
        "同じ内容の行を一つにまとめました。",
        "rows equal in every item were merged into one",
    ),
    "decision": (
        "人の判断により値を置き換えました。",
        "value replaced by a person's decision",
    ),
    "record_fields": (
        "項目の数が見出しと違います。区切り文字や引用符を旧システムで直して、出し直してください。",
        "number of fields differs from the header: mend the separators or quotes and export again",
    ),
    "record_truncated": (
        "途中で切れた行です。ファイルを出し直してください。",
        "the record is cut off: export the file again",
    ),
    "quote_unclosed": (
        "引用符が閉じていません。その行を直して、出し直してください。",
        "a quote is not closed: mend the record and export again",
    ),
    "undecodable": (
        "指定した文字コードで読めない文字があります。文字コードの指定か、その行を確かめてください。",
        "bytes that the declared encoding does not have: check the encoding or the record",
    ),
    "nul_byte": (
        "NUL文字が含まれています。旧システムからの取り出し方を確かめてください。",
        "the record holds NUL bytes: check how it was extracted",
    ),
    "line_too_long": (
        "一行が長すぎます。改行や引用符の抜けを確かめてください。",
        "the line is too long: a line end or quote is probably missing",
    ),
}
"""Codes that have no rule file: (what to do in Japanese, in English)."""


def hint(code: str) -> tuple[str, str]:
    """What to do about a code, in Japanese and in English; empty texts for a code of another version."""
    rule = checks().get(code) or fixes().get(code)
    if rule:
        return rule.hint_ja, rule.hint_en
    return PIPELINE.get(code, ("", ""))
