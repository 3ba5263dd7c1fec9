"""A folder of tables as a load sees it: whose it is, what it proves; and how a run folder becomes one."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.layouts.read import standard
from yakuba.migration.verification.evidence import EVIDENCE
from yakuba.migration.verification.verify import verify
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.services.proofs import Signed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.registry.services.proofs import Proof

RESERVE = "予備"
"""Business of the reserve area, whose rows follow no layout."""
RESERVE_LAYOUT = "yobi"
MAPPING = "mapping.csv"
"""What a run says of where every item came from."""
_ADDRESSEE = "宛名番号"


@dataclass(frozen=True, slots=True)
class RunTable:
    """One written table of a run.

    Attributes:
        layout, group, business, title, folder: as in `models.Ledger`.
        csv: its file. columns: items in order. rows: how many were proven. proof: what the file is held against.
        roles: the table of roles it fills, "" for none. addressee_column: the item that says whose a row is, "" = none.
    """

    layout: str
    group: str
    business: str
    title: str
    folder: str
    csv: Path
    columns: tuple[str, ...]
    rows: int
    proof: Proof
    roles: str
    addressee_column: str


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Tables of one municipality that are proven: a run folder whose evidence has verified, or a generation.

    Attributes:
        head: of the evidence chain, or what else names this very proof. signer: fingerprint of the key that signed.
        municipality, standard, as_of: of the project, or of the generation. tables: in their order.
    """

    head: str
    signer: str
    municipality: str
    standard: str
    as_of: date
    tables: tuple[RunTable, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by "業務/グループ"."""
        return {f"{table.business}/{table.title}": table.rows for table in self.tables}


def proven(folder: Path, signer: str | None, progress: Progress) -> RunFolder:
    """Verify a run folder and read what its evidence says.

    Raises:
        NotProvenError: the evidence does not verify. UsageError: no run folder, or of a standard unknown here.
    """
    if not (folder / EVIDENCE).is_file():
        raise UsageError(
            f"{folder}: 移行結果のフォルダではありません no run folder",
            remedy="yakuba migrate run が作ったフォルダを指定してください",
        )
    verdict = verify(folder, signer, progress)
    if not verdict.proven:
        more = f" (ほか{len(verdict.problems) - 1}件)" if len(verdict.problems) > 1 else ""
        raise NotProvenError(
            f"{folder}: 証明できないので取り込みません not proven: {verdict.problems[0].one_line()}{more}",
            remedy="yakuba verify で全件を見て、作成者にフォルダを求め直してください",
        )
    data = json.loads((folder / EVIDENCE).read_bytes())
    project = next(entry["content"] for entry in data["entries"] if entry["kind"] == "project")
    groups = [entry["content"] for entry in data["entries"] if entry["kind"] == "group"]
    selector = str(project["layout"])
    return RunFolder(
        head=str(data["head"]),
        signer=verdict.fingerprint,
        municipality=str(project["municipality"]),
        standard=selector,
        as_of=date.fromisoformat(project["as_of"]),
        tables=tuple(_tables(folder, selector, groups)),
    )


def _tables(folder: Path, selector: str, groups: list[dict[str, Any]]) -> Iterator[RunTable]:
    known = standard(selector)
    unmapped = source_columns(folder)
    for content in groups:
        business, _, title = str(content["group"]).partition("/")
        path = folder / content["files"]["csv"]
        columns = tuple(str(column["name"]) for column in content["columns"])
        reserve = business == RESERVE
        layout = RESERVE_LAYOUT if reserve else known.group(content["group"])[0].id
        yield RunTable(
            layout=layout,
            group=path.name.removesuffix(".csv"),
            business=business,
            title=title,
            folder=path.parent.name,
            csv=path,
            columns=columns,
            rows=int(content["loaded"]),
            proof=Signed(
                tuple(content["columns"]),
                frozenset(total["item"] for total in content["totals"]),
                folder / content["files"]["lineage"],
            ),
            roles=table_of(business, title) if not reserve else "",
            addressee_column=unmapped.get(title, "") if reserve else addressee_column(columns),
        )


def addressee_column(columns: tuple[str, ...]) -> str:
    """宛名番号, else the first item that ends with it (納税義務者_宛名番号)."""
    if _ADDRESSEE in columns:
        return _ADDRESSEE
    return next((name for name in columns if name.endswith(f"_{_ADDRESSEE}")), "")


def source_columns(folder: Path) -> dict[str, str]:
    """Source → its column that became 宛名番号 unchanged: in the reserve area columns keep the names of the source."""
    with (folder / MAPPING).open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["項目"] == _ADDRESSEE and not row["手順"]]
    return {row["移行元"]: row["列"] for row in reversed(rows)}


def role_columns(table: RunTable) -> dict[str, str]:
    """Role → item of a table that fills roles."""
    return columns_of(table.roles, table.columns) if table.roles else {}
