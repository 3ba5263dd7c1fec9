"""What an installation is told through its environment: every setting, its default and its meaning, in one table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable.

    Attributes:
        name: of the variable. default: used when it is not set. meaning: for the administrator, in Japanese.
    """

    name: str
    default: str
    meaning: str

    @property
    def text(self) -> str:
        """Its value now."""
        return os.environ.get(self.name, self.default)

    @property
    def on(self) -> bool:
        """Its value as a switch.

        Raises:
            UsageError: it is neither 1 nor 0.
        """
        if self.text not in ("0", "1"):
            raise UsageError(f"{self.name} is {self.text!r}", remedy="write 1 or 0")
        return self.text == "1"

    @property
    def number(self) -> int:
        """Its value as a whole number.

        Raises:
            UsageError: it is none.
        """
        if not self.text.isascii() or not self.text.isdigit():
            raise UsageError(f"{self.name} is {self.text!r}", remedy="write a whole number")
        return int(self.text)

    def one_of(self, *words: str) -> str:
        """Its value as one of a few words.

        Raises:
            UsageError: it is another.
        """
        if self.text not in words:
            raise UsageError(f"{self.name} is {self.text!r}", remedy=f"write one of {', '.join(words)}")
        return self.text

    @property
    def words(self) -> list[str]:
        """Its value as words parted by commas."""
        return [word.strip() for word in self.text.split(",") if word.strip()]

    @property
    def networks(self) -> list[IPv4Network | IPv6Network]:
        """Its value as addresses or networks parted by commas.

        Raises:
            UsageError: one of them is none.
        """
        try:
            return [ip_network(word, strict=False) for word in self.words]
        except ValueError as error:
            raise UsageError(f"{self.name} is {self.text!r}", remedy="write addresses like 10.0.0.5") from error


HOME = Setting(
    "YAKUBA_HOME", "", "データと鍵を置くフォルダ。空なら root は /var/lib/yakuba、ほかの利用者は ~/.local/share/yakuba"
)
FONT = Setting(
    "YAKUBA_FONT", "", "証明書と文字同定の書体 IPAmj明朝（ipamjm.ttf）の場所。空なら HOME の fonts と普通の場所から探す"
)
DATABASE_URL = Setting("DATABASE_URL", "", "PostgreSQL の接続先（実行用の役割）。空なら組込みデータベースを使う")
DATABASE_OWNER_URL = Setting("DATABASE_OWNER_URL", "", "PostgreSQL の接続先（表の所有者）。db upgrade だけが使う")
PRODUCTION = Setting("YAKUBA_PRODUCTION", "0", "1 = 本番。秘密が初期値のままなら起動しない。HTTPS を前提にする")
SECRET_KEY = Setting("YAKUBA_SECRET_KEY", "", "署名用の秘密。空なら HOME の中のファイルに作る（本番では必須）")
HOSTS = Setting("YAKUBA_HOSTS", "localhost,127.0.0.1", "受け付けるホスト名（コンマ区切り）")
BIND = Setting("YAKUBA_BIND", "127.0.0.1:8000", "serve が待ち受けるアドレスとポート。外へは逆プロキシを通して開く")
PROXIES = Setting(
    "YAKUBA_PROXIES",
    "127.0.0.1,::1",
    "逆プロキシのアドレス（コンマ区切り）。ここからの X-Forwarded-Proto と X-Forwarded-For だけを信じる",
)
PROCESSES = Setting("YAKUBA_PROCESSES", "2", "画面に答えるプロセスの数。CPU のコア数を目安にする")
THREADS = Setting("YAKUBA_THREADS", "8", "プロセスあたりの同時に答える数")
JOBS = Setting("YAKUBA_JOBS", "1", "長い仕事（取込み・書出し・移行）のプロセスの数。0 = 別の機械の work に任せる")
METRICS_TOKEN = Setting("YAKUBA_METRICS_TOKEN", "", "/metrics を読むための合い言葉。空なら同じ機械からだけ読める")
LOG_LEVEL = Setting("YAKUBA_LOG_LEVEL", "INFO", "記録の細かさ: DEBUG INFO WARNING ERROR")
POOL = Setting("YAKUBA_POOL", "8", "プロセスあたりのデータベース接続の上限")
IDLE_MINUTES = Setting("YAKUBA_IDLE_MINUTES", "15", "操作がないとき、何分で利用を終わらせるか")
SESSION_HOURS = Setting("YAKUBA_SESSION_HOURS", "10", "操作していても、何時間で利用を終わらせるか")
LOCK_FAILURES = Setting("YAKUBA_LOCK_FAILURES", "5", "続けて何回ログインに失敗したら、しばらく受け付けないか")
LOCK_MINUTES = Setting("YAKUBA_LOCK_MINUTES", "15", "続けて失敗したあと、何分のあいだ受け付けないか")
ADDRESS_FAILURES = Setting(
    "YAKUBA_ADDRESS_FAILURES",
    "20",
    "一つの接続元から、LOCK_MINUTES のあいだに何人分のログイン（合い言葉を含む）が失敗したら、しばらく受け付けないか",
)
ATTEMPT_DAYS = Setting(
    "YAKUBA_ATTEMPT_DAYS",
    "1095",
    "ログインの試行を何日残すか。団体の文書保存の定めに合わせる（90日より短くはできない）",
)
API_PER_MINUTE = Setting("YAKUBA_API_PER_MINUTE", "600", "一つの合い言葉で、一分に何回まで API に問い合わせられるか")
UPLOAD_MB = Setting("YAKUBA_UPLOAD_MB", "8192", "一度に送れるファイルの大きさの合計（MiB）。逆プロキシの上限も合わせる")
UPLOAD_FILES = Setting("YAKUBA_UPLOAD_FILES", "100", "一度に送れるファイルの数")
UPLOAD_KINDS = Setting(
    "YAKUBA_UPLOAD_KINDS",
    "csv,tsv,txt,dat,asc,prn,lst,xml,json,toml,md,pdf,xlsx,xlsm,zip,gz",
    "送れるファイルの名前の終わり（コンマ区切り）。空ならどれでも。終わりのない名前と数字だけの終わりはいつも受け付ける",
)
NIGHT_HOUR = Setting(
    "YAKUBA_NIGHT_HOUR", "2", "日次処理を始める時刻（0〜23時）。止まっていた日は、動き始めたときに行う"
)
OUTPUT_DAYS = Setting("YAKUBA_OUTPUT_DAYS", "7", "書き出したファイルを何日残すか。過ぎたものは日次処理が消す")
SECOND_FACTOR = Setting("YAKUBA_SECOND_FACTOR", "1", "1 = 多要素認証を必須にする（本番では常に必須）")

SETTINGS = tuple(value for value in list(globals().values()) if isinstance(value, Setting))
"""All of them, in the order above."""
