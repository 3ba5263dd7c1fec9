"""Projection (住民の一覧化): records of persons → one row each, as search and screens need them.

One function for a load and for every later write, so that what a clerk finds never depends on how it came in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.registry.roles import roles
from yakuba.registry.search import grams
from yakuba.registry.search.keys import address_key, name_key, sound_key

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = ("resident", "outsider", "protection", "together", "block", "alias", "former", "mynumber")
"""Tables of roles that a projection is made from."""
ROW, LEDGER = "#row", "#ledger"
"""Where a row of "resident" or "outsider" is: place in its ledger, and the ledger's id."""
_SLICE = 50_000
"""Persons whose grams are made at a time."""
_NUMBERS = ("mynumber", "juminhyo_code", "card")
_SHARED = ("sex", "kind", "relation")
"""Items that are found by their whole value."""
_HELD = (*_SHARED, "name", "kana", "birth", "address", "household")
"""Items of which the index knows something; of the others it knows where they are empty."""
COLUMNS = (
    *("addressee", "household", "outsider", "kind", "state", "removed", "protected", "blocked", "leaving"),
    *("name", "kana", "alias", "former_name", "sex", "birth", "birth_era", "birth_unknown", "relation", "place"),
    *("address", "family", "sound", "names", "sounds", "address_key", "grams", "ledger", "row"),
)
"""Columns of the result: fields of `models.Resident`."""


def projected(tables: Mapping[str, pl.DataFrame], municipality: str) -> pl.DataFrame:
    """One row per person.

    Args:
        tables: table of roles → all rows of the persons concerned (of the whole history), String columns named by
            role without nulls, with `ROW` and `LEDGER` in "resident" and "outsider". What is missing is empty.
        municipality: 団体コード.

    Returns:
        COLUMNS, as text that COPY takes or as values; `grams` as PostgreSQL writes an array.
    """
    whole = {name: _whole(name, tables.get(name)) for name in TABLES}
    history = pl.concat([_of(whole["resident"], outsider=False), _of(whole["outsider"], outsider=True)])
    people = latest(history)
    people = _protected(people, whole)
    people = _blocked(people, whole["block"])
    people = _other_names(people, whole)
    people = _addresses(people, history)
    people = _keys(people, history, whole)
    return _with_grams(people, whole["mynumber"], municipality).select(COLUMNS)


def latest(history: pl.DataFrame) -> pl.DataFrame:
    """The newest row of each person, by history number, branch number and place; a resident's before an outsider's."""
    number = (
        pl.col(name).cast(pl.Int64, strict=False).fill_null(0).alias(f"#{name}") for name in ("history", "branch")
    )
    order = ["addressee", "outsider", "#history", "#branch", ROW]
    newest_last = history.with_columns(*number).sort(order, descending=[False, True, False, False, False])
    return newest_last.unique("addressee", keep="last", maintain_order=True).drop("#history", "#branch")


def _whole(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    """A table with all its roles; those that no item plays are empty."""
    frame = pl.DataFrame() if frame is None else frame
    kinds = {role: pl.String() for role in roles(name)} | {ROW: pl.Int64(), LEDGER: pl.Int64()}
    if frame.width == 0:
        return pl.DataFrame(schema=kinds)
    missing = (
        pl.lit("" if kind == pl.String() else 0, kind).alias(role) for role, kind in kinds.items() if role not in frame
    )
    return frame.with_columns(*missing).select(*kinds)


def _of(frame: pl.DataFrame, *, outsider: bool) -> pl.DataFrame:
    """Residents and outsiders with the same columns."""
    names = {*roles("resident"), ROW, LEDGER}
    missing = (pl.lit("").alias(name) for name in names if name not in frame)
    return frame.with_columns(*missing, outsider=pl.lit(outsider)).select(*sorted(names), "outsider")


def _protected(people: pl.DataFrame, whole: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """支援措置 holds until a person releases it: an end that has passed lifts nothing."""
    held = whole["protection"].filter(
        (pl.col("released") == "") & (pl.col("state").is_in(["", "1", "2", "3"]) | (pl.col("provisional") == "1"))
    )
    owners = whole["together"].join(held.select(owner="addressee", number="number"), on=["owner", "number"], how="semi")
    hidden = pl.concat([held["addressee"], owners["addressee"]]).unique().implode()
    return people.with_columns(protected=pl.col("addressee").is_in(hidden))


def _blocked(people: pl.DataFrame, block: pl.DataFrame) -> pl.DataFrame:
    """抑止 holds until a person releases it; of a person, or of everybody in a household."""
    held = block.filter((pl.col("released") == "") & pl.col("level").is_in(["1", "2"]))
    by_person = held.filter(pl.col("addressee") != "").group_by("addressee").agg(pl.col("level").max().alias("#own"))
    by_home = held.filter(pl.col("household") != "").group_by("household").agg(pl.col("level").max().alias("#home"))
    joined = people.join(by_person, on="addressee", how="left").join(by_home, on="household", how="left")
    return joined.with_columns(
        blocked=pl.max_horizontal("#own", "#home").fill_null(""),
        removed=pl.col("removed") == "1",
        leaving=pl.when((pl.col("removed") == "1") | (pl.col("leaving") == "")).then(pl.lit("")).otherwise("leaving"),
    ).drop("#own", "#home")


def _other_names(people: pl.DataFrame, whole: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """通称 and 旧氏 that are recorded now."""
    for table, field in (("alias", "alias"), ("former", "former_name")):
        there = whole[table].filter((pl.col("deleted") == "") & (pl.col("name") != ""))
        now = there.group_by("addressee").agg(pl.col("name").last().alias(field))
        people = people.join(now, on="addressee", how="left").with_columns(pl.col(field).fill_null(""))
    return people


def _addresses(people: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """`address` to show, `address_key` to find by: the present one first, then those of earlier rows."""
    people = people.with_columns(address=_shown(within=False))
    keys = pl.concat([history.select("addressee", "outsider", *_PARTS)]).unique(maintain_order=True)
    keys = keys.with_columns(key=address_key(_shown(within=True))).filter(pl.col("key") != "")
    earlier = keys.group_by("addressee").agg(pl.col("key").unique(maintain_order=True).alias("#all"))
    now = address_key(_shown(within=True))
    return (
        people.join(earlier, on="addressee", how="left")
        .with_columns(now.alias("#now"))
        .with_columns(pl.col("#all").list.set_difference(pl.concat_list("#now")).list.sort().list.join("\n"))
        .with_columns(address_key=_lines("#now", pl.col("#all").fill_null("")))
        .drop("#all", "#now")
    )


_PARTS = ("prefecture", "city", "town", "number", "building")


def _shown(*, within: bool) -> pl.Expr:
    """The address as it is written; `within` = from the 町字 on for residents, whose town is known."""
    front = pl.concat_str("prefecture", "city")
    if within:
        front = pl.when("outsider").then(front).otherwise(pl.lit(""))
    behind = pl.when(pl.col("building") == "").then(pl.lit("")).otherwise("\u3000" + pl.col("building"))
    return pl.concat_str(front, "town", "number", behind)


def _keys(people: pl.DataFrame, history: pl.DataFrame, whole: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Keys of the present name, by which results are ordered, and of all names a person has or had."""
    others = [
        history.select("addressee", "name", "kana"),
        history.filter(pl.col("roman") != "").select("addressee", name="roman", kana=pl.lit("")),
        whole["alias"].select("addressee", "name", "kana"),
        whole["former"]
        .join(people.select("addressee", "given", "given_kana"), on="addressee")
        .select(
            "addressee",
            name=pl.col("name") + "\u3000" + pl.col("given"),
            kana=pl.col("kana") + "\u3000" + pl.col("given_kana"),
        ),
    ]
    every = pl.concat(others).unique(maintain_order=True)
    every = every.with_columns(name=name_key(pl.col("name")), kana=sound_key(pl.col("kana")))
    of_person = every.group_by("addressee").agg(
        *(pl.col(name).filter(pl.col(name) != "").unique().sort().alias(f"#{name}s") for name in ("name", "kana"))
    )
    people = people.join(of_person, on="addressee", how="left").with_columns(
        full=name_key(pl.col("name")), sound=sound_key(pl.col("kana"))
    )
    rest = (
        pl.col(f"#{name}s").list.set_difference(pl.concat_list(now)).list.sort().list.join("\n").fill_null("")
        for name, now in (("name", "full"), ("kana", "sound"))
    )
    roman = pl.col("full").str.contains("^[A-Z]")
    return people.with_columns(*rest).with_columns(
        family=pl.when(roman).then("full").otherwise(pl.col("full").str.splitn(" ", 2).struct.field("field_0")),
        names=_lines("full", pl.col("#names")),
        sounds=_lines("sound", pl.col("#kanas")),
    )


def _lines(first: str, rest: pl.Expr) -> pl.Expr:
    return pl.when(rest == "").then(first).otherwise(pl.col(first) + "\n" + rest)


def _with_grams(people: pl.DataFrame, mynumber: pl.DataFrame, municipality: str) -> pl.DataFrame:
    """`grams` of all keys, and of the numbers that only one person has."""
    numbers = mynumber.group_by("addressee").agg(pl.col("value").last().alias("mynumber"))
    people = people.join(numbers, on="addressee", how="left").with_columns(pl.col("mynumber").fill_null(""))
    made = [index_numbers(part, municipality) for part in people.iter_slices(_SLICE)]
    column = pl.concat(made) if made else pl.Series(dtype=pl.String)
    return people.with_columns(
        column.alias("grams"),
        pl.col("place").cast(pl.Int64, strict=False),
        pl.col(LEDGER).alias("ledger"),
        pl.col(ROW).alias("row"),
    )


def index_numbers(people: pl.DataFrame, municipality: str) -> pl.Series:
    """What the index of search knows of people, as PostgreSQL writes an array; columns of numbers may be missing."""
    kinds = ((grams.NAME, "names"), (grams.SOUND, "sounds"), (grams.ADDRESS, "address_key"))
    found = [grams.grams(people[column], kind, municipality) for kind, column in kinds]
    found += [grams.value_grams(people[column], grams.NUMBER, municipality) for column in _NUMBERS if column in people]
    found += [
        grams.value_grams(people.select(held).to_series(), grams.ITEM, municipality) for held in map(_held, _HELD)
    ]
    return grams.arrays(found, people.height)


def _held(column: str) -> pl.Expr:
    """The value of an item as the index has it; of an item that nearly everybody has, only where it is empty."""
    held = pl.lit(grams.item_value(column, "")) + pl.col(column)
    return held if column in _SHARED else pl.when(pl.col(column) == "").then(held).otherwise(pl.lit(""))
