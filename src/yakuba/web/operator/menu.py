"""Entries of the menu."""

from yakuba.web.audiences import Entry

ENTRIES = (
    Entry("共同利用", "operator:dashboard", 10, "d"),
    Entry("加入団体", "operator:members", 20, "m"),
    Entry("バックアップ", "operator:backup", 25, "b"),
    Entry("文字同定", "operator:characters", 61, "j"),
    Entry("運用の記録", "operator:audit", 30, "a"),
)
