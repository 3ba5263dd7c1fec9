"""The key on a PKCS#11 token: a signature as good as with a key file, and never the key itself.

Oracle: SoftHSM, a token in software by others; the validator of the signing library.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yakuba.certificates.signing.self_made import SIGNER_CERTIFICATE, SIGNER_KEY, make_keys
from yakuba.certificates.signing.settings import FILE, read_settings
from yakuba.certificates.signing.signer import Signer, open_signer
from yakuba.certificates.signing.token import TokenLostError, TokenSigner
from yakuba.certificates.signing.validation import validate
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from yakuba.certificates.drawing import Drawn

MODULES = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
)
MODULE = next((one for one in MODULES if one.exists()), None)
PIN = "493817"

pytestmark = pytest.mark.skipif(
    MODULE is None or shutil.which("softhsm2-util") is None,
    reason="SoftHSM is missing: apt-get install softhsm2",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality's folder whose key is on a token; the key file is gone."""
    base = tmp_path_factory.mktemp("token")
    (base / "tokens").mkdir()
    (base / "softhsm2.conf").write_text(f"directories.tokendir = {base / 'tokens'}\nobjectstore.backend = file\n")
    # SoftHSM reads this once, when the module is opened; no other test of the process opens it.
    os.environ["SOFTHSM2_CONF"] = str(base / "softhsm2.conf")
    made = make_keys(base, "990019", "見本町")
    for arguments in (
        ["--init-token", "--free", "--label", "yakuba", "--so-pin", "8888", "--pin", PIN],
        ["--import", made / SIGNER_KEY, "--token", "yakuba", "--label", "signer", "--id", "01", "--pin", PIN],
    ):
        subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)
    (made / SIGNER_KEY).unlink()
    pin = made / "token.pin"
    pin.write_text(PIN + "\n")
    pin.chmod(0o600)
    _settings(made)
    return made


def _settings(folder: Path, **other: str) -> None:
    said = {"module": str(MODULE), "label": "yakuba", "key": "signer", "pin_file": "token.pin"} | other
    lines = [f'{name} = "{value}"' for name, value in (said | {"certificate": SIGNER_CERTIFICATE}).items()]
    (folder / FILE).write_text("\n".join(["[token]", *lines]))


@pytest.fixture(scope="module")
def signer(folder: Path) -> Signer:
    return open_signer(read_settings(folder))


def test_a_key_on_a_token_signs(signer: Signer, folder: Path, paper: Drawn) -> None:
    found = validate(signer.sign(paper.pdf), [folder.parent / "ca" / "ca.cert.pem"])
    assert found.intact
    assert found.trusted is True


def test_threads_share_a_token(signer: Signer, paper: Drawn) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: validate(signer.sign(paper.pdf)).intact, range(12)))


def test_a_forked_process_opens_the_token_anew(signer: Signer, paper: Drawn, tmp_path: Path) -> None:
    def child() -> None:
        (tmp_path / "child.pdf").write_bytes(signer.sign(paper.pdf))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join()
    assert process.exitcode == 0
    assert validate((tmp_path / "child.pdf").read_bytes()).intact
    assert validate(signer.sign(paper.pdf)).intact  # and the one it came from still has its own session


def test_a_token_that_was_pulled_out_and_put_back_signs_again(signer: Signer, paper: Drawn) -> None:
    key = signer._held.key
    assert isinstance(key, TokenSigner)
    key._key.session.close()
    with pytest.raises(TokenLostError, match="does not sign"):
        key.sign_raw(b"")
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: validate(signer.sign(paper.pdf)).intact, range(8)))


@pytest.mark.parametrize(
    "other", [{"label": "nowhere"}, {"key": "nobody"}, {"module": "/usr/lib/no-such-module.so"}], ids=str
)
def test_what_is_not_there_is_named_in_a_sentence(folder: Path, other: dict[str, str]) -> None:
    _settings(folder, **other)
    try:
        with pytest.raises(CannotContinueError) as found:
            open_signer(read_settings(folder))
    finally:
        _settings(folder)
    assert next(iter(other.values())) in str(found.value)
    assert PIN not in str(found.value)


def test_a_token_with_another_key_than_the_certificate_is_found_before_the_first_paper(
    folder: Path, tmp_path: Path
) -> None:
    other = make_keys(tmp_path, "990019", "見本町")
    _settings(folder, certificate=str(other / SIGNER_CERTIFICATE))
    lines = (folder / FILE).read_text().replace(f'"{SIGNER_CERTIFICATE}"', f'"{other / SIGNER_CERTIFICATE}"')
    (folder / FILE).write_text(lines)
    try:
        with pytest.raises(CannotContinueError, match="not the one of its certificate"):
            open_signer(read_settings(folder))
    finally:
        _settings(folder)
