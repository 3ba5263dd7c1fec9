"""The chain holds, and nobody but its signers adds to it, takes from it or changes it.

Oracle: docs/vault-format.md, "The chain"; the attacker here edits files, and signs with a key of his own.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.chain.writing import Small, other_signer, small

from yakuba.kernel.canonical import canonical
from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.chain import read_chain
from yakuba.vault.format.entry import render
from yakuba.vault.format.names import entry_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def vault(tmp_path: Path) -> Small:
    """Entries: 0 init, 1 full, 2 delta, 3 delta, 4 full, 5 delta."""
    made = small(tmp_path / "a")
    for kind in ("full", "delta", "delta", "full", "delta"):
        made.generation(kind)
    return made


def file(vault: Small, number: int) -> Path:
    return vault.folder / "vault" / entry_name(number)


def names(vault: Small, number: int) -> list[int]:
    return [one.entry for one in vault.read().layers(number)]


def test_what_is_read_is_what_was_written(vault: Small) -> None:
    chain = vault.read(vault.signer.fingerprint)
    assert [entry.kind for entry in chain.entries] == ["init", "full", "delta", "delta", "full", "delta"]
    assert (chain.head, chain.municipality) == (vault.chain.head, "990019")
    assert [(one.number, one.base, one.parent) for one in chain.kept] == [
        (1, 1, 1), (2, 1, 1), (3, 1, 2), (4, 4, 4), (5, 4, 4),
    ]  # fmt: skip
    assert {number: names(vault, number) for number in range(1, 6)} == {
        1: [1], 2: [1, 2], 3: [1, 2, 3], 4: [4], 5: [4, 5],
    }  # fmt: skip
    assert chain.generation().number == 5
    assert chain.generation(3).health == {"住民基本台帳/住民情報": 1200}
    with pytest.raises(UsageError, match="vault list"):
        chain.generation(6)


def test_a_new_vault_has_no_generation(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no generation"):
        small(tmp_path / "new").read().generation()


def test_what_is_pruned_is_told(vault: Small) -> None:
    (one,) = (one for one in vault.chain.objects if one.entry == 2)
    vault.days += 40  # past its retention
    vault.days += 40
    vault.add("prune", generations=[2], objects=[one.name])
    chain = vault.read()
    assert [one.number for one in chain.generations if one.pruned] == [2, 3]
    assert [one.number for one in chain.kept] == [1, 4, 5]
    assert one.name not in {left.name for left in chain.objects}
    with pytest.raises(UsageError):
        chain.generation(3)
    with pytest.raises(NotProvenError, match="object is gone"):
        chain.layers(3)


def test_compaction_shortens_the_way(vault: Small) -> None:
    vault.add("compact", generation=2, **vault.sealed())
    assert names(vault, 2) == [6]
    assert names(vault, 3) == [6, 3]
    base = next(one.name for one in vault.chain.objects if one.entry == 1)
    vault.days += 40  # past its retention
    vault.days += 40
    vault.add("prune", generations=[1], objects=[base])
    assert [one.number for one in vault.read().kept] == [2, 3, 4, 5]


def test_holds_come_and_go(vault: Small) -> None:
    vault.add("hold", generation=3, reason="訴訟")
    assert vault.read().holds == {3: "訴訟"}
    assert [one.number for one in vault.read().generations if one.held] == [3]
    vault.add("release", generation=3, reason="終結")
    assert vault.read().holds == {}


def test_a_key_that_was_rotated_away_writes_no_more(vault: Small, tmp_path: Path) -> None:
    after = other_signer(tmp_path / "after")
    envelopes = {vault.chain.objects[0].name: "new"}
    vault.add("keys", signers=[after.public], recipients=["age1x"], sealed_keys=envelopes)
    with pytest.raises(CannotContinueError, match="not a signer"):
        vault.generation()
    stolen = {**vault.chain.entries[-1].fields, "number": 7, "previous": vault.chain.head}
    vault.store.put_new(entry_name(7), render({**stolen, "signer": vault.signer.fingerprint}, vault.signer))
    with pytest.raises(NotProvenError, match=r"entry 7.*not signed"):
        vault.read()
    file(vault, 7).unlink()
    vault.signer = after
    vault.generation()
    chain = vault.read()
    assert (chain.recipients, chain.layers(1)[0].envelope) == (("age1x",), "new")
    for one in (after.fingerprint, str(chain.entries[0].fields["signer"])):
        vault.read(one)


def test_naming_a_signer_is_not_being_written_by_him(tmp_path: Path) -> None:
    """Whoever forges a vault can name the true key as its next signer, but cannot make it write."""
    true = other_signer(tmp_path / "true")
    forged = small(tmp_path / "forged")
    forged.generation("full")
    forged.add("keys", signers=[true.public, forged.signer.public], recipients=[], sealed_keys={})
    with pytest.raises(NotProvenError, match="other keys"):
        forged.read(true.fingerprint)


def test_a_foreign_key_adds_nothing(vault: Small, tmp_path: Path) -> None:
    foreign = other_signer(tmp_path / "foreign")
    with pytest.raises(CannotContinueError, match="not a signer"):
        vault.add("hold", foreign, generation=1, reason="x")
    fields = {**vault.chain.entries[-1].fields, "number": 6, "previous": vault.chain.head}
    for signer_name in (foreign.fingerprint, vault.signer.fingerprint):
        file(vault, 6).write_bytes(render({**fields, "signer": signer_name}, foreign))
        with pytest.raises(NotProvenError, match="entry 6"):
            vault.read()


def _swap(vault: Small) -> None:
    one, other = file(vault, 2).read_bytes(), file(vault, 3).read_bytes()
    file(vault, 2).write_bytes(other)
    file(vault, 3).write_bytes(one)


def _edit(vault: Small) -> None:
    text, signature, _ = file(vault, 3).read_bytes().split(b"\n")
    fields = json.loads(text) | {"as_of": "2026-11-20T00:00:00Z"}
    file(vault, 3).write_bytes(canonical(fields) + b"\n" + signature + b"\n")


def _space(vault: Small) -> None:
    file(vault, 3).write_bytes(file(vault, 3).read_bytes().replace(b'":', b'": ', 1))


def _cut(vault: Small) -> None:
    file(vault, 3).write_bytes(file(vault, 3).read_bytes()[:-20])


def _remove(vault: Small) -> None:
    file(vault, 3).unlink()


def _other_vault(vault: Small) -> None:
    """The same signer's vault of another 団体."""
    other = vault.folder.parent / "b"
    shutil.copytree(vault.folder / "keys", other / "keys")
    twin = small(other, "990027")
    for kind in ("full", "delta", "delta", "full"):
        twin.generation(kind)
    shutil.copy(other / "vault" / entry_name(3), file(vault, 3))


def _bomb(vault: Small) -> None:
    file(vault, 3).write_bytes(b"[" * 100_000 + b"\n\n")


@pytest.mark.parametrize("attack", [_swap, _edit, _space, _cut, _remove, _other_vault, _bomb])
def test_a_changed_entry_is_named(vault: Small, attack: Callable[[Small], None]) -> None:
    attack(vault)
    with pytest.raises(NotProvenError, match=r"entry [23].*second centre"):
        vault.read()
    assert [one.number for one in read_chain(vault.store, upto=1).kept] == [1]


def test_no_more_than_there_is(vault: Small) -> None:
    assert read_chain(vault.store, upto=5).head == vault.chain.head
    with pytest.raises(NotProvenError, match="entry 6: ありません"):
        read_chain(vault.store, upto=6)


def test_the_first_entry_is_held_like_the_rest(vault: Small) -> None:
    text, signature, _ = file(vault, 0).read_bytes().split(b"\n")
    fields = json.loads(text) | {"municipality": "990027"}
    file(vault, 0).write_bytes(canonical(fields) + b"\n" + signature + b"\n")
    with pytest.raises(NotProvenError, match="entry 0"):
        vault.read()
    for left in (vault.folder / "vault/entries").iterdir():
        left.unlink()
    with pytest.raises(UsageError, match="no vault"):
        vault.read()


@pytest.mark.parametrize(
    "fields",
    [
        {"base": 1, "parent": 2},
        {"base": 4, "parent": 4},
        {"base": 99, "parent": 5},
        {"object": {"name": "objects/00000002-0123456789abcdef", "size": 1, "sha256": "00"}},
        {"object": {"name": "../../etc/passwd", "size": 1, "sha256": "00"}},
        {"object": {}},
        {"health": None},
        {"as_of": "yesterday"},
        {"retain_until": 5},
    ],
)
def test_a_signer_cannot_write_what_makes_no_sense(vault: Small, fields: dict[str, object]) -> None:
    """It is refused before it is written: it would close the vault, and cannot be taken back."""
    with pytest.raises(NotProvenError, match="entry 6"):
        vault.generation("delta", **fields)
    assert len(vault.read().entries) == 6


@pytest.mark.parametrize(("kind", "fields"), [("init", {}), ("new", {}), ("hold", {"generation": 9, "reason": ""}),
                                              ("release", {"generation": 1}), ("compact", {"generation": 77}),
                                              ("keys", {}), ("prune", {"generations": 3, "objects": []})])  # fmt: skip
def test_no_other_entry_makes_sense_by_being_signed(vault: Small, kind: str, fields: dict[str, Any]) -> None:
    with pytest.raises(NotProvenError, match="entry 6"):
        vault.add(kind, **fields)
    whole = {**vault.chain.entries[1].fields, **fields, "kind": kind, "number": 6, "previous": vault.chain.head}
    for name in {"signers", "recipients"} - fields.keys():
        whole.pop(name, None)
    vault.store.put_new(entry_name(6), render(whole, vault.signer))
    with pytest.raises(NotProvenError, match="entry 6"):
        vault.read()


def test_of_two_writers_the_second_is_told(vault: Small) -> None:
    slow = vault.chain
    vault.generation()
    vault.chain = slow
    with pytest.raises(CannotContinueError, match="another writer was first"):
        vault.generation()
    assert len(vault.read().entries) == 7


def test_a_stray_file_is_no_entry(vault: Small) -> None:
    (vault.folder / "vault/entries/.DS_Store").write_bytes(b"x")
    (vault.folder / "vault/entries/00000006.json.tmp").write_bytes(b"x")
    assert vault.read().head == vault.chain.head
