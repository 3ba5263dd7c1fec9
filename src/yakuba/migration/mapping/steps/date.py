"""`date` (年月日): a date in an old spelling → YYYY-MM-DD.

    "生年月日" = { from = "UMARE", date = "era7" }
    "生年月日" = { from = "UMARE", date = { form = "era7", empty = "0000000", end = "9999999" } }

Spellings: `yakuba.kernel.dates.forms`. Zeros and spaces become "", nines become 9999-12-31; `empty` and `end`
name the one text that says so and leave all others unconverted. Days that no calendar has keep month and day
(1990-02-29). A day outside the era it is written with (平成31年5月1日) is not converted, because either part
may be the slip; `past_era = true` counts on instead, as validity dates printed before the change of era need.

Inverse: for exact spellings with `empty` named and without `past_era`. The era is lost on the two days that
belong to two eras (1912-07-30, 1926-12-25), and 9999-12-31 may have been nines: there the inverse converts
nothing rather than guess. Keep the era in an item of its own where it must come back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.kernel.dates.calendar import OPEN_END
from yakuba.kernel.dates.forms import FORMS, DateForm, is_all_nines, is_no_date
from yakuba.kernel.dates.wareki import Wareki
from yakuba.migration.mapping.arguments import flag, options, text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext


@dataclass(frozen=True, slots=True)
class _Date:
    """A spelling with what the project says about it; `empty` and `end` are None when it does not."""

    form: DateForm
    empty: str | None
    end: str | None
    past_era: bool

    def forwards(self, old: str) -> str | None:
        if is_no_date(old) if self.empty is None else old == self.empty:
            return ""
        if is_all_nines(old) if self.end is None else old == self.end:
            return OPEN_END
        day = self.form.read(old)
        if isinstance(day, Wareki):
            day = day.iso() if self.past_era or day.is_in_era() else None
        return None if day == OPEN_END and self.end else day

    def backwards(self, iso: str) -> str | None:
        if iso == "":
            return self.empty
        if iso == OPEN_END and self.end != "":
            return self.end
        written = self.form.write(iso) if self.form.write else None
        return written if written is not None and self.forwards(written) == iso else None

    def why_not(self) -> str:
        """Why there is no way back; "" when there is one."""
        if self.form.exact:
            return f"several spellings of one day are read; name the exact one ({', '.join(self.form.exact)})"
        if self.past_era:
            return "past_era reads two spellings of one day (平成31年5月, 令和元年5月)"
        if self.empty is None:
            return 'empty, blank and zero dates all become empty; name the one in use (empty = "0000000")'
        return ""

    def step(self) -> Step:
        return Step(self.forwards, self.why_not() or self._inverse, on_empty=self.empty is not None)

    def _inverse(self) -> Step:
        return Step(self.backwards, self.step, on_empty=True)


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check the name of the spelling and the options.

    Raises:
        UsageError: no such spelling or option.
    """
    given = options("date", argument, short="form", known={"form", "empty", "end", "past_era"})
    return _Date(
        form=FORMS[text("date", given, "form", among=FORMS)],
        empty=text("date", given, "empty") if "empty" in given else None,
        end=text("date", given, "end") if "end" in given else None,
        past_era=flag("date", given, "past_era"),
    ).step()
