"""Glyph identification on fonts that the model has never seen: every figure, as JSON.

    .venv/bin/python -m bench.programs.characters_identify

Needs the Debian packages fonts-ipamj-mincho, fonts-hanazono and fonts-noto-cjk. The sets are described in
bench.glyph_sets; all are chosen with one seed, so that everybody gets the same ones.
"""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any

from tools.glyphs.fonts import IPAMJ, UNSEEN, Manner
from tools.glyphs.samples import Mj

from bench.glyph_sets import HANAZONO, HANAZONO_B, NOTO, SEED, Source, composed, others
from yakuba.characters import tables
from yakuba.characters.glyphs.identify import identify
from yakuba.characters.glyphs.index import index, index_path
from yakuba.characters.glyphs.model import model_folder
from yakuba.characters.vendor import Likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.glyph_sets import Case
    from yakuba.characters.glyphs.identify import Identified

KANJI, OTHERS, VARIANTS, STRANGERS = 5000, 2500, 5000, 2000
MAIN, DOTS = "48 dots", (48, 40, 32, 24)
WEIGHTS = {"thick": 0.03, "thin": -0.012}
NAMED = "辻葛邉邊"
_UNIFIED_BY_JIS = "2"


def main() -> dict[str, Any]:
    """All figures."""
    started = time.perf_counter()
    index()
    built = time.perf_counter() - started
    mj = Mj()
    hana, hana_b, noto = (Source(name, mj) for name in (HANAZONO, HANAZONO_B, NOTO))
    return {
        "fonts": {font.package: font.version for font in (IPAMJ, *UNSEEN.values())},
        "seed": SEED,
        "shapes": len(mj.entries),
        "index_mb": index_path().stat().st_size / 1e6,
        "model_mb": (model_folder() / "model.onnx").stat().st_size / 1e6,
        "index_seconds": built,
        "kanji": {source.name: _kanji(source) for source in (hana, noto)},
        "foreign": _figures(_run(noto.cases(noto.random(noto.foreign(), STRANGERS)))),
        "variants": _variants(hana),
        "named": {char: _named(hana, char) for char in NAMED},
        "unified": _figures(_run(hana.cases(hana.random(hana.unified(), STRANGERS)))),
        "strangers": _strangers(hana, hana_b, noto),
        "speed": _speed(hana, noto),
    }


def _run(cases: list[Case]) -> list[tuple[Case, Identified]]:
    return list(zip(cases, identify([case.glyph for case in cases]), strict=True))


def _kanji(source: Source) -> dict[str, Any]:
    texts = source.random(source.kanji(), KANJI)
    some = texts[:: KANJI // OTHERS]
    manners = {f"{dots} dots": Manner(dots=dots) for dots in DOTS} | {
        name: Manner(weight=weight) for name, weight in WEIGHTS.items()
    }
    return {"outline": _figures(_run(source.cases(texts)))} | {
        name: _figures(_run(source.cases(texts if name == MAIN else some, manner))) for name, manner in manners.items()
    }


def _variants(source: Source) -> dict[str, Any]:
    texts = source.random(source.variants(), VARIANTS)
    rows = tables.read("mj", "006.02", "MJ文字図形名", "X0213_包摂区分").iter_rows()
    one_to_jis = {name for name, kind in rows if kind == _UNIFIED_BY_JIS}
    done = _run(source.cases(texts))
    return {
        "outline": _figures(done),
        "48 dots": _figures(_run(source.cases(texts, Manner(dots=48)))),
        "one to JIS": _figures([pair for pair in done if pair[0].right & one_to_jis]),
    }


def _named(source: Source, char: str) -> dict[str, Any]:
    texts = sorted(text for text in source.characters if text[0] == char and text in tables.mj_sequences())
    return {name: _figures(_run(source.cases(texts, Manner(dots=dots)))) for name, dots in (("outline", 0), ("48", 48))}


def _strangers(hana: Source, hana_b: Source, noto: Source) -> dict[str, Any]:
    """Shares of 該当なし and 字形一致 of what is not in MJ, by kind; each among kanji, as in a vendor's font."""
    kinds: dict[str, tuple[Source, list[Case]]] = {
        f"ideographs of {source.name}": (
            source, source.cases(source.random(source.outside(), STRANGERS), inside=False)
        )
        for source in (hana, hana_b, noto)
    }  # fmt: skip
    kinds |= {kind: (noto, cases) for kind, cases in {**others(noto), "composed of halves": composed(noto)}.items()}
    found = {}
    for kind, (source, cases) in kinds.items():
        among = source.cases(source.random(source.kanji(), STRANGERS))
        done = _run([*cases, *among])[: len(cases)]
        same = _share(one.suggestion is Likeness.SAME for _, one in done)
        found[kind] = {"n": len(cases), "rejected": _none(done), "same": same}
    return found


def _none(done: Iterable[tuple[Case, Identified]]) -> float:
    said = [found.suggestion is Likeness.NONE for _, found in done]
    return sum(said) / len(said)


def _figures(done: list[tuple[Case, Identified]]) -> dict[str, Any]:
    """Shares of a set: where the right one stands, and what was suggested."""
    first = [found.candidates[0].name for _, found in done]
    known = [(case.known, name) for (case, _), name in zip(done, first, strict=True) if case.known]
    same = [pair for pair in zip(done, first, strict=True) if pair[0][1].suggestion is Likeness.SAME]
    told = [(case.known, name) for (case, _), name in same if case.known]
    count = len(done)
    return {
        "n": count,
        "strict": _share(name in case.right for (case, _), name in zip(done, first, strict=True)),
        "known": _share(name in right for right, name in known),
        "known_n": len(known),
        "any": _share(name in case.kin for (case, _), name in zip(done, first, strict=True)),
        "top5": _share(_within(found, case, 5) for case, found in done),
        "top20": _share(_within(found, case, 20) for case, found in done),
        "none": _none(done),
        "same": len(same) / count,
        "same_wrong": 1 - _share(name in right for right, name in told),
        "same_known": len(told),
        "same_wrong_character": 1 - _share(name in case.kin for (case, _), name in same),
    }


def _within(found: Identified, case: Case, many: int) -> bool:
    return any(candidate.name in case.right for candidate in found.candidates[:many])


def _share(answers: Iterable[bool]) -> float:
    """Share of yes; of nothing, 1."""
    said = list(answers)
    return sum(said) / len(said) if said else 1.0


def _speed(*sources: Source) -> dict[str, float]:
    """5,000 glyphs from memory to candidates, the index there."""
    cases = [case for source in sources for case in source.cases(source.random(source.kanji(), KANJI // 2))]
    started, busy = time.perf_counter(), time.process_time()
    identify([case.glyph for case in cases])
    return {
        "glyphs": len(cases), "seconds": time.perf_counter() - started, "cpu": time.process_time() - busy,
        "processors": len(os.sched_getaffinity(0)),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
