"""Definition (移行定義): proposed from a look at the dump, read and mended on the screen, never lost by a slip."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.migration.project import read_project
from yakuba.migration.proposal import look, summary, write_project
from yakuba.migration.report.refusals import in_japanese
from yakuba.migration.whole import whole
from yakuba.registry.moves.store import locked

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.registry.moves.store import Move

DRAFT = "project.toml.draft"
_HEAD = re.compile(r"^\[project\][^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition as the screen needs it.

    Attributes:
        text: what stands in the file, or in the draft that could not be used yet.
        mark: digest of the file's text, so that a second clerk who saves is told.
        problem: why it cannot be run, in one sentence; "" when it can.
        draft: whether `text` is a draft beside the file.
    """

    text: str
    mark: str
    problem: str
    draft: bool


def propose(move: Move, municipality: str) -> None:
    """Look at the dump, keep what was seen, write a definition where there is none.

    One that came with the dump is kept; where it says nothing of answers, it is told where the screen keeps them.

    Raises:
        CannotContinueError: no file holds records.
    """
    dump = look(move.dump)
    with locked(move.folder):
        if not move.project.exists():
            write_project(dump, move.project, move.dump, name=move.name, municipality=municipality, layout="kihon")
        elif not _decisions(move.project):
            text = _read(move.project)
            _write(move.project, _HEAD.sub(lambda head: head[0] + '\ndecisions = "decisions.csv"', text, count=1))
    move.keep_sources(summary(dump))


def _decisions(path: Path) -> bool:
    """Whether a definition says where answers go; one that cannot be read is left as it is."""
    try:
        return bool(read_project(path).decisions)
    except UsageError:
        return True


def definition(move: Move, municipality: str) -> Definition:
    """The definition as it stands; its draft when one is waiting to be mended."""
    text = _read(move.project)
    draft = move.dump / DRAFT
    shown = _read(draft) if draft.exists() else text
    return Definition(
        shown, mark(text), _problem(draft if draft.exists() else move.project, municipality), draft.exists()
    )


def save(move: Move, municipality: str, text: str, seen: str) -> str:
    """Put an edited text into use; a text that cannot be run is kept as a draft.

    Args:
        seen: mark of the text that was edited.

    Returns:
        why it is not in use, in one sentence; "" when it is.
    """
    draft = move.dump / DRAFT
    with locked(move.folder):
        _write(draft, text)
        if mark(_read(move.project)) != seen:
            return (
                "ほかの職員が先に書き換えました。入力した内容は下書きに残してあります。見比べてから保存してください。"
            )
        problem = _problem(draft, municipality)
        if not problem:
            draft.replace(move.project)
        return problem


def discard(move: Move) -> None:
    """Throw the draft away; the definition in use is untouched."""
    (move.dump / DRAFT).unlink(missing_ok=True)


def mark(text: str) -> str:
    """Digest by which two texts are told apart."""
    return sha256(text.encode()).hexdigest()


def _problem(path: Path, municipality: str) -> str:
    try:
        project = read_project(path)
    except UsageError as error:
        return in_japanese(str(error).replace(f"{path}: ", ""))
    if project.municipality != municipality:
        return (
            f"[project] municipality が {project.municipality} です。"
            f"この団体の {municipality} でなければ移行できません。"
        )
    if not project.dump.is_relative_to(path.parent.resolve()):
        return '[project] dump がこの移行のフォルダーの外を指しています。dump = "." と書いてください。'
    names = [project.decisions, project.dictionary, *(source.gaiji for source in project.sources)]
    names += [source.replay for source in project.sources]
    for name in filter(None, names):
        if not (path.parent / name).resolve().is_relative_to(path.parent.resolve()):
            return f"「{name}」がこの移行のフォルダーの外を指しています。フォルダーの中の名前を書いてください。"
    if not project.decisions:
        return '[project] に decisions = "decisions.csv" がありません。画面での判断を残すために書いてください。'
    return ""


def _read(path: Path) -> str:
    return path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""


def _write(path: Path, text: str) -> None:
    with whole(path) as temporary:
        temporary.write_text(text.replace("\r\n", "\n"), "utf-8")
