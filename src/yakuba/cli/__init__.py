"""The terminal (cli): one command = one file, no rules here.

`cli/check.py` is `yakuba check`; `cli/migrate_run.py` is `yakuba migrate run`. Each file has one `command`.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

from yakuba import __version__
from yakuba.kernel.errors import CannotContinueError, Exit

_ORDER = (
    *("town", "migrate", "check", "verify", "load", "export", "serve", "work"),
    *("db", "tenant", "staff", "token", "audit", "layouts"),
)
"""Order of the work, for the one screen of `yakuba --help`; words not named here follow by name."""

_SENTENCE = 200
"""Longest first sentence of a command's help, in characters."""

_GROUPS = {
    "town": "架空の町 Make fictitious towns for demos, tests and training.",
    "migrate": "データ移行 Move a town out of any vendor's dump, with proof.",
    "db": "データベース The database: upgrade its tables, see where they stand.",
    "tenant": "団体 Municipalities of the installation, and their groups.",
    "staff": "職員 Accounts: make, list, stop, a new first password.",
    "token": "APIの合い言葉 Tokens of programs that use the JSON API.",
    "audit": "操作ログ The audit log: check it, close its days, export it.",
    "backup": "バックアップセンター The centre: plans, checks, second copy, drills.",
    "bcp": "業務継続 A read-only town from its vault, in a disaster.",
    "certificates": "証明書 Certificates: sign, check, make samples and batches.",
    "characters": "文字 Characters: convert names, look one up, identify 外字.",
    "link": "連携AP Seal a town's feeds and send them to the backup centre.",
    "kiosk": "コンビニ交付 Kiosks: the centre, hours, cards, the day, a simulator.",
    "vault": "保管庫 Sealed generations far away: back up, verify, restore.",
    "vault_keys": "保管庫の鍵 The keys of a vault: show, change, share out among custodians.",
    "layouts": "標準レイアウト The standards as data: list, show, compare, import.",
}


class _Folder(click.Group):
    """Commands found by their file names; a command's module is imported only when it is used."""

    def __init__(self, prefix: str = "", **attrs: Any) -> None:
        super().__init__(**attrs)
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        names = {name.removeprefix(self._prefix) for name in _files() if name.startswith(self._prefix)}
        words = {self._word(name) for name in names}
        rank = {word: index for index, word in enumerate(_ORDER)}
        return sorted((word.replace("_", "-") for word in words), key=lambda word: (rank.get(word, len(rank)), word))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        name = self._prefix + cmd_name.replace("-", "_")
        if name in _files():
            command: click.Command = import_module(f"yakuba.cli.{name}").command
            return command
        if name in _GROUPS and name.count("_") == self._prefix.count("_"):
            return _Folder(f"{name}_", name=cmd_name, help=_GROUPS[name], no_args_is_help=True)
        return None

    def _word(self, name: str) -> str:
        """What is typed next for a command: the word of its group where it is in one."""
        first = name.split("_", 1)[0]
        return first if not self._prefix or self._prefix + first in _GROUPS else name

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands with their whole first sentence; click would cut it at the window's edge."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(limit=_SENTENCE)) for name, command in found if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _files() -> set[str]:
    return {info.name for info in iter_modules(__path__) if not info.name.startswith("_")}


@click.command(
    cls=_Folder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    epilog="\b\nExit codes: 0 clean · 1 findings of severity error or stop · 2 usage · 3 cannot continue ·\n"
    "            4 evidence does not verify · 5 a fault in Yakuba itself ·\n"
    "            130 interrupted (go on with --resume)\n\n"
    "\b\nFirst steps:  yakuba town make --residents 1000 --form vendor-a --out my-town\n"
    "              yakuba migrate run my-town/project.toml --out my-run\n"
    "              yakuba verify my-run",
)
@click.version_option(__version__, prog_name="yakuba")
@click.pass_context
def root(ctx: click.Context) -> None:
    """Yakuba (役場): an open municipal cloud 自治体クラウド.

    Takes a town's data out of any vendor's system, and proves nothing was lost.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Entry point. Every way out has a documented exit code and at most one line of complaint."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A Japanese Windows console has no 𠮷; it gets an escape, not a fault.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = root.main(args=arguments, prog_name="yakuba", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was done is kept; go on with --resume where the command has it.", err=True)
        sys.exit(Exit.INTERRUPTED)
    except CannotContinueError as error:
        click.echo(f"yakuba: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.CLEAN)
    except OSError as error:
        remedy = "free some space or check the path and its rights, then run again"
        click.echo(f"yakuba: {error.filename or 'input/output'}: {error.strerror or error} → {remedy}", err=True)
        sys.exit(Exit.CANNOT_CONTINUE)
    except Exception as error:  # a user gets one line, whatever happened
        if os.environ.get("YAKUBA_TRACE"):
            raise
        click.echo(f"yakuba: {_fault(error)}", err=True)
        sys.exit(Exit.FAULT)
    sys.exit(code if isinstance(code, int) else Exit.CLEAN)


def _fault(error: Exception) -> str:
    """One line on a fault of our own: kind and place only, because a message may hold somebody's data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    ours = [one for one in traceback.extract_tb(error.__traceback__) if f"{os.sep}yakuba{os.sep}" in one.filename]
    place = ours[-1] if ours else frame
    where = f"{Path(place.filename).name}:{place.lineno}"
    return (
        f"a fault in Yakuba itself ({type(error).__name__} at {where}); nothing half-made looks finished"
        " → report it; YAKUBA_TRACE=1 shows more, possibly with personal data"
    )
