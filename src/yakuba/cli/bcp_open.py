"""`yakuba bcp open`: a town's counter out of its vault, on any machine, without a network."""

from __future__ import annotations

import getpass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from yakuba.cli._bcp import FOLDER, is_local, place, set_home
from yakuba.cli._console import progress
from yakuba.cli._site import site
from yakuba.kernel.errors import CannotContinueError, Exit, UsageError
from yakuba.kernel.town_time import shown

if TYPE_CHECKING:
    from datetime import datetime

    from yakuba.backup.bcp.certifier import Office
    from yakuba.backup.bcp.opening import Declaration, Opened

_BIND = "127.0.0.1:8000"


@click.command(
    "open",
    epilog="\b\nExample:  yakuba bcp open --municipality 990019 --vault vaults/990019 --identity identity.txt"
    " --name 見本町 --prefecture 見本県 --mayor '見本　太郎' --reason '令和8年見本地震'\n"
    "Exit codes: 0 opened and ended · 2 no such vault or generation · 3 key, disk or port · 4 not proven",
)
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--vault", required=True, metavar="PLACE", help="保管庫: folder or s3://…")
@click.option("--identity", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="鍵: file with AGE-SECRET-KEY-….")  # fmt: skip
@click.option("--reason", required=True, help="発動の理由: name of the disaster; on the log and the screens.")
@click.option("--signer", metavar="FINGERPRINT", help="指紋: fingerprint of the key that must have signed.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="この日の終わりまでの最新 [default: the newest].")
@click.option("--generation", type=click.IntRange(0), metavar="NUMBER", help="世代の番号: this very one.")
@FOLDER
@click.option("--bind", default=_BIND, show_default=True, metavar="ADDRESS:PORT", help="Where the screens listen.")
@click.option("--name", default="", help="団体の名称 [default: by the official list].")
@click.option("--prefecture", default="", help="都道府県 [default: by the official list].")
@click.option("--mayor", default="", help="認証者の氏名: without it nothing can be issued.")
@click.option("--title", default="", help="認証者の職名 [default: the name of the town + 長].")
@click.option("--seal", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="公印: PNG or SVG.")
@click.option("--protector", is_flag=True, help="支援措置責任者の利用者も作る Also a login that sees hidden people.")
@click.option("--no-serve", is_flag=True, help="開くだけで画面は動かさない Open, bring everything in, and end.")
def command(
    municipality: str,
    vault: str,
    identity: Path,
    reason: str,
    signer: str | None,
    as_of: datetime | None,
    generation: int | None,
    folder: Path | None,
    bind: str,
    name: str,
    prefecture: str,
    mayor: str,
    title: str,
    seal: Path | None,
    protector: bool,
    no_serve: bool,
) -> int:
    """災害時の窓口を開く Open a read-only registry from a vault: search, 住民票の写し, relief lists."""
    from yakuba.backup.bcp.fetching import Source
    from yakuba.backup.bcp.opening import Declaration, open_town

    home = (folder or place(municipality)).resolve()
    declared = Declaration(
        Source(vault, identity, municipality, signer), home, reason, getpass.getuser(),
        as_of.date() if as_of else None, generation, _office(municipality, name, prefecture, mayor, title, seal),
        protector,
    )  # fmt: skip
    set_home(home)
    with progress() as listener:
        opened = open_town(declared, listener)
    _tell(opened, home)
    if no_serve:
        _rest(declared, opened)
        return Exit.CLEAN
    _serve(declared, opened, bind)
    return Exit.CLEAN


def _office(code: str, name: str, prefecture: str, mayor: str, title: str, seal: Path | None) -> Office | None:
    """Who certifies; None where no name was given."""
    from yakuba.backup.bcp.certifier import Office
    from yakuba.backup.bcp.founding import named

    if not mayor.strip():
        return None
    known, there = named(code)
    if not (prefecture or there):
        raise UsageError("都道府県が分かりません the prefecture is not known", remedy="--prefecture を指定してください")
    return Office(
        name or known, prefecture or there, title or f"{name or known}長", mayor, seal.read_bytes() if seal else b""
    )


def _tell(opened: Opened, home: Path) -> None:
    now = opened.standing
    click.echo(f"災害時の業務継続（BCP）: {now.name}（{now.municipality}）　{now.reason}")
    click.echo(f"データの時点 recovery point: {shown(now.moment)}（世代 {now.number}、発動の {now.lag():.1f} 時間前）")
    issuing = (
        f"、最初の証明書まで {now.issuing} 秒" if now.issuing is not None else "（証明書は認証者の設定が要ります）"
    )
    click.echo(f"復旧時間 recovery time: 検索できるまで {now.readable} 秒{issuing}")
    if opened.problem:
        click.echo(f"証明書は交付できません（検索はできます）: {opened.problem}", err=True)
    for login in opened.logins:
        click.echo(f"利用者 login: {login.name}　初期パスワード first password: {login.password}")
    click.echo(f"フォルダ folder: {home}")


def _rest(declared: Declaration, opened: Opened) -> None:
    """The tables that the counter does not wait for."""
    from django.db import connection

    from yakuba.backup.bcp.opening import bring_rest

    if not opened.rest:
        return
    try:
        bring_rest(declared, opened)
        click.echo(f"ほかの業務の記録も入りました all tables are in: {len(opened.rest)}")
    except CannotContinueError as error:
        click.echo(f"ほかの業務の記録を取り込めません（窓口は続けられます）: {error}", err=True)
    finally:
        connection.close()


def _serve(declared: Declaration, opened: Opened, bind: str) -> None:
    from yakuba.backup.bcp.opening import serve_environment

    beside = Thread(target=_rest, args=(declared, opened), name="rest")
    serve_environment(declared.home, local=is_local(bind))

    def ready(address: str) -> None:
        click.echo(f"開きました ready: {address}   (Ctrl-C で終了 to stop)")
        beside.start()

    site("serving").serve(bind, jobs=0, ready=ready)
    if beside.ident is not None:
        beside.join()
