"""Evidence (証拠): what a run can prove, as a chain of entries whose last hash is signed.

Three calls, in this order, because the report is itself part of what is signed:

    write_evidence(out, run, key)     counts, digests, comparisons → OUT/evidence/evidence.json, not signed yet
    make_report(out)                  reads that file (migration/report)
    seal(out, key)                    adds every file of OUT with its hashes, signs → evidence.json, signature.json

There is no clock and no host name in it: the same run over the same data gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba import __version__
from yakuba.kernel.canonical import canonical
from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.kernel.fingerprint import fingerprint
from yakuba.migration.contracts import RECORD
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.verification.canonical import chained, render
from yakuba.migration.verification.counts import account, kept_rejects
from yakuba.migration.verification.digest import digest_blocks
from yakuba.migration.verification.files import covered, file_facts, folder_digest
from yakuba.migration.verification.signing import public_bytes, sign
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from yakuba.layouts.model import Layout
    from yakuba.migration.contracts import Project, Staged
    from yakuba.migration.verification.comparison import Comparison
    from yakuba.migration.verification.counts import Account
    from yakuba.migration.verification.digest import ColumnFacts

EVIDENCE = "evidence/evidence.json"
SIGNATURE = "evidence/signature.json"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run hands over to be proven.

    Attributes:
        project: as parsed. as_of: the run's 基準日.
        staged: every source. layouts: every layout whose groups were written.
        rules: rules that ran, name → digest of the file that holds the rule (see `rule_set`).
        comparisons: one per written table, the reserve area included.
        known: source → column → facts of source columns that are known already; the others are digested here.
    """

    project: Project
    as_of: date
    staged: Sequence[Staged]
    layouts: Sequence[Layout]
    rules: Mapping[str, str]
    comparisons: Sequence[Comparison]
    known: Mapping[str, Mapping[str, ColumnFacts]] = field(default_factory=dict)


class EvidenceBuilder:
    """Ordered entries (kind, content); the chain is made when they are written."""

    def __init__(self, entries: Sequence[tuple[str, dict[str, Any]]] = ()) -> None:
        self.entries = list(entries)

    def add(self, kind: str, content: Mapping[str, Any]) -> None:
        """Add one entry; content is made of dicts, lists, strings, integers, booleans and None."""
        self.entries.append((kind, dict(content)))

    def write(self, out: Path) -> str:
        """Write evidence.json; gives back the head of the chain."""
        entries, head = chained(self.entries)
        with whole(out / EVIDENCE) as path:
            path.write_bytes(render(entries, head))
        return head

    @classmethod
    def read(cls, out: Path) -> EvidenceBuilder:
        """The entries of an evidence.json that this program wrote.

        Raises:
            CannotContinueError: there is none, or it cannot be read.
        """
        try:
            data = json.loads((out / EVIDENCE).read_bytes())
            return cls([(str(entry["kind"]), dict(entry["content"])) for entry in data["entries"]])
        except (OSError, ValueError, KeyError, TypeError) as error:
            remedy = "run the migration again: the run was not finished"
            raise CannotContinueError(f"{out / EVIDENCE}: no evidence to read", remedy=remedy) from error

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Contents of all entries of a kind, in order."""
        return [content for name, content in self.entries if name == kind]


def write_evidence(out: Path, run: Run, key: Ed25519PrivateKey) -> None:
    """Account for every record and write everything but the files' hashes to OUT/evidence/evidence.json.

    Reads OUT/dispositions.parquet, OUT/project.toml, the lineage files and the staged parts.

    Raises:
        NotProvenError: the records of a source do not add up.
    """
    builder = EvidenceBuilder()
    builder.add("tool", {"name": "yakuba", "version": __version__})
    builder.add("signer", {"fingerprint": fingerprint(public_bytes(key)), "public_key": public_bytes(key).hex()})
    builder.add("project", _project(out, run))
    for layout in run.layouts:
        builder.add("layout", _layout(layout))
    builder.add("rules", {"files": dict(run.rules)})
    accounts = _accounts(out, run)
    for staged, found in zip(run.staged, accounts, strict=True):
        for facts in staged.files:
            builder.add("input", {"source": staged.source.name, **asdict(facts)})
        builder.add("source", _source(staged, run.known.get(staged.source.name, {})))
        builder.add("account", found.as_dict())
    for comparison in run.comparisons:
        builder.add("group", comparison.as_dict())
    builder.add("result", _result(run.comparisons, accounts))
    builder.write(out)


def seal(out: Path, key: Ed25519PrivateKey) -> str:
    """Add every file of the run folder to the evidence and sign it. Nothing in OUT may change afterwards.

    Returns:
        the head of the chain, hex.

    Raises:
        CannotContinueError: `write_evidence` has not run.
    """
    builder = EvidenceBuilder.read(out)
    builder.entries = [(kind, content) for kind, content in builder.entries if kind != "file"]
    for path in covered(out):
        builder.add("file", file_facts(out, path))
    head = builder.write(out)
    with whole(out / SIGNATURE) as path:
        path.write_bytes(canonical(sign(head, key)) + b"\n")
    return head


def _project(out: Path, run: Run) -> dict[str, Any]:
    project = run.project
    decisions = project.folder / project.decisions
    held = project.decisions and decisions.is_file()
    return {
        "name": project.name,
        "municipality": project.municipality,
        "layout": project.layout,
        "as_of": run.as_of.isoformat(),
        "cleansing": list(project.cleansing),
        "sha256": hashlib.sha256((out / "project.toml").read_bytes()).hexdigest(),
        "decisions_sha256": hashlib.sha256(decisions.read_bytes()).hexdigest() if held else "",
    }


def _layout(layout: Layout) -> dict[str, Any]:
    source = layout.source
    return {
        "id": layout.id,
        "business": layout.business,
        "title": source.title,
        "edition": source.edition,
        "standing": str(source.standing),
        "sha256": folder_digest(catalog_root() / "standards" / layout.id),
    }


def _source(staged: Staged, known: Mapping[str, ColumnFacts]) -> dict[str, Any]:
    """Digests of the source columns as they were read, before anything was done to them."""
    unknown = [name for name in staged.columns if name not in known]
    blocks = (pl.read_parquet(part, columns=unknown) for part in staged.parts if unknown)
    facts = {**known, **{found.name: found for found in digest_blocks(unknown, ahead(blocks))}}
    return {
        "source": staged.source.name,
        "records": staged.records,
        "left_behind": dict(staged.source.drop),
        "columns": [facts[name].as_dict() for name in staged.columns],
    }


def _accounts(out: Path, run: Run) -> list[Account]:
    dispositions = pl.read_parquet(out / "dispositions.parquet")
    paths = [out / comparison.files["lineage"] for comparison in run.comparisons]
    lineages = [
        pl.scan_parquet(path).select(pl.col("source").cast(pl.Categorical), RECORD).collect(engine="streaming")
        for path in paths
    ]
    accounts = [account(staged, lineages, dispositions) for staged in run.staged]
    for one in accounts:
        kept = kept_rejects(out, one.source)
        if kept != one.total("rejected"):
            raise NotProvenError(f"rejected/{one.source}: {kept} records kept, {one.total('rejected')} rejected")
    return accounts


def _result(comparisons: Sequence[Comparison], accounts: Sequence[Account]) -> dict[str, Any]:
    fields = ("records", "loaded", "merged", "rejected", "unread")
    return {
        "proven": all(comparison.proven for comparison in comparisons),
        "rows": sum(comparison.loaded for comparison in comparisons),
        "cells": sum(comparison.cells for comparison in comparisons),
        **{field: sum(one.total(field) for one in accounts) for field in fields},
    }
