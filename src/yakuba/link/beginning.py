"""Beginning (初期設定): the folder of a link with its settings, its outbox and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.link.place import Place
from yakuba.link.settings import Settings, read_settings, within
from yakuba.vault.services.initialise import initialise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.vault.chain import Chain

_TEXT = """\
# 連携AP（yakuba link）の設定。書式と意味は docs/ja/link.md にあります。
municipality = "{municipality}"
standard = "{standard}"          # 基幹系が出す標準: kihon, kihon@2023-09, chukan …

[watch]
folder = {folder}            # 監視するフォルダ
complete = "marker"         # marker = 名前.done が置かれたら完了 / rename = 書き終えてから改名される
unnamed = "ask"             # 名前にも送り状にも書いていないとき: ask = 人に尋ねる / full / delta
encoding = "utf-8-sig"      # ファイルの文字コード: utf-8-sig, cp932 …
late_hours = 26             # 最後の控えがこれより古いと、画面で知らせる

[outbox]
retain_days = 35            # 控えを消せない日数
keep_generations = 0        # センターが受領した後、手元に残す世代の数（0 = すべて）

[centre]
url = {url}                 # https://… 空なら送らない
certificate = {certificate}
key = {key}
authorities = {authorities}
fingerprint = ""            # センターの鍵の指紋。空なら最初の受領書のものを覚える

[limits]                    # これを超える連携データは、人が認めるまで封印しない
less_percent = 5            # 減った行
changed_percent = 30        # 変わった行
errors_percent = 0.1        # 新しく見つかった要修正
free_rows = 10              # 小さな表では、この行数までは問わない

# [tables."住民基本台帳/住民情報"]
# less_percent = 2
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the first settings say; paths are taken from the link's folder on.

    Attributes:
        municipality: 団体コード. standard: selector. folder: watched. The others are the centre's.
    """

    municipality: str
    standard: str
    folder: str = "inbox"
    url: str = ""
    certificate: str = ""
    key: str = ""
    authorities: str = ""


def begin(place: Place, wanted: Wanted, recipients: Sequence[str] = ()) -> Chain:
    """Make a link: settings, folders, keys and an empty outbox. Run again after a slip, it goes on where it was.

    Args:
        recipients: further public keys (age1…) that can open what is sealed.

    Raises:
        UsageError: there is a link already, or a value is none.
        CannotContinueError: it cannot be written.
    """
    from yakuba.link.sealing import outbox

    place.prepare()
    if not place.settings.exists():
        words = {name: _toml(getattr(wanted, name)) for name in ("folder", "url", "certificate", "key", "authorities")}
        text = _TEXT.format(municipality=wanted.municipality, standard=wanted.standard, **words)
        fresh = Place(place.folder / "work")
        fresh.settings.write_text(text, encoding="utf-8")
        read_settings(fresh)
        fresh.settings.replace(place.settings)
    settings = read_settings(place)
    if settings.municipality != wanted.municipality:
        raise UsageError(f"{place.folder}: ほかの団体の連携APです", remedy="別の --folder を指定してください")
    within(place, settings.watch.folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    if _sealed(place, settings):
        raise UsageError(
            f"{place.folder}: すでにあります there is a link already", remedy="link.toml を直して使ってください"
        )
    initialise(
        str(within(place, settings.outbox.folder)),
        settings.municipality,
        within(place, settings.outbox.keys),
        recipients,
    )
    return outbox(place, settings)


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sealed(place: Place, settings: Settings) -> bool:
    return any((within(place, settings.outbox.folder) / "entries").glob("*.json"))
