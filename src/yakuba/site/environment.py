"""What an installation is told through its environment: every setting, its default and its meaning, in one table."""

from __future__ import annotations

import os
from dataclasses import dataclass

from yakuba.kernel.errors import UsageError


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


HOME = Setting(
    "YAKUBA_HOME", "", "データと鍵を置くフォルダ。空なら root は /var/lib/yakuba、ほかの利用者は ~/.local/share/yakuba"
)
DATABASE_URL = Setting("DATABASE_URL", "", "PostgreSQL の接続先（実行用の役割）。空なら組込みデータベースを使う")
DATABASE_OWNER_URL = Setting("DATABASE_OWNER_URL", "", "PostgreSQL の接続先（表の所有者）。db upgrade だけが使う")
PRODUCTION = Setting("YAKUBA_PRODUCTION", "0", "1 = 本番。秘密が初期値のままなら起動しない。HTTPS を前提にする")
SECRET_KEY = Setting("YAKUBA_SECRET_KEY", "", "署名用の秘密。空なら HOME の中のファイルに作る（本番では必須）")
HOSTS = Setting("YAKUBA_HOSTS", "localhost,127.0.0.1", "受け付けるホスト名（コンマ区切り）")
BIND = Setting("YAKUBA_BIND", "127.0.0.1:8000", "serve が待ち受けるアドレスとポート。外へは逆プロキシを通して開く")
PROXIES = Setting("YAKUBA_PROXIES", "127.0.0.1,::1", "逆プロキシのアドレス。ここからの X-Forwarded-Proto だけを信じる")
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
SECOND_FACTOR = Setting("YAKUBA_SECOND_FACTOR", "1", "1 = 多要素認証を必須にする（本番では常に必須）")

SETTINGS = tuple(value for value in list(globals().values()) if isinstance(value, Setting))
"""All of them, in the order above."""
