"""Entries of the menu."""

from yakuba.web.audiences import Entry

ENTRIES = (
    Entry("職員と部署", "admin:staff", 70, "u"),
    Entry("権限と期限", "admin:rights", 71, "r"),
    Entry("操作ログ", "admin:audit", 72, "a"),
    Entry("取込みと書出し", "admin:files", 73, "f"),
    Entry("APIの合い言葉", "admin:tokens", 74, "k"),
)
