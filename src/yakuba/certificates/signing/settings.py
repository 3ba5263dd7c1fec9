"""Which key signs for a municipality (署名の設定): `signer.toml` in its folder, written at set-up, changed by hand.

    key = "signer.key.pem"              # PEM without a password, or PKCS#12 (.p12, .pfx)
    certificate = "signer.cert.pem"     # the signer's first, then its chain; left out for PKCS#12
    password_file = "signer.password"   # of the PKCS#12 or the PEM, if it has one

    [token]                             # instead of `key`: a PKCS#11 token (HSM, IC card)
    module = "/usr/lib/softhsm/libsofthsm2.so"
    label = "yakuba"
    key = "signer"
    pin_file = "token.pin"

    [time_stamp]
    url = "https://tsa.example/rfc3161" # an RFC 3161 authority: signatures become PAdES B-T

    [long_term]                         # what to embed for validation years later: PAdES B-LT
    roots = ["ca.cert.pem"]
    crls = ["ca.crl"]
    fetch = false                       # true: fetch revocation lists and answers over the network

Every path is relative to the folder.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.kernel.secret_file import closed

if TYPE_CHECKING:
    from pathlib import Path

FILE = "signer.toml"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key in a file.

    Attributes:
        key: PEM or PKCS#12. certificate: PEM, the signer's first; None for PKCS#12. password: "" for none.
    """

    key: Path
    certificate: Path | None
    password: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A key that never leaves a PKCS#11 token.

    Attributes:
        module: of PKCS#11. label: of the token. key: label of the private key on it. pin: of the user.
        certificate: PEM, the signer's first; None = on the token under the label of the key.
    """

    module: Path
    label: str
    key: str
    pin: str
    certificate: Path | None = None


@dataclass(frozen=True, slots=True)
class LongTerm:
    """What is embedded so that a signature can be validated when its authorities are long gone.

    Attributes:
        roots, crls: files, PEM or DER. fetch: whether revocation data may be fetched over the network.
    """

    roots: tuple[Path, ...]
    crls: tuple[Path, ...] = ()
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class SignerSettings:
    """Which key signs, and what is added.

    Attributes:
        source: of the key. time_stamp: address of the RFC 3161 authority, "" for none.
        long_term: None for none; needs a time stamp.
    """

    source: KeyFile | Token
    time_stamp: str = ""
    long_term: LongTerm | None = None


def read_settings(folder: Path) -> SignerSettings:
    """The settings in a municipality's folder.

    Raises:
        UsageError: signer.toml is missing, unreadable, or says something that cannot be meant.
        CannotContinueError: a file with a secret in it can be read by others, or cannot be read by us.
    """
    path = folder / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        made = _settings(folder, raw)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", remedy="yakuba certificates keys makes it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: {error}") from error
    except KeyError as error:
        raise UsageError(f"{path}: {error} is missing", remedy="see docs/ja/certificates.md") from error
    if made.long_term and not made.time_stamp:
        remedy = "add the address of a time stamp authority"
        raise UsageError(f"{path}: [long_term] without [time_stamp]", remedy=remedy)
    return made


def _settings(folder: Path, raw: dict[str, Any]) -> SignerSettings:
    far = raw.get("long_term")
    return SignerSettings(
        source=_token(folder, raw["token"]) if "token" in raw else _key_file(folder, raw),
        time_stamp=raw.get("time_stamp", {}).get("url", ""),
        long_term=LongTerm(
            roots=tuple(folder / name for name in far["roots"]),
            crls=tuple(folder / name for name in far.get("crls", ())),
            fetch=bool(far.get("fetch", False)),
        )
        if far
        else None,
    )


def _key_file(folder: Path, raw: dict[str, Any]) -> KeyFile:
    key = folder / raw["key"]
    closed(key)
    named = raw.get("certificate")
    return KeyFile(key, folder / named if named else None, _secret(folder, raw.get("password_file", "")))


def _token(folder: Path, raw: dict[str, Any]) -> Token:
    named = raw.get("certificate")
    return Token(
        module=folder / raw["module"],
        label=raw["label"],
        key=raw["key"],
        pin=_secret(folder, raw["pin_file"]),
        certificate=folder / named if named else None,
    )


def _secret(folder: Path, name: str) -> str:
    if not name:
        return ""
    closed(folder / name)
    return (folder / name).read_text(encoding="utf-8").rstrip("\n")
