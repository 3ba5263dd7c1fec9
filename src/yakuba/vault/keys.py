"""Keys (鍵) of a vault: who writes signs with Ed25519; who restores holds an age identity.

A folder, 0700, its secrets 0600:

* `signer.key`     the writer's secret (PEM). Lies on the machine that backs up.
* `signer.pub`     its public part (PEM)
* `identity.txt`   the secret that opens every generation (AGE-SECRET-KEY-1…), as `age-keygen` writes it. Belongs on
  paper or with custodians; a daily backup does not need it.
* `recipient.txt`  its public part (age1…)
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.fingerprint import fingerprint
from yakuba.kernel.secret_file import closed, write_secret
from yakuba.vault.store.durable import make_folder, sync_folder

SIGNER, SIGNER_PUBLIC = "signer.key", "signer.pub"
IDENTITY, RECIPIENT = "identity.txt", "recipient.txt"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who writes entries. `public` is 32 bytes in hex, `fingerprint` what people compare."""

    key: Ed25519PrivateKey
    public: str
    fingerprint: str

    def sign(self, text: bytes) -> bytes:
        """64 bytes of signature over a text."""
        return self.key.sign(text)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a folder of keys holds that is public: where it is, the signer's fingerprint, the recipient (age1…)."""

    folder: Path
    fingerprint: str
    recipient: str


def make_keys(folder: Path) -> Keys:
    """New keys in a new folder, all of them or none.

    Raises:
        UsageError: there is something there already. CannotContinueError: it cannot be written.
    """
    if folder.exists():
        remedy = "別のフォルダーを指定してください choose another folder; keys are never overwritten"
        raise UsageError(f"{folder}: すでにあります is there already", remedy=remedy)
    signer, identity = Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    files = {
        SIGNER: signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        SIGNER_PUBLIC: signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        IDENTITY: f"# public key: {recipient}\n{identity}\n".encode("ascii"),
        RECIPIENT: f"{recipient}\n".encode("ascii"),
    }
    try:
        make_folder(folder.parent)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, content in files.items():
                write_secret(fresh / name, content)
            sync_folder(fresh)
            fresh.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        remedy = "空き容量と権限を確かめてください check space and rights"
        raise CannotContinueError(f"{folder}: {error.strerror}", remedy=remedy) from error
    return Keys(folder, fingerprint(_raw(signer)), recipient)


def open_signer(folder: Path) -> Signer:
    """The writer's key out of a folder of keys.

    Raises:
        CannotContinueError: it is not there, is none, or others can read it.
    """
    path = folder / SIGNER
    closed(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotContinueError(f"{path}: 鍵として読めません this is no key", remedy=_RESTORE) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotContinueError(f"{path}: Ed25519 の鍵ではありません no Ed25519 key", remedy=_RESTORE)
    return Signer(key, _raw(key).hex(), fingerprint(_raw(key)))


def open_identity(path: Path) -> pyrage.x25519.Identity:
    """The secret that opens generations, out of its file or the folder of keys that holds it.

    Raises:
        CannotContinueError: it is not there, is none, or others can read it.
    """
    file = path / IDENTITY if path.is_dir() else path
    closed(file)
    try:
        lines = file.read_text(encoding="ascii").split()
        (secret,) = (line for line in lines if line.startswith("AGE-SECRET-KEY-1"))
        return pyrage.x25519.Identity.from_str(secret)
    except (OSError, ValueError, pyrage.IdentityError) as error:
        remedy = "紙・分散保管の控えから戻してください: yakuba vault keys join restore it from paper or custodians"
        raise CannotContinueError(f"{file}: 復号の鍵ではありません no identity", remedy=remedy) from error


def recipient_of(folder: Path) -> str:
    """The recipient (age1…) of a folder of keys.

    Raises:
        UsageError: its file is missing or holds none.
    """
    try:
        return checked_recipient((folder / RECIPIENT).read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder / RECIPIENT}: 読めません unreadable", remedy=_RESTORE) from error


def checked_recipient(text: str) -> str:
    """The text itself when it is a recipient of age (X25519).

    Raises:
        UsageError: it is none.
    """
    try:
        return str(pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError as error:
        remedy = "age1… で始まる公開鍵を指定してください give a public key that begins with age1"
        raise UsageError(f"{text[:70]}: 受取人の鍵ではありません no recipient", remedy=remedy) from error


def signed_by(public: str, signature: bytes, text: bytes) -> bool:
    """Whether a signature over a text is of a public key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _raw(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


_RESTORE = "鍵のファイルを控えから戻してください restore the file from its copy"
