"""Draw, sign and check certificates of different people on one core.

    python -m bench.programs.certificates_sign [SECONDS]

Prints JSON: papers per second of processor time, drawing alone (`draw`), drawing and signing (`draw_sign`), and with
the guard's last look (`draw_sign_check`); milliseconds of processor time of one signature (`sign_ms`), of one by the
signing library as it comes, with its own signer that reads the key every time (`library_ms`), and of one check
(`check_ms`); the kind of key and the bytes of one paper.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from asn1crypto import keys, pem
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from tests.certificates.signing.papers import KEY, LOOK, drawn, request

from yakuba.certificates.guard import check
from yakuba.certificates.signing.held import open_key
from yakuba.certificates.signing.keys import open_keys
from yakuba.certificates.signing.self_made import SIGNER_CERTIFICATE, SIGNER_KEY
from yakuba.certificates.signing.settings import KeyFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.certificates.signing.papers import Request

    from yakuba.certificates.signing.signer import Signer


def main() -> None:
    """Warm up, measure each part for some seconds."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    with tempfile.TemporaryDirectory() as folder:
        signer = open_keys("990019", "見本町", Path(folder)).signer
        print(json.dumps(_measured(signer, Path(folder) / "certificates" / "990019", seconds)))


def _measured(signer: Signer, folder: Path, seconds: float) -> dict[str, object]:
    papers = _papers()
    one = next(papers)
    pdf = drawn(one).pdf
    signed = signer.sign(pdf)
    plain = _library(folder)
    return {
        "draw": _rate(lambda: drawn(next(papers)), seconds),
        "draw_sign": _rate(lambda: signer.sign(drawn(next(papers)).pdf), seconds),
        "draw_sign_check": _rate(lambda: _whole(signer, next(papers)), seconds),
        "sign_ms": 1000 / _rate(lambda: signer.sign(pdf), seconds),
        "library_ms": 1000 / _rate(lambda: plain(pdf), seconds),
        "check_ms": 1000 / _rate(lambda: check(signed, one.order, KEY, names=one.names), seconds),
        "key": "RSA-2048",
        "look": str(LOOK),
        "bytes": len(signed),
    }


def _papers() -> Iterator[Request]:
    """Other people, another number, another size of household every time."""
    serial = 0
    while True:
        serial += 1
        yield request(serial, people=1 + serial % 4)


def _whole(signer: Signer, wanted: Request) -> None:
    check(signer.sign(drawn(wanted).pdf), wanted.order, KEY, names=wanted.names)


def _library(folder: Path) -> Callable[[bytes], object]:
    """The signing library as it comes."""
    held = open_key(KeyFile(folder / SIGNER_KEY, folder / SIGNER_CERTIFICATE))
    _, _, key = pem.unarmor((folder / SIGNER_KEY).read_bytes())
    own = SimpleSigner(held.signing_cert, keys.PrivateKeyInfo.load(key), held.cert_registry)
    metadata = PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(metadata, signer=own)
    return lambda pdf: signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))


def _rate(work: Callable[[], object], seconds: float) -> float:
    """Times per second of processor time of this process, all its threads added up."""
    work()
    times, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        work()
        times += 1
    return times / spent


if __name__ == "__main__":
    main()
