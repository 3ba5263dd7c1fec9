"""The project file: whatever is wrong with it is one line, before anything is started. Oracle: our own statement."""

from __future__ import annotations

import copy
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.migration.pipeline.desk import HEAD, PROJECT, SOURCE, TABLE_OF_ATENA

from yakuba.kernel.errors import UsageError
from yakuba.migration.project import _project, _references, read_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.migration.pipeline.desk import Desk

WHOLE = tomllib.loads(
    PROJECT.replace(SOURCE, SOURCE + 'drop = { X = "空き" }\ncolumns = ["NO", "SEI"]\nreplay = "m.csv"\n').replace(
        'from = "atena"\n', 'from = "atena"\nwhere = { SEX = ["M", "F"] }\n'
    )
    + '[cleansing]\nrules = ["trailing_space"]\n[options.text_overflow]\nlimit = 60\n'
)
VALUES: list[Any] = ["", "x", 5, -1, 2.5, True, [], ["x"], [1], [[]], [{}], {}, {"x": "y"}, {"x": {}}, "../x", "\n"]


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a document."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    below = [found for key, value in pairs for found in paths(value, (*path, key))]
    return [path, *below] if path else below


def spoilt(path: tuple[Any, ...], value: Any) -> Any:
    """The document with another value in one place; None takes the place away."""
    document = copy.deepcopy(WHOLE)
    node = document
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return document


@settings(max_examples=400)
@given(path=st.sampled_from(paths(WHOLE)), value=st.sampled_from([None, *VALUES]))
def test_any_value_anywhere_is_taken_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[Any, ...], value: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    said = ""
    try:
        project = _project(folder, spoilt(path, value))
        _references(project)
    except UsageError as error:
        said = str(error)
    else:
        assert all(isinstance(source.files, tuple) for source in project.sources)
        assert all(accepted for table in project.tables for accepted in table.where.values())
    assert "\n" not in said


REFUSED = {
    "unknown word": (HEAD.replace("as_of", "asof") + SOURCE, "asof"),
    "unknown part": (PROJECT + "[mapping]\n", "mapping"),
    "no project": (SOURCE, "project"),
    "no source": (HEAD, "source"),
    "two sources of one name": (PROJECT + SOURCE, "same name"),
    "table from nowhere": (HEAD + SOURCE + TABLE_OF_ATENA.replace('"atena"', '"zei"'), "zei"),
    "name that is a path": (PROJECT.replace('"atena"', '"../atena"'), "../atena"),
    "name of a replayed source": (PROJECT.replace('"atena"', '"atena-replay"'), "-replay"),
    "empty condition": (PROJECT.replace('from = "atena"', 'from = "atena"\nwhere = { SEX = [] }'), "SEX"),
    "date in quotes": (PROJECT.replace("2026-11-20\ndec", '"2026-11-20"\ndec'), "as_of"),
    "date with a time": (PROJECT.replace("2026-11-20\ndec", "2026-11-20T09:00:00\ndec"), "as_of"),
    "unknown output": (PROJECT.replace('"parquet"', '"pdf"'), "pdf"),
    "fixed without widths": (PROJECT.replace(SOURCE, SOURCE + 'format = "fixed"\n'), "width"),
    "cut off": (PROJECT[:200], "TOML"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_project_is_refused_by_name(tmp_path: Path, name: str) -> None:
    text, word = REFUSED[name]
    path = tmp_path / "project.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as refused:
        read_project(path)
    assert word in str(refused.value)
    assert str(path) in refused.value.message


LATE = {
    "unknown layout": (PROJECT.replace('"kihon"', '"kihon@1999-01"'), "1999"),
    "unknown group": (PROJECT.replace("住登外者宛名基本情報", "住登外者宛名情報"), "住登外者宛名基本情報"),
    "unknown item": (PROJECT.replace('"性別"', '"性"'), "性"),
    "unknown column": (PROJECT.replace('"SEX"', '"SEIBETU"'), "SEIBETU"),
    "unknown step": (PROJECT.replace("date =", "daet ="), "daet"),
    "unknown date form": (PROJECT.replace('"era7"', '"era9"'), "era9"),
    "unknown code table": (PROJECT.replace("codes =", "codes = 'x', default ="), "x"),
    "key from nowhere": (PROJECT.replace('"宛名番号" = "NO"\n', ""), "宛名番号"),
    "unknown cleansing": (PROJECT + '[cleansing]\nrules = ["soap"]\n', "soap"),
    "unknown characters": (PROJECT.replace(SOURCE, SOURCE + 'characters = "ebcdic"\n'), "ebcdic"),
    "no dictionary": (PROJECT.replace("decisions =", 'dictionary = "towns.csv"\ndecisions ='), "towns.csv"),
    "no gaiji table": (PROJECT.replace(SOURCE, SOURCE + 'gaiji = "gaiji.csv"\n'), "gaiji.csv"),
    "lookup in nowhere": (
        PROJECT.replace('codes = "seibetsu"', 'lookup = { source = "zei", key = "NO", take = "NO" }'),
        "zei",
    ),
    "reserve area of another name": (
        PROJECT + '[[table]]\ngroup = "予備/zei"\nfrom = "atena"\n[table.columns]\n"NO" = "NO"\n',
        "予備/atena",
    ),
    "unknown encoding": (PROJECT.replace('"utf-8"', '"ebcdic"'), "ebcdic"),
    "long delimiter": (PROJECT.replace(SOURCE, SOURCE + 'delimiter = "||"\n'), "delimiter"),
}


@pytest.mark.parametrize("name", LATE)
def test_what_the_project_names_must_be_there(desk: Desk, name: str) -> None:
    text, word = LATE[name]
    desk.town(project=text)
    with pytest.raises(UsageError) as refused:
        desk.go()
    assert word in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (desk.folder / "run/data").exists()


@pytest.mark.parametrize("name", LATE)
def test_a_mended_project_goes_on_in_the_same_folder(desk: Desk, name: str) -> None:
    desk.town(project=LATE[name][0])
    with pytest.raises(UsageError):
        desk.go()
    desk.town()
    assert desk.go(resume=True).loaded == 4
