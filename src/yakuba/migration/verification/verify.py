"""Verify (検証): whether a run folder is, to the byte, what its sender signed. Needs the folder and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from yakuba.kernel.canonical import canonical
from yakuba.kernel.fingerprint import same_fingerprint
from yakuba.kernel.problem import Problem
from yakuba.kernel.progress import SILENT
from yakuba.migration.verification._recount import recount
from yakuba.migration.verification._untouched import untouched
from yakuba.migration.verification.canonical import FORMAT, START, entry_hash, render
from yakuba.migration.verification.evidence import EVIDENCE, SIGNATURE
from yakuba.migration.verification.files import INCOMPLETE
from yakuba.migration.verification.signing import signature_holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a verification.

    Attributes:
        fingerprint: of the key that signed; "" when the signature does not hold.
        problems: everything that is not as signed, empty when all is well.
        files, groups, records, rows: how much was checked.
    """

    fingerprint: str
    problems: tuple[Problem, ...]
    files: int = 0
    groups: int = 0
    records: int = 0
    rows: int = 0

    @property
    def proven(self) -> bool:
        """Nothing is different from what was signed, and what was signed was proven."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {"proven": self.proven, **asdict(self)}


@dataclass
class _Opened:
    """evidence.json and signature.json as far as they could be read."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    head: str = ""
    problems: list[Problem] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [entry["content"] for entry in self.entries if entry["kind"] == kind]


def verify(folder: Path, signer: str | None = None, progress: Progress = SILENT) -> Verdict:
    """Check everything that a run folder claims.

    Checks, in this order: that the run was finished, signature, chain, every file to the byte (missing, extra,
    changed, and where), then the records of every lineage, rows of every CSV and Parquet counted again, column
    digests computed again, and the sums of the accounts added again.

    Args:
        folder: the run folder.
        signer: fingerprint of the key that must have signed; None accepts any key, which proves only that nothing
            was changed since somebody signed.
        progress: told of files and tables as they are done.
    """
    opened = _Opened()
    if (folder / INCOMPLETE).exists():
        opened.problems.append(
            Problem("incomplete", INCOMPLETE, "", "移行の途中で止まっています", "the run was not finished")
        )
    _open(folder, opened)
    signature = _json(folder / SIGNATURE, opened.problems)
    opened.problems += _signature(signature, opened, signer)
    holds = signature_holds(signature)
    print_of_key = str(signature["fingerprint"]) if holds else ""
    if not opened.entries:
        return Verdict(print_of_key, tuple(opened.problems))
    touched = list(untouched(folder, opened.of("file"), progress))
    opened.problems += touched
    opened.problems += recount(folder, opened.of, frozenset(problem.file for problem in touched), progress)
    result = (opened.of("result") or [{}])[0]
    sums = (number if isinstance(number := result.get(name), int) else 0 for name in ("records", "rows"))
    counts = (len(opened.of("file")), len(opened.of("group")), *sums)
    return Verdict(print_of_key, tuple(opened.problems), *counts)


def _open(folder: Path, opened: _Opened) -> None:
    data = _json(folder / EVIDENCE, opened.problems)
    if not data:
        return
    entries = data.get("entries")
    well_formed = isinstance(entries, list) and all(_is_entry(entry) for entry in entries)
    if not well_formed or data.get("format") != FORMAT or not isinstance(data.get("head"), str):
        opened.problems.append(Problem("evidence_form", EVIDENCE, "", "証拠の形になっていません", "is no evidence"))
        return
    opened.entries, opened.head = data["entries"], data["head"]
    opened.problems += _chain(folder, opened)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == {"kind", "content", "previous"}
        and isinstance(entry["kind"], str)
        and isinstance(entry["content"], dict)
        and isinstance(entry["previous"], str)
    )


def _chain(folder: Path, opened: _Opened) -> Iterator[Problem]:
    """Every link; then the bytes, because JSON can say the same in other bytes."""
    expected = START
    for number, entry in enumerate(opened.entries, start=1):
        if entry["previous"] != expected:
            place = f"entry {max(number - 1, 1)}–{number} ({entry['kind']}, line {number + 1})"
            yield Problem("chain_broken", EVIDENCE, place, "証拠の鎖がここで切れています", "the chain is broken here")
        expected = entry_hash(entry)
    if expected != opened.head:
        place = f"entry {len(opened.entries)}"
        yield Problem(
            "chain_broken", EVIDENCE, place, "証拠の最後が書き換わっています", "the end of the chain was changed"
        )
    wanted, found = render(opened.entries, opened.head), (folder / EVIDENCE).read_bytes()
    if wanted != found:
        at = next((at for at, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), len(wanted))
        yield Problem(
            "not_canonical", EVIDENCE, f"byte {at}", "証拠の書き方が変えられています", "was written over here"
        )


def _signature(signature: dict[str, Any], opened: _Opened, signer: str | None) -> Iterator[Problem]:
    if not signature:
        return
    if not signature_holds(signature):
        yield Problem("signature_wrong", SIGNATURE, "", "署名が正しくありません", "the signature does not hold")
        return
    if signature["head"] != opened.head:
        yield Problem("signature_other", SIGNATURE, "head", "別の証拠への署名です", "signs other evidence")
    named = [content.get("fingerprint") for content in opened.of("signer")]
    if opened.entries and named != [signature["fingerprint"]]:
        yield Problem("signer_other", SIGNATURE, "", "証拠に書かれた署名者ではありません", "not by the signer it names")
    if signer is not None and not same_fingerprint(signer, str(signature["fingerprint"])):
        found = str(signature["fingerprint"])
        yield Problem(
            "signer_other", SIGNATURE, found, "指定した署名者ではありません", "not signed by the key you gave"
        )


def _json(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """A JSON object; {} with a problem when it is none. signature.json must be canonical too."""
    name = f"{path.parent.name}/{path.name}"
    try:
        raw = path.read_bytes()
        data = json.loads(raw)
    except OSError:
        problems.append(Problem("missing", name, "", "ファイルがありません", "is missing"))
        return {}
    except ValueError as error:
        place = f"byte {getattr(error, 'start', getattr(error, 'pos', 0))}"
        problems.append(Problem("unreadable", name, place, "読めない内容になっています", "cannot be read"))
        return {}
    if not isinstance(data, dict) or not data:
        problems.append(Problem("unreadable", name, "", "証拠の形になっていません", "is no evidence"))
        return {}
    if name == SIGNATURE and _rendered(data) != raw:
        problems.append(Problem("not_canonical", name, "", "署名の書き方が変えられています", "was written over"))
    return data


def _rendered(data: dict[str, Any]) -> bytes:
    try:
        return canonical(data) + b"\n"
    except TypeError:
        return b""
