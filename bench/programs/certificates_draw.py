"""Drawing certificates: documents per second of one core, with varied content.

    python -m bench.programs.certificates_draw [DOCUMENTS] [KIND]

Every document has other names, addresses, dates, amounts and numbers, a seal, a 2D code and its inner tag; the code's
text is made beforehand. A household has one to four members, as often as households of Japan have. Prints JSON:
documents per second by processor time and by the clock, milliseconds of each stage.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from yakuba.certificates.drawing import compose, render
from yakuba.certificates.kinds import kind
from yakuba.certificates.record import Look
from yakuba.certificates.samples import samples_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yakuba.certificates.compose import Composed
    from yakuba.certificates.samples import Sample

FAMILY = (
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "渡邉\U000e0119",
    "山本",
    "中村",
    "小林",
    "加藤",
    "山﨑",
    "葛\U000e0102西",
    "𠮷田",
)
GIVEN = ("太郎", "花子", "一郎", "さくら", "健太", "美咲", "陽菜", "蓮", "結衣", "大翔", "葵", "湊", "凛", "紬", "節子")
TOWNS = ("中央", "本町", "桜町", "緑町", "旭町", "栄町", "川端", "上野", "下田", "東", "西", "南", "北")
CODE = "HTTPS://MACHI.EXAMPLE/V/" + "ABCDEFGH23" * 16
WARM = 30
SIZES = (38, 28, 17, 17)
"""Households of one, two, three, four and more in a hundred (国勢調査 2020, rounded)."""


_AMOUNTS = ("額", "額等", "_総所得", "額_期別")
"""Ends of the names of items that are yen."""


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    identifier = sys.argv[2] if len(sys.argv) > 2 else "juminhyo"
    sample = samples_of(kind(identifier))[0]
    rng = random.Random(1)  # noqa: S311 - invented names
    for number in range(WARM):
        _draw(sample, number, rng)
    started, processor = time.perf_counter(), time.process_time()
    size = sum(len(_draw(sample, number, rng)) for number in range(WARM, WARM + count))
    wall, used = time.perf_counter() - started, time.process_time() - processor
    print(
        json.dumps(
            {
                "kind": identifier,
                "documents": count,
                "per_second_of_processor": round(count / used, 1),
                "per_second": round(count / wall, 1),
                "compose_ms": _stage(lambda number: _compose(sample, number, rng)),
                "render_without_code_ms": _stage(_rendering(sample, rng)),
                "bytes": size // count,
            }
        )
    )


def _draw(sample: Sample, number: int, rng: random.Random) -> bytes:
    return render(_compose(sample, number, rng), f"{CODE}{number:010}", key=b"k").pdf


def _compose(sample: Sample, number: int, rng: random.Random) -> Composed:
    lot = f"{rng.randint(1, 999)}番地{rng.randint(1, 30)}"
    town = f"{rng.choice(TOWNS)}{rng.randint(1, 9)}丁目"
    surname = rng.choice(FAMILY)
    head = f"{surname}　{rng.choice(GIVEN)}"
    chosen = sample.record.people[: rng.choices((1, 2, 3, 4), SIZES)[0]]
    people = tuple(
        {
            **person,
            "氏名": f"{surname}　{rng.choice(GIVEN)}{rng.choice(GIVEN)[:1]}",
            "生年月日": f"{rng.randint(1930, 2020)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "生年月日_元号": "",
            "住所_町字": town,
            "住所_番地号表記": lot,
            "世帯主氏名": head,
            "戸籍_筆頭者": head,
            "本籍_町字": rng.choice(TOWNS),
        }
        for person in chosen
    )
    members = tuple(person["宛名番号"] for person in people)
    order = replace(sample.order, members=members, request=f"r{number}", number=f"99001920261120-{number:06}")
    tables = {name: tuple(_other_amounts(row, rng) for row in rows) for name, rows in sample.record.tables.items()}
    record = replace(sample.record, people=people, tables=tables, household={"世帯員数": str(len(people))})
    return compose(order, record, sample.issuer, Look())


def _other_amounts(row: Mapping[str, str], rng: random.Random) -> dict[str, str]:
    """A row with other amounts of as many digits; days, codes, years and 宛名番号 stay."""
    amounts = (name for name, value in row.items() if value.isdigit() and name.endswith(_AMOUNTS))
    return {**row, **{name: str(rng.randint(10 ** (len(row[name]) - 1), 10 ** len(row[name]) - 1)) for name in amounts}}


def _rendering(sample: Sample, rng: random.Random) -> Callable[[int], object]:
    composed = [_compose(sample, number, rng) for number in range(100)]
    return lambda number: render(composed[number], key=b"k")


def _stage(work: Callable[[int], object], count: int = 100) -> float:
    """Milliseconds of processor time of one piece of work."""
    started = time.process_time()
    for number in range(count):
        work(number)
    return round((time.process_time() - started) / count * 1000, 2)


if __name__ == "__main__":
    main()
