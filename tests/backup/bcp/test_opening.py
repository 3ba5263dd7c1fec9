"""A town opened out of its vault by the real command, in an installation of its own. Right are the files sealed."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from PIL import Image
from tests.backup.bcp.vaults import Sealed, yakuba
from tests.backup.founded import PLACE, template

from yakuba.town.imprints import imprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

_OFFICE = ("--name", "見本町", "--prefecture", "見本県", "--mayor", "見本　太郎")


def opened(vault: Sealed, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = ("bcp", "open", "--municipality", vault.code, "--vault", vault.place, "--identity", str(vault.identity))
    return yakuba(*words, "--reason", "見本地震", "--folder", str(folder), "--no-serve", *more)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder whose path is short and that the database's user can walk to."""
    with tempfile.TemporaryDirectory(prefix="bcp-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def town(vault: Sealed, place: Path) -> tuple[Path, str]:
    """The town, open; and what the command said."""
    done = opened(vault, place / "b", *_OFFICE)
    assert done.returncode == 0, done.stderr
    return place / "b", done.stdout


_BEGIN = """
from pathlib import Path
from yakuba.backup.bcp import founding
home = Path({!r})
founding.begin(home)
"""


def inside(home: Path, program: str) -> str:
    """What a few lines of Python print that run in that installation."""
    text = _BEGIN.format(str(home)) + program + "\nfounding.end(home)\n"
    there = os.environ | {"YAKUBA_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", text], env=there, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(folder: Path) -> dict[str, list[bytes]]:
    """Lines of every table, in no order."""
    found = sorted((folder / "data").rglob("*.csv"))
    return {path.relative_to(folder).as_posix(): sorted(path.read_bytes().splitlines()) for path in found}


def test_it_says_how_old_the_data_are_how_long_it_took_and_who_may_in(town: tuple[Path, str]) -> None:
    home, said = town
    # The data were two hours old when this module was read; how long the machine took since is no matter.
    hours = re.search(r"発動の ([0-9.]+) 時間前", said)
    assert hours is not None
    assert float(hours[1]) >= 2.0
    assert re.search(r"検索できるまで [0-9.]+ 秒、最初の証明書まで [0-9.]+ 秒", said)
    assert re.search(r"login: bcp　初期パスワード first password: \S{20,}", said)
    standing = json.loads((home / "bcp.json").read_text("utf-8"))
    assert standing["state"] == "whole"
    assert standing["readable"] < standing["issuing"]


def test_no_table_lies_about_in_the_clear(town: tuple[Path, str]) -> None:
    assert not (town[0] / "generation").exists()
    assert not list(town[0].rglob("*.csv"))


def test_everything_that_was_sealed_is_there_again(town: tuple[Path, str], moved: Path, tmp_path: Path) -> None:
    done = yakuba("export", "--municipality", "990019", "--layout", "kihon", "--out", tmp_path / "x", home=town[0])
    assert done.returncode == 0, done.stderr
    files = {
        path.relative_to(moved): sorted(path.read_bytes().splitlines()) for path in (moved / "data").rglob("*.csv")
    }
    again = {path.relative_to(tmp_path / "x"): sorted(path.read_bytes().splitlines())
             for path in (tmp_path / "x" / "data").rglob("*.csv")}  # fmt: skip
    assert again == files


def test_a_paper_has_the_mark_and_the_moment_of_the_data(town: tuple[Path, str]) -> None:
    program = """
import io, pypdf
from uuid import uuid4
from yakuba.issuance.application import Application, Channel, Requester
from yakuba.issuance.services import issue
from yakuba.registry import queries
from yakuba.tenancy.acting import system
actor = system("990019")
(one,) = queries.usual_residents(actor, most=1, place="試験")
made = issue(actor, Application("juminhyo", one, Requester(purpose="試験", exemption="disaster")), request=str(uuid4()),
             channel=Channel.BATCH)
print(made.number)
print("".join(pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text().split()))
"""
    number, text = inside(town[0], program).splitlines()
    # The paper that was made to try everything has used no number up.
    assert re.fullmatch(r"\d{4}-B000001", number)
    assert f"発行番号{number}" in text
    assert re.search(r"令和\d+年\d+月\d+日\d+時\d+分現在の記録の控えにより作成", text)


def test_a_certificate_of_a_seal_has_the_imprint_that_was_sealed(town: tuple[Path, str], tmp_path: Path) -> None:
    """Out of the vault alone; what came onto the paper is taken out of the PDF by poppler."""
    program = f"""
from uuid import uuid4
from yakuba.issuance.application import Application, Channel, Requester
from yakuba.issuance.services import issue, prepare
from yakuba.registry import queries
from yakuba.registry.models import Ledger, Record
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall
actor = system("990019")
living = queries.usual_residents(actor, place="試験")
with wall("990019"):
    ledger = Ledger.objects.get(business="印鑑登録", title="印鑑登録原票")
    sheets = [dict(zip(ledger.columns, one.cells)) for one in Record.objects.filter(ledger=ledger).order_by("row")]
one = next(one for one in sheets if one["印鑑登録状態"] == "2" and one["宛名番号"] in living)
asked = Application("inkan", one["宛名番号"], Requester(
    purpose="試験", exemption="disaster", card=one["印鑑登録証番号"], documents=("mynumber",)))
made = issue(actor, asked, request=str(uuid4()), channel=Channel.BATCH)
open({str(tmp_path / "inkan.pdf")!r}, "wb").write(made.pdf)
print(one["印影"])
"""
    name = inside(town[0], program).strip()
    words = ["pdfimages", "-png", str(tmp_path / "inkan.pdf"), str(tmp_path / "found")]
    subprocess.run(words, check=True, capture_output=True)
    right = pixels(io.BytesIO(imprint(name)))
    assert right in [pixels(path) for path in sorted(tmp_path.glob("found*.png"))]


def pixels(image_file: Path | io.BytesIO) -> tuple[tuple[int, int], bytes]:
    with Image.open(image_file) as image:
        return image.size, image.convert("1").tobytes()


def test_the_screens_role_can_read_and_write_no_resident(town: tuple[Path, str]) -> None:
    program = """
import psycopg
from yakuba.backup.bcp import reader
tables = ["record", "resident", "ledger", "load", "searchentry", "homeentry", "statistic"]
words = ["UPDATE registry_{} SET municipality = municipality", "DELETE FROM registry_{}",
         "INSERT INTO registry_{} (municipality) VALUES ('990019')", "TRUNCATE registry_{}"]
calls = ["take_back(ARRAY[1]::bigint[])", "unindex()", "index()", "settle()"]
with psycopg.connect(reader.make(home), autocommit=True) as connection:
    connection.execute("SELECT set_config('yakuba.municipality', '990019', false)")
    for text in [*(word.format(table) for word in words for table in tables), *(f"SELECT registry_{c}" for c in calls)]:
        try:
            connection.execute(text)
        except psycopg.errors.InsufficientPrivilege:
            print("refused")
        else:
            print("DONE", text)
    print(connection.execute("SELECT count(*) > 50 FROM registry_resident").fetchone()[0])
"""
    assert inside(town[0], program).split() == ["refused"] * 32 + ["True"]


@pytest.fixture(scope="module")
def address(vault: Sealed, town: tuple[Path, str]) -> Iterator[str]:
    """Where the screens are served, as the role that writes no resident; nobody waits for the opening again."""
    words = ("bcp", "open", "--municipality", vault.code, "--vault", vault.place, "--identity", str(vault.identity))
    closed = ("DATABASE_URL", "DATABASE_OWNER_URL")
    there = {name: value for name, value in os.environ.items() if name not in closed}
    program = str(Path(sys.executable).with_name("yakuba"))
    with subprocess.Popen(
        [program, *words, "--reason", "x", "--folder", str(town[0]), "--bind", "127.0.0.1:0"], env=there, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        said = ""
        for line in child.stdout:
            said += line
            if found := re.search(r"ready: (\S+)", line):
                break
        assert found is not None
        assert "first password" not in said
        yield found[1]
        child.terminate()
        child.stdout.read()


def test_every_page_says_what_it_is(address: str) -> None:
    with urlopen(address) as answer:  # noqa: S310 - our own server
        page = answer.read().decode()
    assert "災害時の業務継続（BCP）　データの時点" in page
    assert "読取専用" in page
    assert "見本地震" in page


def test_a_clerk_signs_in_looks_up_writes_a_paper_down_and_has_the_lists(
    address: str, town: tuple[Path, str], browser: Browser, picture: Callable[[Page, str], None]
) -> None:
    """With the password that the command printed; what it shows are the pictures of docs/ja/bcp.md."""
    first = re.search(r"login: bcp　初期パスワード first password: (\S+)", town[1])
    assert first is not None
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="ja-JP")
    page = context.new_page()
    page.goto("/")
    page.get_by_label("利用者ID").fill("bcp")
    page.get_by_label("パスワード").fill(first[1])
    page.get_by_role("button", name="ログイン").first.click()
    page.locator("input[name=oldpassword]").fill(first[1])
    for field in ("password1", "password2"):
        page.locator(f"input[name={field}]").fill("災害のときの合い言葉 2026")
    page.locator("main form button").first.click()
    page.goto("/")
    picture(page, "bcp-home")
    page.goto("/bcp/book/")
    page.get_by_label("氏名").fill("見本　新")
    page.get_by_label("異動日").fill("R8.11.20")
    page.get_by_label("届書の番号").fill("出-1")
    page.get_by_label("内容").fill("母は避難所（見本小学校）")
    page.get_by_role("button", name="書き込む").click()
    assert "受付番号 1 を書き込みました" in page.content()
    picture(page, "bcp-book")
    page.goto("/bcp/relief/")
    assert page.get_by_role("table").get_by_role("row").count() > 2
    picture(page, "bcp-relief")
    context.close()


def test_what_was_broken_off_is_begun_anew_and_erased_in_the_end(
    vault: Sealed, place: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(PLACE, str(template(tmp_path_factory)))
    spoiled = Sealed(shutil.copytree(vault.folder, tmp_path / "spoiled"))
    for path in (spoiled.folder / "vault" / "objects").iterdir():
        path.chmod(0o600)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    done = opened(spoiled, place / "c")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    again = opened(vault, place / "c", "--as-of", _day(vault))
    assert again.returncode == 0, again.stderr
    assert "証明書は認証者の設定が要ります" in again.stdout
    assert json.loads((place / "c" / "bcp.json").read_text("utf-8"))["number"] == 1
    done = yakuba("bcp", "close", "--folder", place / "c", "--reason", "訓練の終わり", "--erase")
    assert done.returncode == 0, done.stderr
    assert not (place / "c").exists()


def _day(vault: Sealed) -> str:
    """The day of the older generation, as it is in Japan."""
    from yakuba.kernel.town_time import JAPAN

    return vault.source.chain().generations[0].as_of.astimezone(JAPAN).date().isoformat()
