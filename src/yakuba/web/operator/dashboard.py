"""The group's dashboard (共同利用のようす): figures per municipality, and never a name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from yakuba.registry.queries import counts
from yakuba.tenancy import queries as tenancy
from yakuba.tenancy.rights import Action
from yakuba.web.components import Bars, Cell, Column, Lines, Pyramid, Row, Series, Tab, Table, Tabs
from yakuba.web.operator.members import group_of
from yakuba.web.screens import Audience, StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.registry.queries.counts import Counts
    from yakuba.tenancy.queries import Member

USUAL = ("転入", "転出", "出生", "死亡")
"""Changes that a mayor asks for first."""
_REIWA = 2018
_YEARS, _OLDEST = 5, 100
_TILES = (("人口", "population"), ("世帯", "households"), ("外国人住民", "foreign"), ("除票", "removed"))
_HEADS = (
    ("人口", "population"),
    ("男", "male"),
    ("女", "female"),
    ("外国人", "foreign"),
    ("世帯", "households"),
    ("混合世帯", "mixed"),
    ("除票", "removed"),
    ("住登外者", "outsiders"),
)


@screen(Action.OPERATE, audience=Audience.GROUP)
def index(request: StaffRequest) -> HttpResponse:
    """共同利用のようす: of the whole group, or of one municipality (`?town=990019`)."""
    members = tenancy.members(group_of(request))
    known = counts(request.actor)
    town = request.GET.get("town", "")
    chosen = [one for one in known if town in ("", one.code)]
    if town and not chosen:
        raise Http404
    group = tenancy.group(group_of(request))
    page = {
        "group": group,
        "tabs": _tabs(known, town),
        "tiles": [(label, f"{sum(getattr(one, name) for one in chosen):,}") for label, name in _TILES],
        "table": _table(members, known),
        "charts": [_pyramid(chosen), _months(chosen)] if chosen else [],
        "bars": _bars(known) if not town and known else [],
        "title": chosen[0].name if town else f"{group.name if group else ''}の全体",
    }
    return render(request, "operator/dashboard.html", page)


def _tabs(known: Sequence[Counts], town: str) -> Tabs:
    each = [Tab(one.name, f"?town={one.code}", here=one.code == town) for one in known]
    return Tabs("団体", [Tab("全体", "?", here=not town), *each])


def _table(members: Sequence[Member], known: Sequence[Counts]) -> Table:
    by_code = {one.code: one for one in known}
    rows = []
    for member in members:
        found = by_code.get(member.code)
        figures = [f"{getattr(found, name):,}" if found else "—" for _, name in _HEADS]
        name = Cell(member.name, f"?town={member.code}" if found else "", small=member.code)
        rows.append(Row((name, *figures, wareki(found.as_of) if found else "まだ取り込まれていません")))
    heads = (*(Column(label, "n") for label, _ in _HEADS), Column("基準日", "nowrap"))
    return Table("団体ごとの件数", ("団体", *heads), rows, quiet=True, walk=True)


def _bars(known: Sequence[Counts]) -> list[Bars]:
    names = tuple(one.name for one in known)
    people = (
        Series("日本人", tuple(float(one.population - one.foreign) for one in known)),
        Series("外国人", tuple(float(one.foreign) for one in known)),
    )
    homes = (Series("世帯", tuple(float(one.households) for one in known)),)
    return [Bars("団体ごとの人口", names, people, "人"), Bars("団体ごとの世帯数", names, homes, "世帯")]


def _pyramid(chosen: Sequence[Counts]) -> Pyramid:
    """All chosen together; ages in steps of five years, the last one open."""
    men: Counter[int] = Counter()
    women: Counter[int] = Counter()
    for one in chosen:
        men.update({step["from"]: step["male"] for step in one.pyramid})
        women.update({step["from"]: step["female"] for step in one.pyramid})
    ages = range(0, max([*men, *women], default=0) + 1, _YEARS)
    labels = tuple(f"{age}–{age + _YEARS - 1}" if age < _OLDEST else f"{age}–" for age in ages)
    series = (
        Series("男", tuple(float(men[age]) for age in ages)),
        Series("女", tuple(float(women[age]) for age in ages)),
    )
    return Pyramid("人口ピラミッド", labels, series, "人")


def _months(chosen: Sequence[Counts]) -> Lines:
    """Changes per month: 国内転入 and 国外転入等 are both 転入; the most frequent ones where no usual kind occurs."""
    total: Counter[tuple[str, str]] = Counter()
    for one in chosen:
        for month, kinds in one.months.items():
            total.update({(month, _kind(kind)): number for kind, number in kinds.items()})
    months = sorted({month for month, _ in total})
    found = Counter[str]()
    for (_, kind), number in total.items():
        found[kind] += number
    drawn = USUAL if any(found[kind] for kind in USUAL) else [kind for kind, _ in found.most_common(len(USUAL))]
    series = tuple(Series(kind, tuple(float(total[month, kind]) for month in months)) for kind in drawn)
    return Lines("月ごとの異動", tuple(_month(month) for month in months), series, "件")


def _kind(reason: str) -> str:
    """The usual kind that a reason belongs to, else the reason itself."""
    return next((kind for kind in USUAL if kind in reason), reason)


def _month(month: str) -> str:
    """令8.4 for 2026-04: short enough to stand beside its neighbours."""
    year, number = month.split("-")
    return f"令{int(year) - _REIWA}.{int(number)}"
