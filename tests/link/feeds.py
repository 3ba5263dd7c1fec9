"""Feeds for the tests of the link: a small fictitious town in the standard layout, changed day by day."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yakuba.cli import main
from yakuba.layouts.read import standard
from yakuba.link.beginning import Wanted, begin
from yakuba.link.place import Place
from yakuba.link.refusing import refusals
from yakuba.link.running import Look, once
from yakuba.link.settings import Settings, read_settings
from yakuba.town.make import make
from yakuba.vault.services.restore import restore

if TYPE_CHECKING:
    from pathlib import Path

TOWN = "990019"
RESIDENTS = "001_juminkihondaicho/juminjoho"
NUMBERS = "001_juminkihondaicho/kojinbangokanri"
PEOPLE, SEALS = "住民基本台帳/住民情報", "印鑑登録/印鑑登録原票"
REGISTER = "x02_inkantoroku/inkantorokugenpyo"
TABLES = (RESIDENTS, NUMBERS, REGISTER)

Rows = list[dict[str, str]]


@dataclass
class Days:
    """A town that changes: its tables by place below data/, and its clock."""

    tables: dict[str, Rows]
    moment: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0) - timedelta(days=20))
    code: str = TOWN

    @classmethod
    def of(cls, dump: Path, code: str = TOWN) -> Days:
        tables = {table: _rows(_file(dump, table)) for table in TABLES}
        for rows in tables.values():
            rows[:] = [{item: code if cell == TOWN else cell for item, cell in row.items()} for row in rows]
        return cls(tables, code=code)

    def later(self, **step: float) -> Days:
        """The same town some time later."""
        after = timedelta(**step) if step else timedelta(days=1)
        tables = {name: [dict(row) for row in rows] for name, rows in self.tables.items()}
        return Days(tables, self.moment + after, self.code)

    def moved(self, count: int = 3) -> Days:
        """A day later; some people have another 番地."""
        day = self.later()
        for row in day.tables[RESIDENTS][:count]:
            row["住所_番地号表記"] += "の１"
        return day

    def touched(self, count: int = 2) -> Days:
        """An hour later; some registrations of seals were written again. A small table is checked quickly."""
        day = self.later(hours=1)
        for row in day.tables[REGISTER][:count]:
            row["操作時刻"] = f"{day.moment:%H:%M:%S}"
        return day

    @property
    def stamp(self) -> str:
        return f"{self.moment + timedelta(hours=9):%Y%m%dT%H%M%S}"

    def name(self, kind: str = "full", sequence: int = 0) -> str:
        return f"{self.code}_{self.stamp}_{kind}" + (f"_{sequence}" if sequence else "")


def make_dump(folder: Path) -> Path:
    """The town's first files."""
    make(60, 7, "kihon", folder)
    return folder


def _file(dump: Path, table: str) -> Path:
    folder, _, stem = table.partition("/")
    return dump / f"{folder.partition('_')[0]}_{stem}.csv"


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def text(rows: Rows, columns: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(rows[0]), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def files(tables: dict[str, Rows], deleted: dict[str, Rows] | None = None, encoding: str = "utf-8") -> dict[str, bytes]:
    """A feed's files by name."""
    made = {f"data/{name}.csv": text(rows).encode(encoding) for name, rows in tables.items()}
    for name, rows in (deleted or {}).items():
        made[f"deleted/{name}.csv"] = text(rows, keys_of(name)).encode(encoding)
    return made


def keys_of(table: str) -> list[str]:
    place, stem = table.split("/")
    found = [group for layout, group in standard("kihon")
             if (f"{layout.code}_{layout.identifier}", group.identifier) == (place, stem)]  # fmt: skip
    return [item.name for item in found[0].keys]


def put(inbox: Path, name: str, content: dict[str, bytes], *, done: bool = True) -> Path:
    """A feed as a folder."""
    for path, data in content.items():
        (inbox / name / path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name / path).write_bytes(data)
    if done:
        (inbox / f"{name}.done").touch()
    return inbox / name


def zipped(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in content.items():
            archive.writestr(path, data)
    return out.getvalue()


def tarred(content: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as bundle:  # type: ignore[call-overload]
        for path, data in content.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            bundle.addfile(info, io.BytesIO(data))
    return out.getvalue()


@dataclass
class Desk:
    """A link and what a test does with it."""

    place: Place

    @property
    def settings(self) -> Settings:
        return read_settings(self.place)

    @property
    def inbox(self) -> Path:
        return self.place.folder / "inbox"

    def set(self, old: str, new: str) -> None:
        """Change the settings file."""
        before = self.place.settings.read_text("utf-8")
        assert old in before
        self.place.settings.write_text(before.replace(old, new), "utf-8")

    def feed(self, day: Days, **more: Any) -> Look:
        """A full feed, and a look."""
        put(self.inbox, day.name(**more), files(day.tables))
        return once(self.place, self.settings)

    def delta(
        self, day: Days, tables: dict[str, Rows], deleted: dict[str, Rows] | None = None, sequence: int = 0
    ) -> Look:
        put(self.inbox, day.name("delta", sequence), files(tables, deleted))
        return once(self.place, self.settings)

    def reasons(self) -> list[tuple[str, str]]:
        """Why the newest refused feed was refused."""
        return [(str(one.reason), one.place) for one in refusals(self.place)[-1].grounds]

    def events(self) -> list[str]:
        lines = self.place.journal.read_text("utf-8").splitlines()
        return [json.loads(line)["event"] for line in lines]

    def restored(self, out: Path, number: int | None = None, outbox: str = "") -> dict[str, Counter[tuple[str, ...]]]:
        """What the vault gives back, as multisets of rows by table."""
        where = outbox or str(self.place.folder / "outbox")
        restore(where, number, identity=self.place.folder / "keys", out=out)
        return {
            path.relative_to(out / "data").with_suffix("").as_posix(): bag(_rows(path))
            for path in sorted((out / "data").rglob("*.csv"))
        }


def bag(rows: Rows) -> Counter[tuple[str, ...]]:
    """Rows whatever their order; columns in the order of their names."""
    return Counter(tuple(row[name] for name in sorted(row)) for row in rows)


def bags(day: Days) -> dict[str, Counter[tuple[str, ...]]]:
    return {name: bag(rows) for name, rows in day.tables.items()}


def make_desk(folder: Path, **wanted: str) -> Desk:
    place = Place(folder)
    begin(place, Wanted(TOWN, "kihon", **wanted))
    return Desk(place)


def run(*arguments: str) -> int:
    """A command in this process; its exit code."""
    try:
        main(list(arguments))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def look(desk: Desk) -> int:
    return len(once(desk.place, desk.settings).sealed)


def refuse(desk: Desk, name: str, content: dict[str, bytes]) -> list[tuple[str, str]]:
    """The feed is refused, nothing of it is lost; gives the reasons."""
    put(desk.inbox, name, content)
    assert look(desk) == 0
    one = refusals(desk.place)[-1]
    kept = desk.place.refused / one.id / "original" / name
    assert {
        path.relative_to(kept).as_posix(): path.read_bytes() for path in kept.rglob("*") if path.is_file()
    } == content
    assert list(desk.place.claimed.iterdir()) == list(desk.place.work.iterdir()) == []
    return desk.reasons()
