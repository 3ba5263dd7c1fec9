"""Entries of the menu."""

from yakuba.web.audiences import Entry

ENTRIES = (
    Entry("交付台帳", "certificates:ledger", 20, "c", also=("/certificates/",)),
    Entry("文字超過・本人通知", "certificates:lists", 21),
    Entry("コンビニ交付", "certificates:kiosk", 76),
    Entry("証明書の設定", "certificates:setting", 75, also=("/certificates/setting/",)),
)
