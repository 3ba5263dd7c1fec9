"""docs/benchmarks-characters.md: glyph identification and conversion, with the data that the figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench import characters_words as words
from bench.measure import ROOT, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PAGE = ROOT / "docs" / "benchmarks-characters.md"
_STRICT, _ANY, _TOP5, _DOTS, _VARIANT = 0.96, 0.985, 0.998, 0.93, 0.90
_REJECTED, _WRONGLY, _SAME_WRONG = 0.95, 0.02, 0.005
_SECONDS, _MEGABYTES = 60.0, 60.0


def section() -> str:
    """Measure both, write the page, and give the lines for docs/benchmarks.md."""
    identified = measure("bench.programs.characters_identify").said
    converted = measure("bench.programs.characters_convert").said
    PAGE.write_text(page(identified, converted), encoding="utf-8")
    slowest = max(converted["seconds"][way] for way in converted["within_3_s"])
    speed = identified["speed"]
    return "\n".join([
        "## Characters", "",
        "5,000 kanji of each of two fonts that the model has never seen; all figures, sets and goals:",
        "[benchmarks-characters.md](benchmarks-characters.md).", "",
        *(f"- {name}: right character and form first **{_percent(sets['outline']['strict'])}**, right character"
          f" **{_percent(sets['outline']['any'])}**, among the first five **{_percent(sets['outline']['top5'])}**"
          for name, sets in identified["kanji"].items()),
        f"- {speed['glyphs']:,} glyphs identified in **{speed['seconds']:.1f} s** (target ≤ 60 s)",
        f"- {converted['names']:,} names converted in **{slowest:.2f} s** at most (target ≤ 3 s)", "",
    ])  # fmt: skip


def page(identified: Mapping[str, Any], converted: Mapping[str, Any]) -> str:
    """The page."""
    return "\n".join([_head(identified), *_goals(identified), *_sets(identified), *_strangers(identified),
                      *_sure(identified), *_converted(converted)])  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _head(identified: Mapping[str, Any]) -> str:
    fonts = ", ".join(f"{package} {version}" for package, version in identified["fonts"].items())
    return words.HEAD.format(fonts=fonts, seed=identified["seed"])


def _goals(identified: Mapping[str, Any]) -> list[str]:
    kanji, variants, speed = identified["kanji"], identified["variants"], identified["speed"]
    rows: list[tuple[str, str, str, bool]] = []
    for name, sets in kanji.items():
        outline, dotted = sets["outline"], sets["48 dots"]
        rows += [
            _least(f"{name}: first, form and all", outline["strict"], _STRICT),
            _least(f"{name}: first, any form of the code point", outline["any"], _ANY),
            _least(f"{name}: among the first five", outline["top5"], _TOP5),
            _least(f"{name}: first, 48 dots", dotted["strict"], _DOTS),
        ]
    rows.append(_least("forms of one code point, first", variants["outline"]["strict"], _VARIANT))
    for kind, found in identified["strangers"].items():
        rows.append(_least(f"not in MJ, rejected: {kind}", found["rejected"], _REJECTED))
    wrongly = sum(sets["outline"]["none"] for sets in kanji.values()) / len(kanji)
    rows += [
        ("in MJ, wrongly rejected (both fonts)", _percent(wrongly), f"≤ {_percent(_WRONGLY)}", wrongly <= _WRONGLY),
        (f"{speed['glyphs']:,} glyphs, {speed['processors']} processors", f"{speed['seconds']:.1f} s",
         f"≤ {_SECONDS:.0f} s", speed["seconds"] <= _SECONDS),
        ("index", f"{identified['index_mb']:.1f} MB", f"≤ {_MEGABYTES:.0f} MB", identified["index_mb"] <= _MEGABYTES),
    ]  # fmt: skip
    return [
        "## Goals", "", "| figure | measured | goal | |", "|---|---:|---:|---|",
        *(f"| {name} | {value} | {goal} | {'reached' if reached else '**NOT reached**'} |"
          for name, value, goal, reached in rows),
        "", f"The model has {identified['model_mb']:.2f} MB, the index {identified['shapes']:,} shapes.", "",
    ]  # fmt: skip


def _least(name: str, value: float, goal: float) -> tuple[str, str, str, bool]:
    return name, _percent(value), f"≥ {_percent(goal)}", value >= goal


_COLUMNS = ("strict", "known", "any", "top5", "top20", "none")


def _table(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    return [
        "| set | glyphs | first | first, where known | any form | first 5 | first 20 | 該当なし |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(f"| {name} | {found['n']:,} | " + " | ".join(_cell(found, column) for column in _COLUMNS) + " |"
          for name, found in rows),
        "",
    ]  # fmt: skip


def _cell(found: Mapping[str, Any], column: str) -> str:
    if column != "known":
        return _percent(found[column])
    return f"{_percent(found['known'])} of {found['known_n']:,}" if found["known_n"] else "–"


def _sets(identified: Mapping[str, Any]) -> list[str]:
    kanji = [(f"{name}, {way}", found) for name, sets in identified["kanji"].items() for way, found in sets.items()]
    named = [(f"{char}, {way}", found) for char, sets in identified["named"].items() for way, found in sets.items()]
    variants = [(f"forms of one code point, {way}", found) for way, found in identified["variants"].items()]
    foreign = ("Noto Serif CJK JP, foreign", identified["foreign"])
    unified = ("forms that MJ does not keep apart", identified["unified"])
    return [words.SETS, *_table(kanji), words.MANNERS, *_table([foreign, *variants, *named, unified]), words.FORMS]


def _strangers(identified: Mapping[str, Any]) -> list[str]:
    rows = [
        f"| {kind} | {one['n']:,} | {_percent(one['rejected'])} | {_percent(one['same'])} |"
        for kind, one in identified["strangers"].items()
    ]
    head = ["| kind | glyphs | 該当なし | 字形一致 (wrong) |", "|---|---:|---:|---:|"]
    return [words.STRANGERS, *head, *rows, "", words.NEIGHBOURS]


def _sure(identified: Mapping[str, Any]) -> list[str]:
    sets = [(f"{name}, {way}", found) for name, some in identified["kanji"].items() for way, found in some.items()]
    sets.append(("forms of one code point", identified["variants"]["outline"]))
    rows = [
        f"| {name} | {_percent(found['same'])} | {_percent(found['same_wrong'])} of {found['same_known']:,} "
        f"| {_percent(found['same_wrong_character'])} |"
        for name, found in sets
    ]
    goal = words.SURE.format(goal=_percent(_SAME_WRONG))
    return [goal, "| set | 字形一致 | wrong | wrong character |", "|---|---:|---:|---:|", *rows, ""]


def _converted(converted: Mapping[str, Any]) -> list[str]:
    return [
        "## Conversion", "", f"{converted['names']:,} names, goal ≤ 3 s.", "", "| way | s | CPU s |", "|---|---:|---:|",
        *(f"| {way} | {taken:.2f} | {converted['cpu'][way]:.2f} |" for way, taken in converted["seconds"].items()),
        "", f"{converted['look_ups_per_second']:,} look-ups a second; {converted['peak_mb']:,} MB at most.", "",
    ]  # fmt: skip
