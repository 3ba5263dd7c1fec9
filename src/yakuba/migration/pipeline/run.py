"""The order of a run: from a project file to standard-layout files that are proven, signed and reported.

    intake → prepare → convert → judge → output → hand back → proof → report

Every stage leaves whole files behind; `resume` does again only what has none.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from yakuba import __version__
from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import Severity
from yakuba.kernel.progress import SILENT
from yakuba.layouts.read import standard
from yakuba.migration.intake import stage
from yakuba.migration.pipeline.convert import Conversion, ConvertedPart, convert_table
from yakuba.migration.pipeline.decisions import read_decisions
from yakuba.migration.pipeline.gaiji import gaiji_of
from yakuba.migration.pipeline.handback import write_decisions, write_findings, write_mapping, write_rejected
from yakuba.migration.pipeline.judge import Judged, judge
from yakuba.migration.pipeline.output import write_group
from yakuba.migration.pipeline.prepare import Prepared, prepare, rule_context
from yakuba.migration.pipeline.proof import prove
from yakuba.migration.pipeline.replay import superseded
from yakuba.migration.pipeline.workspace import Workspace, open_workspace, write_json
from yakuba.migration.pipeline.xml import write_xml
from yakuba.migration.project import read_project, source_folder
from yakuba.migration.ruling import checks, fixes
from yakuba.migration.verification.rule_set import rule_set
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import polars as pl

    from yakuba.kernel.progress import Progress
    from yakuba.migration.contracts import Project, Staged
    from yakuba.migration.pipeline.output import GroupOutput
    from yakuba.migration.rules import Context


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to, for the terminal.

    Attributes:
        records: records read from the dump (unreadable ones included).
        loaded, merged, rejected: where they went; the three add up to `records`.
        written: rows written, over all groups of the standard. corrected: cells changed by declared rules.
        questions: findings that wait for a person. answered: those that the decisions file answered.
        findings: number by severity.
        seconds: wall time. proven: everything accounted for and every cell equal.
        out, report: run folder and its HTML page.
    """

    records: int
    loaded: int
    merged: int
    rejected: int
    written: int
    corrected: int
    questions: int
    answered: int
    findings: dict[str, int]
    seconds: float
    proven: bool
    out: str
    report: str


def run(
    project_path: Path, out: Path, *, resume: bool = False, key_home: Path | None = None, progress: Progress = SILENT
) -> Outcome:
    """Run a whole migration.

    Args:
        project_path: PROJECT.toml. out: run folder; new, or begun and to be resumed.
        key_home: where the signing key lives; None = the user's own place.

    Raises:
        UsageError: the project says something that cannot be meant.
        CannotContinueError: input or output fails; with `resume` the run goes on.
    """
    started = time.monotonic()
    project = read_project(project_path)
    text = project_path.read_bytes()
    workspace = open_workspace(out, project, text, resume=resume)
    prepared = prepare(project, take_in(project, workspace, progress))
    conversion = make_conversion(prepared, rule_context(project, prepared.standard, workspace.as_of))
    workspace.settle(made_from(prepared, text, workspace.as_of))
    judged = judge(prepared, convert_all(prepared, workspace, conversion, progress), conversion, (project_path, out))
    groups = _write(prepared, workspace, judged, progress)
    questions = _hand_back(prepared, workspace, judged)
    with whole(out / "project.toml") as copy:
        copy.write_bytes(text)
    proof = prove(prepared, workspace, judged, groups, conversion, key_home, progress)
    outcome = Outcome(
        records=proof.records,
        loaded=proof.loaded,
        merged=proof.merged,
        rejected=proof.rejected,
        written=sum(group.rows for group in groups),
        corrected=judged.corrections.height,
        questions=questions,
        answered=judged.answered,
        findings=_by_severity(judged.findings),
        seconds=round(time.monotonic() - started, 2),
        proven=proof.proven,
        out=str(out),
        report=str(out / "report.html"),
    )
    write_json(out / "run.json", asdict(outcome))
    workspace.finish()
    return outcome


def check(project: Project, work: Path, progress: Progress = SILENT) -> tuple[Prepared, Judged]:
    """Intake, rules and dispositions only: what `yakuba check` does with files that are in a standard layout.

    Args:
        project: made in memory. work: empty folder for intermediate files.
    """
    workspace = open_workspace(work, project, b"", resume=False)
    prepared = prepare(project, take_in(project, workspace, progress))
    conversion = make_conversion(prepared, rule_context(project, prepared.standard, workspace.as_of))
    return prepared, judge(prepared, convert_all(prepared, workspace, conversion, progress), conversion)


def take_in(project: Project, workspace: Workspace, progress: Progress) -> list[Staged]:
    """Stage every source of the project."""
    return [
        stage(source, source_folder(project, source), workspace.stage(source.name), progress)
        for source in project.sources
    ]


def made_from(prepared: Prepared, project_text: bytes, as_of: date) -> str:
    """Digest of everything that converted parts depend on: the project with its side files, the dump, the program."""
    project = prepared.project
    names = [project.decisions, project.dictionary, *(source.gaiji for source in project.sources)]
    paths = [project.folder / name for name in names if name]
    texts = [path.read_bytes() if path.is_file() else b"" for path in paths]
    dump = repr([staged.files for staged in prepared.staged])
    rules = repr(sorted(rule_set().items()))
    digest = sha256()
    for part in (*map(str.encode, (__version__, as_of.isoformat(), dump, rules)), project_text, *texts):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def make_conversion(prepared: Prepared, context: Context) -> Conversion:
    """Rules, answers, characters and replayed records of a run.

    Raises:
        UsageError: a declared cleansing rule does not exist; the decisions file or a replay file is wrong.
    """
    project, known = prepared.project, fixes()
    for name in project.cleansing:
        if name not in known:
            raise UsageError(f"[cleansing] {name} is no rule", remedy=f"known: {', '.join(known)}")
    return Conversion(
        context=context,
        checks=checks(),
        fixes={name: known[name] for name in project.cleansing},
        decisions=read_decisions(project.folder / project.decisions if project.decisions else None),
        gaiji={source.name: gaiji_of(project, source) for source in project.sources},
        superseded=superseded(prepared.staged),
    )


def convert_all(
    prepared: Prepared, workspace: Workspace, conversion: Conversion, progress: Progress
) -> list[tuple[ConvertedPart, ...]]:
    """Convert every table; gives the part files of each, in the order of the tables."""
    total = sum(prepared.staged_of(plan).records for plan in prepared.plans)
    progress.stage("変換と検査 convert and check", total, "rows")
    return [
        convert_table(plan, prepared.staged_of(plan), workspace.table(plan.index), conversion, progress)
        for plan in prepared.plans
    ]


def _write(prepared: Prepared, workspace: Workspace, judged: Judged, progress: Progress) -> list[GroupOutput]:
    """All groups, in the order in which the project names them first."""
    targets = list(dict.fromkeys(plan.target for plan in prepared.plans))
    progress.stage("書き出し write", len(targets), "groups")
    groups = []
    for target in targets:
        tables = [table for table in judged.tables.converted if table.plan.target == target]
        place, forms = prepared.place(tables[0].plan), prepared.project.write
        output = write_group(workspace.out, target, place, tables, judged.gone, parquet="parquet" in forms)
        if "xml" in forms and not tables[0].plan.reserve:
            layout, group = prepared.standard.group(target)
            write_xml(output.path(workspace.out, "csv"), output.path(workspace.out, "xml"), layout, group)
        groups.append(output)
        progress.advance(1)
    return groups


def _hand_back(prepared: Prepared, workspace: Workspace, judged: Judged) -> int:
    out = workspace.out
    write_findings(out, judged.findings, prepared.staged)
    for name, frame in (("corrections", judged.corrections), ("dispositions", judged.gone)):
        with whole(out / f"{name}.parquet") as path:
            frame.write_parquet(path, compression="zstd")
    for staged in prepared.staged:
        write_rejected(out, staged, judged.gone)
    write_mapping(out, prepared.plans)
    _copy_layouts(prepared, out)
    return write_decisions(out, judged.findings, prepared.staged)


def _copy_layouts(prepared: Prepared, out: Path) -> None:
    """The catalog folders that were used, so that the receiver needs no catalog of his own."""
    used = {plan.business for plan in prepared.plans if not plan.reserve}
    for layout in standard(prepared.project.layout).layouts:
        if layout.business in used:
            shutil.copytree(catalog_root() / "standards" / layout.id, out / "layout" / layout.id, dirs_exist_ok=True)


def _by_severity(findings: pl.DataFrame) -> dict[str, int]:
    counts = dict(findings.group_by("severity").len().iter_rows())
    return {str(severity): counts.get(str(severity), 0) for severity in Severity}
