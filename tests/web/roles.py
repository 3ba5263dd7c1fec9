"""Who uses the screens in the tests: one account per role, each with what its duty needs and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from tests.world import TOWN_A, TOWN_B

from yakuba.tenancy.rights import ALL, ORDINARY, Action

JUKI = "juminkihondaicho"


@dataclass(frozen=True)
class Role:
    """One role. name: of the account too. town: "" for an operator. rights: action, business, item group."""

    name: str
    person: str
    town: str
    rights: tuple[tuple[Action, str, str], ...] = ()


def _each(*actions: Action) -> tuple[tuple[Action, str, str], ...]:
    return tuple((action, "", ORDINARY) for action in actions)


ROLES = (
    Role(
        "clerk",
        "甲野　花子",
        TOWN_A,
        (
            (Action.VIEW, ALL, ORDINARY),
            (Action.VIEW, JUKI, "koseki"),
            (Action.OUTPUT, JUKI, ORDINARY),
            (Action.WRITE, JUKI, ORDINARY),
            *((Action.ISSUE, JUKI, group) for group in (ORDINARY, "koseki", "zairyu")),
        ),
    ),
    Role(
        "chief",
        "乙山　次郎",
        TOWN_A,
        (
            (Action.VIEW, ALL, ALL),
            (Action.OUTPUT, ALL, ALL),
            (Action.WRITE, JUKI, ALL),
            (Action.ISSUE, ALL, ALL),
            *_each(
                Action.PROTECTED_VIEW,
                Action.PROTECTED_MANAGE,
                Action.BLOCK_SET,
                Action.BLOCK_RELEASE,
                Action.BLOCK_SUSPEND,
                Action.VOID,
            ),
        ),
    ),
    Role("tax", "丙川　三郎", TOWN_A, ((Action.VIEW, "kojinjuminzei", ALL),)),
    Role("mover", "丁田　四郎", TOWN_A, _each(Action.MIGRATE, Action.DECIDE, Action.LOAD, Action.EXPORT)),
    Role("administrator", "戊井　五郎", TOWN_A, _each(Action.RIGHTS, Action.AUDIT, Action.CERTIFICATES)),
    Role("newcomer", "己野　六子", TOWN_A),
    Role(
        "neighbour",
        "庚山　七海",
        TOWN_B,
        (
            (Action.VIEW, ALL, ALL),
            (Action.OUTPUT, ALL, ALL),
            (Action.ISSUE, ALL, ALL),
            *_each(*(action for action in Action if action.grantable and not action.by_business)),
        ),
    ),
    Role("operator", "辛田　八郎", ""),
)
"""The administrator and the neighbour hold what their municipality's objects ask for; the operator holds nothing."""
