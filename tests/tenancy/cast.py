"""Who works here, for tests of every room: two towns in one group, and staff with and without rights.

Use the fixture `cast` (import it into a conftest: `from tests.tenancy.cast import cast`), or `make_cast()` inside the
fixture `database`. `cast.clerk` is an `Actor`; `cast.client("clerk")` is a browser in which the clerk is signed in.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client, override_settings
from tests.remembered import remembered
from tests.world import TOWN_A, TOWN_B

from yakuba.tenancy.acting import Actor, system
from yakuba.tenancy.queries import actor_of
from yakuba.tenancy.rights import Action
from yakuba.tenancy.services import (
    add_department,
    add_group,
    add_municipality,
    add_operator,
    add_staff,
    grant,
    join,
)

if TYPE_CHECKING:
    from pathlib import Path

NAME_A, NAME_B = "見本町", "例示村"
PASSWORD = "Kasumi-no-Mori-2026"
"""Everybody's, unless a test is about passwords."""
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Everybody's second factor, likewise."""

_CLERK = ((Action.VIEW, "*", ""), (Action.OUTPUT, "juminkihondaicho", ""))
_PROTECTOR = (
    (Action.VIEW, "*", "*"),
    (Action.OUTPUT, "*", "*"),
    (Action.PROTECTED_VIEW, "", ""),
    (Action.PROTECTED_MANAGE, "", ""),
    (Action.BLOCK_SET, "", ""),
    (Action.BLOCK_RELEASE, "", ""),
    (Action.BLOCK_SUSPEND, "", ""),
)
_ADMINISTRATOR = tuple(
    (action, "", "")
    for action in (Action.RIGHTS, Action.AUDIT, Action.LOAD, Action.EXPORT, Action.MIGRATE, Action.DECIDE)
)
_PEOPLE = {
    "clerk": (TOWN_A, "田中　一郎", _CLERK),
    "nobody": (TOWN_A, "新人　花子", ()),
    "administrator": (TOWN_A, "鈴木　情子", _ADMINISTRATOR),
    "protector": (TOWN_A, "佐藤　守", _PROTECTOR),
    "outsider": (TOWN_B, "山本　外次", (*_CLERK, *_PROTECTOR, *_ADMINISTRATOR)),
}


@dataclass
class Cast:
    """The people. Attributes are actors as of now; `again(name)` asks for one anew."""

    clerk: Actor
    """Ordinary rights: view every business (ordinary items), output 住民基本台帳."""
    nobody: Actor
    """An account without any right."""
    administrator: Actor
    """権限, 操作ログ, 取込み, 書出し, 移行; sees no resident."""
    protector: Actor
    """支援措置責任者: everything about residents, every item group."""
    outsider: Actor
    """All of the above rights together, in the other town."""
    operator: Actor
    """Operator of the group of both towns."""
    group: int
    department: int
    ids: dict[str, int] = field(default_factory=dict)

    def again(self, name: str) -> Actor:
        """The actor as the next request would make it.

        Raises:
            LookupError: the account does not work any more.
        """
        found = actor_of(self.ids[name])
        if found is None:
            raise LookupError(name)
        return found

    def client(self, name: str, *, raises: bool = True) -> Client:
        """A browser in which somebody is signed in, with both factors; "" for nobody."""
        client = browser(raises=raises)
        if name:
            sign_in(client, self.ids[name])
        return client


def browser(*, raises: bool = True, csrf: bool = False) -> Client:
    """A browser in which nobody is signed in. raises: a fault of a view stops the test instead of becoming a 500."""
    return Client(enforce_csrf_checks=csrf, raise_request_exception=raises, SERVER_NAME="localhost")


def make_cast() -> Cast:
    """Found the towns, the group and the accounts, through the services everybody uses."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return _made_cast()


def _made_cast() -> Cast:
    root = system()
    group = add_group(root, "mihon", "見本郡共同利用")
    for code, name, kana in ((TOWN_A, NAME_A, "ミホンチョウ"), (TOWN_B, NAME_B, "レイジムラ")):
        add_municipality(root, code, name, kana=kana, prefecture="見本県")
        join(root, group, code)
    department = add_department(system(TOWN_A), "住民課")
    ids: dict[str, int] = {}
    for login, (town, name, rights) in _PEOPLE.items():
        admin = system(town)
        ids[login], _ = add_staff(admin, login, name, department=department if town == TOWN_A else None)
        for action, business, item_group in rights:
            grant(admin, ids[login], action, business=business, item_group=item_group)
    ids["operator"], _ = add_operator(root, group, "operator", "共同　運営")
    _settle(ids)
    actors = {name: actor_of(staff) for name, staff in ids.items()}
    people = {name: actor for name, actor in actors.items() if actor}
    return Cast(**people, group=group, department=department, ids=ids)


@pytest.fixture
def cast(database: Path) -> Cast:  # noqa: ARG001 - the towns are put into it
    """The people, in an otherwise empty installation."""
    return remembered("cast", make_cast)


def sign_in(client: Client, staff: int) -> None:
    """Sign somebody in without asking: for tests that are about something else."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from yakuba.tenancy.database.walls import signing_in
    from yakuba.tenancy.models import Staff

    with signing_in(str(staff)):
        account = Staff.objects.get(pk=staff)
    session = client.session
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "yakuba.tenancy.signin.backend.WalledBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["yakuba_begun"] = session["yakuba_seen"] = time.time()
    session["yakuba_factor"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)


def _settle(ids: dict[str, int]) -> None:
    """Everybody has changed the first password and set up a second factor."""
    from allauth.mfa.models import Authenticator

    from yakuba.tenancy.audit import home
    from yakuba.tenancy.models import Staff
    from yakuba.tenancy.signin.secrets import box

    password, secret = _argon2(), box().encrypt(TOTP.encode()).decode()
    for staff in ids.values():
        actor = actor_of(staff)
        assert actor
        with home(actor):
            Staff.objects.filter(pk=staff).update(password=password, initial_password=False)
            Authenticator.objects.create(user_id=staff, type=Authenticator.Type.TOTP, data={"secret": secret})


@cache
def _argon2() -> str:
    """`PASSWORD` as the database keeps it; hashing is slow on purpose, so it is done once."""
    hasher = Argon2PasswordHasher()
    return hasher.encode(PASSWORD, hasher.salt())
