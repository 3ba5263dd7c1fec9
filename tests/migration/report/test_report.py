"""The report: that its figures are those of the run, that it stands alone, and that it does not lie."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path  # noqa: TC003 - pytest looks at the annotation
from typing import TYPE_CHECKING

import polars as pl
import pytest
from lxml import etree
from tests.migration.verification.run_folder import Made, build_run

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import RECORD
from yakuba.migration.hints import PIPELINE
from yakuba.migration.report import make_report
from yakuba.migration.report.charts import Share, bars, legend, stacked
from yakuba.migration.report.compare import compare_runs
from yakuba.migration.report.markup import Markup, tag
from yakuba.migration.report.page import comparison_page, report_page
from yakuba.migration.report.summary import summarise
from yakuba.migration.report.words import OFFICE, Departments, title
from yakuba.migration.ruling import checks, fixes
from yakuba.migration.verification.evidence import EvidenceBuilder

if TYPE_CHECKING:
    from yakuba.migration.report.model import Summary


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    run = build_run(tmp_path_factory.mktemp("made"))
    make_report(run.out)
    return run


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.out, tmp_path / "run-2")


@pytest.fixture(scope="module")
def summary(made: Made) -> Summary:
    return summarise(made.out)


@pytest.fixture(scope="module")
def page(made: Made) -> str:
    return (made.out / "report.html").read_text(encoding="utf-8")


def test_destinations_add_up(made: Made, summary: Summary) -> None:
    rows = summary.destinations
    assert rows.records == 81 == rows.as_is + rows.corrected + rows.waiting + rows.merged + rows.rejected
    findings = pl.read_parquet(made.out / "findings.parquet").filter(pl.col("severity") == "error")
    assert rows.waiting == findings.select("source", RECORD).n_unique()
    assert (rows.merged, rows.rejected) == (1, 2)


def test_every_question_has_its_department(made: Made, summary: Summary) -> None:
    assert {one.name for one in summary.departments} == {"住民課", "税務課"}
    severities = pl.read_parquet(made.out / "findings.parquet")["severity"]
    assert summary.decisions == severities.is_in(["error", "stop"]).sum()
    assert summary.warnings == (severities == "warning").sum()
    juminka = next(one for one in summary.departments if one.name == "住民課")
    assert juminka.topics[0].severity is Severity.STOP
    assert sum(topic.count for topic in juminka.topics) == juminka.decisions + juminka.warnings


def test_corrections_are_told_by_rule(summary: Summary) -> None:
    assert [(one.code, one.cells) for one in summary.corrections] == [("half_width_digits", 8), ("full_width_kana", 4)]
    assert summary.corrections[0].changes[0].before == "１"


def test_the_project_may_name_its_own_departments(tmp_path: Path) -> None:
    project = tmp_path / "project.toml"
    project.write_text(
        '[options.departments]\n"住民基本台帳" = "町民課"\n[[table]]\ngroup = "個人住民税/賦課情報"\nfrom = "zei"\n',
        encoding="utf-8",
    )
    departments = Departments(project)
    assert departments.of_group("住民基本台帳/住民情報") == "町民課"
    assert departments.of_source("zei") == "税務課"
    assert departments.of_source("unknown") == departments.of_group("予備/juki") == OFFICE


def test_every_code_has_a_japanese_title() -> None:
    for code in [*checks(), *fixes(), *PIPELINE]:
        assert re.search("[ぁ-ん一-龠]", title(code)), code
        assert not title(code).endswith("。"), f"{code}: give it a short title in titles.csv"


class Outline(HTMLParser):
    """Open and closed elements, links and headings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert all(link.startswith("#s") for link in outline.links)
    assert not {"script", "img", "iframe", "link", "object"} & set(outline.elements)
    assert not re.search(r"url\(|@import|https?://", page)


def test_its_charts_are_well_formed(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(drawings) >= 3
    for drawing in drawings:
        root = etree.fromstring(drawing)
        assert root.get("role") == "img"
        assert root.get("aria-label")


def test_it_says_what_the_run_came_to(page: str, summary: Summary) -> None:
    assert "すべての行の行き先を証明できました" in page
    assert "まだ証明できていません" not in page
    assert summary.fingerprint in page
    assert "令和8年11月20日" in page
    assert "公式" in page
    assert "再構成" in page
    assert "U+E0A3" in page


def test_it_does_not_say_so_when_it_is_not_proven(copy: Path) -> None:
    builder = EvidenceBuilder.read(copy)
    differing = {
        "file": "x.csv",
        "row": 3,
        "source": "juki",
        "record": 4,
        "item": "氏名",
        "expected": "甲",
        "found": "<乙>",
    }
    for kind, content in builder.entries:
        if kind == "result":
            content["proven"] = False
        if kind == "group":
            content.update(proven=False, differing=7, differences=[differing])
    builder.write(copy)
    make_report(copy)
    page = (copy / "report.html").read_text(encoding="utf-8")
    assert "すべての行の行き先を証明できました" not in page
    assert "まだ証明できていません" in page
    assert "合わない値が 21 個" in page
    assert "&lt;乙&gt;" in page


def test_hostile_values_are_shown_as_text(copy: Path) -> None:
    findings = pl.read_parquet(copy / "findings.parquet")
    findings.with_columns(value=pl.lit("<script>alert(1)</script>"), key=pl.lit('"><b>')).write_parquet(
        copy / "findings.parquet"
    )
    make_report(copy)
    page = (copy / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    outline = Outline()
    outline.feed(page)
    assert outline.open == []


def test_secret_numbers_are_masked_in_corrections(copy: Path) -> None:
    table = pl.read_parquet(copy / "corrections.parquet")
    secret = table.with_columns(item=pl.lit("個人番号"), before=pl.lit("９９９９８８８８"))
    secret.write_parquet(copy / "corrections.parquet")
    page = report_page(summarise(copy))
    assert "９９９９８８８８" not in page
    assert "********" in page


def test_the_report_can_be_made_again(made: Made, copy: Path) -> None:
    before = {name: (made.out / name).read_bytes() for name in ("report.html", "findings.xlsx")}
    for name in before:
        (copy / name).unlink()
    make_report(copy)
    assert {name: (copy / name).read_bytes() for name in before} == before


def test_a_run_without_anything_to_say(copy: Path) -> None:
    for name in ("findings", "corrections"):
        table = pl.read_parquet(copy / f"{name}.parquet")
        table.clear().write_parquet(copy / f"{name}.parquet")
    (copy / "characters.csv").write_text("source,column,character,kind,count,first\n", encoding="utf-8")
    make_report(copy)
    page = (copy / "report.html").read_text(encoding="utf-8")
    for words in ("決めてもらうことはありません", "自動で直した値はありません", "すべての文字を"):
        assert words in page


def test_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotContinueError, match="no evidence"):
        make_report(tmp_path)


def test_two_rehearsals_are_told_apart_finding_by_finding(made: Made, copy: Path) -> None:
    findings = pl.read_parquet(copy / "findings.parquet")
    solved = findings.filter(pl.col("code") != "sum_mismatch")
    more = findings.filter(pl.col("code") == "code_unknown").head(2).with_columns(pl.col("id") + "x")
    pl.concat([solved, more]).write_parquet(copy / "findings.parquet")
    found = compare_runs(made.out, copy)
    by_code = {one.code: one for one in found.rules}
    gone = findings.filter(pl.col("code") == "sum_mismatch").height
    stay = findings.filter(pl.col("code") == "code_unknown").height
    assert (by_code["sum_mismatch"].gone, by_code["sum_mismatch"].new, by_code["sum_mismatch"].staying) == (gone, 0, 0)
    assert (by_code["code_unknown"].fresh, by_code["code_unknown"].staying) == (2, stay)
    assert found.new == found.old - gone + 2 == found.staying + found.fresh
    assert found.old == found.staying + found.gone
    assert ("入力した行", 81, 81) in found.counts
    make_report(copy, made.out)
    assert "前回との比較" in (copy / "report.html").read_text(encoding="utf-8")
    assert "リハーサルの比較" in comparison_page(found)


def test_the_same_finding_twice_counts_twice(made: Made, copy: Path) -> None:
    findings = pl.read_parquet(copy / "findings.parquet")
    pl.concat([findings, findings.filter(pl.col("code") == "key_empty")]).write_parquet(copy / "findings.parquet")
    (one,) = (rule for rule in compare_runs(made.out, copy).rules if rule.code == "key_empty")
    assert (one.old, one.new, one.fresh, one.staying) == (1, 2, 1, 1)


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "a<b", tag("b", 1234), Markup("&amp;"), None) == "<p>a&lt;b<b>1,234</b>&amp;</p>"
    assert tag("p", title='"', class_="x", data_row=3) == '<p title="&quot;" class="x" data-row="3"></p>'


def test_small_shares_stay_visible_and_the_bar_stays_whole() -> None:
    shares = [Share("a", 1_000_000, "x"), Share("b", 1, "y"), Share("c", 0, "z")]
    drawing = etree.fromstring(stacked(shares, "t"))
    widths = [float(one.get("width") or 0) for one in drawing.iter("rect")]
    assert len(widths) == 2
    assert min(widths) >= 4
    assert sum(widths) == pytest.approx(1000)
    assert "0.1%未満" in legend(shares, 1_000_001)
    assert "99.9%超" in legend(shares, 1_000_001)
    assert "<rect" not in stacked([Share("a", 0, "x")], "nothing")
    assert "<rect" not in bars([("a", [Share("", 0, "x")])], "nothing")
