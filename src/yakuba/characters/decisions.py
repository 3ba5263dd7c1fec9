"""What people decided about characters that a target does not have: the list of a conversion, filled in.

`yakuba characters convert` writes `characters.csv` with three empty columns. Whoever decides writes the character into
決定 and signs with 決定者 and 決定日; the file goes back in, and the next conversion does as it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_NEEDED = ("文字", "決定", "決定者", "決定日")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the character that stands for another in the target, and who said so when."""

    text: str
    who: str
    when: str

    @property
    def ground(self) -> str:
        """As a list gives it."""
        return f"決定 {self.who} {self.when}"


def read_decisions(path: Path) -> dict[str, Decision]:
    """Decisions by character; lines with an empty 決定 are none.

    Raises:
        UsageError: the file cannot be read, a column is missing, a decision is not signed, or one character has two.
    """
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UsageError(f"{path}: cannot be read as CSV", remedy="save the list as CSV in UTF-8") from error
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise UsageError(f"{path}: column {', '.join(missing)} is missing", remedy="add it to the header line")
    found: dict[str, Decision] = {}
    for line, row in enumerate(frame.iter_rows(named=True), start=2):
        if not row["決定"]:
            continue
        made = Decision(row["決定"], row["決定者"].strip(), row["決定日"].strip())
        if not (made.who and made.when and row["文字"]):
            raise UsageError(f"{path}:{line}: 決定 is not signed", remedy="fill in 文字, 決定者 and 決定日")
        if found.setdefault(row["文字"], made).text != made.text:
            raise UsageError(f"{path}:{line}: {row['文字']} is decided twice, otherwise", remedy="leave one of them")
    return found
