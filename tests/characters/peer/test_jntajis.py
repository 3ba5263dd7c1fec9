"""Oracle: jntajis-python 0.1.0, another reading of MJ縮退マップ and of JIS X 0213 (its own tables, its own parser).

It adds the character asked about and its base to every answer, leaves out 辞書類等による関連字, and puts 互換漢字 with
their unified character; those are left out here. Asked for a bare code point it joins the candidates of its shapes and
loses 38 of them, so each shape is asked for by its own sequence.
"""

from __future__ import annotations

from collections import Counter

import jntajis
import pytest

from yakuba.characters import repertoire, shrink, tables

SCHEMES = {1: "J", 2: "R", 4: "AB", 8: "KMZXN"}
"""Its schemes and the marks of our grounds."""
NTA_SIGNS = set("−〜‖¢£¬~\\⦅⦆")
"""Signs whose code 国税庁 gives to a full-width or wavy twin, as CP932 does."""


def _shapes() -> dict[str, tuple[str, str]]:
    """Base and way of writing of every MJ character with one that is its own, by its name; no 互換漢字."""
    rows = tables.read("mj", "006.02", "MJ文字図形名", "文字", "対応するUCS", "実装したUCS", "IVS", "SVS").rows()
    shapes = Counter(row[2] for row in rows)
    compatible = {code for _, _, base, own, _, svs in rows if svs or (own and own != base) for code in (base, own)}
    found = {}
    for name, form, base, _, ivs, _ in rows:
        if not form or not base or base in compatible or (not ivs and shapes[base] > 1):
            continue
        own = "".join(chr(int(part, 16)) for part in ivs.split()[0].split("_")) if ivs else form
        found[name] = (chr(int(base.removeprefix("U+"), 16)), own)
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_give_the_same_candidates_for_every_shape(scheme: int) -> None:
    titles = {shrink.grounds()[mark].title for mark in SCHEMES[scheme]}
    shapes = _shapes()
    differing = {}
    for name, (base, text) in shapes.items():
        found = shrink.candidates_by_name().get(name, ())
        ours = {one.text for one in found if one.ground.title in titles} - {base, text}
        theirs = set(jntajis.mj_shrink_candidates(text, scheme, 1_000)) - {base, text}
        if ours != theirs:
            differing[name] = (ours, theirs)
    assert len(shapes) == 58_592
    assert not differing


def test_both_know_the_same_jis_x_0213() -> None:
    jis = repertoire.jis0213()
    texts = {char for char in jis.characters or () if char >= "\xa0"} | jis.sequences
    refused = set()
    for text in texts:
        try:
            jntajis.jnta_encode("jisx0213", text, jntajis.ConversionMode.SISO)
        except UnicodeEncodeError:
            refused.add(text)
    assert refused <= NTA_SIGNS
