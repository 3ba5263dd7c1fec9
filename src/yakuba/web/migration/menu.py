"""Entry of the menu."""

from yakuba.web.audiences import Entry

ENTRIES = (Entry("データ移行", "migration:index", 60, "m"),)
