"""Entries of the menu, in an installation for BCP alone."""

from yakuba.backup.bcp import standing
from yakuba.web.audiences import Entry

ENTRIES = (
    (
        Entry("災害時の受付簿", "bcp:book", order=12, key="b"),
        Entry("支援の名簿", "bcp:relief", order=14, key="r"),
    )
    if standing.here()
    else ()
)
