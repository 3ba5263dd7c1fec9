"""The second half of the demonstration: two proven towns in one cloud, in the browser.

    python tools/demo_cloud.py HOME CODE=RUN CODE=RUN

HOME is the installation's folder; each RUN is a run folder of `yakuba migrate run` for the municipality CODE.
It signs in, searches, looks a resident up and gives a paper as a person would; seals two generations in a vault and
brings the newer one to life in an empty place. On a terminal it then serves until Ctrl-C; without one it ends.
"""

from __future__ import annotations

import csv
import os
import re
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.database.ready import ready
from yakuba.town.imprints import imprints
from yakuba.town.neighbour import TOWNS

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

CLERK = ("madoguchi", "窓口　花子", "職員 clerk: 住民を探して照会する")
ADMINISTRATOR = ("kanri", "管理　太郎", "管理者 administrator: 職員・権限・操作ログ・移行")
OPERATOR = ("kyodo", "共同　次郎", "共同利用の運用者 group operator: 住民は見えない")
PORT = 8000
TOWN = "990019"
MINOR = "32"
"""異動事由コード of 軽微な修正."""


@dataclass
class Login:
    """One of the three: what to type, and what for."""

    name: str
    password: str
    what: str


def main(home: Path, runs: dict[str, Path]) -> None:
    """Make the installation, then serve or check."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"YAKUBA_SECOND_FACTOR": "0", "YAKUBA_LOG_LEVEL": "WARNING", "YAKUBA_PRODUCTION": "0"}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    ready(home)
    from yakuba.site.serving import serve
    from yakuba.tenancy.database.upgrade import upgrade

    upgrade()
    logins = found(runs)
    stop = Event()
    terminal = sys.stdout.isatty()

    def open_for(address: str) -> None:
        change_passwords(address, logins)
        look_around(address, *logins)
        keep_safe(home.parent, *next(iter(runs.items())))
        workbench = glyphs_to_decide(home.parent, list(runs))
        tell(address, logins, home.parent, workbench, terminal=terminal)
        if not terminal:
            stop.set()

    try:
        serve(f"127.0.0.1:{PORT}", ready=open_for, stop=stop)
    except CannotContinueError as error:
        if f":{PORT}:" not in str(error):
            raise
        serve("127.0.0.1:0", ready=open_for, stop=stop)
    print(f"終わりました。もう一度開くには  YAKUBA_SECOND_FACTOR=0 YAKUBA_HOME={home} .venv/bin/yakuba serve")


def found(runs: dict[str, Path]) -> list[Login]:
    """A group, its two towns with their residents, and three people; gives their first passwords."""
    from yakuba.issuance.services import keep_images
    from yakuba.registry.services import load
    from yakuba.tenancy import services
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.rights import Action

    group = services.add_group(system(), "mihongun", "見本郡共同利用")
    for code, run in runs.items():
        services.add_municipality(system(), code, TOWNS[code], prefecture="見本県")
        services.join(system(), group, code)
        begun = time.monotonic()
        loaded = load(run, system(code))
        seconds = time.monotonic() - begun
        issue_certificates(system(code), TOWNS[code])
        keep_images(system(code), imprints(run))
        print(f"{TOWNS[code]} ({code}) に取り込みました  {loaded.rows:,} 行  {loaded.residents:,} 人  {seconds:.1f} 秒")
    town = system(next(iter(runs)))
    department = services.add_department(town, "住民課")
    rights = {
        CLERK: [(Action.VIEW, "*", "*"), (Action.OUTPUT, "juminkihondaicho", ""), (Action.ISSUE, "*", "*")],
        ADMINISTRATOR: [
            (action, "", "")
            for action in (
                Action.RIGHTS,
                Action.AUDIT,
                Action.LOAD,
                Action.EXPORT,
                Action.MIGRATE,
                Action.DECIDE,
                Action.CERTIFICATES,
                Action.VOID,
            )
        ],
    }
    logins = []
    for person, given in rights.items():
        number, password = services.add_staff(town, person[0], person[1], department=department)
        for action, business, items in given:
            services.grant(town, number, action, business=business, item_group=items)
        logins.append(Login(person[0], password, person[2]))
    _, password = services.add_operator(system(), group, OPERATOR[0], OPERATOR[1])
    return [*logins, Login(OPERATOR[0], password, OPERATOR[2])]


SEAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24mm" height="24mm" viewBox="0 0 24 24" fill="none" stroke="#000">'
    '<rect x="1" y="1" width="22" height="22" stroke-width="1.2"/>'
    '<rect x="3" y="3" width="18" height="18" stroke-width=".4"/>'
    '<path d="M6 7h12M12 5v14M7 11h10M6 15h12M7 19l5-4 5 4" stroke-width=".9"/></svg>'
)
"""A 公印 that belongs to nobody."""


def issue_certificates(actor: Actor, name: str) -> None:
    """Who certifies, what a copy costs, the seal; approved, so that the clerk can give a paper."""
    from yakuba.certificates.kinds import kinds
    from yakuba.issuance import queries, services
    from yakuba.issuance.application import Channel
    from yakuba.issuance.settings import Certifier, Content

    mayor = Certifier(f"{name}長", "見本　太郎")
    content = Content(name, "見本県", (mayor,), offered=tuple(kinds()), verify=f"http://127.0.0.1:{PORT}/V")
    services.set_content(actor, content, SEAL.encode(), "実演")
    for kind in kinds():
        services.set_fee(actor, kind, Channel.COUNTER, 300, date(2026, 4, 1))
        services.set_fee(actor, kind, Channel.KIOSK, 200, date(2026, 4, 1))
    services.approve(actor, queries.approval(actor)[0].digest, "実演")


def keep_safe(folder: Path, code: str, run: Path) -> None:
    """Two generations in a vault, the second after three people's addresses were put right; then a drill."""
    from yakuba.tenancy.acting import system

    vault, keys, handed_over, seals = folder / "vault", folder / "vault-keys", folder / "today", folder / "seals"
    seals.mkdir()
    for name, picture in imprints(run):
        (seals / name).write_bytes(picture)
    print()
    print("町の記録を、離れた場所の保管庫に封印します（差分だけ、暗号化、署名つき）")
    yakuba("vault", "init", vault, "--municipality", code, "--keys", keys)
    yakuba("vault", "backup", vault, run, "--keys", keys, "--images", seals)
    correct_addresses(system(code))
    yakuba("export", "--municipality", code, "--layout", "kihon", "--out", handed_over)
    yakuba("vault", "backup", vault, handed_over, "--keys", keys, "--images", seals)
    yakuba("vault", "list", vault)
    print()
    print("復元訓練: 最新の世代を何もない場所で生き返らせ、送った側の数・要約値・証明書と比べます")
    yakuba("backup", "plan", code, "--place", vault, "--signer", fingerprint(keys), quiet=True)
    begun = time.monotonic()
    yakuba("backup", "drill", "--municipality", code, "--identity", keys / "identity.txt", "--out", folder / "drill")
    print(f"訓練 {time.monotonic() - begun:.0f} 秒")


def correct_addresses(actor: Actor) -> None:
    """軽微な修正 of 方書 for three residents; the first found has a paper already, which must stay true."""
    from yakuba.registry import queries
    from yakuba.registry.services import add_history

    left = 3
    for found in reversed(queries.search(actor, "サトウ").items):
        person = queries.resident(actor, found.addressee)
        if person is None or found.protected or found.blocked or found.leaving:
            continue
        change = {"異動事由": MINOR, "住所_方書": f"見本荘　{left}０１"}
        add_history(actor, found.addressee, change, person.version, reason="実演: 方書の記載漏れ")
        left -= 1
        if not left:
            return
    raise CannotContinueError("nobody's address can be corrected", remedy="see the lines above")


def glyphs_to_decide(folder: Path, towns: list[str]) -> str:
    """The old vendor's private glyphs on the workbench of each town; gives the address of the first.

    The neighbour has the same vendor and has decided most of its glyphs: the first town needs one acceptance for each.
    """
    gaiji = folder / "gaiji"
    print()
    print("旧ベンダーの外字（架空の字形と使用一覧）を読み、MJ文字の候補を並べます")
    yakuba("town", "gaiji", "--residents", "1000", "--out", gaiji, quiet=True)
    begun = time.monotonic()
    for town in towns:
        given = ("--municipality", town, "--name", "旧システムAの外字", "--vendor", "旧システムA")
        yakuba("characters", "take", gaiji / "gaiji.tte", "--usage", gaiji / "usage.csv", *given, quiet=True)
    print(f"読み取りと候補 {time.monotonic() - begun:.0f} 秒")
    decided = decide_as_the_truth_says(towns[-1], gaiji / "truth.csv")
    print(f"{TOWNS[towns[-1]]}が二人で決めた {decided} 字は、{TOWNS[towns[0]]}では一人の受け入れで決まります")
    return f"group/characters/{collection_of(towns[0])}/"


def collection_of(town: str) -> int:
    """The newest collection of glyphs of a town."""
    from yakuba.identification import queries
    from yakuba.tenancy.acting import system

    return queries.collections(system(town))[0][0].id


def decide_as_the_truth_says(town: str, truth: Path) -> int:
    """Two people of the neighbour decide three glyphs out of four, those that most people use; gives how many."""
    from yakuba.identification import queries, services
    from yakuba.identification.standing import Choice
    from yakuba.tenancy.acting import system

    with truth.open(encoding="utf-8-sig", newline="") as stream:
        meant = {row["外字コード"]: Choice(row["MJ名"], row["区分"]) for row in csv.DictReader(stream)}
    one, other = system(town, "例示　太郎"), system(town, "例示　花子")
    made = collection_of(town)
    _, every = queries.collection(one, made)
    chosen = [line for line in every if meant[line.name.split()[0]].mj == line.first][: len(every) * 3 // 4]
    for line in chosen:
        services.propose(one, made, line.id, meant[line.name.split()[0]], seen=0, reason="実演: 見比べた")
        services.approve(other, made, line.id, seen=1)
    return len(chosen)


def fingerprint(keys: Path) -> str:
    """Of the key that signs the vault."""
    from yakuba.vault.keys import open_signer

    return open_signer(keys).fingerprint


def yakuba(*arguments: str | Path, quiet: bool = False) -> None:
    """A command, as a person would type it."""
    command = [sys.executable, "-m", "yakuba", *map(str, arguments)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not quiet or done.returncode:
        print(done.stdout, end="", flush=True)
    if done.returncode:
        raise CannotContinueError(f"{' '.join(command[2:5])}: {done.returncode}", remedy="see the lines above")


class Browser:
    """Pages as a person would ask for them: cookies are kept, forms are sent with their hidden fields."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open
        self.page = ""

    def get(self, path: str) -> str:
        """One page."""
        return self._ask(Request(urljoin(self._address, path)))  # noqa: S310 - the address of our own server

    def send(self, path: str, **fields: str) -> str:
        """The form on a page, filled in."""
        hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert hidden, path
        data = urlencode({"csrfmiddlewaretoken": hidden[1], **fields}).encode()
        url = urljoin(self._address, path)
        return self._ask(Request(url, data, {"Referer": url}))  # noqa: S310 - as above

    def paper(self, path: str, **fields: str) -> tuple[str, bytes]:
        """A form that answers with a paper: its name and its first bytes."""
        hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        assert hidden, path
        url = urljoin(self._address, path)
        data = urlencode({"csrfmiddlewaretoken": hidden[1], **fields}).encode()
        request = Request(url, data, {"Referer": url})  # noqa: S310 - the address of our own server
        with self._open(request, timeout=30) as answer:
            return str(answer.headers.get_filename("")).removesuffix(".pdf"), answer.read(5)

    def status(self, path: str) -> int:
        """Of one page, whatever it is."""
        try:
            with self._open(urljoin(self._address, path), timeout=30) as answer:
                return int(answer.status)
        except HTTPError as error:
            with error:
                return error.code

    def _ask(self, request: Request) -> str:
        try:
            with self._open(request, timeout=30) as answer:
                self.page = answer.read().decode()
        except HTTPError as error:
            raise CannotContinueError(f"{request.full_url}: {error.code}", remedy="see the lines above") from error
        return self.page


def sign_in(address: str, login: Login) -> Browser:
    """A browser in which somebody has signed in."""
    from django.urls import reverse

    browser = Browser(address)
    browser.send(reverse("account_login"), login=login.name, password=login.password)
    return browser


def change_passwords(address: str, logins: list[Login]) -> None:
    """Everybody signs in for the first time and takes a password of their own, as the system asks."""
    from django.urls import reverse

    for login in logins:
        own = f"yakuba-{secrets.token_hex(4)}"
        browser = sign_in(address, login)
        browser.send(reverse("account_change_password"), oldpassword=login.password, password1=own, password2=own)
        login.password = own


def tell(address: str, logins: list[Login], folder: Path, workbench: str, *, terminal: bool) -> None:
    """Where to go and what to type, today and after an earthquake."""
    print()
    print("庁舎を失ったら、どの機械でも、ネットワークがなくても、保管庫から窓口が開きます")
    print(
        f"    .venv/bin/yakuba bcp open --municipality {TOWN} --vault {folder}/vault --identity {folder}/vault-keys/"
        f"identity.txt --folder {folder}/bcp --bind 127.0.0.1:8010 --name {TOWNS[TOWN]} --prefecture 見本県"
        " --mayor '見本　太郎' --reason '見本地震（訓練）'"
    )
    print()
    print(f"自治体クラウドが開きました。ブラウザーで  {address}")
    for login in logins:
        print(f"    利用者ID {login.name:<10} パスワード {login.password}   {login.what}")
    print(f"文字同定の作業台は  {address}{workbench}  （利用者ID {logins[1].name} で。? でキーの一覧）")
    print("Ctrl-C で終わります。" if terminal else "端末ではないので、これで終わります。", flush=True)


def look_around(address: str, clerk: Login, administrator: Login, operator: Login) -> None:
    """The clerk searches by kana and opens the first person found; the others open their home, and no resident."""
    from django.urls import reverse

    browser = sign_in(address, clerk)
    begun = time.monotonic()
    page = browser.get(f"{reverse('counter:search')}?{urlencode({'q': 'サトウ'})}")
    searched = time.monotonic() - begun
    person = re.search(r'href="(/residents/\d+/)"', page)
    if not person:
        raise CannotContinueError("the search finds nobody", remedy="see the lines above")
    begun = time.monotonic()
    browser.get(person[1])
    opened = time.monotonic() - begun
    begun = time.monotonic()
    number = give_a_paper(browser, re.findall(r'href="(/residents/\d+/)"', page))
    given = time.monotonic() - begun
    for login in (administrator, operator):
        other = sign_in(address, login)
        other.get("/")
        if other.status(person[1]) not in (403, 404):
            raise CannotContinueError(f"{login.name} can open a resident", remedy="see the lines above")
    print(f"確かめました: 三人のログイン、検索 {searched:.2f} 秒、住民の画面 {opened:.2f} 秒、住民は職員だけに見える")
    print(f"証明書: 住民票の写し {number} を交付 {given:.2f} 秒")


def give_a_paper(browser: Browser, people: list[str]) -> str:
    """The clerk gives a 住民票の写し to the first of these people who can have one; gives its 発行番号."""
    for person in people:
        form = browser.get(f"{person}certificates/?kind=juminhyo")
        request = re.search(r'name="request" value="([0-9a-f-]{36})"', form)
        if request and 'formtarget="_blank"' in form:
            fields = {"kind": "juminhyo", "request": request[1], "role": "self", "documents": "mynumber_card"}
            name, head = browser.paper(f"{person}certificates/", **fields)
            if head != b"%PDF-":
                break
            return name
    raise CannotContinueError("the clerk cannot give a certificate", remedy="see the lines above")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), {code: Path(run) for code, _, run in (one.partition("=") for one in sys.argv[2:])})
    except CannotContinueError as error:
        sys.exit(f"demo: {error}")
