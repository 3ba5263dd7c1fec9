"""What the machine finds wrong with a paper, from its words alone. Oracle: our own invention, papers and neighbours."""

from __future__ import annotations

import pytest

from yakuba.issuance.kiosk.simulation.people import Directory, Person
from yakuba.issuance.kiosk.simulation.reading import plain, problems

HEAD, WIFE, NAMESAKE, OTHER = "山\U000e0101田　太郎", "山田　花子", "山田　太郎左衛門", "鈴木　一郎"
EVERYBODY = Directory(
    Person("990019", f"S{number}", str(number), "1", name) for number, name in enumerate((HEAD, WIFE, NAMESAKE, OTHER))
)


def found(words: str, *expected: str, allowed: tuple[str, ...] = (HEAD, WIFE)) -> set[str]:
    return set(
        problems(
            plain(words), number="2026-000001", label="住民票の写し（世帯全員）", expected=expected, allowed=allowed,
            everybody=EVERYBODY.in_text,
        )
    )  # fmt: skip


PAPER = "住　民　票　氏名 山田　花子　世帯主 山\U000e0101田　太郎　発行番号　2026-000001"


def test_the_right_paper_has_nothing_wrong() -> None:
    assert found(PAPER, WIFE) == set()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (PAPER.replace("000001", "000002"), {"number"}),
        (PAPER.replace("住　民　票", "印鑑登録証明書"), {"kind"}),
        (PAPER.replace("花子", "桃子"), {"missing"}),
        (PAPER + "鈴木　一郎", {"somebody else"}),
        (PAPER + "山田　太郎左衛門", {"somebody else"}),
        ("", {"number", "kind", "missing"}),
    ],
)
def test_anything_else_is_found(words: str, wrong: set[str]) -> None:
    assert found(words, WIFE) == wrong


def test_every_name_there_is_is_found_wherever_it_stands() -> None:
    read = plain(f"{OTHER}{HEAD}{WIFE}")
    assert EVERYBODY.in_text(read) == {plain(OTHER), plain(HEAD), plain(WIFE)}
