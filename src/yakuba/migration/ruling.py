"""The rules in force: finds the files of migration/checks and migration/cleansing and runs them over tables.

A block is judged in two steps, because nearly every cell is right: one query asks of all rules at once whether
ANY cell of the block is refused; rows are taken out only for the rules that said yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from yakuba.kernel.discover import discover
from yakuba.kernel.finding import Severity, is_secret
from yakuba.migration.checks._gate import Gated, GatedFix
from yakuba.migration.checks._names import View, ViewedTables, view
from yakuba.migration.contracts import CORRECTIONS, FILE, FINDINGS, LINE, RECORD
from yakuba.migration.gates import hits
from yakuba.migration.rules import ROWS, Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

    from yakuba.layouts.model import Group
    from yakuba.migration.mapping.known import Look
    from yakuba.migration.rules import Cells, Context, Tables

Verb = Literal["cells", "rows", "fixes"]
_VERBS: dict[str, tuple[Verb, ...]] = {"checks": ("cells", "rows"), "cleansing": ("fixes",)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file, validated.

    Attributes:
        name: file name = finding code.
        category: C1 … C14. severity: weight of its findings; None for a cleansing rule.
        hint_ja, hint_en: what to do.
        doc: the file's docstring.
        verb: which of the three verbs it has, and `call` is that function.
    """

    name: str
    category: str
    severity: Severity | None
    hint_ja: str
    hint_en: str
    doc: str
    verb: Verb
    call: Callable[..., Any]


@cache
def checks() -> dict[str, Rule]:
    """All checks by name.

    Raises:
        TypeError: a file lacks a constant or its verb (a fault of the file, not of a user).
    """
    return {name: _rule("checks", name, module) for name, module in discover("yakuba.migration.checks").items()}


@cache
def fixes() -> dict[str, Rule]:
    """All cleansing rules by name; errors as in `checks`."""
    return {name: _rule("cleansing", name, module) for name, module in discover("yakuba.migration.cleansing").items()}


def _rule(room: str, name: str, module: ModuleType) -> Rule:
    wanted = ["CATEGORY", "HINT_JA", "HINT_EN", *(["SEVERITY"] if room == "checks" else [])]
    missing = [word for word in wanted if not getattr(module, word, "")]
    verbs = [verb for verb in _VERBS[room] if hasattr(module, verb)]
    if missing or len(verbs) != 1 or not module.__doc__:
        raise TypeError(f"{room}/{name}.py: a docstring, {', '.join(wanted)} and one of {_VERBS[room]} are needed")
    return Rule(
        name=name,
        category=module.CATEGORY,
        severity=getattr(module, "SEVERITY", None),
        hint_ja=module.HINT_JA,
        hint_en=module.HINT_EN,
        doc=module.__doc__,
        verb=verbs[0],
        call=_viewed(getattr(module, verbs[0]), verbs[0]),
    )


def _viewed(call: Callable[..., Any], verb: Verb) -> Callable[..., Any]:
    """The verb, asked about groups and tables under the usual names whatever the layout calls them."""
    if verb == "rows":
        return lambda tables, context: call(ViewedTables.of(tables), context)
    return lambda group, context: call(view(group), context)


def check_cells(
    frame: pl.DataFrame,
    group: Group,
    group_name: str,
    source: str,
    context: Context,
    rules: Mapping[str, Rule],
    columns: Mapping[str, str] | None = None,
    looks: Mapping[str, Look] | None = None,
) -> pl.DataFrame:
    """Findings of all `cells` rules in one block.

    Args:
        frame: RECORD, FILE, LINE and String columns named by item; an item without column is empty and not judged.
        group: the layout group of the rows.
        group_name: its "業務/グループ".
        source: name of the source the rows come from.
        context: what the rules may know.
        rules: `checks()`, or some of them.
        columns: item → name of the source column(s) it came from, for the finding; an item not named has none.
        looks: item → what is known of its values, where anything is.

    Returns:
        FINDINGS, by rule, then item, then row.
    """
    seen = view(group)
    asked = list(_asked(frame, seen, context, rules.values()))
    frame = _complete(frame, seen, {name for _, cells in asked for name in _looked_at(cells)})
    known = {name: look for name in frame.columns if (look := (looks or {}).get(seen.own(name)))}
    passed = hits(frame, [_gate(cells) for _, cells in asked], known)
    parts = [
        _findings(frame, seen, rule, cells, hit).with_columns(
            pl.lit(group_name).alias("group"),
            pl.lit(source).alias("source"),
            pl.lit(seen.own(cells.item)).alias("item"),
            pl.lit((columns or {}).get(seen.own(cells.item), "")).alias("column"),
        )
        for (rule, cells), hit in zip(asked, passed, strict=True)
        if hit is not None
    ]
    return pl.concat([pl.DataFrame(schema=FINDINGS), *(part.select(*FINDINGS) for part in parts)])


def _asked(frame: pl.DataFrame, group: View, context: Context, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Cells]]:
    have = set(frame.columns)
    for rule in rules:
        if rule.verb == "cells":
            yield from ((rule, cells) for cells in rule.call(group, context) if group.own(cells.item) in have)


def _looked_at(cells: Cells) -> list[str]:
    parts = (cells.bad, cells.proposal, _gate(cells))
    return [cells.item, *(name for part in parts if part is not None for name in part.meta.root_names())]


def _complete(frame: pl.DataFrame, group: View, wanted: set[str]) -> pl.DataFrame:
    """The frame with the wanted and the key items, under the usual names too: rules may ask for what is not filled."""
    wanted = {group.own(name) for name in wanted}.union(item.name for item in group.keys)
    missing = [
        pl.lit("").alias(item.name) for item in group.items if item.name in wanted and item.name not in frame.columns
    ]
    others = [pl.col(name).alias(alias) for alias, name in group.aliases.items() if name in wanted]
    return frame.with_columns(missing).with_columns(others)


def _findings(frame: pl.DataFrame, group: Group, rule: Rule, cells: Cells, hit: pl.Series | pl.Expr) -> pl.DataFrame:
    proposal = pl.lit(None, pl.String) if cells.proposal is None or is_secret(cells.item) else cells.proposal
    keys = [item.name for item in group.keys]
    asked = [cells.bad, proposal, *([hit] if isinstance(hit, pl.Expr) else [])]
    needed = dict.fromkeys(
        [RECORD, FILE, LINE, *keys, cells.item, *(name for part in asked for name in part.meta.root_names())]
    )
    # In a query of its own: a dear expression then sees only the rows that are let through.
    rows = frame.select(*needed).filter(hit)
    return (
        rows.lazy()
        .filter(cells.bad if isinstance(cells, Gated) else pl.lit(value=True))
        .select(
            RECORD,
            FILE,
            LINE,
            pl.lit(rule.name).alias("code"),
            pl.lit(str(cells.severity or rule.severity)).alias("severity"),
            pl.lit(rule.category).alias("category"),
            finding_keys(group).alias("key"),
            _shown(cells.item).alias("value"),
            proposal.alias("proposal"),
        )
        .collect()
    )


def _shown(item: str) -> pl.Expr:
    return pl.col(item).str.replace_all("(?s).", "*") if is_secret(item) else pl.col(item)


def finding_keys(group: Group) -> pl.Expr:
    """Values of the group's primary key joined by "|", secret ones masked; "" for a group without a key."""
    return pl.concat_str([_shown(item.name) for item in group.keys], separator="|") if group.keys else pl.lit("")


def check_rows(tables: Tables, context: Context, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Findings of all `rows` rules over the whole run.

    Returns:
        FINDINGS without FILE, LINE and `column`, which the caller joins from the lineage of (source, RECORD).
    """
    schema = {name: kind for name, kind in FINDINGS.items() if name not in (FILE, LINE, "column")}
    parts = [pl.DataFrame(schema=schema)]
    viewed = ViewedTables.of(tables)
    for rule in rules.values():
        if rule.verb == "rows":
            refused = rule.call(viewed, context).select(*ROWS).collect(engine="streaming")
            # A join may give its rows in any order; the same run must say the same in the same order.
            refused = refused.sort(*ROWS)
            for (group_name,), found in refused.group_by("group", maintain_order=True):
                parts.append(_dressed(viewed, rule, str(group_name), found).select(*schema).cast(schema))  # type: ignore[arg-type]
    return pl.concat(parts)


def _dressed(tables: ViewedTables, rule: Rule, group_name: str, found: pl.DataFrame) -> pl.DataFrame:
    """Add code, category, severity, key and mask to the refused records of one group."""
    group = tables.viewed[group_name]
    names = [item.name for item in group.keys]
    keys = (
        tables.scan(group_name, names)
        .filter(pl.col(RECORD).is_in(found[RECORD].unique().implode()))
        .join(found.lazy().select("source", RECORD).unique(), on=["source", RECORD], how="semi")
        .select("source", RECORD, finding_keys(group).alias("key"))
        .unique(["source", RECORD], keep="first")
        .collect(engine="streaming")
    )
    secret = pl.col("item").is_in([item.name for item in group.items if is_secret(item.name)])
    masked = pl.col("value").str.replace_all("(?s).", "*")
    found = found.with_columns(pl.col("item").replace(group.aliases))
    return found.join(keys, on=["source", RECORD], how="left", maintain_order="left").with_columns(
        pl.lit(rule.name).alias("code"),
        pl.lit(rule.category).alias("category"),
        pl.col("severity").fill_null(str(rule.severity)),
        pl.col("key").fill_null(""),
        pl.when(secret).then(masked).otherwise(pl.col("value")).alias("value"),
        pl.when(~secret).then(pl.col("proposal")).alias("proposal"),
    )


def correct(
    frame: pl.DataFrame,
    group: Group,
    group_name: str,
    source: str,
    context: Context,
    rules: Mapping[str, Rule],
    looks: Mapping[str, Look] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Apply declared cleansing rules to one block, in the order given.

    Returns:
        the corrected block, and CORRECTIONS: one row per changed cell and rule. Taking them back from last to
        first restores the block exactly.
    """
    records = [pl.DataFrame(schema=CORRECTIONS)]
    have = set(frame.columns)
    asked = [(rule, fix) for rule in rules.values() for fix in rule.call(group, context) if fix.item in have]
    passed = hits(frame, [_gate(fix) for _, fix in asked], looks or {})
    touched: set[str] = set()
    for (rule, fix), hit in zip(asked, passed, strict=True):
        # What an earlier rule has changed must be asked about again; all else was answered in one query.
        changed = not touched.isdisjoint(fix.applies.meta.root_names())
        if (hits(frame, [_gate(fix)], {})[0] if changed else hit) is not None:
            frame, record = _apply(frame, group_name, source, rule, fix)
            if not record.is_empty():
                touched.add(fix.item)
                records.append(record)
    return frame, pl.concat(records)


def _gate(asked: Cells | Fix) -> pl.Expr:
    if isinstance(asked, Gated | GatedFix):
        return asked.gate
    return asked.applies if isinstance(asked, Fix) else asked.bad


def _apply(
    frame: pl.DataFrame, group_name: str, source: str, rule: Rule, fix: Fix
) -> tuple[pl.DataFrame, pl.DataFrame]:
    # Values are worked out for the rows that need them only: most blocks hold a few, and some values are dear.
    needed = dict.fromkeys([RECORD, FILE, LINE, fix.item, *fix.applies.meta.root_names(), *fix.value.meta.root_names()])
    changed = (
        frame.select(*needed)
        .with_row_index("#place")
        .filter(fix.applies)
        .with_columns(pl.col(fix.item).alias("before"), fix.value.fill_null(pl.col(fix.item)).alias("after"))
        .filter(pl.col("before") != pl.col("after"))
    )
    corrected = frame[fix.item].clone().scatter(changed["#place"], changed["after"])
    record = changed.select(
        pl.lit(rule.name).alias("rule"),
        pl.lit(group_name).alias("group"),
        pl.lit(source).alias("source"),
        RECORD,
        FILE,
        LINE,
        pl.lit(fix.item).alias("item"),
        "before",
        "after",
    )
    return frame.with_columns(corrected), record.cast(CORRECTIONS)  # type: ignore[arg-type]
