"""Every page of signing in, in a real browser: nothing breaks the content security policy, nothing complains.

A browser keeps silent about most of what a policy stops, so the page itself listens for violations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.tenancy.cast import PASSWORD, TOTP
from tests.tenancy.provider import CLIENT, SECRET
from tests.web.serving import code

from yakuba.tenancy import services
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import account

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, CDPSession, Page
    from tests.tenancy.cast import Cast
    from tests.tenancy.provider import Provider

NEW = "Mizu-no-Oto-1689"
_LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error("violated", event.violatedDirective, event.blockedURI, event.sourceFile));
"""


@dataclass
class Desk:
    """A browser at a desk, and everything it complained of."""

    page: Page
    tools: CDPSession
    address: str
    said: list[str] = field(default_factory=list)

    def key(self) -> None:
        """Plug a passkey in that knows its owner's finger."""
        self.tools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def signs_in(self, login: str, password: str = PASSWORD) -> None:
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", password)
        self.page.get_by_role("button", name="ログイン", exact=True).click()

    def at_home(self) -> None:
        """Once the first screen is there."""
        self.page.wait_for_url(f"{self.address}/")

    def code(self, secret: str = TOTP) -> None:
        # Codes work once; what another page of this test has used is forgotten here.
        cache.clear()
        self.page.fill("[name=code]", code(secret))
        self.page.locator("form:has([name=code]) button").first.click()


@pytest.fixture
def desk(house: str, cast: Cast, browser: Browser) -> Iterator[Desk]:  # noqa: ARG001 - whoever signs in
    context = browser.new_context(base_url=house, locale="ja-JP", viewport={"width": 1280, "height": 900})
    context.add_init_script(_LISTEN)
    page = context.new_page()
    made = Desk(page, context.new_cdp_session(page), house)
    page.on("console", lambda told: made.said.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: made.said.append(str(error)))
    yield made
    context.close()
    assert made.said == []


def test_the_listener_hears_a_violation(desk: Desk) -> None:
    desk.page.goto("/accounts/login/")
    desk.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    desk.page.wait_for_timeout(100)
    assert any(text.startswith("violated style-src") for text in desk.said)
    desk.said.clear()


def test_a_new_person_from_first_password_to_recovery_codes(
    desk: Desk, cast: Cast, picture: Callable[[Page, str], None]
) -> None:
    first = services.new_password(cast.administrator, cast.ids["clerk"])
    services.forget_second_factor(cast.administrator, cast.ids["clerk"], "新しい電話")
    page = desk.page
    desk.signs_in("clerk", first)
    page.wait_for_url("**/accounts/password/")
    expect(page.locator("h1")).to_contain_text("パスワード")
    for name, word in (("oldpassword", first), ("password1", NEW), ("password2", NEW)):
        page.fill(f"[name={name}]", word)
    page.locator("form:has([name=password1]) button").first.click()
    page.goto("/")
    page.wait_for_url("**/accounts/factor/totp/")
    code_picture = page.locator("img.code")
    expect(code_picture).to_be_visible()
    assert code_picture.evaluate("image => image.naturalWidth") > 0
    picture(page, "clerk-factor")
    secret = page.input_value("#authenticator_secret")
    assert re.fullmatch("[A-Z2-7]{16,}", secret)
    desk.code(secret)
    page.wait_for_url("**/accounts/factor/codes/")
    assert len(page.input_value("#recovery_codes").split()) == 10
    picture(page, "clerk-recovery-codes")


def test_every_other_page_of_ones_own_account(desk: Desk) -> None:
    page = desk.page
    desk.signs_in("clerk")
    page.wait_for_url("**/factor/authenticate/")
    desk.code()
    desk.at_home()
    for address, word in (
        ("/me/", "権限"),
        ("/accounts/password/", "パスワード"),
        ("/accounts/factor/", ""),
        ("/accounts/factor/passkeys/", ""),
        ("/accounts/factor/passkeys/add/", ""),
        ("/accounts/factor/codes/new/", ""),
        ("/accounts/factor/totp/off/", ""),
        ("/accounts/reauthenticate/", ""),
        ("/accounts/factor/reauthenticate/", ""),
        ("/accounts/logout/", ""),
        ("/help/keys/", "キー"),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("main").first).to_contain_text(word)
        shown = page.inner_text("main")
        assert not re.search(r"\b(the|your|please|authenticator app)\b", shown, re.IGNORECASE), (address, shown)


def test_a_passkey_is_made_and_opens_the_door_alone(desk: Desk, cast: Cast) -> None:
    page = desk.page
    desk.key()
    desk.signs_in("clerk")
    page.wait_for_url("**/factor/authenticate/")
    desk.code()
    desk.at_home()
    page.goto("/accounts/factor/passkeys/add/")
    page.fill("[name=name]", "窓口の端末")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/accounts/factor/codes/")
    page.goto("/accounts/factor/passkeys/")
    expect(page.locator("main")).to_contain_text("窓口の端末")
    page.get_by_role("button", name="終了する").click()
    page.wait_for_url("**/accounts/login/**")
    page.locator("#passkey_login").click()
    desk.at_home()
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("田中　一郎")
    with wall(cast.clerk.municipality):
        assert account(cast.administrator, cast.ids["clerk"]).second_factor  # type: ignore[union-attr]


def test_a_passkey_stands_in_for_the_code(desk: Desk) -> None:
    page = desk.page
    desk.key()
    desk.signs_in("clerk")
    page.wait_for_url("**/factor/authenticate/")
    desk.code()
    desk.at_home()
    page.goto("/accounts/factor/passkeys/add/")
    page.fill("[name=name]", "窓口の端末")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/accounts/factor/codes/")
    page.goto("/me/")
    page.get_by_role("button", name="終了する").click()
    desk.signs_in("clerk")
    page.wait_for_url("**/factor/authenticate/")
    page.locator("#mfa_webauthn_authenticate").click()
    desk.at_home()
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("田中　一郎")


def test_a_wrong_password_and_a_wrong_code_are_told_in_japanese(desk: Desk) -> None:
    page = desk.page
    desk.signs_in("clerk", "wrong-wrong-wrong")
    expect(page.locator("[role=alert]")).to_contain_text("正しくありません")
    desk.signs_in("clerk")
    page.wait_for_url("**/factor/authenticate/")
    page.fill("[name=code]", "000000")
    page.locator("form:has([name=code]) button").first.click()
    expect(page.locator("main")).to_contain_text("確認コードが正しくありません")


def test_the_way_through_the_bodys_own_provider(desk: Desk, cast: Cast, provider: Provider) -> None:
    services.set_provider(cast.administrator, "mihon", "見本町", provider.url, CLIENT, SECRET, second_factor=True)
    provider.person = {"sub": "sub-1", "preferred_username": "clerk", "name": "clerk"}
    page = desk.page
    page.goto("/accounts/oidc/mihon/login/")
    desk.at_home()
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("田中　一郎")
    stranger: dict[str, Any] = {"sub": "sub-2", "preferred_username": "nobody-here", "name": "x"}
    page.get_by_role("button", name="終了する").click()
    provider.person = stranger
    page.goto("/accounts/oidc/mihon/login/")
    page.wait_for_url("**/accounts/login/**")
    expect(page.locator("main")).to_contain_text("登録されていないか")
