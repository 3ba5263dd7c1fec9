"""Time stamps and long-term validation: PAdES B-T and B-LT with a real authority on the loopback.

Oracle: OpenSSL's time stamp authority, which also checks its own stamp; the signing library's validator for B-LT.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader
from tests.certificates.signing.papers import KEY, drawn, request
from tests.certificates.signing.test_signer import container

from yakuba.certificates.guard import check
from yakuba.certificates.signing.held import asn1_certificates, read_certificates
from yakuba.certificates.signing.settings import FILE, read_settings
from yakuba.certificates.signing.signer import open_signer
from yakuba.certificates.signing.validation import validate
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.certificates.drawing import Drawn
    from yakuba.certificates.signing.keys import Keys

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing: apt-get install openssl")

CONFIGURATION = """
[tsa]
default_tsa = only
[only]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a time stamp authority: its root, its revocation list, its key."""
    folder = tmp_path_factory.mktemp("tsa")
    now = datetime.now(UTC) - timedelta(minutes=1)
    above, below = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root, name = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in ("TSA root", "TSA"))

    def issued(subject: x509.Name, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(root).public_key(key.public_key())
        return (
            builder.serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False)
        )

    certificate = issued(root, above).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    leaf = issued(name, below).add_extension(stamping, critical=True)
    withdrawn = x509.CertificateRevocationListBuilder().issuer_name(root).last_update(now)
    withdrawn = withdrawn.next_update(now + timedelta(days=30)).add_extension(x509.CRLNumber(1), critical=False)
    (folder / "root.pem").write_bytes(certificate.sign(above, SHA256()).public_bytes(Encoding.PEM))
    (folder / "tsa.pem").write_bytes(leaf.sign(above, SHA256()).public_bytes(Encoding.PEM))
    (folder / "root.crl").write_bytes(withdrawn.sign(above, SHA256()).public_bytes(Encoding.PEM))
    (folder / "tsa.key").write_bytes(below.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
    return folder


@pytest.fixture(scope="module")
def address(authority: Path) -> Iterator[str]:
    """The authority at work."""
    command = [sys.executable, str(Path(__file__).with_name("authority.py")), str(authority)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/"
        process.terminate()


def settled(made: Path, tmp_path: Path, *lines: str) -> Path:
    """A folder like the municipality's own, with other settings."""
    folder = tmp_path / "990019"
    shutil.copytree(made / "certificates" / "990019", folder)
    with (folder / FILE).open("a") as file:
        file.write("\n".join(lines))
    return folder


def test_a_stamped_signature_says_when(
    made: Path, keys: Keys, address: str, authority: Path, root: Path, paper: Drawn, tmp_path: Path
) -> None:
    assert keys
    signer = open_signer(read_settings(settled(made, tmp_path, "[time_stamp]", f'url = "{address}"')))
    signed = signer.sign(paper.pdf)
    found = validate(signed, [root, authority / "root.pem"])
    assert found.intact
    assert found.trusted is True
    assert found.stamped_at is not None
    assert abs(datetime.now(UTC) - found.stamped_at) < timedelta(minutes=5)

    raw, _ = container(signed)
    (info,) = cms.ContentInfo.load(raw)["content"]["signer_infos"]
    (stamp,) = (one for one in info["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token")
    (tmp_path / "stamp").write_bytes(stamp["values"][0].dump())
    (tmp_path / "signature").write_bytes(info["signature"].native)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", str(tmp_path / "stamp")]
    command += ["-data", str(tmp_path / "signature")]
    command += ["-CAfile", str(authority / "root.pem"), "-untrusted", str(authority / "tsa.pem")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in said.stdout, said.stderr


def test_a_long_term_signature_carries_what_it_takes_to_validate_it(
    made: Path, keys: Keys, address: str, authority: Path, root: Path, tmp_path: Path
) -> None:
    assert keys
    roots = [root, authority / "root.pem"]
    lines = ["[time_stamp]", f'url = "{address}"', "[long_term]"]
    lines += [f"roots = {[str(one) for one in roots]}"]
    lines += [f"crls = {[str(root.with_name('ca.crl')), str(authority / 'root.crl')]}"]
    signer = open_signer(read_settings(settled(made, tmp_path, *lines)))
    wanted = request(1)
    signed = signer.sign(drawn(wanted).pdf)

    check(signed, wanted.order, KEY, names=wanted.names)  # and the guard lets it out
    security = PdfReader(BytesIO(signed), strict=True).root_object["/DSS"].get_object()
    assert len(security["/CRLs"]) == 2  # type: ignore[index]
    assert validate(signed, roots).intact
    assert validate(signed, roots).stamped_at

    # Whoever insists on proof that nothing was revoked finds it in the document alone, without a network.
    trusted = [one for path in roots for one in asn1_certificates(read_certificates(path))]
    reader = PdfFileReader(BytesIO(signed))
    (embedded,) = reader.embedded_regular_signatures
    strict: dict[str, Any] = {"trust_roots": trusted, "allow_fetching": False, "revocation_mode": "require"}
    inside = DocumentSecurityStore.read_dss(reader).as_validation_context(strict)
    assert asyncio.run(async_validate_pdf_signature(embedded, inside)).bottom_line
    outside = ValidationContext(**strict, crls=[])
    assert not asyncio.run(async_validate_pdf_signature(embedded, outside)).bottom_line


def test_without_an_answer_nothing_is_signed(made: Path, keys: Keys, paper: Drawn, tmp_path: Path) -> None:
    assert keys
    closed = settled(made, tmp_path, "[time_stamp]", 'url = "http://127.0.0.1:9/"')
    with pytest.raises(CannotContinueError, match="no signature with a time stamp") as found:
        open_signer(read_settings(closed)).sign(paper.pdf)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("said", [b"nonsense", b""], ids=["nonsense", "nothing"])
def test_an_authority_that_talks_nonsense_is_named(
    made: Path, keys: Keys, paper: Drawn, tmp_path: Path, said: bytes
) -> None:
    class Nonsense(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Nobody listens."""

    assert keys
    with HTTPServer(("127.0.0.1", 0), Nonsense) as server:
        Thread(target=server.handle_request, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        folder = settled(made, tmp_path, "[time_stamp]", f'url = "{url}"')
        with pytest.raises(CannotContinueError, match="no signature with a time stamp"):
            open_signer(read_settings(folder)).sign(paper.pdf)
