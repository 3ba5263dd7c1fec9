"""The browser's entry of the menu."""

from yakuba.web.audiences import Entry

ENTRIES = (Entry("標準レイアウト", "layouts:list", order=80, key="l"),)
