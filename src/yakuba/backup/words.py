"""Words of the room (言葉): what an alarm and a check are called on screens."""

from __future__ import annotations

ALARMS = {
    "none_yet": "控えがまだない",
    "too_old": "控えが古い",
    "shrunk": "行の急な減少",
    "chain_broken": "台帳のつながりの異常",
    "rolled_back": "台帳の巻戻り",
    "fork": "台帳の枝分かれ",
    "unreachable": "置き場所に届かない",
    "verification": "検査の不合格",
    "quota": "割当の超過",
    "behind": "複製の遅れ",
    "differs": "第二センターとの不一致",
    "drill": "復元訓練の不合格",
}
"""Kinds of alarms (警報) with their name."""

CHECKS = {"verify": "検査", "replicate": "複製", "drill": "復元訓練"}
"""Kinds of checks with their name."""

ENTRIES = {
    "init": "保管庫の開設",
    "full": "全件の世代",
    "delta": "差分の世代",
    "keys": "鍵の更新",
    "hold": "保全",
    "release": "保全の解除",
    "prune": "世代の整理",
    "compact": "世代のまとめ",
}
"""Kinds of entries of a chain (docs/vault-format.md) with their name."""
