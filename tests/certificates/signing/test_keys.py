"""Keys and their settings: made once, closed to others, never guessed at.

Oracle: our own statement (issue 4 §3); RFC 5280 for certificates.
"""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

from yakuba.certificates.proof import read
from yakuba.certificates.signing.keys import Keys, open_keys, public_keys, read_public
from yakuba.certificates.signing.self_made import SIGNER_CERTIFICATE, SIGNER_KEY, make_keys
from yakuba.certificates.signing.settings import FILE, KeyFile, read_settings
from yakuba.certificates.signing.signer import open_signer
from yakuba.certificates.signing.validation import validate
from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.certificates.drawing import Drawn


def certificates(folder: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates((folder / SIGNER_CERTIFICATE).read_bytes())


def private(folder: Path) -> rsa.RSAPrivateKey:
    key = load_pem_private_key((folder / SIGNER_KEY).read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


# ---- made at set-up ------------------------------------------------------------------------------------------


def test_keys_are_closed_to_everybody_else(made: Path, keys: Keys) -> None:
    assert keys
    for path in (made / "certificates").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_keys_are_made_once_whoever_comes_first(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(lambda _: make_keys(tmp_path, "990019", "見本町"), range(8)))
    (folder,) = folders
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert make_keys(tmp_path, "990019", "別の名") == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {path.name for path in folder.parent.iterdir()} == {"ca", "990019"}


@pytest.mark.parametrize("code", ["", "..", "../x", "99001", "9900190", "９９００１９", "990019\n"])
def test_a_code_that_is_none_makes_no_folder(tmp_path: Path, code: str) -> None:
    with pytest.raises(UsageError, match="団体コード"):
        make_keys(tmp_path, code, "見本町")
    assert list(tmp_path.rglob("*")) == []


def test_every_municipality_has_keys_of_its_own(made: Path, keys: Keys) -> None:
    other = open_keys("990027", "手本町", made)
    assert other.guard != keys.guard
    assert other.signer.certificate != keys.signer.certificate
    raw = (Encoding.Raw, PublicFormat.Raw)
    assert other.proof.public_key().public_bytes(*raw) != keys.proof.public_key().public_bytes(*raw)
    assert open_keys("990019", "見本町", made) is keys


def test_the_certificate_says_that_it_is_self_made(made: Path, keys: Keys) -> None:
    assert keys
    signer, authority = certificates(made / "certificates" / "990019")
    signer.verify_directly_issued_by(authority)
    assert "自己作成" in signer.subject.rfc4514_string()
    assert "見本町" in signer.subject.rfc4514_string()
    usage = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert "外の人が信頼する根拠はありません" in (made / "certificates" / "990019" / FILE).read_text()


def test_the_public_key_of_the_code_is_there_and_so_are_the_retired_ones(tmp_path: Path) -> None:
    folder = make_keys(tmp_path, "990019", "見本町")
    assert len(public_keys("990019", tmp_path)) == 1
    old = ed25519.Ed25519PrivateKey.generate().public_key()
    pem = old.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "proof-2025.pub.pem").write_bytes(pem)
    assert len(public_keys("990019", tmp_path)) == 2
    assert public_keys("990027", tmp_path) == ()
    assert callable(read)


# ---- a municipality's own key --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["p12", "pem"])
def test_a_key_with_a_password_signs(tmp_path: Path, paper: Drawn, form: str) -> None:
    folder = make_keys(tmp_path, "990019", "見本町")
    signer, authority = certificates(folder)
    locked = BestAvailableEncryption("合い言葉".encode())
    if form == "p12":
        raw = pkcs12.serialize_key_and_certificates(b"signer", private(folder), signer, [authority], locked)
        (folder / FILE).write_text('key = "own.p12"\npassword_file = "own.password"')
    else:
        raw = private(folder).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
        lines = ['key = "own.pem"', f'certificate = "{SIGNER_CERTIFICATE}"', 'password_file = "own.password"']
        (folder / FILE).write_text("\n".join(lines))
    for name, content in ((f"own.{form}", raw), ("own.password", "合い言葉\n".encode())):
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    signed = open_signer(read_settings(folder)).sign(paper.pdf)
    assert validate(signed, [tmp_path / "certificates" / "ca" / "ca.cert.pem"]).proven
    (folder / "own.password").write_text("違う\n")
    with pytest.raises(CannotContinueError, match="password is wrong") as found:
        open_signer(read_settings(folder))
    assert "違う" not in str(found.value)


def test_a_key_on_an_elliptic_curve_signs(tmp_path: Path, paper: Drawn) -> None:
    from tests.certificates.signing.curves import with_curve

    folder = with_curve(make_keys(tmp_path, "990019", "見本町"), ec.SECP256R1())
    signer = open_signer(read_settings(folder))
    root = tmp_path / "certificates" / "ca" / "ca.cert.pem"
    for _ in range(20):  # its signatures are of several lengths
        assert validate(signer.sign(paper.pdf), [root]).proven


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    one, other = (make_keys(tmp_path / name, "990019", name) for name in ("a", "b"))
    source = KeyFile(one / SIGNER_KEY, other / SIGNER_CERTIFICATE)
    from yakuba.certificates.signing.held import open_key

    with pytest.raises(CannotContinueError, match="of another key"):
        open_key(source)


# ---- what cannot be meant is said in a sentence --------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("key = ", "signer.toml"),
        ("", "'key' is missing"),
        ('key = "nowhere.pem"', "nowhere.pem"),
        (f'key = "{SIGNER_KEY}"', "no certificate is named"),
        (f'key = "{SIGNER_KEY}"\ncertificate = "nowhere.pem"', "nowhere.pem"),
        (f'key = "{SIGNER_CERTIFICATE}"\ncertificate = "{SIGNER_CERTIFICATE}"', "key or its password"),
        (f'key = "{SIGNER_KEY}"\ncertificate = "{SIGNER_KEY}"', "no certificate in it"),
        ('[token]\nlabel = "x"', "'module' is missing"),
        (f'key = "{SIGNER_KEY}"\ncertificate = "{SIGNER_CERTIFICATE}"\n[long_term]\nroots = []', "time stamp"),
        (f'key = "{SIGNER_KEY}"\ncertificate = 3', "signer.toml"),
    ],
)
def test_settings_that_cannot_be_meant(tmp_path: Path, said: str, expected: str) -> None:
    folder = make_keys(tmp_path, "990019", "見本町")
    (folder / FILE).write_text(said)
    with pytest.raises(CannotContinueError, match=expected) as found:
        open_signer(read_settings(folder))
    assert "\n" not in str(found.value)
    assert "PRIVATE KEY" not in str(found.value)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    folder = make_keys(tmp_path, "990019", "見本町")
    (folder / SIGNER_KEY).chmod(0o640)
    with pytest.raises(CannotContinueError, match="others can read"):
        read_settings(folder)


def test_missing_settings_name_the_command_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="yakuba certificates keys"):
        read_settings(tmp_path)


@pytest.mark.parametrize("broken", [b"", b"not a key", b"\xff\xfe"])
def test_a_broken_key_of_the_code_or_the_tag_is_named(tmp_path: Path, broken: bytes) -> None:
    folder = make_keys(tmp_path, "990019", "見本町")
    (folder / "guard.key").write_bytes(broken or b"zz")
    with pytest.raises(CannotContinueError, match=r"guard\.key"):
        open_keys("990019", "見本町", tmp_path)
    (folder / "proof.pub.pem").write_bytes(broken)
    with pytest.raises(CannotContinueError, match=r"proof\.pub\.pem"):
        read_public(folder / "proof.pub.pem")
    rsa_key = private(folder).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "proof.key.pem").write_bytes(rsa_key)
    with pytest.raises(CannotContinueError, match=r"proof\.key\.pem"):
        open_keys("990019", "見本町", tmp_path)
