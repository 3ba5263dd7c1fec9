from __future__ import annotations

import csv
from pathlib import Path

import pytest

from yakuba.kernel.dates import eras as module
from yakuba.kernel.dates.eras import border_days, era_names, eras, eras_on
from yakuba.kernel.errors import UsageError

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reference" / "codes" / "era.csv"


def test_the_table_agrees_with_the_reference() -> None:
    if not SHARED.exists():
        pytest.skip("the reference table of eras is not here")
    with SHARED.open(encoding="utf-8", newline="") as lines:
        reference = [
            (row["元号コード1桁"], row["元号"], row["略号"], row["開始年月日"], row["終了年月日"] or "9999-12-31")
            for row in csv.DictReader(lines)
        ]
    assert [(era.code, era.name, era.letter, era.first, era.last) for era in eras()] == reference


def test_every_era_begins_on_the_last_day_of_the_one_before_or_on_the_next() -> None:
    joins = [(before.last, after.first) for before, after in zip(eras(), eras()[1:], strict=False)]
    assert joins == [
        ("1912-07-30", "1912-07-30"),
        ("1926-12-25", "1926-12-25"),
        ("1989-01-07", "1989-01-08"),
        ("2019-04-30", "2019-05-01"),
    ]


def test_year_one_is_the_year_of_the_first_day() -> None:
    assert [era.year_one for era in eras()] == [int(era.first[:4]) for era in eras()]


def test_names_do_not_collide() -> None:
    assert len(era_names()) == 5 * len(eras())


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("1868-01-24", []),
        ("1868-01-25", ["明治"]),
        ("1912-07-30", ["明治", "大正"]),
        ("1926-12-25", ["大正", "昭和"]),
        ("1989-01-07", ["昭和"]),
        ("1990-02-29", ["平成"]),
        ("2019-05-01", ["令和"]),
    ],
)
def test_eras_of_a_day(day: str, names: list[str]) -> None:
    assert [era.name for era in eras_on(day)] == names


def test_border_days_are_the_two_of_the_specification() -> None:
    assert border_days() == {"1912-07-30", "1926-12-25"}


def test_a_sixth_era_is_one_more_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "コード1桁,コード2桁,元号,略号,開始年月日,終了年月日,元年西暦,確度\n"
    (tmp_path / "eras.csv").write_text(header + "9,09,見本,X,2050-01-01,,2050,試験\n", encoding="utf-8")
    monkeypatch.setattr(module, "catalog_root", lambda: tmp_path)
    (found,) = module.eras.__wrapped__()
    assert (found.name, found.covers("2049-12-31"), found.covers("2050-01-01")) == ("見本", False, True)


@pytest.mark.parametrize("content", [None, "元号\n明治\n", "\udcff"])
def test_a_broken_table_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    if content is not None:
        (tmp_path / "eras.csv").write_text(content, encoding="utf-8", errors="surrogateescape")
    monkeypatch.setattr(module, "catalog_root", lambda: tmp_path)
    with pytest.raises(UsageError, match=r"eras\.csv"):
        module.eras.__wrapped__()
