"""Another town's glyphs do not exist; operators see no names; nothing that is written can be changed or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.sql import SQL, Identifier
from tests.identification.maker import NABE, brought, line, looked_at, used
from tests.identification.test_ledger import SAME, settled
from tests.world import TOWN_A, TOWN_B

from yakuba.identification import queries, services
from yakuba.identification.models import Decision, Glyph, Spelling, Step
from yakuba.identification.standing import State
from yakuba.tenancy.acting import NotAllowedError, NotFoundError
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import group_wall, wall

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast

TABLES = ("collection", "aside", "glyph", "spelling", "decision", "step")


def test_another_town_and_no_town_find_nothing(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    for ask in (
        lambda: queries.collection(cast.outsider, made),
        lambda: queries.page(cast.outsider, number),
        lambda: queries.picture(cast.outsider, made, number),
        lambda: queries.mapping(cast.outsider, made),
        lambda: queries.vendor_folder(cast.outsider, made),
        lambda: services.propose(cast.outsider, made, number, SAME, seen=0),
        lambda: services.set_aside(cast.outsider, made, "理由"),
        lambda: services.settle_together(cast.outsider, made, {number}),
        lambda: queries.collection(cast.clerk, 2**70),
    ):
        with pytest.raises(NotFoundError):
            ask()
    assert queries.collections(cast.outsider) == []
    assert not Glyph.objects.exists()
    with pytest.raises(NotAllowedError):
        queries.collections(cast.nobody)
    with pytest.raises(NotFoundError):
        brought(cast.clerk, NABE[0], town=TOWN_B)


def test_an_operator_decides_and_sees_no_name(cast: Cast) -> None:
    usage = used(0, ("渡〓　太郎", "ワタナベ　タロウ", 26), ("田〓　一", "タナベ　ハジメ", 1))
    made = services.bring(cast.clerk, TOWN_A, "旧システムAの外字", [looked_at(0, NABE[0])], usage)
    number = line(cast.operator, made).id
    page = queries.page(cast.operator, number)
    assert (page.readings, page.names) == ((("ナベ", 27),), ())
    assert [one.text for one in queries.page(cast.clerk, number).names] == ["渡〓"]
    with group_wall(cast.group):
        assert (Glyph.objects.count(), Spelling.objects.count()) == (1, 0)

    services.propose(cast.operator, made, number, SAME, seen=0)
    services.approve(cast.clerk, made, number, seen=1)
    assert line(cast.operator, made).state is State.DECIDED
    logs = [entries(actor, Filter(action="characters_propose"))[0] for actor in (cast.administrator, cast.operator)]
    assert [[one.actor for one in found] for found in logs] == [["operator"], ["operator"]]


def test_only_family_names_of_several_people_are_kept(cast: Cast) -> None:
    usage = used(
        0,
        ("渡〓　太郎", "ワタナベ　タロウ", 2),
        ("渡〓　葛子", "ワタナベ　カツコ", 1),
        ("田〓　一", "タナベ　ハジメ", 2),
        ("山田　〓男", "ヤマダ　ナベオ", 9),
        ("川〓", "カワナベ", 9),
    )
    made = services.bring(cast.clerk, TOWN_A, "旧システムAの外字", [looked_at(0, NABE[0])], usage)
    found = line(cast.clerk, made)
    assert found.people == 23
    assert [(one.text, one.kana, one.people) for one in queries.page(cast.clerk, found.id).names] == [
        ("渡〓", "ワタナベ", 3)
    ]
    with wall(TOWN_A), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT row_to_json(t)::text FROM identification_{table} t")  # noqa: S608 - ours
            text = "".join(row for (row,) in cursor.fetchall())
            for part in ("太郎", "タロウ", "葛子", "田〓", "ハジメ", "山田", "川", chr(0xE000) + "男"):
                assert part not in text, (table, part)


def test_the_ledger_says_nothing_of_a_person(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    settled(cast.clerk, cast.protector, made, {0: SAME})
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM identification_decision t")
        (text,) = [row for (row,) in cursor.fetchall()]
    for secret in ("clerk", "protector", cast.clerk.name, cast.protector.name, "見比べた"):
        assert secret not in text


@pytest.mark.parametrize("table", TABLES)
def test_what_is_written_stays(cast: Cast, table: str) -> None:
    usage = used(0, ("渡〓　太郎", "ワタナベ　タロウ", 26))
    made = services.bring(cast.clerk, TOWN_A, "旧システムAの外字", [looked_at(0, NABE[0])], usage)
    settled(cast.clerk, cast.protector, made, {0: SAME})
    services.set_aside(cast.clerk, made, "書体を間違えた")
    name = f"identification_{table}"
    for statement in (SQL("UPDATE {} SET id = id"), SQL("DELETE FROM {}")):
        with pytest.raises(DatabaseError, match="permission denied"), wall(TOWN_A), transaction.atomic():
            connection.cursor().execute(statement.format(Identifier(name)))


def test_nobody_writes_into_the_ledger_for_another_town(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    digest = line(cast.clerk, made).digest
    for outside in (wall(TOWN_B), group_wall(cast.group)):
        with pytest.raises(DatabaseError, match="row-level security"), outside:
            Decision.objects.create(
                municipality_id=TOWN_A, digest=digest, kind="decided", mj=NABE[0], likeness="字形一致"
            )
    assert not Decision.objects.exists()
    with wall(TOWN_B):
        assert not Step.objects.exists()
