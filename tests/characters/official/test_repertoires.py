# Oracle: JIS X 0213:2004 has 11,233 characters, 25 of them two code points; JIS X 0208 has 6,879 (both standards' own
# figures, JIS X 0213 also in shared/domain/migration.md). CP932: see test_cp932.
from __future__ import annotations

from yakuba.characters import cp932, repertoire, tables


def test_jis_x_0213_is_whole() -> None:
    jis = repertoire.jis0213()
    singles = jis.characters or frozenset()
    ascii_of_jis = {"\\", "~"}  # the two that a two-byte code of the codec shares with ASCII
    assert len({char for char in singles if char >= "\x80"} | ascii_of_jis) + len(jis.sequences) == 11_233
    assert len(jis.sequences) == 25
    assert jis.holds("か\u309a")
    assert not jis.holds("か\u3099")


def test_jis_x_0208_is_whole() -> None:
    jis = repertoire.jis0208().characters or frozenset()
    double = {char for char in jis if char >= "\x80" and not "\uff61" <= char <= "\uff9f"}
    as_windows = set(cp932.SUBSTITUTES.values()) - {"―", "￥", "￣"}  # those three are the JIS signs themselves
    assert len(double - as_windows) == 6_879


def test_the_example_shapes_of_the_list_are_in_the_standard() -> None:
    rows = tables.read("mj", "006.02", "文字", "X0213", "X0213_包摂区分").drop_nulls()
    jis = repertoire.jis0213()
    exact = [char for char, _, kind in rows.iter_rows() if kind == "0" and len(char) == 1]
    others = [char for char in exact if not jis.holds(char)]
    # The list calls a few the example of a position whose character Unicode writes otherwise (𠮷 for 吉).
    assert len(exact) - len(others) > 10_000
    assert len(others) < 20
