"""A reader written from docs/vault-format.md alone: it imports nothing of yakuba.

python tests/vault/stranger.py VAULT_FOLDER IDENTITY_FILE GENERATION OUT_FOLDER
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 1_048_576
Entry = dict[str, Any]
Rows = list[tuple[str, ...]]


def chain(vault: Path) -> list[Entry]:
    """All entries, each verified."""
    entries: list[Entry] = []
    signers: list[str] = []
    previous = "0" * 64
    while (path := vault / f"entries/{len(entries):08}.json").exists():
        raw = path.read_bytes()
        line, signature = raw.split(b"\n")[:2]
        entry = json.loads(line)
        signers = entry["signers"] if not entries else signers
        names = {print_of(key): key for key in signers}
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(names[entry["signer"]]))
        key.verify(base64.b64decode(signature), line)
        assert entry["format"] == "yakuba-vault-1"
        assert (entry["number"], entry["previous"]) == (len(entries), previous)
        same = ("vault", "municipality")
        assert all(entry[name] == (entries or [entry])[0][name] for name in same)
        signers = entry["signers"] if entry["kind"] == "keys" else signers
        entries.append(entry)
        previous = hashlib.sha256(raw).hexdigest()
    return entries


def print_of(key: str) -> str:
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:40]
    return " ".join(digits[at : at + 4] for at in range(0, 40, 4))


def way(entries: list[Entry], generation: int) -> list[Entry]:
    """The entries whose objects give a generation, the full one first."""
    gone = {name for entry in entries if entry["kind"] == "prune" for name in entry["objects"]}
    found: list[Entry] = []
    while True:
        compact = [e for e in entries if e["kind"] == "compact" and e["generation"] == generation]
        own = entries[generation]
        whole = [e for e in [own, *compact] if e["kind"] != "delta" and e["object"]["name"] not in gone]
        if whole:
            return [whole[-1], *found]
        assert own["object"]["name"] not in gone, "it was pruned"
        found.insert(0, own)
        generation = own["parent"]


def content(vault: Path, entry: Entry, entries: list[Entry], identity: pyrage.x25519.Identity) -> bytes:
    """What was sealed in the object of an entry."""
    name, envelope = entry["object"]["name"], entry["sealed_key"]
    for later in entries:
        envelope = later.get("sealed_keys", {}).get(name, envelope)
    cipher = AESGCM(pyrage.decrypt(base64.b64decode(envelope), [identity]))
    raw = (vault / name).read_bytes()
    assert (len(raw), hashlib.sha256(raw).hexdigest()) == (entry["object"]["size"], entry["object"]["sha256"])
    assert raw[:8] == b"YAKUBAV1"
    place = ("YAKUBAV1", entry["vault"], entry["municipality"], f"{entry['number']:08}", entry["previous"])
    bound = "".join(f"{line}\n" for line in place).encode()
    chunks = [raw[at : at + CHUNK + 16] for at in range(8, len(raw), CHUNK + 16)]
    plain = b"".join(
        cipher.decrypt(bytes(4) + at.to_bytes(7, "big") + bytes([at == len(chunks) - 1]), chunk, bound)
        for at, chunk in enumerate(chunks)
    )
    return plain[8 : 8 + int.from_bytes(plain[:8], "big")]


def text_of(row: tuple[str, ...]) -> str:
    marks = set(',"\n\r')
    return ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if marks & set(cell) else cell for cell in row)


def tables_of(contents: list[bytes]) -> dict[str, tuple[Entry, Rows]]:
    """Facts and rows of every table after all objects."""
    tables: dict[str, tuple[Entry, Rows]] = {}
    for data in contents:
        start = 8 + int.from_bytes(data[:8], "big")
        header = json.loads(data[8:start])
        assert header["format"] == "yakuba-tables-1"
        there = {}
        for table in header["tables"]:
            facts, rows = (table, list[tuple[str, ...]]()) if table["kind"] == "full" else tables[table["name"]]
            if table["removed"]:
                gaps = parquet(data, start, table["removed"])["gap"].to_list()
                gone, at = set[int](), 0
                for gap in gaps:
                    at += gap
                    gone.add(at)
                rows = [row for place, row in enumerate(rows) if place not in gone]
            rows = rows + [
                row for part in table["added"] for row in cells(parquet(data, start, part), facts["columns"])
            ]
            hashed = (hashlib.sha256((header["salt"] + text_of(row)).encode()).hexdigest()[:32] for row in rows)
            total = sum(int(one, 16) for one in hashed) % 2**128
            assert (len(rows), f"{total:032x}") == (table["rows"], table["digest"]), table["name"]
            agree_on_totals(facts["columns"], rows, table.get("totals") or {})
            there[table["name"]] = (facts, rows)
        tables = there
    return tables


def agree_on_totals(columns: list[str], rows: Rows, said: dict[str, list[Any]]) -> None:
    for item, (total, others) in said.items():
        filled = [row[columns.index(item)] for row in rows if item in columns and row[columns.index(item)]]
        numbers = [Fraction(cell) for cell in filled if re.fullmatch(r"-?[0-9]{1,18}([.][0-9]{1,6})?", cell)]
        assert (sum(numbers), len(filled) - len(numbers)) == (Fraction(total), others), item


def parquet(data: bytes, start: int, part: Entry) -> pl.DataFrame:
    at = start + part["offset"]
    frame = pl.read_parquet(io.BytesIO(data[at : at + part["length"]]))
    assert frame.height == part["rows"]
    return frame


def cells(frame: pl.DataFrame, columns: list[str]) -> Rows:
    return list(
        frame.with_columns(pl.lit("").alias(name) for name in set(columns) - set(frame.columns)).select(columns).rows()
    )


def main(vault: Path, identity: Path, generation: int, out: Path) -> None:
    secret = next(line for line in identity.read_text().split() if line.startswith("AGE-SECRET-KEY-1"))
    key = pyrage.x25519.Identity.from_str(secret)
    entries = chain(vault)
    objects = [content(vault, entry, entries, key) for entry in way(entries, generation)]
    for facts, rows in tables_of(objects).values():
        path = out / "data" / facts["folder"] / f"{facts['group']}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [text_of(tuple(facts["columns"])), *map(text_of, rows)]
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
        assert next(csv.reader(io.StringIO(lines[0]))) == facts["columns"]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
