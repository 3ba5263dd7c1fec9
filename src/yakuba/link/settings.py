"""Settings (設定): link.toml, read strictly, so that a slip of the pen never becomes a silent default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from yakuba.kernel.check_digits import is_dantai_code
from yakuba.kernel.errors import UsageError
from yakuba.layouts.read import standard
from yakuba.link.manifest import DELTA, FULL
from yakuba.migration.intake.encodings import encoding
from yakuba.vault.tables.pictures import NAME as PICTURES

if TYPE_CHECKING:
    from yakuba.link.place import Place

Part = TypeVar("Part")

MARKER, RENAME = "marker", "rename"
ASK = "ask"


@dataclass(frozen=True, slots=True)
class Watch:
    """監視: where feeds arrive.

    Attributes:
        folder: watched. complete: "marker" = NAME.done stands beside NAME (or .done in it); "rename" = the sender
            writes under another name (beginning with a dot, or ending in .part or .tmp) and renames.
        unnamed: what a feed is whose name and manifest do not say it: full, delta, or ask a person.
        encoding: of the files. every_seconds: pause between two looks. most_gib: what one feed may come to, unpacked.
        late_hours: when the last good copy is older, the screens say so.
    """

    folder: str = "inbox"
    complete: str = MARKER
    unnamed: str = ASK
    encoding: str = "utf-8-sig"
    every_seconds: float = 5.0
    most_gib: float = 64.0
    late_hours: float = 26.0


@dataclass(frozen=True, slots=True)
class Outbox:
    """送り箱: the local vault, which is a whole copy of what was sealed.

    Attributes:
        folder, state, keys: the vault, the writer's index, the signing key. retain_days: lock of a generation.
        keep_generations: after the centre's receipt only the newest so many keep their data here; 0 = all.
    """

    folder: str = "outbox"
    state: str = "state"
    keys: str = "keys"
    retain_days: int = 35
    keep_generations: int = 0


@dataclass(frozen=True, slots=True)
class Centre:
    """センター: where to send.

    Attributes:
        url: "" = nothing is sent. certificate, key, authorities: PEM files of the mutual TLS.
        fingerprint: of the centre's signing key; "" = the one that signed the first receipt.
        piece_kib: sent at a time. timeout_seconds: without a byte. wait_seconds: longest pause between two attempts.
    """

    url: str = ""
    certificate: str = ""
    key: str = ""
    authorities: str = ""
    fingerprint: str = ""
    piece_kib: int = 1024
    timeout_seconds: float = 30.0
    wait_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """限度 of one table: what a feed may do before a person is asked.

    Attributes:
        less_percent: rows that may be missing. changed_percent: rows that may be new, gone or different.
        errors_percent: rows with a finding of weight error, beyond what was accepted before.
        free_rows: so many rows may always go or change, because percent of a small table mean nothing.
    """

    less_percent: float = 5.0
    changed_percent: float = 30.0
    errors_percent: float = 0.1
    free_rows: int = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """All of link.toml. `tables`: bounds by "業務/グループ", where they differ from `limits`."""

    municipality: str
    standard: str
    watch: Watch = field(default_factory=Watch)
    outbox: Outbox = field(default_factory=Outbox)
    centre: Centre = field(default_factory=Centre)
    limits: Bounds = field(default_factory=Bounds)
    tables: dict[str, Bounds] = field(default_factory=dict)

    def bounds(self, table: str) -> Bounds:
        """Of one table."""
        return self.tables.get(table, self.limits)


def read_settings(place: Place) -> Settings:
    """Read link.toml.

    Raises:
        UsageError: unreadable, a word it does not know, a value that cannot be meant; names the file.
    """
    path = place.settings
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: 設定がありません no settings", remedy="yakuba link init で作ってください") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}", remedy="UTF-8 の TOML として直してください") from error
    try:
        return _meant(_settings(data))
    except UsageError as error:
        raise UsageError(f"{path}: {error.message}", remedy=error.remedy) from error


def within(place: Place, text: str) -> Path:
    """A path of the settings: from the link's folder on, when it is not absolute."""
    return place.folder / Path(text).expanduser()


def _settings(data: dict[str, Any]) -> Settings:
    own = dict(data)
    bounds = own.pop("tables", {})
    if not isinstance(bounds, dict):
        raise UsageError("[tables] は表ではありません", remedy='[tables."業務/グループ"] の形で書いてください')
    made = _part(Settings, "", own)
    base = {one.name: getattr(made.limits, one.name) for one in fields(Bounds)}
    tables = {name: _part(Bounds, f"tables.{name}", {**base, **_table(name, one)}) for name, one in bounds.items()}
    return Settings(made.municipality, made.standard, made.watch, made.outbox, made.centre, made.limits, tables)


def _table(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"[tables.{name}] は表ではありません", remedy="less_percent などの行を書いてください")
    return value


def _part(kind: type[Part], where: str, data: dict[str, Any]) -> Part:
    """One table of the file as its dataclass."""
    hints = get_type_hints(kind)
    unknown = [word for word in data if word not in hints]
    if unknown:
        raise UsageError(f"[{where}] {unknown[0]} という設定はありません", remedy=f"使える語: {', '.join(hints)}")
    needed = [name for name in ("municipality", "standard") if name in hints and name not in data]
    if needed:
        raise UsageError(f"{needed[0]} がありません", remedy="団体コードと標準を書いてください")
    return kind(**{word: _value(f"{where}.{word}".strip("."), hints[word], value) for word, value in data.items()})


def _value(where: str, kind: Any, value: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type) and isinstance(value, dict):
        return _part(kind, where, value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if (kind is float and number) or (kind is int and number and isinstance(value, int)):
        if value < 0:
            raise UsageError(f"{where} = {value}", remedy="0 以上の数を書いてください")
        return kind(value)
    if kind is str and isinstance(value, str):
        return value
    raise UsageError(f"{where} = {value!r} の形が違います", remedy=f"{getattr(kind, '__name__', kind)} を書く")


def _meant(made: Settings) -> Settings:
    """Values that only make sense together or against the catalog."""
    if not is_dantai_code(made.municipality):
        raise UsageError(f"municipality = {made.municipality!r}", remedy="検査数字を含む6桁を書く")
    known = {f"{layout.business}/{group.name}" for layout, group in standard(made.standard)} | {PICTURES}
    strange = [name for name in made.tables if name not in known]
    if strange:
        raise UsageError(f"[tables] {strange[0]} は {made.standard} にありません", remedy="yakuba layouts show で確認")
    if made.watch.complete not in (MARKER, RENAME):
        raise UsageError(f"watch.complete = {made.watch.complete!r}", remedy=f"{MARKER} か {RENAME} を書いてください")
    if made.watch.unnamed not in (ASK, FULL, DELTA):
        raise UsageError(f"watch.unnamed = {made.watch.unnamed!r}", remedy=f"{ASK}、{FULL}、{DELTA} のどれかを書く")
    encoding(made.watch.encoding)
    centre = made.centre
    if centre.url and not (centre.certificate and centre.key and centre.authorities):
        raise UsageError("centre.url があるのに証明書がありません", remedy="certificate, key, authorities を書く")
    if not centre.piece_kib or not made.watch.every_seconds:
        raise UsageError("piece_kib か every_seconds が 0 です", remedy="1 以上を書いてください")
    return made
