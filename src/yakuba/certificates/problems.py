"""What stops a paper before it is drawn: findings with their remedies, and the error that carries them."""

from __future__ import annotations

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.finding import Finding, Severity, masked

OVERFLOW = "text_overflow"
"""Code of 文字超過: what does not fit goes on the 文字超過リスト."""

_HINTS = {
    OVERFLOW: (
        "最小の文字でも欄に収まりません。文字超過リストで確かめ、窓口で対応してください",
        "does not fit even in the smallest size: see the list of overflows",
    ),
    "item_empty": (
        "証明書に必要な項目が空です。台帳を確かめてください",
        "the paper needs this item: look at the register",
    ),
    "unknown_date_words": (
        "不詳日の表記が記録されていません。表記を登録してください（並べ替え用の日付は印字できません）",
        "the words of an unknown date are not recorded, and its sortable day must not be printed: record them",
    ),
    "date_unreadable": ("日付として読めません。台帳を確かめてください", "not a date: look at the register"),
    "code_unknown": ("コード表にない値です。台帳を確かめてください", "not in the code list: look at the register"),
    "not_a_number": ("金額として読めません。台帳を確かめてください", "not an amount: look at the register"),
    "members_differ": (
        "請求された人と記録の人が一致しません。発行を中止し、はじめからやり直してください",
        "the record is not that of the people ordered: begin again",
    ),
    "state_differs": (
        "住民票と除票の別がこの証明書に合いません。証明書の種類を選び直してください",
        "live or removed, the person is not what this certificate is about: choose another kind",
    ),
    "household_differs": (
        "同じ証明書に載せる人の項目が一致しません。個人票にしてください",
        "people on one paper differ in what they must share: make one paper each",
    ),
    "not_whole_household": (
        "世帯全員の証明書に世帯の一部しか載っていません。選び直してください",
        "a paper on the whole household lacks members: choose again",
    ),
    "choice_unknown": ("この証明書にない選択です。選び直してください", "no such choice: choose again"),
    "choices_never_together": (
        "同時に選べない項目です。どちらかを外してください",
        "these exclude each other: drop one",
    ),
    "rows_missing": (
        "証明する記録がありません。台帳を確かめてください",
        "there is no record to certify: look at the register",
    ),
    "image_missing": (
        "印影がありません。印鑑登録原票を確かめてください",
        "the picture is missing: look at the register",
    ),
    "image_unreadable": (
        "画像として読めません。PNGまたはSVGで登録し直してください",
        "not a picture that can be drawn: give PNG or SVG",
    ),
    "engine_refused": (
        "組版できませんでした。印影・公印の画像が壊れていないか確かめてください",
        "the engine could not draw it: look whether a picture (imprint, seal) is damaged",
    ),
    "image_size_missing": (
        "印影の実寸（横・縦の寸法または解像度）が記録されていません。原寸で印字できないため、登録してください",
        "the real size of the picture is not recorded, so it cannot be printed 1:1: record it",
    ),
    "issuer_incomplete": (
        "認証者（職名・氏名・都道府県名）が登録されていません。管理者に登録を求めてください",
        "title, name or prefecture of the issuer is missing: ask the administrator",
    ),
}


class NotDrawableError(CannotContinueError):
    """The paper is not drawn; nothing of it exists.

    Attributes:
        findings: every reason, not the first only. Values are masked where the item is secret.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        places = "、".join(dict.fromkeys(f"{one.item}: {one.code}" if one.item else one.code for one in findings))
        super().__init__(f"the certificate cannot be drawn ({places})", remedy=findings[0].hint_ja)
        self.findings = findings


def problem(code: str, item: str = "", value: str = "") -> Finding:
    """A finding with the hints of its code."""
    return Finding(code, Severity.STOP, "", 0, "", item, masked(item, value), *_HINTS[code])
