"""A 外字 that the vendor's table does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.town.bench import IS_HEAD, LIVE, PLAIN_NAME, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "private_use|character_unresolved"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    member = LIVE & PLAIN_NAME & ~IS_HEAD
    for row in bench.pick(RESIDENTS, member):
        family, _, given = row["氏名"].partition("　")
        wrong = "\ue0a3" + family[1:] if len(family) > 1 else family + "\ue0a3"
        bench.set(RESIDENTS, row["#row"], {"氏_日本人": wrong})
        bench.spoil(RESIDENTS, row["#row"], "氏名", f"{wrong}　{given}", "対応のない外字")
