"""Keys of a vault: whole or not at all, for their owner's eyes, and as any age tool knows them.

Oracle: pyrage (age-encryption.org/v1), OpenSSL's forms through `cryptography`, and `stat` for rights.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.format.envelope import enveloped, key_in
from yakuba.vault.keys import (
    checked_recipient,
    make_keys,
    open_identity,
    open_signer,
    recipient_of,
    signed_by,
)

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"signer.key", "signer.pub", "identity.txt", "recipient.txt"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_keys(tmp_path / "keys").folder


def test_only_their_owner_reads_them(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == FILES
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    assert [path.name for path in folder.parent.iterdir()] == ["keys"]


def test_they_are_never_overwritten(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UsageError, match="there already"):
        make_keys(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    with pytest.raises(CannotContinueError, match="check space and rights"):
        make_keys(folder / "signer.key" / "below")


@pytest.mark.parametrize(("name", "opening"), [("signer.key", open_signer), ("identity.txt", open_identity)])
def test_a_secret_that_others_can_read_is_refused(folder: Path, name: str, opening: object) -> None:
    assert callable(opening)
    for mode in (0o640, 0o604):
        (folder / name).chmod(mode)
        with pytest.raises(CannotContinueError, match="chmod 600"):
            opening(folder)
    (folder / name).chmod(0o600)
    opening(folder)
    (folder / name).write_bytes(b"no key")
    with pytest.raises(CannotContinueError, match=name):
        opening(folder)
    (folder / name).unlink()
    with pytest.raises(CannotContinueError, match=name):
        opening(folder)


def test_a_key_of_another_kind_signs_nothing(folder: Path) -> None:
    other = generate_private_key(65537, 2048)
    (folder / "signer.key").write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(CannotContinueError, match="no Ed25519 key"):
        open_signer(folder)


def test_signatures_are_ed25519(folder: Path) -> None:
    signer = open_signer(folder)
    signature = signer.sign(b"text")
    load_pem_public_key((folder / "signer.pub").read_bytes()).verify(signature, b"text")  # type: ignore[union-attr,call-arg]
    assert signed_by(signer.public, signature, b"text")
    assert not signed_by(signer.public, signature, b"test")
    assert not signed_by("00" * 32, signature, b"text")
    assert not signed_by("no hex", signature, b"text")


def test_the_identity_is_one_of_age(folder: Path) -> None:
    identity = open_identity(folder / "identity.txt")
    recipient = recipient_of(folder)
    assert str(identity.to_public()) == recipient
    key = os.urandom(32)
    envelope = enveloped(key, [recipient, str(pyrage.x25519.Identity.generate().to_public())])
    assert pyrage.decrypt(base64.b64decode(envelope), [identity]) == key
    assert key_in(envelope, identity, "object") == key


def test_an_envelope_opens_for_its_recipients_only(folder: Path) -> None:
    other = pyrage.x25519.Identity.generate()
    envelope = enveloped(bytes(32), [recipient_of(folder)])
    short = enveloped(b"short", [str(other.to_public())])
    for wrong in (envelope, short, "no base64!", base64.b64encode(b"no age file").decode()):
        with pytest.raises(NotProvenError, match="object"):
            key_in(wrong, other, "object")


def test_what_is_no_recipient(folder: Path) -> None:
    for text in ("", "age1", "ssh-ed25519 AAAA", recipient_of(folder)[:-1], recipient_of(folder) + "q"):
        with pytest.raises(UsageError, match="age1"):
            checked_recipient(text)
    (folder / "recipient.txt").unlink()
    with pytest.raises(UsageError, match=r"recipient\.txt"):
        recipient_of(folder)
