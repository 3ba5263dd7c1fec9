"""The counter's entries of the menu."""

from yakuba.web.audiences import Entry

ENTRIES = (
    Entry("最初の画面", "counter:home", order=0, key="h"),
    Entry("住民をさがす", "counter:search", order=10, key="s", also=("/residents/", "/households/", "/output/")),
)
