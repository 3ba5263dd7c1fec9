"""What is typed at the counters of the benchmark, how often, and how times are summed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TYPED = {
    "common surname": ["佐藤", "鈴木", "高橋", "渡邉", "髙橋"],
    "rare surname": ["西園寺", "三枝", "江藤"],
    "full name": ["佐藤清", "鈴木　茂", "田中正一", "髙橋清"],
    "given name": ["清", "正一", "茂"],
    "one letter": ["林", "高", "佐", "子"],
    "kana": ["サトウ", "ｽｽﾞｷ", "わたなべ", "サ"],
    "kana, given name": ["シゲル", "きよし", "ﾊﾅｺ", "ショウイチ"],
    "full kana": ["サトウ キヨシ", "スズキシゲル", "たなかしょういち"],
    "wildcard": ["サ*シ", "佐藤*", "サト?", "*シゲル", "渡*清", "渡?清", "*アキ*", "中央*3", "ワ*ウ"],
    "birth": ["19580325", "3330325", "S58.4.1", "1983年4月"],
    "number, household": ["5000000010", "世帯 5000300010", "999"],
    "address": ["中央一丁目", "中央1-2-3", "桜町二丁目１９番９号"],
    "nobody": ["存在四五六", "ヌヌヌヌ", "乙葉町八十"],
}
"""Kind → texts for the one box."""
ITEMS = [
    {"name": "佐藤", "birth": "1958年"},
    {"kana": "シゲル", "address": "桜町"},
    {"name": "清", "address": "中央1", "sex": "1"},
    {"relation": "妻"},
]
"""Advanced searches."""
SEARCHES = [(kind, {"text": text}) for kind, texts in TYPED.items() for text in texts] + [
    ("by items", items) for items in ITEMS
]
"""All of them: kind, and what is given to `registry.queries.search`."""
CLIENTS, EVERY = 50, 2.0


def quantiles(taken: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """p50, p95 and p99 of every kind and of all, milliseconds."""
    every = {**taken, "all": [one for found in taken.values() for one in found]}
    parts = {kind: np.quantile(found, (0.5, 0.95, 0.99)) for kind, found in every.items() if found}
    return {kind: [round(float(one), 1) for one in found] for kind, found in parts.items()}
