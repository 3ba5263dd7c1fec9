"""`yakuba certificates verify FILE`: what a receiver can check without asking anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.kernel.errors import Exit, UsageError
from yakuba.kernel.town_time import JAPAN

if TYPE_CHECKING:
    from datetime import datetime

    from yakuba.certificates.proof import Proof

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "verify",
    epilog="\b\nExample:  yakuba certificates verify paper.pdf --trust ca.cert.pem --code TEXT --key proof.pub.pem\n"
    "Exit codes: 0 genuine and unchanged · 2 usage · 3 a file cannot be read · 4 not genuine, or changed",
)
@click.argument("file", type=_FILE, required=False)
@click.option("--trust", type=_FILE, multiple=True, help="信頼する認証局: certificate of an authority that is trusted.")
@click.option("--code", metavar="TEXT", help="二次元コード: the text or the address that the 2D code holds.")
@click.option("--key", type=_FILE, multiple=True, help="コードの公開鍵: public key of the issuing municipality.")
def command(file: Path | None, trust: tuple[Path, ...], code: str | None, key: tuple[Path, ...]) -> int:
    """証明書の検証 Check the signature of a certificate's PDF, or its 2D code, offline.

    Whether it was withdrawn (取消し) since it was issued only the municipality can say.
    """
    if file is None and code is None:
        raise UsageError("nothing to verify", remedy="give a FILE, or --code TEXT")
    genuine = file is None or _file(file, trust)
    if code is not None:
        genuine = _belongs(file, _code(code, key)) and genuine
    click.echo("取り消されたかどうかは、発行した団体に確かめてください Whether it was withdrawn: ask the municipality.")
    return Exit.CLEAN if genuine else Exit.NOT_PROVEN


def _file(file: Path, trust: tuple[Path, ...]) -> bool:
    from yakuba.certificates.signing.validation import validate

    found = validate(file.read_bytes(), trust)
    if not found.intact:
        click.echo(f"署名: 正しくありません not genuine: {found.problem}")
        return False
    click.echo("署名: 正しく、署名のあと変わっていません the signature holds, unchanged since")
    click.echo(f"署名者 signer: {found.signer}")
    click.echo(f"署名日時（署名者の時計） signed at: {_moment(found.signed_at)}")
    click.echo(f"タイムスタンプ time stamp: {_moment(found.stamped_at)}")
    trusted = {
        True: "指定の認証局から確かめました leads to a trusted authority",
        False: "指定の認証局につながりません does not lead to a trusted authority",
        None: "確かめていません（--trust で認証局を指定） not checked, no --trust given",
    }
    click.echo(f"署名者の証明書 certificate: {trusted[found.trusted]}")
    return found.proven


def _moment(at: datetime | None) -> str:
    """A moment in Japan's time."""
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S %z}" if at else "なし none"


def _code(code: str, keys: tuple[Path, ...]) -> Proof:
    """What the code says.

    Raises:
        NotGenuineError: it is not genuine.
    """
    from yakuba.certificates.kinds import kinds
    from yakuba.certificates.proof import municipality_of, read
    from yakuba.certificates.signing.keys import public_keys, read_public

    known = [read_public(path) for path in keys] or public_keys(municipality_of(code))
    if not known:
        raise UsageError("no public key of that municipality is known here", remedy="give it with --key")
    said = read(code, known)
    form = kinds().get(said.kind)
    click.echo(
        "二次元コード: 本物です genuine code\n"
        f"団体コード municipality: {said.municipality}\n証明書 kind: {form.label if form else said.kind}\n"
        f"発行番号 number: {said.number}\n発行年月日 issued on: {said.issued_on.isoformat()}"
    )
    return said


def _belongs(file: Path | None, said: Proof) -> bool:
    """Whether the code was made for this very document."""
    if file is None:
        return True
    from yakuba.certificates.paper import UnreadableError, read_paper
    from yakuba.certificates.proof import digest_of
    from yakuba.certificates.tag import NotATagError, read

    try:
        tags = [read(text) for text in read_paper(file.read_bytes()).tags]
    except (UnreadableError, NotATagError):
        tags = []
    belongs = said.digest in {
        digest_of(tag.request, tag.municipality, tag.kind, tag.number, tag.data_digest) for tag in tags
    }
    word = "この文書のものです of this document" if belongs else "別の文書のものです of another document"
    click.echo(f"二次元コードは{word}")
    return belongs
