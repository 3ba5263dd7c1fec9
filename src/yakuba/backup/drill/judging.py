"""Judging (判定): what of an answer is as it must be. A drill that cannot fail proves nothing; each rule here can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta

    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation

Finding = tuple[str, str]
"""Code and sentence, in which nobody is named."""
FORGED = frozenset({"replayed", "rolled_back"})
"""Findings after which the vault is not the one that former drills knew."""


def of_chain(
    chain: Chain, newest: Generation, former: Mapping[str, Any] | None, now: datetime, max_age: timedelta
) -> Iterator[Finding]:
    """Old, or replayed: the chain went back behind what a former drill has seen, or its data did."""
    hours = (now - newest.as_of).total_seconds() / 3600
    if now - newest.as_of > max_age:
        limit = max_age.total_seconds() / 3600
        yield "old", f"最新の世代 {newest.number} のデータは {hours:.0f} 時間前のものです（上限 {limit:.0f} 時間）"
    if newest.as_of > now:
        yield "future", f"世代 {newest.number} のデータの時点が先の日時です"
    if former is None:
        return
    number = int(former["number"])
    if newest.number < number:
        yield "replayed", f"前回訓練した世代 {number} より古い世代 {newest.number} が最新になっています"
    if number >= len(chain.entries) or chain.entries[number].digest != former["head"]:
        yield "rolled_back", f"前回訓練した記入 {number} が、今の台帳にないか、別の内容です"
    elif newest.as_of.isoformat() < former["as_of"]:
        yield "replayed", f"世代 {newest.number} のデータの時点が、前回訓練した世代 {number} より前に戻っています"


def of_answer(answer: Mapping[str, Any], former: Mapping[str, Any] | None) -> Iterator[Finding]:
    """What came to life is what was sealed, and it is a town."""
    if "stopped" in answer:
        yield "stopped", str(answer["stopped"])
        return
    yield from _counts(answer)
    for table, item, more in answer["totals"]["differing"]:
        what = "数でない値の件数が封印と違います" if more == "0" else f"登録簿の合計が封印した合計と {more} 違います"
        yield "totals_differ", f"{table}「{item}」: {what}"
    if not answer["loaded"]["residents"] or not answer["usual"]:
        yield "empty", "復元した登録簿に住民がいません"
    if not answer["searched"]:
        yield "search_empty", "検索で確かめる住民が一人も見つかりません"
    if answer["missed"]:
        yield "search_missed", f"見本の住民 {answer['searched']} 人のうち {answer['missed']} 人が検索で見つかりません"
    if answer["asked"] and not answer["known"]:
        yield "known_missing", f"知られている住民 {answer['asked']} 人が一人もいません。別の団体か、別の町のデータです"
    if answer["searched"] and not answer["papers"]:
        yield "no_paper", "見本の住民の証明書を一枚も組み立てられません"
    if answer["differing"]:
        yield (
            "original_differs",
            f"交付した証明書 {answer['originals']} 枚のうち {answer['differing']} 枚が元と違います",
        )
    yield from _papers(answer["papers"], former)


def _counts(answer: Mapping[str, Any]) -> Iterator[Finding]:
    for one in answer["tables"]:
        loaded = int(answer["loaded"]["tables"].get(one["table"], 0))
        if not one["sealed"] == one["counted"] == loaded:
            yield (
                "counts_differ",
                (f"{one['table']}: 封印 {one['sealed']:,} 行、ファイル {one['counted']:,} 行、登録簿 {loaded:,} 行"),
            )
    if not sum(one["sealed"] for one in answer["tables"]):
        yield "empty", "世代が空です（どの表にも行がありません）"


def _papers(papers: Mapping[str, list[str]], former: Mapping[str, Any] | None) -> Iterator[Finding]:
    """The same records give the same paper as in the last drill; another version of the program may draw another."""
    if former is None or former.get("version") != __version__:
        return
    before = former.get("papers", {})
    both = [mark for mark in papers if mark in before and before[mark][0] == papers[mark][0]]
    differing = sum(1 for mark in both if before[mark][1] != papers[mark][1])
    if differing:
        yield (
            "paper_differs",
            f"同じ記録の証明書 {len(both)} 枚のうち {differing} 枚が、前回の訓練と違う内容になりました",
        )
